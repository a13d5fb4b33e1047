"""Sakai's `grades.csv`, in the folder that "Upload All" takes back as a zip archive.

Source: sakaiproject/sakai, assignment/impl/.../AssignmentServiceImpl.java (writing) and
assignment/tool/.../AssignmentAction.java, "SAK-17606 - Upload all grades.csv columns" (reading): the first line has the
assignment's name and the kind of grade, the second is empty, the third has the headings, students follow; the second
column is the id, the fifth the grade; of a group assignment, whose table has no first name, the fourth. The separator
of a site with decimal commas is a semicolon, and a grade with a point there fails the whole upload. The template is the
`grades.csv` of the course's own download. The file keeps its name.
"""

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, columns, fill_rows, setter

HEAD = 2
#: The numbers of columns of a group assignment's table, without and with the time of submission.
OF_GROUPS = (4, 6)
ENGLISH = ["Display ID", "ID", "Last Name", "First Name", "grade"]


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The table with grades."""
    sheet = template or _made(found, title or "nnkata")
    if len(sheet.rows) <= HEAD or len(sheet.rows[HEAD]) < min(OF_GROUPS):
        raise UsageError(
            _("{file} is not a grades.csv of Sakai's: its third line has no headings").format(file=sheet.name)
        )
    fifth = len(ENGLISH) - 1
    at = (columns(sheet, HEAD, title or "grade") or [fifth - (len(sheet.rows[HEAD]) in OF_GROUPS)])[0]
    body = [n for n in range(HEAD + 1, len(sheet.rows)) if cell(sheet.rows[n], 1)]

    def called(row: list[str]) -> str:
        return f"{cell(row, 3)} {cell(row, 2)}".strip()

    keys = Keys(["eid"], lambda row: row[:2], lambda row: row[:2], called)
    write = setter(at, most, "0,0" if sheet.delimiter == ";" else "")
    unmatched, blank, several = fill_rows(sheet, body, keys, found, write)
    return Filled(sheet, unmatched, blank, most, "grades.csv", several=several)


def _made(found: list[Mark], title: str) -> Sheet:
    rows = [[title, "Points"], [], [*ENGLISH]]
    for mark in found:
        eid = mark.record.ids.get("eid") or mark.record.person.get("id", "")
        first, _blank, last = (mark.record.ids.get("name") or mark.record.person.get("name", "")).rpartition(" ")
        if eid:
            rows.append([eid, eid, last, first, ""])
    return Sheet(rows, name="grades.csv")
