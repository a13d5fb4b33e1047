"""The verdict as text for a terminal: the stages with their counts, then the first failure in full."""

import shlex
import textwrap
from collections.abc import Callable, Mapping, Sequence

import click

from nnkata.gherkin import Clause, is_clause_tag
from nnkata.misconceptions import CATALOGUE
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, filled, stopped_at
from nnkata.verdict import ClauseResult, StageResult, Verdict

WIDTH = 80
#: The marks of a stage and of a step; and the same as words, for those who listen.
MARKS = {"passed": "✓", "failed": "✗", "skipped": "-", "here": "✗"}
SPOKEN = {"passed": "passed: ", "failed": "failed: ", "skipped": "skipped:", "here": "failed here:"}
#: Colours by meaning; `paint` is the identity where there is to be no colour.
Paint = Callable[[str, str], str]

PARTS = {
    "dataset": "the part on the dataset and its preparation",
    "initialization": "the part on initializing the network",
    "feedforward": "the part on the forward pass",
    "backpropagation": "the part on backpropagation",
    "training": "the part on training (stochastic gradient descent)",
    "results": "the part on the results",
}


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


def render(
    verdict: Verdict,
    known: Sequence[Clause],
    paint: Paint = plain,
    every: bool = False,
    marks: Mapping[str, str] = MARKS,
) -> str:
    """The whole report; `every` shows all failures in full instead of the first one; `marks` are MARKS or SPOKEN."""
    by_tag = {clause.tag: clause for clause in known}
    blocks = [_head(verdict), *(_stage(stage, paint, marks) for stage in verdict.stages), ""]
    failures = verdict.failures
    if recognised := _mistakes(verdict):
        blocks.append(recognised)
    for failure in failures if every else failures[:1]:
        blocks.append(_failure(failure, by_tag[failure.clause], verdict, paint, marks))
    blocks.append(_close(verdict, len(failures), every, paint))
    return "\n".join(blocks) + "\n"


def _head(verdict: Verdict) -> str:
    results = verdict.clauses
    skipped = sum(result.status == "skipped" for result in results)
    environment = verdict.environment
    counts = f"{len(results)} clause{'s' * (len(results) != 1)}" + (f", {skipped} skipped" if skipped else "")
    return (
        f"nnkata: {clean(verdict.implementation)[0]} against contract {verdict.contract}, {counts}\n"
        f"Python {environment['python']}, NumPy {environment['numpy']}, {environment['data']} data, "
        f"isolation {environment['isolation']}, seed {environment['seed']}\n"
    )


def _stage(stage: StageResult, paint: Paint, marks: Mapping[str, str]) -> str:
    judged = stage.judged
    wrong = [clause.clause.rpartition("-")[2] for clause in judged if clause.status != "passed"]
    kind, colour = ("skipped", "dim") if not judged else ("failed", "red") if wrong else ("passed", "green")
    mark = paint(marks[kind], colour)
    count = f"{len(judged) - len(wrong)}/{len(judged)}" if judged else ""
    notes = [f"not: {', '.join(wrong)}"] if wrong else []
    if skipped := len(stage.clauses) - len(judged):
        notes.append(f"{skipped} skipped")
    return f"  {mark} {stage.name:<15} {count:>5}   {'; '.join(notes)}".rstrip()


def _mistakes(verdict: Verdict) -> str:
    """The mistakes that were recognised, each with the clauses that it explains."""
    named: dict[str, list[str]] = {}
    for failure in verdict.failures:
        if failure.misconception:
            named.setdefault(failure.misconception, []).append(failure.clause)
    lines = []
    for name, clauses in named.items():
        first, more = clauses[0], len(clauses) - 1
        at = first + (f" and {more} more" if more else "")
        text = f"{name} ({at}): {CATALOGUE[name].mistake}"
        lines += textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(["Mistakes recognised:", *lines, ""]) if len(named) > 1 else ""


def failed_clause(failure: ClauseResult, clause: Clause, paint: Paint, marks: Mapping[str, str]) -> list[str]:
    """One failure: the clause with the step that failed, what came, the mistake if it is known."""
    title = textwrap.wrap(f"{failure.clause}: {clause.name}", WIDTH, subsequent_indent="  ")
    lines = [paint(line, "bold") for line in title]
    if clause.description:
        lines += textwrap.wrap(
            " ".join(clause.description.split()), WIDTH - 2, initial_indent="  ", subsequent_indent="  "
        )
    lines += ["", *_steps(failure, clause, paint, marks["here"]), ""]
    lines += [f"  {line}" for line in clean(failure.message)]
    return lines + _diagnosis(failure)


def _failure(failure: ClauseResult, clause: Clause, verdict: Verdict, paint: Paint, marks: Mapping[str, str]) -> str:
    lines = failed_clause(failure, clause, paint, marks)
    command = f"nnkata check {shlex.quote(clean(verdict.implementation)[0])} --clause {shlex.quote(failure.clause)}"
    lines += ["", "Again, this clause alone:", f"  {command} --seed {verdict.environment['seed']}"]
    if is_clause_tag(failure.clause, clause.stage):
        lines += ["What it asks for and why, and hints:", f"  nnkata explain {failure.clause}"]
    return "\n".join(lines) + "\n"


def _steps(failure: ClauseResult, clause: Clause, paint: Paint, here: str) -> list[str]:
    lines = []
    for step in clause.steps:
        first, *table = filled(step, failure).split("\n")
        wrong = stopped_at(first, failure)
        shown = textwrap.wrap(
            first, WIDTH, initial_indent=f"  {here} " if wrong else " " * 4, subsequent_indent=" " * 8
        )
        lines += [paint(line, "red") for line in shown] if wrong else shown
        lines += [f"      {row.strip()}" for row in table]
    return lines


def _diagnosis(failure: ClauseResult) -> list[str]:
    if failure.misconception is None:
        return []
    entry = CATALOGUE[failure.misconception]
    texts = {
        "The mistake": f"{entry.mistake} ({entry.name}: {entry.formula})",
        "Hint": entry.hint,
        "To read": f"the article, {PARTS[entry.read]}",
    }
    lines = [""]
    for label, text in texts.items():
        lines += textwrap.wrap(text, WIDTH, initial_indent=f"{label + ':':<14}", subsequent_indent=" " * 14)
    return lines


def _close(verdict: Verdict, failures: int, every: bool, paint: Paint) -> str:
    judged = verdict.judged
    right = len(judged) - failures
    if not judged:
        return paint("Nothing was judged: every clause was skipped.", "red")
    if verdict.passed:
        return paint(f"Conforms: {right} of {len(judged)} clauses in {verdict.seconds:.1f} s.", "green")
    more = f" --all shows the other {failures - 1}." if failures > 1 and not every else ""
    return paint(f"Does not conform: {right} of {len(judged)} clauses in {verdict.seconds:.1f} s.", "red") + more
