"""Brightspace's grades.

Source: D2L, community.d2l.com, "Importing grades" and the sample file there: OrgDefinedId or Username or both, the
first columns; "ITEM Points Grade" for a numeric item, which an export extends by "<Numeric MaxPoints:100 ...>"; and
"End-of-Line Indicator", which is "#" in each row. An export writes ids with a "#" before them. Brightspace cuts a grade
to its maximum. Names and mails should not be imported, so all other columns are left out.
"""

import re

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, cells, column, columns, fill_rows, like, number, setter

POINTS = re.compile(r"(?P<item>.+?) Points Grade\b(?:.*MaxPoints:(?P<most>\d+(?:[.,]\d+)?))?", re.I)
END = "End-of-Line Indicator"


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The grades with an item filled in."""
    sheet = template or _made(found, title or "nnkata")
    at = column(sheet, 0, lambda heading: bool(POINTS.match(heading)), title if template else "", _("the marks"))
    match = POINTS.match(sheet.rows[0][at])
    most = most or (number(match["most"]) if match and match["most"] else None)
    ids = columns(sheet, 0, "OrgDefinedId", "Username")
    if not ids:
        raise UsageError(_("{file} has no column OrgDefinedId or Username").format(file=sheet.name))
    more = columns(sheet, 0, "Email")
    first, last = columns(sheet, 0, "First Name"), columns(sheet, 0, "Last Name")
    body = [n for n in range(1, len(sheet.rows)) if any(cell(sheet.rows[n], i) for i in ids)]

    def called(row: list[str]) -> str:
        return " ".join(cells([*first, *last])(row)) or cell(row, ids[-1]).lstrip("#")

    own = columns(sheet, 0, "Username")
    keys = Keys(["username"], cells(own), cells([*ids, *more]), called)
    unmatched, blank, several = fill_rows(sheet, body, keys, found, setter(at, most, like(sheet)))
    end = columns(sheet, 0, END)
    keep = [*sorted(ids), at, *end]
    rows = [cells(keep)(row) + ([] if end else [END if not n_ else "#"]) for n_, row in enumerate(sheet.rows)]
    sheet.rows = [row for row in rows if any(row[: len(ids)])]
    return Filled(sheet, unmatched, blank, most, "grades.csv", several=several)


def _made(found: list[Mark], title: str) -> Sheet:
    rows = [["OrgDefinedId", f"{title} Points Grade", END]]
    for mark in found:
        person = mark.record.person
        if person.get("id"):
            rows.append([f"#{person['id']}", "", "#"])
    return Sheet(rows, name="grades.csv")
