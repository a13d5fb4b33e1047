"""The offline table of Blackboard's Grade Center.

Source: Blackboard Help, "Uploading or Downloading Grade Center Items for Working Offline" (library.blackboard.com) and
a download: one row per student, identified by "Username"; the number behind the "|" of a heading, "TITLE [Total Pts:
100 Score] |12345", identifies the column, and a column without a number becomes a new column of text. A download has
tabs in UTF-16 and the name .xls, or commas with every cell in quotes and the name .csv; the result has the same form.
"""

import re
from itertools import chain

from nnkata.errors import UsageError
from nnkata.grading.rosters.headings import means
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, cells, column, columns, fill_rows, like, number, setter

COLUMN = re.compile(r".*\[[^\]]*?:?\s*(?:up to )?(?P<most>[\d.,]+)[^\]]*\]\s*\|\s*\d+\s*$", re.S)


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The table with a column filled in."""
    sheet = template or _made(found, title or "nnkata")
    at = column(sheet, 0, lambda heading: bool(COLUMN.match(heading)), title, _("the marks")) if template else 3
    match = COLUMN.match(sheet.rows[0][at])
    most = most or (number(match["most"]) if match else None)
    own = columns(sheet, 0, "Username") or _headed(sheet, "id")[:1]
    ids = [*own, *(columns(sheet, 0, "Student ID") or _headed(sheet, "id"))]
    if not ids:
        raise UsageError(_("{file} has no column Username").format(file=sheet.name))
    # "Nom" and "Nombre" are headings of whole names elsewhere
    names = [(_headed(sheet, part) or _headed(sheet, "name"))[:1] for part in ("first", "last")]
    body = [n for n in range(1, len(sheet.rows)) if cell(sheet.rows[n], ids[0])]

    keys = Keys(["username"], cells(own), cells(ids), lambda row: " ".join(cells([*chain(*names)])(row)))
    unmatched, blank, several = fill_rows(sheet, body, keys, found, setter(at, most, like(sheet)))
    suffix = ".xls" if sheet.delimiter == "\t" else ".csv"
    return Filled(sheet, unmatched, blank, most, f"gradebook{suffix}", several=several)


def _headed(sheet: Sheet, meaning: str) -> list[int]:
    """The columns with that meaning in the site's language; "Username" stands before "Student ID"."""
    return [n for n, heading in enumerate(sheet.rows[0]) if means(heading) == meaning]


def _made(found: list[Mark], title: str) -> Sheet:
    rows = [["Last Name", "First Name", "Username", title]]
    for mark in found:
        if "username" in mark.record.ids:
            first, _blank, last = mark.record.ids.get("name", "").rpartition(" ")
            rows.append([last, first, mark.record.ids["username"], ""])
    return Sheet(rows, quoted=True, name="gradebook.csv")
