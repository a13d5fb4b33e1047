"""The verdict as text for a terminal: the stages with their counts, then the first failure in full."""

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import click

from nnkata.explanations import explanation
from nnkata.gherkin import Clause, is_clause_tag
from nnkata.kata import DEFAULT, option
from nnkata.kata import current as kata
from nnkata.language import _, later
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, filled, hint_of, read_back, rows, stopped_at, wrong_line
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import columns, pad, wrap
from nnkata.runner.settings import BUNDLED
from nnkata.verdict import ClauseResult, StageResult, Verdict

WIDTH = 80
#: The marks of a stage and of a step; and the same as words, for those who listen.
MARKS = {"passed": "✓", "failed": "✗", "skipped": "-", "here": "✗"}
SPOKEN = {
    "passed": later("passed:"),
    "failed": later("failed:"),
    "skipped": later("skipped:"),
    "here": later("failed here:"),
}
#: A row of an array, which is left as NumPy has set it.
NUMBERS = re.compile(r"\[ *-?\d|^[-+\s\d.e\]]+$")
#: Colours by meaning; `paint` is the identity where there is to be no colour.
Paint = Callable[[str, str], str]


def command(verdict: Verdict, clause: str) -> str:
    """The command that judges a clause as it was judged: with its seed, on its data, behind its wall."""
    words = ["nnkata", "check", clean(verdict.implementation)[0], "--clause", clause]
    words += ["--seed", verdict.environment["seed"]]
    if (data := verdict.environment["data"]) != BUNDLED:
        words += ["--data", data]
    if (wall := verdict.environment["isolation"].partition(",")[0]) != "process":
        words += ["--isolation", wall]
    if features := verdict.environment.get("features"):
        words += ["--features", features]
    if verdict.kata != DEFAULT:
        words += ["--kata", verdict.kata]
    return shlex.join(words)


@dataclass(frozen=True)
class Manner:
    """How a report says what to do next; by default, as commands for a shell.

    `again` makes one that judges a clause again; `explain` is put before a clause; `others` tells how to see the other
    {count} failures.
    """

    again: Callable[[Verdict, str], str] = command
    explain: str = "nnkata explain"
    others: str = later(" --all shows the other {count}.")


SHELL = Manner()


def plain(text: str, colour: str) -> str:
    """No colour."""
    return text


def painted(text: str, colour: str) -> str:
    """Colour by its ANSI name, or bold, or dim."""
    if colour in ("bold", "dim"):
        return click.style(text, bold=colour == "bold", dim=colour == "dim")
    return click.style(text, fg=colour)


def write(report: Report) -> str:
    """The whole report without colours, the first failure in full."""
    return render(report.verdict, report.known)


def failed(trouble: Unjudged) -> str:
    """Why there is no verdict."""
    name = f" {clean(trouble.implementation, 1)[0]}" if trouble.implementation else ""
    return "\n".join([_("{title}:").format(title=trouble.title + name), *trouble.lines]) + "\n"


def render(
    verdict: Verdict,
    known: Sequence[Clause],
    paint: Paint = plain,
    every: bool = False,
    marks: Mapping[str, str] = MARKS,
    manner: Manner = SHELL,
) -> str:
    """The whole report; `every` shows all failures in full instead of the first one; `marks` are MARKS or SPOKEN.

    `manner` is how it says what to do next.
    """
    by_tag = {clause.tag: clause for clause in known}
    blocks = [_head(verdict), *(_stage(stage, paint, marks) for stage in verdict.stages), ""]
    failures = verdict.failures
    if recognised := _mistakes(verdict):
        blocks.append(recognised)
    for failure in failures if every else failures[:1]:
        blocks.append(_failure(failure, by_tag[failure.clause], verdict, paint, marks, manner))
    blocks.append(_close(verdict, len(failures), every, paint, manner))
    return "\n".join(blocks) + "\n"


def _head(verdict: Verdict) -> str:
    results = verdict.clauses
    skipped = sum(result.status == "skipped" for result in results)
    environment = {"mypy": "?", **verdict.environment}  # one that another program made may not say
    counts = (_("1 clause") if len(results) == 1 else _("{count} clauses")).format(count=len(results))
    if skipped:
        counts += _(", {count} skipped").format(count=skipped)
    first = _("nnkata: {name} against contract {contract}, {counts}")
    second = _("Python {python}, NumPy {numpy}, mypy {mypy}, {data} data, isolation {isolation}, seed {seed}")
    name = clean(verdict.implementation)[0]
    return f"{first.format(name=name, contract=verdict.contract, counts=counts)}\n{second.format(**environment)}\n"


def _stage(stage: StageResult, paint: Paint, marks: Mapping[str, str]) -> str:
    judged = stage.judged
    wrong = [clause.clause.rpartition("-")[2] for clause in judged if clause.status != "passed"]
    kind, colour = ("skipped", "dim") if not judged else ("failed", "red") if wrong else ("passed", "green")
    width = max(columns(_(marks[each])) for each in ("passed", "failed", "skipped"))
    mark = paint(pad(_(marks[kind]), width), colour)
    count = f"{len(judged) - len(wrong)}/{len(judged)}" if judged else ""
    notes = [_("not: {clauses}").format(clauses=", ".join(wrong))] if wrong else []
    if skipped := len(stage.clauses) - len(judged):
        notes.append(_("{count} skipped").format(count=skipped))
    head, indent = f"  {mark} {stage.name:<15} {count:>5}   ", " " * (width + 27)
    first, *more = wrap(_("; ").join(notes), WIDTH, indent, indent) or [indent]
    return "\n".join([head + first[len(indent) :], *more]).rstrip()


def _mistakes(verdict: Verdict) -> str:
    """The mistakes that were recognised, each with the clauses that it explains."""
    named: dict[str, list[str]] = {}
    for failure in verdict.failures:
        if failure.misconception:
            named.setdefault(failure.misconception, []).append(failure.clause)
    lines = []
    for name, clauses in named.items():
        first, more = clauses[0], len(clauses) - 1
        at = _("{clause} and {more} more").format(clause=first, more=more) if more else first
        text = _("{name} ({clauses}): {mistake}").format(
            name=name, clauses=at, mistake=_(kata().catalogue()[name].mistake)
        )
        lines += wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join([_("Mistakes recognised:"), *lines, ""]) if len(named) > 1 else ""


def failed_clause(failure: ClauseResult, clause: Clause, paint: Paint, marks: Mapping[str, str]) -> list[str]:
    """One failure: the clause with the step that failed, what came, the mistake if it is known."""
    title = wrap(f"{failure.clause}: {clause.name}", WIDTH, subsequent_indent="  ")
    lines = [paint(line, "bold") for line in title]
    if clause.description:
        lines += wrap(" ".join(clause.description.split()), WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    lines += ["", *_steps(failure, clause, paint, marks), ""]
    for line in [*clean(failure.message), *rows(failure), *wrong_line(failure)]:
        indent = " " * (2 + len(line) - len(line.lstrip()))
        fits = columns(line) + 2 <= WIDTH or NUMBERS.search(line)
        lines += [f"  {line}"] if fits else wrap(line, WIDTH, indent, indent + "  ")
    return lines + _diagnosis(failure)


def _failure(
    failure: ClauseResult, clause: Clause, verdict: Verdict, paint: Paint, marks: Mapping[str, str], manner: Manner
) -> str:
    lines = failed_clause(failure, clause, paint, marks)
    lines += ["", _("Again, this clause alone:"), f"  {manner.again(verdict, failure.clause)}"]
    if is_clause_tag(failure.clause, clause.stage):
        lines += [_("What it asks for and why, and hints:"), f"  {manner.explain} {failure.clause}{option()}"]
    return "\n".join(lines) + "\n"


def _steps(failure: ClauseResult, clause: Clause, paint: Paint, marks: Mapping[str, str]) -> list[str]:
    here = marks["here"]
    lines = []
    for step in clause.steps:
        first, *table = filled(step, failure).split("\n")
        wrong = stopped_at(first, failure)
        shown = wrap(first, WIDTH, initial_indent=f"  {_(here)} " if wrong else " " * 4, subsequent_indent=" " * 8)
        lines += [paint(line, "red") for line in shown] if wrong else shown
        lines += [f"      {row.strip()}" for row in table]
    return lines


def _diagnosis(failure: ClauseResult) -> list[str]:
    texts = {}
    entry = kata().catalogue().get(failure.misconception or "")
    if entry is not None:
        mistake = _("{mistake} ({name}: {formula})")
        texts[_("The mistake:")] = mistake.format(mistake=_(entry.mistake), name=entry.name, formula=_(entry.formula))
    if found := read_back(failure):
        texts[_("Read from your numbers:")] = found
    if hint := hint_of(failure):
        texts[_("Hint:")] = hint
    if read := further(failure):
        texts[_("To read:")] = read
    if not texts:
        return []
    indent = max(map(columns, texts)) + 2
    lines = [""]
    for label, text in texts.items():
        lines += wrap(text, WIDTH, initial_indent=pad(label, indent), subsequent_indent=" " * indent)
    return lines


def further(failure: ClauseResult) -> str:
    """What to read of a failure: what its mistake names, else what its clause rests on; "" where neither is known."""
    about = kata().catalogue().get(failure.misconception or "") or explanation(failure.clause)
    return to_read(about.read) if about else ""


def to_read(part: str) -> str:
    """That part of the kata's text, in words."""
    return _(kata().reading).format(part=_(kata().readings[part]))


def _close(verdict: Verdict, failures: int, every: bool, paint: Paint, manner: Manner) -> str:
    judged = verdict.judged
    right = len(judged) - failures
    if not judged:
        return paint(_("Nothing was judged: every clause was skipped."), "red")
    if verdict.passed:
        text = _("Conforms: {right} of {judged} clauses in {seconds:.1f} s.")
    else:
        text = _("Does not conform: {right} of {judged} clauses in {seconds:.1f} s.")
    said = paint(
        text.format(right=right, judged=len(judged), seconds=verdict.seconds), "green" if verdict.passed else "red"
    )
    return said + (_(manner.others).format(count=failures - 1) if failures > 1 and not every else "")
