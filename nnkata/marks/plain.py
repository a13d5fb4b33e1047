"""A table for a spreadsheet, or for any other platform: UTF-8 with the byte order mark that Excel needs."""

from nnkata.errors import UsageError
from nnkata.grading.gradebook import KEYS, harmless
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Sheet, written

HEADINGS = ["submission", "id", "name", "mail", "points", "max_points", "reason"]


def fill(found: list[Mark], template: Sheet | None, title: str, most: float | None) -> Filled:
    """The marks, one line each.

    Raises:
        UsageError: a template is given, whose form is unknown.
    """
    if template is not None:
        raise UsageError(_("--to csv takes no template; name its platform, for instance --to canvas"))
    rows = [[*HEADINGS]]
    for mark in found:
        ids, person = mark.record.ids, mark.record.person
        own = person.get("id") or next((ids[key] for key in KEYS if ids.get(key)), "")
        value = mark.scaled(most)
        texts = [
            mark.record.submission,
            own,
            person.get("name") or ids.get("name", ""),
            person.get("mail") or ids.get("email", ""),
        ]
        points = ["" if value is None else written(value), written(most or mark.full), mark.reason]
        rows.append([str(harmless(text)) for text in [*texts, *points]])
    return Filled(Sheet(rows, "utf-8-sig"), [], [], most, "marks.csv")
