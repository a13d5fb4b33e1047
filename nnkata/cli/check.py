"""`nnkata check NAME`: the verdict on one implementation."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import click

from nnkata.cli.options import chosen, complete_clause, complete_implementation, skip_option
from nnkata.cli.trouble import say
from nnkata.cli.words import language_option
from nnkata.files import write as write_file
from nnkata.gherkin import Clause, FeatureError
from nnkata.grading.points import weights
from nnkata.katas.article.protocol import STAGES
from nnkata.katas.mnist import DataError
from nnkata.language import _, reason
from nnkata.reports.formats import FORMATS, failed, write
from nnkata.reports.report import Report
from nnkata.reports.text import MARKS, SPOKEN, painted, plain, render
from nnkata.runner.run import Progress, judge, known_clauses
from nnkata.runner.settings import (
    ISOLATIONS,
    Settings,
    UsageError,
    configured,
    implementation_name,
    known_failures,
    limits,
    module_folder,
    new_seed,
    skips,
)
from nnkata.subject import NotFound
from nnkata.subject.sandbox import NoSandbox
from nnkata.verdict import Verdict

CONFORMS, DIFFERS, UNJUDGED = 0, 1, 2
OUTPUT = "Write to this file; the first --output belongs to the first --format, and so on."


@click.command(name="check")
@click.argument("name", required=False, shell_complete=complete_implementation)
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="Judge this stage only; repeatable.")
@click.option("--upto", type=click.Choice(STAGES), help="Judge the stages up to this one.")
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=complete_clause,
    help="Judge this clause only; repeatable.",
)
@skip_option
@click.option("--features", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Features of your own.")
@click.option("--format", "forms", multiple=True, type=click.Choice(FORMATS), help="How to say it; repeatable.")
@click.option("--output", "outputs", multiple=True, type=click.Path(dir_okay=False, path_type=Path), help=OUTPUT)
@click.option("--isolation", type=click.Choice(ISOLATIONS), default="process", help="Where the implementation runs.")
@click.option("--data", default="bundled", help="bundled, openml, or a path (IDX folder, mnist.npz).")
@click.option("--seed", type=click.IntRange(0), help="The seed of the random inputs; a verdict states its own.")
@language_option
@click.option(
    "--plain", "spoken", is_flag=True, help="Words instead of marks, no colour, no progress: to be listened to."
)
@click.option("--all", "every", is_flag=True, help="Show every failure in full.")
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    stages: tuple[str, ...],
    upto: str | None,
    clauses: tuple[str, ...],
    skipped: tuple[str, ...],
    features: Path | None,
    forms: tuple[str, ...],
    outputs: tuple[Path, ...],
    isolation: str,
    data: str,
    seed: int | None,
    spoken: bool,
    every: bool,
) -> None:
    """Hold an implementation against the contract.

    NAME is path/to/file.py, path/to/file.py:Class, package.module:Class, or a folder with a network.py. Without it,
    NNKATA_IMPLEMENTATION or [tool.nnkata] in pyproject.toml names it.

    Exit status: 0 it conforms, 1 it does not, 2 it could not be judged.
    """
    try:
        wanted = _paired(forms, outputs)
    except UsageError as error:
        say(str(error))
        ctx.exit(UNJUDGED)
    live = sys.stderr.isatty() and not spoken  # a line that changes would be read aloud again and again
    try:
        known = known_clauses(features)
        tags = [clause.tag for clause in known]
        only = chosen(known, stages, upto, clauses)
        settings = Settings(
            implementation_name(name),
            isolation=isolation,
            data=data,
            skip=skips(skipped, tags),
            only=only,
            features=features,
            seed=new_seed() if seed is None else seed,
            limits=limits(),
            known_failures=known_failures(tags) if features is None else {},
            start=module_folder(name),
        )
        points = weights(configured()[0].get("points", {}), known) if features is None else {}
        verdict = judge(settings, _progress(known, only or frozenset(tags), live))
    except (UsageError, NotFound, NoSandbox, DataError, FeatureError) as error:
        _clear(live)
        say(str(error))
        for form, output in wanted:
            if (text := failed(form, str(error))) is not None:
                _write(text, output, ctx)
        ctx.exit(UNJUDGED)
    except KeyboardInterrupt:
        _clear(live)
        click.echo(_("nnkata: interrupted, no verdict"), err=True)
        ctx.exit(UNJUDGED)
    _clear(live)
    report = Report(verdict, known, points)
    for form, output in wanted:
        if form == "text":
            coloured = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR") and not spoken
            marks = SPOKEN if spoken else MARKS
            _write(render(verdict, known, painted if coloured else plain, every, marks), output, ctx)
        else:
            try:
                text = write(form, report)
            except ModuleNotFoundError as error:
                needed = _("--format {form} needs the extra `{form}` (pip install 'nnkata[{form}]'): {error}")
                say(needed.format(form=form, error=error))
                ctx.exit(UNJUDGED)
            _write(text, output, ctx)
    ctx.exit(_status(verdict))


def _paired(forms: Sequence[str], outputs: Sequence[Path]) -> list[tuple[str, Path | None]]:
    """Each form with its file, the first with the first; one may be left, for the terminal.

    Raises:
        UsageError: more than one is left, or there are more files than forms, or one file is named twice.
    """
    forms = forms or ("text",)
    if len(outputs) > len(forms):
        text = _("there are {outputs} --output for {forms} --format; each --output belongs to one")
        raise UsageError(text.format(outputs=len(outputs), forms=len(forms)))
    if len(outputs) < len(forms) - 1:
        text = _("{forms} --format need at least {outputs} --output: only one can go to the screen")
        raise UsageError(text.format(forms=len(forms), outputs=len(forms) - 1))
    if len({output.absolute() for output in outputs}) < len(outputs):
        raise UsageError(_("two --output name the same file"))
    return list(zip_longest(forms, outputs))


def _status(verdict: Verdict) -> int:
    if all(clause.status == "skipped" for clause in verdict.clauses):
        return UNJUDGED
    return CONFORMS if verdict.passed else DIFFERS


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


def _write(text: str, output: Path | None, ctx: click.Context) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        write_file(output, text.encode())
    except OSError as error:
        say(_("{path} cannot be written: {strerror}").format(path=output, strerror=reason(error)))
        ctx.exit(UNJUDGED)
