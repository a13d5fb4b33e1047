"""`nnkata check NAME`: the verdict on one implementation."""

import os
import shlex
from collections.abc import Sequence
from pathlib import Path

import click

from nnkata.cli.checking import Check
from nnkata.cli.failures import UNDONE
from nnkata.cli.options import (
    Destination,
    clause_option,
    complete_implementation,
    data_option,
    hint_option,
    isolation_option,
    laws_option,
    seed_option,
    skip_option,
    stage_option,
    upto_option,
)
from nnkata.cli.outputs import META, Form, Outputs, Reporting, paired, sure
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.reports.failure import MARKS, SPOKEN, Look, Paint, painted, plain
from nnkata.runner.implementation import VARIABLE
from nnkata.runner.results.result import by_itself
from nnkata.runner.settings import Asked
from nnkata.terminal import coloured
from nnkata.verdict import Verdict

CONFORMS, DIFFERS = 0, 1
OUTPUT = "Write the --format before it to this file; --format NAME=FILE does the same."


def _several(names: Sequence[str]) -> str:
    """The message about more than one name: the second may be a stage, a clause, or a class of the first."""
    first, second = names[:2]
    words = ""
    if len(names) == 2 and not Path(second).exists():
        if second in kata().stages or second.rpartition("-")[0] in kata().stages:
            words = shlex.join([first, "--stage" if second in kata().stages else "--clause", second])
        elif second.isidentifier() and Path(first).is_file():
            words = shlex.quote(f"{first}:{second}")
    if words:
        return _("check takes one implementation; did you mean nnkata check {words}?").format(words=words + option())
    several = _("check takes one implementation; several side by side: nnkata compare {names}")
    return several.format(names=f"{shlex.join(names)}{option()}")


@click.command(name="check", cls=Reporting)
@click.argument("names", nargs=-1, metavar="[NAME]", shell_complete=complete_implementation)
@kata_option
@stage_option
@upto_option
@clause_option
@skip_option
@laws_option
@click.option(
    "--features",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with features of your own.",
)
@click.option("--format", "forms", multiple=True, type=Form(), expose_value=False, help="Output format; repeatable.")
@click.option("--output", "outputs", multiple=True, type=Destination(), expose_value=False, help=OUTPUT)
@isolation_option("How the implementation is isolated.")
@data_option
@seed_option("The seed of the random inputs; a verdict states its own.")
@language_option
@click.option(
    "--plain", "spoken", is_flag=True, help="Words instead of marks, no colour, no progress: for screen readers."
)
@click.option("--all", "every", is_flag=True, help="Judge everything, and show every failure in full.")
@hint_option("Show a hint with the failure; --hint 2 shows two, and so on.")
@click.option("--no-diagnosis", is_flag=True, help="Show the failure alone, to think first.")
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    stages: tuple[str, ...],
    upto: str | None,
    clauses: tuple[str, ...],
    skipped: tuple[str, ...],
    laws: bool,
    features: Path | None,
    isolation: str,
    data: str,
    seed: int | None,
    spoken: bool,
    every: bool,
    hints: int,
    no_diagnosis: bool,
) -> None:
    """Check an implementation against the contract.

    NAME is path/to/file.py, path/to/file.py:Class, package.module:Class, or a folder with a network.py. Without it,
    NNKATA_IMPLEMENTATION or [tool.nnkata] in pyproject.toml names it, else it is ./network.py.

    Exit status: 0 it conforms, 1 it does not, 2 it could not be judged.
    """
    name = names[0] if names else None
    look = Look(_paint(spoken), SPOKEN if spoken else MARKS, hints, not no_diagnosis, every)
    check = Check(name or os.environ.get(VARIABLE, ""), features, look, Outputs(sure(ctx.meta[META])))
    try:
        check.outputs = Outputs(paired(ctx.meta[META]))
        if len(names) > 1:
            raise UsageError(_several(names))
        asked = Asked(check.known, name, stages, upto, clauses, skipped, isolation, data, seed, features, laws)
        verdict, written = check.judged(asked, live=not spoken)
    except NotJudged as error:
        check.not_judged(error)
        ctx.exit(UNDONE)
    except KeyboardInterrupt as interrupt:
        check.interrupted(interrupt)
        ctx.exit(UNDONE)
    except Exception as error:
        check.failed(error)
        ctx.exit(UNDONE)
    if check.stopped_by_itself(verdict) or not written:
        ctx.exit(UNDONE)
    ctx.exit(_status(verdict))


def _paint(spoken: bool) -> Paint:
    return painted if coloured() and not spoken else plain


def _status(verdict: Verdict) -> int:
    if verdict.passed:
        return CONFORMS
    return UNDONE if all(map(by_itself, verdict.failures)) else DIFFERS
