"""Moodle's offline grading worksheet.

Source: moodle/moodle, mod/assign/feedback/offline/importgradeslib.php: the table is UTF-8 with commas; Moodle finds the
columns by the site's own words for "Identifier", "Grade" and "Last modified (grade)", and needs all three; an
identifier is the site's word for "Participant " followed by the participant's number; Moodle rejects a grade that
changed on the site after the row's last modification, so that cell is not touched. Only a downloaded worksheet has the
site's words, so a site in another language than English needs it as a template. mod/assign/gradingtable.php has the
order: identifier, name, ..., grade, maximum grade (or the words of a scale, one a line), the state of marking if that
is used, whether the grade can be changed. locallib.php there skips, without a word, a grade above the maximum, one that
cannot be changed, and one that is not a word of the scale.
"""

import re

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, fill_rows, number, setter, written

IDENTIFIER = re.compile(r"\D*?(\d+)$")
PARTICIPANT = re.compile(r"\D+\d+$")
#: `get_string('grade')` in languages of Moodle.
GRADES = (
    *("grade", "bewertung", "note", "calificación", "valutazione", "cijfer", "nota", "成绩", "评分", "評分"),
    *("評定", "оценка", "ocena", "karakter", "betyg", "arvosana", "známka", "puan"),
)
#: The value "no" of "Grade can be changed".
NO = frozenset(
    """
    no nein non não nee nej nei nie ne nem ei nu hayır không tidak нет ні όχι לא لا 否 いいえ 아니오 아니요 ไม่
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
ENGLISH = [
    "Identifier",
    "Full name",
    "Status",
    "Grade",
    "Maximum grade",
    "Grade can be changed",
    "Last modified (grade)",
]


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The worksheet with grades.

    Raises:
        UsageError: there is no template, without which Moodle knows no participant, or it has no column for grades.
    """
    sheet = template or _made(found, most)
    body = [n for n in range(1, len(sheet.rows)) if any(sheet.rows[n])]
    if template is None and not body:
        raise UsageError(
            _("no submission has the number of a participant in Moodle; give the grading worksheet: --template FILE")
        )
    grade = _grade(sheet, body, title)
    like = next((cell(sheet.rows[n], grade + 1) for n in body), "")
    if number(like) is None and "\n" in like:
        said = _("{file}: this assignment is graded by the words of a scale, {first}, ...; choose points in Moodle")
        raise UsageError(said.format(file=sheet.name, first=like.split("\n")[0]))
    most = most or number(like)
    write = setter(grade, most, like)

    def put(row: list[str], mark: Mark) -> bool:
        may_not = any(cell(row, n).casefold() in NO for n in (grade + 2, grade + 3))
        return not may_not and write(row, mark)

    keys = Keys(  # the number of a participant may be that of another student in a roster
        ["participant"],
        lambda row: [IDENTIFIER.sub(r"\1", cell(row, 0))],
        lambda row: [value for value in row if "@" in value],
        lambda row: cell(row, 1),
    )
    unmatched, blank, several = fill_rows(sheet, body, keys, found, put)
    return Filled(sheet, unmatched, blank, most, "grades.csv", several=several)


def _grade(sheet: Sheet, body: list[int], title: str) -> int:
    """The column of the grade: by its word, else by Moodle's order, before a maximum that is the same in all rows.

    Raises:
        UsageError: there is no such column, or more than one.
    """
    head = [heading.strip().casefold() for heading in sheet.rows[0]]
    named = [n for n, heading in enumerate(head) if heading in ([title.casefold()] if title else GRADES)]
    same = [n for n in range(2, len(head)) if len({cell(sheet.rows[r], n) for r in body}) == 1]
    before = [n - 1 for n in same if number(cell(sheet.rows[body[0]], n))] if body else []
    if (named or before) and any(PARTICIPANT.match(cell(sheet.rows[r], 0)) for r in body):
        return (named or before)[0]
    raise UsageError(_("{file} has no column for grades; download the grading worksheet again").format(file=sheet.name))


def _made(found: list[Mark], most: float | None) -> Sheet:
    rows = [[*ENGLISH]]
    for mark in found:
        ids = mark.record.ids
        if "participant" in ids:
            name = ids.get("name") or mark.record.person.get("name", "")
            rows.append([f"Participant {ids['participant']}", name, "", "", written(most or mark.full), "Yes", "-"])
    return Sheet(rows, name="grades.csv")
