"""Several verdicts as a table for a terminal: one column each, one row per clause with different results."""

from collections.abc import Sequence

from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.failure import Paint, plain
from nnkata.reports.width import pad
from nnkata.verdict import Verdict

MARKS = {"passed": ("✓", "green"), "failed": ("✗", "red"), "error": ("!", "red"), "timeout": ("…", "red")}
COLUMN = 10
#: The width of the first column: the longest name is a clause's, initialization-10, indented.
NAMES = 20


def table(verdicts: Sequence[Verdict], paint: Paint = plain, every: bool = False, room: int = 0) -> str:
    """The stages with their counts, and under each the clauses that not all pass; all clauses, if `every`.

    `room` is the width of the screen, 0 for any: what does not fit beside each other stands below.
    """
    lines = [f"  {number}  {clean(verdict.implementation)[0]}" for number, verdict in enumerate(verdicts, 1)]
    most = max(1, (room - NAMES) // COLUMN) if room else len(verdicts)
    for at in range(0, len(verdicts), most):
        lines += ["", *_block(verdicts[at : at + most], at + 1, paint, every)]
    return "\n".join(lines) + "\n"


def _block(verdicts: Sequence[Verdict], first: int, paint: Paint, every: bool) -> list[str]:
    """The lines of some columns, from the number of the first one on."""
    lines = [" " * NAMES + "".join(f"{number:>{COLUMN}}" for number in range(first, first + len(verdicts)))]
    for stages in zip(*(verdict.stages for verdict in verdicts), strict=True):
        counts = []
        for stage in stages:
            judged = stage.judged
            counts.append(f"{sum(clause.status == 'passed' for clause in judged)}/{len(judged)}" if judged else "-")
        lines.append(f"{stages[0].name:<{NAMES}}" + "".join(f"{count:>{COLUMN}}" for count in counts))
        for results in zip(*(stage.clauses for stage in stages), strict=True):
            statuses = [result.status for result in results]
            if every or any(status not in ("passed", "skipped") for status in statuses):
                marks = [MARKS.get(status, ("-", "dim")) for status in statuses]
                cells = "".join(" " * (COLUMN - 1) + paint(mark, colour) for mark, colour in marks)
                lines.append(f"  {results[0].clause:<{NAMES - 2}}{cells}")
    shares = [_("{number} %").format(number=f"{100 * verdict.score:.0f}") for verdict in verdicts]
    last = pad(_("share passed"), NAMES) + "".join(f"{share:>{COLUMN}}" for share in shares)
    return [*lines, "", last]
