"""Several verdicts as a table for a terminal: one column each, one row per clause with different results."""

from collections.abc import Sequence
from textwrap import wrap

from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.failure import Paint, plain
from nnkata.reports.width import pad
from nnkata.verdict import StageResult, Status, Verdict

MARKS = {"passed": ("✓", "green"), "failed": ("✗", "red"), "error": ("!", "red"), "timeout": ("…", "red")}
COLUMN = 10
#: The width of the first column: the longest name is a clause's, initialization-10, indented.
NAMES = 20


def table(
    verdicts: Sequence[Verdict], paint: Paint = plain, every: bool = False, room: int = 0, height: int = 0
) -> str:
    """The stages with their counts, and under each the clauses that not all pass; all clauses, if `every`.

    `room` is the width of the screen, 0 for any: columns that do not fit beside each other stand below. `height` are
    its rows, 0 for any number: if the table has more, the clauses of a stage with the same marks share a row.
    """
    head = [f"  {number}  {clean(verdict.implementation)[0]}" for number, verdict in enumerate(verdicts, 1)]
    most = max(1, (room - NAMES) // COLUMN) if room else len(verdicts)

    def lines(shared: bool) -> list[str]:
        parts = [(verdicts[at : at + most], at + 1) for at in range(0, len(verdicts), most)]
        return head + [line for part, first in parts for line in ["", *_block(part, first, paint, every, shared)]]

    whole = lines(shared=False)
    if height and len(whole) > height and not every:
        whole = lines(shared=True)
    return "\n".join(whole) + "\n"


def _block(verdicts: Sequence[Verdict], first: int, paint: Paint, every: bool, shared: bool) -> list[str]:
    """The lines of some columns, from the number of the first one on."""
    lines = [" " * NAMES + "".join(f"{number:>{COLUMN}}" for number in range(first, first + len(verdicts)))]
    for stages in zip(*(verdict.stages for verdict in verdicts), strict=True):
        counts = []
        for stage in stages:
            judged = stage.judged
            counts.append(f"{sum(clause.status == 'passed' for clause in judged)}/{len(judged)}" if judged else "-")
        lines.append(f"{stages[0].name:<{NAMES}}" + "".join(f"{count:>{COLUMN}}" for count in counts))
        marked = _marked(stages, every)
        if shared:
            together = dict[tuple[Status, ...], list[str]]()
            for clause, statuses in marked:
                together.setdefault(statuses, []).append(clause)
            marked = [(_in_short(clauses), statuses) for statuses, clauses in together.items()]
        for clause, statuses in marked:
            marks = [MARKS.get(status, ("-", "dim")) for status in statuses]
            cells = "".join(" " * (COLUMN - 1) + paint(mark, colour) for mark, colour in marks)
            *above, last = wrap(clause, NAMES - 2)
            lines += [*(f"  {part}" for part in above), f"  {last:<{NAMES - 2}}{cells}"]
    shares = [_("{number} %").format(number=f"{100 * verdict.score:.0f}") for verdict in verdicts]
    last = pad(_("share passed"), NAMES) + "".join(f"{share:>{COLUMN}}" for share in shares)
    return [*lines, "", last]


def _marked(stages: Sequence[StageResult], every: bool) -> list[tuple[str, tuple[Status, ...]]]:
    """The clauses of a stage with their statuses."""
    found = []
    for results in zip(*(stage.clauses for stage in stages), strict=True):
        statuses = tuple(result.status for result in results)
        if every or any(status not in ("passed", "skipped") for status in statuses):
            found.append((results[0].clause, statuses))
    return found


def _in_short(clauses: Sequence[str]) -> str:
    """The numbers of a stage's clauses, `1-4, 6`; the whole name of a single one."""
    if len(clauses) == 1:
        return clauses[0]
    spans = list[list[int]]()
    for number in sorted(int(clause.rpartition("-")[2]) for clause in clauses):
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ", ".join("-".join(map(str, span)) for span in spans)
