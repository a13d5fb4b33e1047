"""Gradescope's table of grades.

Source: guides.gradescope.com, "Reviewing grades", "Download grades": First Name, Last Name, SID, Email, Total Score,
Max Points, Status, Submission ID, Submission Time, Lateness. Gradescope imports no marks: an autograder there writes
`results.json` (`nnkata export gradescope`). The table is for tools that pass grades on to another platform.
"""

from nnkata.errors import UsageError
from nnkata.grading.rosters.groups import members
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, cells, columns, fill_rows, number, setter, written

HEADINGS = ["First Name", "Last Name", "SID", "Email", "Total Score", "Max Points", "Submission ID"]


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The table with scores."""
    sheet = template or _made(found, most)
    score = columns(sheet, 0, title or "Total Score")
    if not score:
        raise UsageError(_("{file} has no column Total Score").format(file=sheet.name))
    maximum = columns(sheet, 0, "Max Points")
    body = [n for n in range(1, len(sheet.rows)) if any(sheet.rows[n])]
    if most is None and maximum:
        most = next((value for n in body if (value := number(cell(sheet.rows[n], maximum[0])))), None)
    ids = columns(sheet, 0, "Submission ID", "SID", "Email")
    names = [*columns(sheet, 0, "First Name"), *columns(sheet, 0, "Last Name"), *columns(sheet, 0, "Name")]

    keys = Keys(["submission", "email", "sid"], cells(ids), cells(ids), lambda row: " ".join(cells(names)(row)))
    unmatched, blank, several = fill_rows(sheet, body, keys, found, setter(score[0], most))
    return Filled(
        sheet,
        unmatched,
        blank,
        most,
        "grades.csv",
        [_("Gradescope imports no marks; `nnkata export gradescope` judges there")],
        several,
    )


def _made(found: list[Mark], most: float | None) -> Sheet:
    rows = [[*HEADINGS]]
    for mark in found:
        number, full = mark.record.ids.get("submission", ""), written(most or mark.full)
        for ids in members(mark.record.ids):
            first, _blank, last = (ids.get("name") or mark.record.person.get("name", "")).rpartition(" ")
            rows.append([first, last, ids.get("sid", ""), ids.get("email", ""), "", full, number])
    return Sheet(rows, name="grades.csv")
