"""Exports of learning platforms, one module each: students and their files, from names as the platform makes them.

What lives here: a function `read` for each, from the entries of a folder to a `Reading`, or None where the folder is no
export of that platform. It looks at the whole folder, not at one name; with `sure` it is told that it is one. What must
not: what is inside the files that were handed in.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from nnkata.grading.handed import Reading
from nnkata.grading.platforms import (
    blackboard,
    brightspace,
    canvas,
    classroom,
    files,
    gradescope,
    moodle,
    sakai,
)

Reader = Callable[[Sequence[Path], bool], Reading | None]

#: In the order in which they are asked: those whose marks nothing else has before those that are told by the whole.
READERS: dict[str, Reader] = {
    "gradescope": gradescope.read,
    "moodle": moodle.read,
    "blackboard": blackboard.read,
    "sakai": sakai.read,
    "brightspace": brightspace.read,
    "github": classroom.read,
    "canvas": canvas.read,
    "files": files.read,
}
#: Their titles.
TITLES = {
    "gradescope": "Gradescope",
    "moodle": "Moodle",
    "blackboard": "Blackboard",
    "sakai": "Sakai",
    "brightspace": "Brightspace",
    "github": "GitHub Classroom",
    "canvas": "Canvas",
    "files": "files",
}


def recognise(entries: Sequence[Path]) -> tuple[str, Reading]:
    """The platform whose export it is, and its reading; the platform `files` if it is that of none."""
    doubt = ""
    for name, read in READERS.items():
        reading = read(entries, False)
        if reading is not None and (reading.handed or name == "files"):
            text = doubt or reading.doubt
            return name, Reading(reading.handed, reading.own, reading.absent, text)
        doubt = doubt or (reading.doubt if reading else "")
    raise AssertionError("files are always read")
