"""A student's runs on an online judge: a folder with a file for each, `ada.lee/57522723.py` or `1009/57522950_WA.py`.

Numbers in a folder of a section are students'; in one student's folder they are runs, of which the latest counts. A
folder is a student's by a mail, a user's name or a student's number, or because all files in it have a verdict behind
the number. A full name does not do: `TA Kim` holds students.
"""

import re
from pathlib import Path

from nnkata.grading.course.level import level
from nnkata.grading.kinds import is_python, stem
from nnkata.grading.names.words import COURSES, LATE, PARTS, SECTIONS, words_of
from nnkata.texts import text

#: The name of a run: its number, and perhaps the judge's verdict.
RUN = re.compile(
    r"(?:run|submission|solution)?[\s_-]?(?P<number>\d{5,12})(?:[\s_.-]+(?P<verdict>ok|ac|wa|re|rte|tle|mle|ole|ce|pe|accepted"
    r"|wrong[\s_-]answer|runtime[\s_-]error|time[\s_-]limit(?:[\s_-]exceeded)?|compil(?:e|ation)[\s_-]error|passed|failed))?",
    re.I,
)
#: The name of a user, with letters before a long number or with a dot, or a student's number; a class may be called
#: `inf21` or `104711`.
USER = re.compile(r"[a-z]{1,8}\d{6,}|[a-z]{2,}\d*(?:\.[a-z]+\d*){1,2}|(?!(?:19|20)\d\d[01]\d[0-3]\d$)\d{7,12}")


def runs_of(folder: Path) -> tuple[Path, ...]:
    """The runs of a student's folder, the latest first; none if it has anything else, or may be a section's."""
    entries = level(folder).entries
    said = {one: found for one in entries if is_python(one.name) and (found := RUN.fullmatch(stem(text(one.name))))}
    if not said or len(said) < len(entries) or not all(one.is_file() and not one.is_symlink() for one in said):
        return ()
    if not _is_somebodys(text(folder.name)) and not all(found["verdict"] for found in said.values()):
        return ()
    return tuple(sorted(said, key=lambda one: int(said[one]["number"]), reverse=True))


def _is_somebodys(name: str) -> bool:
    nouns = PARTS | COURSES | SECTIONS | LATE
    return "@" in name or (USER.fullmatch(name) is not None and nouns.isdisjoint(words_of(name)[0]))
