"""`nnkata check NAME`: the verdict on one implementation."""

import os
import shlex
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

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
from nnkata.cli.progress import Quiet, progress
from nnkata.cli.trouble import UNDONE, of_disk, say
from nnkata.cli.words import kata_option, language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.features.clause import Clause
from nnkata.grading.asfile import as_file
from nnkata.grading.points import scored, weights
from nnkata.language import _, carried
from nnkata.places import unread
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.reports.failure import MARKS, SPOKEN, Look, Paint, painted, plain
from nnkata.reports.formats import write
from nnkata.reports.report import Report, filled, stopped_at
from nnkata.reports.text import outcome, render
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import on_screen
from nnkata.runner.foreign import fitting_kata, is_foreign, source_of
from nnkata.runner.implementation import VARIABLE, implementation_name
from nnkata.runner.result import by_itself
from nnkata.runner.run import Interrupted, judge, known_clauses
from nnkata.runner.settings import Asked, configuration, settled
from nnkata.standing import keep
from nnkata.subject import NotFound
from nnkata.subject.source.fitting import took
from nnkata.subject.source.overwritten import overwritten
from nnkata.terminal import coloured, draws
from nnkata.texts import listed
from nnkata.verdict import CLASS_TAKEN, ClauseResult, Verdict

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
    called = name or os.environ.get(VARIABLE, "")
    outputs = Outputs(sure(ctx.meta[META]))
    line = Quiet()
    look = Look(_paint(spoken), SPOKEN if spoken else MARKS, hints, not no_diagnosis, every)
    try:
        outputs = Outputs(paired(ctx.meta[META]))
        if len(names) > 1:
            raise UsageError(_several(names))
        if name == "":  # as from "$NAME" without a value: another file would be judged unnoticed
            raise UsageError(_("the name is empty"))
        configured = configuration()
        called = implementation_name(name, configured)
        outputs.begin(called)
        known = partial(known_clauses, features)
        if features is not None:
            known()  # they cannot run: the first thing to say
            _remark_on(features)
        asked = Asked(known, name, stages, upto, clauses, skipped, isolation, data, seed, features, laws)
        settings = settled(asked, configured)
        texts = all(form == "text" for form, _file in outputs.wanted)  # formats for programs are complete
        settings = replace(settings, waiting=texts and not every and settings.only is None)
        points = weights(configured.points, known()) if features is None and configured.points else {}
        if not spoken:  # a screen reader would read a changing line aloud again and again
            line = progress(known, settings.only)
        with as_file(settings) as (given, named, broken):
            for cell in broken:
                say(cell)
            verdict = named(judge(given, line.ended, begun=line.began))
            verdict = scored(verdict, points)
        if taken := verdict.environment.get(CLASS_TAKEN):
            say(took(called, taken))
        line.close()
        if verdict.failures and (twice := overwritten(Path(called.partition(":")[0]), kata().class_name)):
            say(twice)
        written = outputs.write(partial(_made, Report(verdict, known(), points), look))
        if written:
            _announce(verdict, [file for _form, file in outputs.wanted])
        if features is None:
            keep(verdict)
    except NotJudged as error:
        line.close()
        say(str(error))
        if isinstance(error, NotFound):
            _tell_more(called)
        where = error.where if isinstance(error, NotFound) else ""
        outputs.failed(Unjudged(str(error), called, where, kata().contract))
        ctx.exit(UNDONE)
    except KeyboardInterrupt as interrupt:
        line.close()
        if isinstance(interrupt, Interrupted) and interrupt.verdict.judged:
            click.echo(_made(Report(interrupt.verdict, known(), {}), look, "text", None), nl=False)
            click.echo(_("nnkata: interrupted; these are the results so far"), err=True)
        else:
            click.echo(_("nnkata: interrupted, no verdict"), err=True)
        outputs.failed(Unjudged(_("interrupted, no verdict"), called, contract=kata().contract), screen=False)
        ctx.exit(UNDONE)
    except Exception as error:
        line.close()
        reason = full = of_disk(error)
        if full:
            say(full)
        else:
            traceback.print_exc()
            reason = _("a fault of nnkata's own: {error}").format(error=f"{type(error).__name__}: {error}")
        outputs.failed(Unjudged(reason, called, contract=kata().contract), screen=bool(full))
        ctx.exit(UNDONE)
    if features is not None and (stuck := [clause for clause in verdict.clauses if by_itself(clause)]):
        text = _("a step of your features failed by itself, not the network: check the step ({places})")
        say(text.format(places=listed([_place(clause, known()) for clause in stuck], 5)))
        ctx.exit(UNDONE)
    ctx.exit(_status(verdict) if written else UNDONE)


def _remark_on(features: Path) -> None:
    """Tell of files of a user's own features that are not read, and of parts that may not be meant as they run."""
    if lost := unread(features):
        say(_("not read, as only *.feature in the folder itself is: {files}").format(files=listed(lost, 10)))
    from nnkata.features.own import remarks  # 3 ms, for a user's own features alone

    for remark in remarks(features):
        say(remark)


def _announce(verdict: Verdict, files: Sequence[Path | None]) -> None:
    """Tell a terminal the outcome and the written files, if no report goes to the screen."""
    if draws(sys.stderr) and None not in files:
        click.echo(outcome(verdict), err=True)
        for file in files:
            click.echo(_("Written: {path}").format(path=file), err=True)


def _made(report: Report, look: Look, form: str, file: Path | None) -> str:
    """The report in a format, for a file or for the screen."""
    if form != "text":
        return write(form, report)
    if file is not None:
        return render(report.verdict, report.known, replace(look, paint=plain))
    with on_screen():
        return render(report.verdict, report.known, look)


def _paint(spoken: bool) -> Paint:
    return painted if coloured() and not spoken else plain


def _status(verdict: Verdict) -> int:
    if verdict.passed:
        return CONFORMS
    return UNDONE if all(map(by_itself, verdict.failures)) else DIFFERS


def _place(result: ClauseResult, known: Sequence[Clause]) -> str:
    """FILE:LINE of the failed step of a feature; of the scenario if no step is known."""
    clause = next(clause for clause in known if clause.tag == result.clause)
    lines = (s.line for s in clause.parsed if stopped_at(filled(f"{s.keyword} {s.text}", result), result))
    return f"{clause.path.name}:{next(lines, clause.line)}"


def _tell_more(called: str) -> None:
    """Name the command for a file that has the interface of another kata, or one of its own."""
    source = source_of(Path(called.partition(":")[0]))
    if name := fitting_kata(source):
        command = carried(f"nnkata check {shlex.quote(called)} --kata {name}")
        click.echo(_("It has the functions of the kata {name}: {command}").format(name=name, command=command), err=True)
    elif is_foreign(source):
        command = carried(f"nnkata adapt {shlex.quote(called)}")
        click.echo(_("A network with an interface of its own: {command}").format(command=command), err=True)
