"""The verdict as text for a terminal: the stages with their counts, then the first failure in full."""

import shlex
import textwrap
from collections.abc import Callable, Sequence

from nnkata.gherkin import Clause
from nnkata.misconceptions import CATALOGUE
from nnkata.reports.clean import clean
from nnkata.verdict import ClauseResult, StageResult, Verdict

WIDTH = 80
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


def render(verdict: Verdict, known: Sequence[Clause], paint: Paint = plain, every: bool = False) -> str:
    """The whole report; `every` shows all failures in full instead of the first one."""
    by_tag = {clause.tag: clause for clause in known}
    blocks = [_head(verdict), *(_stage(stage, paint) for stage in verdict.stages), ""]
    failures = verdict.failures
    for failure in failures if every else failures[:1]:
        blocks.append(_failure(failure, by_tag[failure.clause], verdict, paint))
    blocks.append(_close(verdict, len(failures), every, paint))
    return "\n".join(blocks) + "\n"


def _head(verdict: Verdict) -> str:
    results = verdict.clauses
    skipped = sum(result.status == "skipped" for result in results)
    environment = verdict.environment
    counts = f"{len(results)} clauses" + (f", {skipped} skipped" if skipped else "")
    return (
        f"nnkata: {clean(verdict.implementation)[0]} against contract {verdict.contract}, {counts}\n"
        f"Python {environment['python']}, NumPy {environment['numpy']}, {environment['data']} data, "
        f"isolation {environment['isolation']}, seed {environment['seed']}\n"
    )


def _stage(stage: StageResult, paint: Paint) -> str:
    judged = [clause for clause in stage.clauses if clause.status != "skipped"]
    right = sum(clause.status == "passed" for clause in judged)
    skipped = len(stage.clauses) - len(judged)
    if not judged:
        return f"  {paint('-', 'dim')} {stage.name:<16} {'-':>5}  skipped"
    mark = paint("✓", "green") if stage.passed else paint("✗", "red")
    left_out = f"  ({skipped} skipped)" if skipped else ""
    wrong = [clause.clause for clause in judged if clause.status != "passed"]
    names = "  " + ", ".join(wrong) if wrong else ""
    return textwrap.shorten(f"{stage.name:<16}", 16).join((f"  {mark} ", "")).ljust(20) + (
        f" {right:>2}/{len(judged):<2}{left_out}{textwrap.shorten(names, WIDTH - 30, placeholder=' …')}"
    )


def _failure(failure: ClauseResult, clause: Clause, verdict: Verdict, paint: Paint) -> str:
    lines = [paint(f"{failure.clause}: {clause.name}", "bold")]
    if clause.description:
        lines += textwrap.wrap(" ".join(clause.description.split()), WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    lines += ["", *_steps(failure, clause, paint), ""]
    lines += [f"  {line}" for line in clean(failure.message)]
    lines += _diagnosis(failure)
    command = f"nnkata check {shlex.quote(clean(verdict.implementation)[0])} --clause {failure.clause}"
    lines += ["", f"Again, this clause alone:  {command} --seed {verdict.environment['seed']}"]
    return "\n".join(lines) + "\n"


def _steps(failure: ClauseResult, clause: Clause, paint: Paint) -> list[str]:
    lines = []
    for step in clause.steps:
        first, *table = step.split("\n")
        wrong = failure.step is not None and _same(first, failure.step)
        lines.append(paint(f"  ✗ {first}", "red") if wrong else f"    {first}")
        lines += [f"      {row.strip()}" for row in table]
    return lines


def _same(line: str, step: str) -> bool:
    """Whether a step of the source is the one that ran; an outline's has placeholders."""
    words, ran = line.split(), step.split()
    if words[1:] == ran[1:]:
        return True
    head = line.split("<")[0].split()[1:-1]
    return "<" in line and ran[1 : 1 + len(head)] == head and words[-1:] in (ran[-1:], [words[-1]])


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
    judged = [clause for clause in verdict.clauses if clause.status != "skipped"]
    right = len(judged) - failures
    if verdict.passed:
        return paint(f"Conforms: {right} of {len(judged)} clauses in {verdict.seconds:.1f} s.", "green")
    more = f" --all shows the other {failures - 1}." if failures > 1 and not every else ""
    return paint(f"Does not conform: {right} of {len(judged)} clauses in {verdict.seconds:.1f} s.", "red") + more
