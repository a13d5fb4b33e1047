"""`%%nnkata backward` runs the cell and checks its class up to that stage; `%nnkata backward` only checks."""

import ast
import shlex
from types import FunctionType
from typing import Any, NoReturn

import click

from nnkata.cli.options import (
    Grouped,
    Stage,
    clause_option,
    data_option,
    isolation_option,
    seed_option,
    skip_option,
    stage_option,
)
from nnkata.cli.translations import Language, asked_kata, kata_option, translated
from nnkata.errors import NotJudged
from nnkata.language import LANGUAGES, _
from nnkata.notebook.check import check
from nnkata.notebook.shown import Checked
from nnkata.registry import current as kata
from nnkata.registry import use


@click.command(name="%%nnkata", cls=Grouped, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("upto", required=False, type=Stage(), metavar="[STAGE]")
@click.option("--class", "name", help="The class; else the cell's, else the one that the contract asks for.")
@kata_option
@stage_option
@clause_option
@skip_option
@isolation_option("How the implementation is isolated.")
@data_option
@seed_option("The seed of the random inputs; a verdict states its own.")
@click.option("--language", type=Language(LANGUAGES), help="The language of messages; else the locale's.")
@click.option("--all", "every", is_flag=True, help="Show every failure in full where text is shown.")
def options(**given: Any) -> dict[str, Any]:
    """Run the cell, then check its class against the contract, up to STAGE where one is named.

    %nnkata on a line of its own checks the existing class. A contract without a class, such as `--kata mlp`, judges the
    functions of the notebook.
    """
    return given


def register(shell: Any) -> None:
    """Give a running IPython the magic."""

    def nnkata(line: str, cell: str | None = None) -> Checked | None:
        """Check a class against the contract; %nnkata --help tells more."""
        before = kata().name
        try:
            use(asked_kata(_words(line)))
            given = _parsed(line)
            if given is None or (cell is not None and not _ran(shell, cell)):
                return None
            what = _meant(shell, given.pop("name"), cell)
            return check(what, skip=given.pop("skipped"), kata=kata().name, **given)
        except NotJudged as error:
            _refuse(str(error))
        finally:
            use(before)

    said = translated(options)
    nnkata.__doc__ = said.get_help(said.context_class(said, info_name="%%nnkata"))
    shell.register_magic_function(nnkata, "line_cell", "nnkata")


def _meant(shell: Any, name: str | None, cell: str | None) -> Any:
    """The class of that name, else the cell's; for a kata without a class, the notebook's whole namespace."""
    if not kata().class_name:
        return {key: value for key, value in shell.user_ns.items() if isinstance(value, FunctionType)}
    name = name or _class_in(cell)
    network = shell.user_ns.get(name)
    if not isinstance(network, type):
        _refuse(_("there is no class {name} here; --class names another").format(name=name))
    return network


def _parsed(line: str) -> dict[str, Any] | None:
    """The options; None after printing the help."""
    try:
        given: dict[str, Any] | int = translated(options).main(
            _words(line), prog_name="%%nnkata", standalone_mode=False
        )
    except click.ClickException as error:
        _refuse(error.format_message())
    return given if isinstance(given, dict) else None


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        _refuse(str(error))


def _refuse(text: str) -> NoReturn:
    """Print one line, as IPython's own magics do."""
    from IPython.core.error import UsageError

    raise UsageError(f"nnkata: {text}")


def _ran(shell: Any, cell: str) -> bool:
    """Run the cell in the user's namespace; False if it raised, which IPython has shown already."""
    return bool(shell.run_cell(cell, store_history=False).success)


def _class_in(cell: str | None) -> str:
    """The class that a cell defines: the contract's, else its only one; without any, the contract's existing one."""
    try:
        tree = ast.parse(cell or "")
    except SyntaxError:  # with magics of its own
        return kata().class_name
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    if not names or kata().class_name in names:
        return kata().class_name
    if len(names) > 1:
        _refuse(_("the cell defines {names}; choose one with --class").format(names=", ".join(sorted(names))))
    return names.pop()
