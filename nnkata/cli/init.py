"""`nnkata init FILE`: a skeleton to start from."""

import ast
import os
import shlex
from pathlib import Path

import click

from nnkata.cli.failures import fail
from nnkata.cli.options import Destination
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import UsageError
from nnkata.exports.source import installation
from nnkata.exports.vscode import tasks
from nnkata.files import write_new
from nnkata.language import _, carried, reason
from nnkata.places import skeleton
from nnkata.registry import current as kata
from nnkata.registry import option, option_words

DONE = 0
WORKFLOW = Path(".github", "workflows", "nnkata.yml")
TASKS = Path(".vscode", "tasks.json")
#: For a learner's repository on GitHub: checks every push and shows failures at their lines.
CI = """\
name: nnkata
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - run: python -m pip install {source}
      - run: >-
          nnkata check {name}{kata}
          --format markdown --output "$GITHUB_STEP_SUMMARY"
          --format github
"""


@click.command(name="init")
@click.argument("file", type=Destination(path_type=Path))
@click.option("--ci", is_flag=True, help=f"Also write {WORKFLOW}, which checks every push on GitHub.")
@click.option("--vscode", is_flag=True, help=f"Also write {TASKS}, with which VS Code jumps to a failing line.")
@kata_option
@language_option
@click.pass_context
def command(ctx: click.Context, file: Path, ci: bool, vscode: bool) -> None:
    """Write the skeleton of a network to FILE: the interface, typed, with holes to fill.

    An existing file is never overwritten; with --ci or --vscode, an existing FILE is left as it is. Exit status: 0 it
    is written, 2 it is not.
    """
    hole = _first_hole()
    begun = (ci or vscode) and file.is_file()
    files = {} if begun else {file: skeleton().encode()}
    if ci:
        try:
            source, kit = installation(kata())
        except UsageError as error:
            fail(ctx, str(error))
        files[WORKFLOW] = CI.format(name=shlex.quote(file.as_posix()), kata=option(), source=source).encode()
        files |= {Path(name): content for name, content in kit.items()}
    if vscode:
        files[TASKS] = tasks(file.as_posix(), option_words()).encode()
    if file.suffix != ".py":
        fail(ctx, _("{file} has to end in .py, as a Python file does").format(file=file))
    for path in files:
        if os.path.lexists(path):
            text = (
                _("{path} exists and is left as it is; move it away, and add its lines to the new one")
                if path in (WORKFLOW, TASKS)
                else _("{path} exists and is left as it is; give another name, or move it away")
            )
            fail(ctx, text.format(path=path))
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_new(path, content)
        except OSError as error:
            fail(ctx, _("{path} cannot be written: {strerror}").format(path=path, strerror=reason(error)))
        click.echo(_("Written: {path}").format(path=path))
    if vscode:
        click.echo("\n" + _("In VS Code, Ctrl+Shift+B checks the network and lists the faults under Problems."))
    if ci:
        click.echo("\n" + _("Commit the written files: GitHub then checks every push."))
    if begun:
        ctx.exit(DONE)
    text = (
        _("Fill the first hole, {hole}, and see how far you are:") if hole else _("Fill it, and see how far you are:")
    )
    click.echo("\n" + text.format(hole=hole))
    first = kata().stages[0]
    click.echo("  " + carried(f"nnkata check {shlex.quote(str(file))} --upto {first}{option()}"))
    ctx.exit(DONE)


def _first_hole() -> str:
    """The first unwritten function of the skeleton or of a class in it; empty if there is none.

    Raises:
        UsageError: the skeleton, of a kata of another package, is no Python.
    """
    try:
        tree = ast.parse(kata().skeleton.read_bytes())
    except SyntaxError as error:
        text = _("{path}, line {line}: {error}")
        raise UsageError(text.format(path=kata().skeleton, line=error.lineno, error=error.msg)) from None
    holes = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return min(((node.lineno, node.name) for node in holes if _raises(node)), default=(0, ""))[1]


def _raises(node: ast.FunctionDef) -> bool:
    return any(isinstance(inner, ast.Raise) for inner in node.body)
