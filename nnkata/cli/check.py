"""`nnkata check NAME`: the verdict on one implementation."""

import ast
import os
import shlex
import sys
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from nnkata.cli.options import (
    complete_clause,
    complete_implementation,
    data_option,
    isolation_option,
    kata_option,
    laws_option,
    seed_option,
    skip_option,
    stage_option,
    upto_option,
)
from nnkata.cli.outputs import META, Form, Outputs, Reporting, paired, sure
from nnkata.cli.trouble import UNDONE, say
from nnkata.cli.words import language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.gherkin import Clause
from nnkata.grading.asfile import as_file
from nnkata.grading.points import scored, weights
from nnkata.kata import current as kata
from nnkata.language import _
from nnkata.reports.formats import write
from nnkata.reports.report import Report
from nnkata.reports.text import MARKS, SPOKEN, painted, plain, render
from nnkata.reports.unjudged import Unjudged
from nnkata.runner.collector import Progress
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Asked, configuration, implementation_name, settled
from nnkata.subject import NotFound
from nnkata.subject.fitting import took
from nnkata.verdict import CLASS_TAKEN, Verdict

CONFORMS, DIFFERS = 0, 1
OUTPUT = "Write the --format before it to this file; --format NAME=FILE says the same."


@click.command(name="check", cls=Reporting)
@click.argument("names", nargs=-1, metavar="[NAME]", shell_complete=complete_implementation)
@kata_option
@stage_option
@upto_option
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=complete_clause,
    help="Judge this clause only; repeatable.",
)
@skip_option
@laws_option
@click.option("--features", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Features of your own.")
@click.option("--format", "forms", multiple=True, type=Form(), expose_value=False, help="Output format; repeatable.")
@click.option("--output", "outputs", multiple=True, type=click.Path(), expose_value=False, help=OUTPUT)
@isolation_option("How the implementation is isolated.")
@data_option
@seed_option("The seed of the random inputs; a verdict states its own.")
@language_option
@click.option(
    "--plain", "spoken", is_flag=True, help="Words instead of marks, no colour, no progress: for screen readers."
)
@click.option("--all", "every", is_flag=True, help="Show every failure in full.")
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
) -> None:
    """Check an implementation against the contract.

    NAME is path/to/file.py, path/to/file.py:Class, package.module:Class, or a folder with a network.py. Without it,
    NNKATA_IMPLEMENTATION or [tool.nnkata] in pyproject.toml names it, else it is ./network.py.

    Exit status: 0 it conforms, 1 it does not, 2 it could not be judged.
    """
    name = names[0] if names else None
    called = name or ""
    outputs = Outputs(sure(ctx.meta[META]))
    live = sys.stderr.isatty() and not spoken  # a line that changes would be read aloud again and again
    try:
        outputs = Outputs(paired(ctx.meta[META]))
        if len(names) > 1:
            several = _("check takes one implementation; several side by side: nnkata compare {names}")
            raise UsageError(several.format(names=shlex.join(names)))
        configured = configuration()
        called = implementation_name(name, configured)
        outputs.begin(called)
        known = known_clauses(features)
        asked = Asked(known, name, stages, upto, clauses, skipped, isolation, data, seed, features, laws)
        settings = settled(asked, configured)
        points = weights(configured.points, known) if features is None else {}
        progress = _progress(known, settings.only or frozenset(clause.tag for clause in known), live)
        with as_file(settings) as (given, named):
            verdict = scored(named(judge(given, progress)), points)
        if not any(clause.status == "passed" for clause in verdict.clauses) and _without_functions(called):
            _tell_of_adapt(called)
        if taken := verdict.environment.get(CLASS_TAKEN):
            say(took(called, taken))
        written = outputs.write(partial(_made, Report(verdict, known, points), every, spoken, live))
    except NotJudged as error:
        _clear(live)
        say(str(error))
        if isinstance(error, NotFound) and _foreign(called):
            _tell_of_adapt(called)
        where = error.where if isinstance(error, NotFound) else ""
        outputs.failed(Unjudged(str(error), called, where, kata().contract))
        ctx.exit(UNDONE)
    except KeyboardInterrupt:
        _clear(live)
        click.echo(_("nnkata: interrupted, no verdict"), err=True)
        outputs.failed(Unjudged(_("interrupted, no verdict"), called, contract=kata().contract), screen=False)
        ctx.exit(UNDONE)
    except Exception as error:
        traceback.print_exc()
        reason = _("a fault of nnkata's own: {error}").format(error=f"{type(error).__name__}: {error}")
        outputs.failed(Unjudged(reason, called, contract=kata().contract), screen=False)
        ctx.exit(UNDONE)
    ctx.exit(_status(verdict) if written else UNDONE)


def _made(report: Report, every: bool, spoken: bool, live: bool, form: str, file: Path | None) -> str:
    """The report in a form, for a file or for the screen."""
    _clear(live)
    if form != "text":
        return write(form, report)
    coloured = file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not spoken
    paint, marks = painted if coloured else plain, SPOKEN if spoken else MARKS
    return render(report.verdict, report.known, paint, every, marks)


def _status(verdict: Verdict) -> int:
    if all(clause.status == "skipped" for clause in verdict.clauses):
        return UNDONE
    return CONFORMS if verdict.passed else DIFFERS


def _foreign(called: str) -> bool:
    """Whether it may be somebody's network that was not written for this contract: Python that can be read here."""
    path = Path(called.partition(":")[0])
    if "adapt" not in kata().commands or not kata().class_name or not path.is_file():
        return False
    return path.suffix == ".ipynb" or (path.suffix == ".py" and _parses(path))


def _parses(path: Path) -> bool:
    return _parsed(path) is not None


def _parsed(path: Path) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _without_functions(called: str) -> bool:
    """Whether a file has none of the functions that a kata without a class asks for, as its skeleton shows them."""
    path = Path(called)
    if "adapt" not in kata().commands or kata().class_name or path.suffix not in (".py", ".ipynb"):
        return False
    own, asked = _parsed(path), _parsed(kata().skeleton)
    return path.suffix == ".ipynb" or (own is not None and asked is not None and not _names(own) & _names(asked))


def _names(tree: ast.Module) -> set[str]:
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def _tell_of_adapt(called: str) -> None:
    text = _("A network with an interface of its own: nnkata adapt {file}")
    click.echo(text.format(file=shlex.quote(called)), err=True)


def _progress(known: Sequence[Clause], asked: frozenset[str], live: bool) -> Progress:
    """A line that is written over: a mark for each stage, how many clauses are done, and the stage that runs."""
    stages = {clause.tag: clause.stage for clause in known if clause.tag in asked}
    left = Counter(stages.values())
    bad: set[str] = set()
    done: set[str] = set()

    def show(clause: str, status: str) -> None:
        if not live or clause not in stages:
            return
        stage = stages[clause]
        left[stage] -= clause not in done
        done.add(clause)
        bad.update([stage] if status not in ("passed", "skipped") else [])
        marks = "".join(MARKS["failed"] if s in bad else "·" if left[s] else MARKS["passed"] for s in left)
        click.echo(f"\r{marks}  {len(done):>3}/{len(stages)}  {stage:<20}", err=True, nl=False)

    return show


def _clear(live: bool) -> None:
    if live:
        click.echo("\r" + " " * 60 + "\r", err=True, nl=False)
