"""`nnkata adapt FILE|NOTEBOOK|FOLDER`: the few lines for judging a foreign network."""

import ast
import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from nnkata.cli.failures import fail
from nnkata.cli.options import Destination, isolation_option
from nnkata.cli.translations import language_option
from nnkata.errors import NotJudged
from nnkata.katas.mlp.adapt.files import Foreign, foreign, scalars_in, sign_in
from nnkata.katas.mlp.adapt.offers import offers
from nnkata.katas.mlp.adapt.search import Recipe, searched
from nnkata.katas.mlp.adapt.text import HELP, adapter, lines_of, written
from nnkata.language import _, reason
from nnkata.runner.submission.foreign import of_framework
from nnkata.subject.source.newer_syntax import told
from nnkata.subject.source.not_python import of_text
from nnkata.subject.source.notebook import SUFFIX, NotANotebook, read_notebook
from nnkata.subject.source.syntax import translated
from nnkata.subject.source.text import NotFound, checked_source, too_deep
from nnkata.texts import in_a_line
from nnkata.worker.foreign_code.python2 import MARK, broken
from nnkata.worker.foreign_code.statements import code_of

WRITTEN, IN_PART, NOTHING = 0, 1, 2
ISOLATIONS = ("sandbox", "process")


@click.command(name="adapt")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--output", type=Destination(path_type=Path), help="The file to write; default: adapter.py beside the files."
)
@isolation_option(
    "sandbox tries the file behind a wall; process does not: only for trusted files.", ISOLATIONS, "sandbox"
)
@language_option
@click.pass_context
def command(ctx: click.Context, path: Path, output: Path | None, isolation: str) -> None:
    """Write the module with which `nnkata check --kata mlp` judges a foreign network.

    PATH is a file, a notebook or a folder with a multilayer perceptron in NumPy, preferably with 784 inputs and 10
    outputs. Its classes and functions are tried in the sandbox; its training, reading and plotting are not run. Each
    guess is a comment.

    Exit status: 0 all was found, 1 some lines are left to you, 2 nothing was written.
    """
    try:
        found = foreign(path)
        recipe = searched(found, isolation)
    except NotJudged as error:
        fail(ctx, str(error))
    target = _target(ctx, found, output)
    _report_unread(found, recipe)
    _refuse_without_network(ctx, found, recipe)
    text = adapter(recipe, f"nnkata adapt {path.name or path.resolve().name}", found).replace(
        f"load({recipe.file!r})",
        f"load({(found.base / recipe.file).relative_to(target.parent.resolve()).as_posix()!r})",
    )
    try:
        written(text, target)
    except (OSError, SyntaxError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        fail(ctx, _("{path} cannot be written: {strerror}").format(path=target, strerror=why))
    shown = os.path.relpath(target)
    click.echo(_("Written: {path} ({count} lines)").format(path=shown, count=lines_of(text)))
    for line in text.splitlines():
        if line.startswith(("# not found", HELP)):
            click.echo("  " + line.removeprefix("# "))
    if not recipe.gradients:
        click.echo(_("Write the missing lines, then:"))
    click.echo(f"  nnkata check {shlex.quote(shown)} --kata mlp --isolation sandbox")
    ctx.exit(WRITTEN if recipe.gradients else IN_PART)


def _target(ctx: click.Context, found: Foreign, output: Path | None) -> Path:
    """The file to write, which does not exist yet and finds the foreign files; else the command fails."""
    target = (found.base / "adapter.py") if output is None else output.absolute()
    if target.suffix != ".py":
        fail(ctx, _("{file} has to end in .py, as a Python file does").format(file=output))
    if not found.base.is_relative_to(target.parent.resolve()) and found.base != target.parent.resolve():
        text = _("{path} has to be in {folder} or above it, where it finds the files")
        fail(ctx, text.format(path=target, folder=found.base))
    if os.path.lexists(target):
        text = _("{path} exists and is left as it is; give another name with --output, or move it away")
        fail(ctx, text.format(path=target))
    return target


def _report_unread(found: Foreign, recipe: Recipe) -> None:
    """Name the files and cells that were not read; the cells only if something is missing."""
    text = _("not read: {name}: {trouble}")
    for name, trouble in recipe.troubles:
        click.echo(text.format(name=name, trouble=_unread(found.base / name) or trouble), err=True)
    for name in found.tried if not recipe.gradients else ():
        for trouble in _lost_cells(found.base / name):
            click.echo(text.format(name=name, trouble=trouble), err=True)


def _refuse_without_network(ctx: click.Context, found: Foreign, recipe: Recipe) -> None:
    """Fail with the reason if there is no network, and no file with candidates for its functions."""
    if recipe.new:
        return
    if sign := sign_in(found):
        fail(ctx, of_framework(found.tried[0], sign))
    file, scalar = scalars_in(found)
    if scalar:
        text = _(
            "{file}: each number of its network is an object of the class {name}; only networks of arrays, or of "
            "Python's own numbers, are judged"
        )
        fail(ctx, text.format(file=file, name=in_a_line(scalar)))
    candidates = all(offers(found.base, found.tried, part) for part in ("output", "gradients"))
    if not (recipe.file and candidates):
        fail(ctx, _nothing(recipe, found.tried))


def _nothing(recipe: Recipe, files: Sequence[str]) -> str:
    """The message if no network was found: the searched files, the obstacles, the next step."""
    text = _("no network was found in {files}; write the functions: nnkata init adapter.py --kata mlp")
    tried = [*recipe.obstacles("new"), *recipe.obstacles("output")]
    lines = [text.format(files=", ".join(files)), *(f"  tried {line}" for line in tried)]
    if recipe.file:
        text = _("theirs = load({file}) gives the classes and functions of that file to your adapter")
        lines.append("  " + text.format(file=repr(recipe.file)))
    return "\n".join(lines)


def _unread(path: Path) -> str:
    """The reason why a file is not Python; empty for another trouble."""
    text = ""
    try:
        text = code_of(path)
        ast.parse(text)
    except SyntaxError as error:
        if not text:  # its bytes are no text
            return _undecoded(path)
        wrong = broken(text) or error  # its print statements alone would do
        said = _("it is not Python: {msg} (line {lineno})").format(msg=translated(wrong.msg), lineno=wrong.lineno)
        return told(text) or of_text(text.encode(), wrong) or said
    except (RecursionError, MemoryError):
        return too_deep(text)
    except (OSError, ValueError, KeyError):
        return ""
    return ""


def _lost_cells(path: Path) -> tuple[str, ...]:
    """The cells of a notebook that are not Python: a network may be missing for one of them."""
    if path.suffix != SUFFIX or MARK in code_of(path):
        return ()
    try:
        return read_notebook(path.read_bytes()).broken
    except (NotANotebook, OSError):
        return ()


def _undecoded(path: Path) -> str:
    try:
        checked_source(path)
    except NotFound as error:
        return in_a_line(str(error))
    return ""
