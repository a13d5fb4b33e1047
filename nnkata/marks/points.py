"""Points from kept verdicts, with a person's adjustments; nothing is judged again."""

import contextlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.files import write
from nnkata.grading.gradebook import csv_text
from nnkata.grading.points import earned
from nnkata.grading.records import Record, Records
from nnkata.grading.rosters.roster import read_table
from nnkata.grading.task import UNJUDGED
from nnkata.language import _, reason
from nnkata.verdict import Verdict, decode

ADJUSTMENTS = "adjustments.csv"
HEADINGS = ["submission", "points", "reason"]
CHANGE = re.compile(r"([-+=]?)\s*(\d+(?:[.,]\d+)?)$")


@dataclass(frozen=True)
class Mark:
    """A submission's points and the batch's maximum; None if it could not be judged; an adjustment's `reason`."""

    record: Record
    points: float | None
    full: float
    reason: str = ""
    verdict: Verdict | None = None

    def scaled(self, most: float | None) -> float | None:
        """The points out of `most`, to two decimals, as platforms store them; unchanged if that is None or 0."""
        if self.points is None or not most or not self.full:
            return None if self.points is None else round(self.points, 2)
        return round(self.points / self.full * most, 2)


def marks(folder: Path, records: Records, points: Mapping[str, float]) -> list[Mark]:
    """The marks of a batch, by its verdicts and by `adjustments.csv` in its folder.

    Raises:
        UsageError: the batch has not ended, a verdict or the adjustments cannot be read, or an adjustment names no
            submission.
    """
    verdicts = _verdicts(folder / "verdicts", records)
    by_hand = adjustments(folder / ADJUSTMENTS, {*verdicts})
    gains = {name: earned(verdict, points) for name, verdict in verdicts.items()}
    most = max((full for _got, full in gains.values()), default=0.0)
    found = []
    for record in records.submissions:
        verdict, (got, full) = verdicts[record.submission], gains[record.submission]
        # a clause that is skipped for one student alone costs no points
        judged = None if UNJUDGED in verdict.environment else got / full * most if full else got
        sign, value, given = by_hand.get(record.submission, ("", None, ""))
        if value is not None:
            judged = value if sign in ("", "=") else max(0.0, (judged or 0.0) + (value if sign == "+" else -value))
        found.append(Mark(record, judged, most, given, verdict))
    return found


def _verdicts(folder: Path, records: Records) -> dict[str, Verdict]:
    """The verdicts by submission; one from before a batch that was interrupted does not count."""
    found, left = {}, []
    for one in records.submissions:
        path = folder / f"{one.submission}.json"
        verdict = _kept(path) if path.exists() else None
        if verdict is None or (one.why is not None and UNJUDGED not in verdict.environment):
            left.append(one.submission)
        else:
            found[one.submission] = verdict
    if left:
        text = _("{count} of {total} submissions have no verdict yet, such as {name}: run `nnkata grade` once more")
        raise UsageError(text.format(count=len(left), total=len(records.submissions), name=left[0]))
    return found


def _kept(path: Path) -> Verdict:
    try:
        return decode(path.read_bytes())
    except (OSError, ValueError) as error:
        text = _("{path} cannot be read: {error}; run `nnkata grade` once more")
        why = reason(error) if isinstance(error, OSError) else error
        raise UsageError(text.format(path=path, error=why)) from None


def adjustments(path: Path, known: set[str]) -> dict[str, tuple[str, float, str]]:
    """A person's changes: by submission a sign, a number and a reason. `+2` adds, `-1` subtracts, `20` replaces.

    A missing file is created with its headings alone, unless its folder may not be written; an existing file is never
    overwritten.

    Raises:
        UsageError: the file is no such table.
    """
    if not path.exists():
        with contextlib.suppress(OSError):  # the marks may go elsewhere, with --output
            write(path, csv_text([HEADINGS]).encode("utf-8-sig"))
        return {}
    found = {}
    lines: dict[str, int] = {}
    for number, row in enumerate(read_table(path)[0][1:], 2):
        cells = [cell.strip().removeprefix("'") for cell in [*row, "", "", ""][:3]]
        if not any(cells):
            continue
        name, points, reason = cells
        change = CHANGE.match(points)
        if name not in known or change is None:
            text = _(
                "{path}, line {number}: {name!r} is not a submission, or {points!r} is not a number like 20, +2 or -1.5"
            )
            raise UsageError(text.format(path=path.name, number=number, name=name, points=points))
        if (first := lines.setdefault(name, number)) != number:
            text = _("{path}: lines {first} and {number} are both for {name}; make one of them, as only one counts")
            raise UsageError(text.format(path=path.name, first=first, number=number, name=name))
        found[name] = change[1], float(change[2].replace(",", ".")), reason
    return found


def nothing(records: Records, found: Sequence[Mark]) -> list[Mark]:
    """The lines of the students without a submission, for a table that has no others."""
    full = max((mark.full for mark in found), default=0.0)
    return [Mark(Record("", person=person), None, full, _("Handed in nothing")) for person in records.absent]


def without(found: Sequence[Mark]) -> list[str]:
    """The submissions without a mark."""
    return [mark.record.submission for mark in found if mark.points is None]
