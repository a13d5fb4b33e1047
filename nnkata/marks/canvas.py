"""Canvas' gradebook.

Source: instructure/canvas-lms, lib/gradebook_importer.rb: the first heading contains "Student" and the second "ID" (or
LastName, FirstName, ID), the last heading before assignments contains "Section"; an assignment is "TITLE (NUMBER)", and
one without a known number becomes a new one; a row whose first cell contains "Points Possible" has the maxima, where
"read only" makes Canvas skip a column; a row of nothing but "Manual Posting" is skipped; "EX" is an excused student; it
finds students by ID, SIS ids, then by name, compares scores to two decimals, and takes commas for points in them.
"""

import re

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, cells, column, columns, fill_rows, number, setter, written

ASSIGNMENT = re.compile(r".+\(\d+\)\s*$")
POSSIBLE, EXCUSED = "Points Possible", "ex"


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The gradebook with a column filled in."""
    sheet = template or _made(found, title or "nnkata", most)
    if not ("Student" in cell(sheet.rows[0], 0) or "LastName" in cell(sheet.rows[0], 0)):
        raise UsageError(
            _(
                "{file} is not a gradebook of Canvas: its first heading is not Student; "
                "export the gradebook there again"
            ).format(file=sheet.name)
        )
    at = column(sheet, 0, lambda heading: bool(ASSIGNMENT.match(heading)), title, _("the marks")) if template else 3
    possible = next((row for row in sheet.rows[1:] if POSSIBLE in cell(row, 0)), None)
    if possible and "read only" in cell(possible, at).casefold():
        said = _("{file}: Canvas does not take marks for {column}, which is read only there; name another --column")
        raise UsageError(said.format(file=sheet.name, column=sheet.rows[0][at]))
    most = most or (number(cell(possible, at)) if possible else None)
    write = setter(at, most)

    def put(row: list[str], mark: Mark) -> bool:
        return cell(row, at).casefold() != EXCUSED and write(row, mark)

    ids = columns(sheet, 0, "ID", "SIS User ID", "SIS Login ID")
    body = [
        n for n, row in enumerate(sheet.rows) if n and any(cell(row, i) for i in ids) and POSSIBLE not in cell(row, 0)
    ]

    def called(row: list[str]) -> str:
        return f"{row[0]}, {row[1]}" if "LastName" in sheet.rows[0][0] else row[0]

    own = columns(sheet, 0, "ID")
    keys = Keys(["canvas"], cells(own), cells(ids), called)
    unmatched, blank, several = fill_rows(sheet, body, keys, found, put)
    return Filled(sheet, unmatched, blank, most, "gradebook.csv", several=several)


def _made(found: list[Mark], title: str, most: float | None) -> Sheet:
    full = max((mark.full for mark in found), default=0.0)
    rows = [["Student", "ID", "Section", title], [f"    {POSSIBLE}", "", "", written(most or full)]]
    for mark in found:
        if "canvas" in mark.record.ids:
            name = mark.record.person.get("name") or mark.record.ids.get("sortable", "")
            rows.append([name, mark.record.ids["canvas"], "", ""])
    return Sheet(rows, name="gradebook.csv")
