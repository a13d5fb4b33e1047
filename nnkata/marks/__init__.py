"""The marks for the platform of the submissions: its own table, filled in, and a page of feedback per student.

Here: kept verdicts to points, and a module per platform, which knows the form of its table and cites the source. Not
here: judging, and finding submissions.
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
