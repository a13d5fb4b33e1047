"""Marks go back to where submissions came from: a platform's own table, filled in; a page of feedback for each student.

What lives here: verdicts that are kept to points, and a module for each platform, which says how its table looks and
where that is written. What must not: judging, and finding submissions.
"""

from collections.abc import Callable

from nnkata.marks import (
    blackboard,
    brightspace,
    canvas,
    github,
    gradescope,
    moodle,
    plain,
    sakai,
)
from nnkata.marks.points import Mark
from nnkata.marks.sheet import Filled, Sheet

#: Fills in a platform's table: the marks, the template if there is one, the title of the column, the maximum.
Writer = Callable[[list[Mark], Sheet | None, str, float | None], Filled]

WRITERS: dict[str, Writer] = {
    "moodle": moodle.fill,
    "canvas": canvas.fill,
    "brightspace": brightspace.fill,
    "sakai": sakai.fill,
    "blackboard": blackboard.fill,
    "gradescope": gradescope.fill,
    "github": github.fill,
    "csv": plain.fill,
}
