"""A check, from the request to the reports; the command's three ways to end without a verdict."""

import shlex
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import click

from nnkata.cli.failures import of_disk, say
from nnkata.cli.outputs import Outputs
from nnkata.cli.progress import Line, Quiet, progress
from nnkata.errors import NotJudged, UsageError
from nnkata.features.clause import Clause
from nnkata.grading.points import scored, weights
from nnkata.grading.single_notebook import as_file
from nnkata.language import _, carried
from nnkata.latest_results import keep
from nnkata.places import unread
from nnkata.registry import current as kata
from nnkata.reports.failure import Look, plain
from nnkata.reports.formats import write
from nnkata.reports.formats.text import outcome, render
from nnkata.reports.report import Report, filled, stopped_at
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import on_screen
from nnkata.runner.implementation import implementation_name
from nnkata.runner.results.result import by_itself
from nnkata.runner.run import Interrupted, judge, known_clauses
from nnkata.runner.settings import Asked, configuration, settled
from nnkata.runner.submission.foreign import fitting_kata, is_foreign, only_of_framework, source_of
from nnkata.subject import NotFound
from nnkata.subject.source.network_class import took
from nnkata.subject.source.overwritten import overwritten
from nnkata.terminal import draws
from nnkata.texts import listed
from nnkata.verdict import CLASS_TAKEN, ClauseResult, Verdict


@dataclass
class Check:
    """A check of the implementation `called`, with features of a user's own if there are any."""

    called: str
    features: Path | None
    look: Look
    outputs: Outputs
    line: Line | Quiet = field(default_factory=Quiet)

    def known(self) -> list[Clause]:
        """The clauses that there are."""
        return known_clauses(self.features)

    def judged(self, asked: Asked, live: bool) -> tuple[Verdict, bool]:
        """Judge and report; the verdict, and whether every report was written. `live`: show the progress.

        Raises:
            NotJudged: it cannot be judged.
        """
        if asked.name == "":  # as from "$NAME" without a value: another file would be judged unnoticed
            raise UsageError(_("the name is empty"))
        configured = configuration()
        self.called = implementation_name(asked.name, configured)
        self.outputs.begin(self.called)
        if self.features is not None:
            self.known()  # they cannot run: the first thing to say
            _remark_on(self.features)
        settings = settled(asked, configured)
        texts = all(form == "text" for form, _file in self.outputs.wanted)  # formats for programs are complete
        settings = replace(settings, waiting=texts and not self.look.every and settings.only is None)
        points = weights(configured.points, self.known()) if self.features is None and configured.points else {}
        with as_file(settings) as (given, named, broken, _said):
            for cell in broken:
                say(cell)
            if live:  # a screen reader would read a changing line aloud again and again
                self.line = progress(self.known, settings.only)
            verdict = scored(named(judge(given, self.line.ended, begun=self.line.began)), points)
        return verdict, self._reported(verdict, points)

    def _reported(self, verdict: Verdict, points: Mapping[str, float]) -> bool:
        """Write the reports; whether each was written."""
        self.line.close()
        if taken := verdict.environment.get(CLASS_TAKEN):
            say(took(self.called, taken))
        if verdict.failures and (twice := overwritten(Path(self.called.partition(":")[0]), kata().class_name)):
            say(twice)
        written = self.outputs.write(partial(_made, Report(verdict, self.known(), points), self.look))
        if written:
            _announce(verdict, [file for _form, file in self.outputs.wanted])
        if self.features is None:
            keep(verdict)
        return written

    def not_judged(self, error: NotJudged) -> None:
        """Report the reason, in every format."""
        self.line.close()
        say(str(error))
        if isinstance(error, NotFound):
            _tell_more(self.called)
        where = error.where if isinstance(error, NotFound) else ""
        self.outputs.failed(Unjudged(str(error), self.called, where, kata().contract))

    def interrupted(self, interrupt: KeyboardInterrupt) -> None:
        """Show the results so far, if there are any."""
        self.line.close()
        if isinstance(interrupt, Interrupted) and interrupt.verdict.judged:
            click.echo(_made(Report(interrupt.verdict, self.known(), {}), self.look, "text", None), nl=False)
            click.echo(_("nnkata: interrupted; these are the results so far"), err=True)
        else:
            click.echo(_("nnkata: interrupted, no verdict"), err=True)
        reason = Unjudged(_("interrupted, no verdict"), self.called, contract=kata().contract)
        self.outputs.failed(reason, screen=False)

    def failed(self, error: Exception) -> None:
        """Report an exception of nnkata's own, or a full disk."""
        self.line.close()
        reason = full = of_disk(error)
        if full:
            say(full)
        else:
            traceback.print_exc()
            reason = _("a fault of nnkata's own: {error}").format(error=f"{type(error).__name__}: {error}")
        self.outputs.failed(Unjudged(reason, self.called, contract=kata().contract), screen=bool(full))

    def stopped_by_itself(self, verdict: Verdict) -> bool:
        """Whether a step of the user's own features failed by itself; if so, tell which."""
        stuck = [clause for clause in verdict.clauses if by_itself(clause)] if self.features is not None else []
        if stuck:
            text = _("a step of your features failed by itself, not the network: check the step ({places})")
            say(text.format(places=listed([_place(clause, self.known()) for clause in stuck], 5)))
        return bool(stuck)


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


def _place(result: ClauseResult, known: Sequence[Clause]) -> str:
    """FILE:LINE of the failed step of a feature; of the scenario if no step is known."""
    clause = next(clause for clause in known if clause.tag == result.clause)
    lines = (s.line for s in clause.parsed if stopped_at(filled(f"{s.keyword} {s.text}", result), result))
    return f"{clause.path.name}:{next(lines, clause.line)}"


def _tell_more(called: str) -> None:
    """Name the command for a file that has the interface of another kata, or one of its own; or its framework."""
    path = Path(called.partition(":")[0])
    source = source_of(path)
    if name := fitting_kata(source):
        command = carried(f"nnkata check {shlex.quote(called)} --kata {name}")
        click.echo(_("It has the functions of the kata {name}: {command}").format(name=name, command=command), err=True)
    elif framework := only_of_framework(path.name, source):
        say(framework)
    elif is_foreign(source):
        command = carried(f"nnkata adapt {shlex.quote(called)}")
        click.echo(_("A network with an interface of its own: {command}").format(command=command), err=True)
