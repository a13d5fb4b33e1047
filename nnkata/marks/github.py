"""GitHub Classroom's table of grades.

Source: github/gh-classroom, cmd/gh-classroom/assignment-grades, and "REST API endpoints for GitHub Classroom"
(docs.github.com): assignment_name, assignment_url, starter_code_url, github_username, roster_identifier,
student_repository_name, student_repository_url, submission_timestamp, points_awarded, points_available, group_name.
Classroom's own points come from its workflow (`--format classroom`); this table is for other systems.
"""

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Keys, Sheet, cell, cells, columns, fill_rows, number, setter, written

HEADINGS = ["github_username", "roster_identifier", "student_repository_name", "points_awarded", "points_available"]


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The table with points."""
    sheet = template or _made(found, most)
    awarded, available = columns(sheet, 0, title or "points_awarded"), columns(sheet, 0, "points_available")
    if not awarded:
        raise UsageError(_("{file} has no column points_awarded").format(file=sheet.name))
    body = [n for n in range(1, len(sheet.rows)) if any(sheet.rows[n])]
    stated = [number(cell(sheet.rows[n], available[0])) for n in body] if available else []
    most = most or next((value for value in stated if value), None)
    ids = columns(sheet, 0, "student_repository_name", "github_username", "roster_identifier")
    write = setter(awarded[0], most)

    def put(row: list[str], mark: Mark) -> bool:
        if available and not number(cell(row, available[0])):
            setter(available[0], None)(row, Mark(mark.record, most or mark.full, mark.full))
        return write(row, mark)

    def called(row: list[str]) -> str:
        return next(
            (cell(row, n) for n in columns(sheet, 0, "roster_identifier", "github_username") if cell(row, n)), ""
        )

    keys = Keys(["repository", "github"], cells(ids), cells(ids), called)
    unmatched, blank, several = fill_rows(sheet, body, keys, found, put)
    return Filled(sheet, unmatched, blank, most, "grades.csv", several=several)


def _made(found: list[Mark], most: float | None) -> Sheet:
    rows = [[*HEADINGS]]
    for mark in found:
        ids = mark.record.ids
        rows.append(
            [
                ids.get("github", ""),
                mark.record.person.get("id", ""),
                ids.get("repository", ""),
                "",
                written(most or mark.full),
            ]
        )
    return Sheet(rows, name="grades.csv")
