"""`%load_ext nnkata`: the magics `%%nnkata`, which runs a cell and checks its class, and `%nnkata`, which checks one.

%%nnkata backward        run the cell, then check its class up to that stage
%nnkata --clause backward-3 --seed 7
"""

import ast
import shlex
from typing import Any

import click
from IPython.core.error import UsageError as Wrong
from IPython.core.magic import Magics, line_cell_magic, magics_class

from nnkata.data import DataError
from nnkata.language import LANGUAGES, _
from nnkata.notebook.checking import Checked, check
from nnkata.protocol import DEFAULT_CLASS, STAGES
from nnkata.runner.settings import UsageError


@click.command(name="%nnkata")
@click.argument("upto", required=False, type=click.Choice(STAGES))
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="Judge this stage only; repeatable.")
@click.option("--clause", "clauses", multiple=True, metavar="CLAUSE", help="Judge this clause only; repeatable.")
@click.option("--skip", multiple=True, metavar="CLAUSE", help="Leave this clause out; repeatable.")
@click.option("--all", "every", is_flag=True, help="Show every failure in full.")
@click.option("--seed", type=click.IntRange(0), help="The seed of the random inputs.")
@click.option("--data", default="bundled", help="bundled, openml, or a path.")
@click.option("--class", "name", help=f"The class, if it is not {DEFAULT_CLASS} and not the cell's only one.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the clauses and messages; else the locale's.")
def options(**given: Any) -> dict[str, Any]:
    """What a line of the magic asks for."""
    return given


@magics_class
class NnkataMagics(Magics):
    """The magics."""

    @line_cell_magic
    def nnkata(self, line: str, cell: str | None = None) -> Checked | None:
        """Run the cell if there is one, then check its class, up to the stage that the line names."""
        try:
            given: Any = options.main(shlex.split(line), standalone_mode=False)
        except (click.ClickException, ValueError) as error:
            raise Wrong(getattr(error, "message", str(error))) from None
        if not isinstance(given, dict):  # --help
            return None
        name = given.pop("name")
        shell = self.shell
        assert shell is not None  # IPython makes magics with the shell that they belong to
        if cell is not None and not shell.run_cell(cell).success:  # type: ignore[no-untyped-call]  # IPython has no type for it
            return None  # what went wrong has been shown
        namespace = shell.user_ns
        name = name or _class_of(cell or "")
        if not isinstance(namespace.get(name), type):
            raise Wrong(_("there is no class {name} here; name another with --class").format(name=name))
        try:
            return check(namespace[name], preprocess=namespace.get("preprocess"), **given)
        except (UsageError, DataError) as error:
            raise Wrong(str(error)) from None


def _class_of(cell: str) -> str:
    """The class that a cell defines: the one of the contract's name, else its last one; without a cell, the former."""
    names = [node.name for node in ast.parse(cell).body if isinstance(node, ast.ClassDef)] if cell else []
    return DEFAULT_CLASS if DEFAULT_CLASS in names or not names else names[-1]
