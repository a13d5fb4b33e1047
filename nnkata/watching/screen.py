"""The screen of a check, during and after the run. Text in, text out."""

from collections.abc import Mapping, Sequence

from nnkata.features.clause import Clause
from nnkata.language import _
from nnkata.reports.failure import MARKS, Look, Paint, failed_clause
from nnkata.reports.width import columns, line_width, wrap
from nnkata.texts import labelled
from nnkata.verdict import Verdict

BAD = ("failed", "error", "timeout")


def stages(known: Sequence[Clause], statuses: Mapping[str, str], paint: Paint) -> list[str]:
    """The stages on two or three lines, each with its state: passed, its progress, or nothing yet."""
    names = list(dict.fromkeys(clause.stage for clause in known))
    lines: list[str] = []
    line, width = "", 0
    for name in names:
        tags = [clause.tag for clause in known if clause.stage == name]
        found = [statuses[tag] for tag in tags if tag in statuses]
        judged = [status for status in found if status != "skipped"]
        right = judged.count("passed")
        if any(status in BAD for status in judged):
            mark, colour, count = MARKS["failed"], "red", f" {right}/{len(judged)}"
        elif judged and len(found) == len(tags):
            mark, colour, count = MARKS["passed"], "green", ""
        else:
            mark, colour, count = ("…" if found else "·"), "dim", ""
        piece = f"{mark} {name}{count}"
        if width + columns(piece) > line_width():
            lines, line, width = [*lines, line.rstrip()], "", 0
        line += f"{paint(mark, colour)} {name}{count}   "
        width += columns(piece) + 3
    return [*lines, line.rstrip()]


def failure(verdict: Verdict, known: Sequence[Clause], number: int, hints: int, paint: Paint, room: int) -> list[str]:
    """The failure of that number, from 0, with that many hints and lines; the last one if there are fewer."""
    failures = verdict.failures
    found = failures[min(number, len(failures) - 1)]
    clause = next(clause for clause in known if clause.tag == found.clause)
    return failed_clause(found, clause, Look(paint, hints=hints), room)


def close(verdict: Verdict, number: int, more: str, paint: Paint) -> list[str]:
    """The bottom line: the number of passed clauses, the failure shown, and the stages that still run."""
    judged, failures = verdict.judged, len(verdict.failures)
    text = _("{right} of {count} clauses pass.").format(right=len(judged) - failures, count=len(judged))
    if failures > 1:
        which = _("Failure {number} of {failures}.").format(number=min(number, failures - 1) + 1, failures=failures)
        text = labelled(text, which)
    rest = labelled(text, more).removeprefix(text) if more else ""
    colour = "red" if failures else "green"
    if columns(text + rest) <= line_width():
        return [paint(text, colour) + rest]
    return [*(paint(line, colour) for line in wrap(text, line_width())), *wrap(rest, line_width())]
