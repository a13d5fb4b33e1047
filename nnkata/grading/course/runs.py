"""A student's runs on an online judge: a folder with a file for each, `ada.lee/57522723.py` or `1009/57522950_WA.py`.

Numbers in a folder of a section are students'; in one student's folder they are runs, of which the latest counts. A
folder is a student's by a mail, a user's name or a student's number, or because all files in it have a verdict behind
the number, or because all folders beside it have short names, `su40`, and runs alone. A full name does not do: `TA Kim`
holds students.
"""

import re
from pathlib import Path

from nnkata.grading.course.level import level
from nnkata.grading.kinds import entries_of, is_python, skipped, stem
from nnkata.grading.names.words import COURSES, LATE, PARTS, SECTIONS, words_of
from nnkata.grading.path_cache import once
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
#: A short name of a user.
SHORT = re.compile(r"(?P<letters>[a-z]{2,4})(?P<digits>\d{1,4})")
#: The first year of a student, at the begin of the number.
YEAR = re.compile(r"(?:19|20)\d\d")
#: Users whose names prove each other.
SEVERAL = 3


def runs_of(folder: Path) -> tuple[Path, ...]:
    """The runs of a student's folder, the latest first; none if it has anything else, or may be a section's."""
    entries = level(folder).entries
    said = {one: found for one in entries if is_python(one.name) and (found := RUN.fullmatch(stem(text(one.name))))}
    if not said or len(said) < len(entries) or not all(one.is_file() and not one.is_symlink() for one in said):
        return ()
    told = _is_somebodys(text(folder.name)) or all(found["verdict"] for found in said.values())
    if not told and not _are_users(folder):
        return ()
    return tuple(sorted(said, key=lambda one: int(said[one]["number"]), reverse=True))


@once
def _are_users(folder: Path) -> bool:
    """Whether a folder and those beside it are users' by short names, `su40` and `mk7`, each with runs alone.

    Classes have letters or a year in common: `inf21`, `bwl21`. A number of a student may begin with a year, or is of
    one class.
    """
    beside = [one for one in entries_of(folder.parent) if one.is_dir() and not one.is_symlink() and not skipped(one)]
    found = [SHORT.fullmatch(text(one.name)) for one in beside]
    users = [one for one in found if one is not None]
    letters, digits = ({one[kind] for one in users} for kind in ("letters", "digits"))
    if len(users) < max(SEVERAL, len(found)) or len(letters) < len(users) or len(digits) < len(users):
        return False
    files = [file for one in beside for file in level(one).entries]
    runs = [RUN.fullmatch(stem(text(file.name))) for file in files if is_python(file.name)]
    numbers = [run["number"] for run in runs if run]
    return len(numbers) == len(files) and all(len(one) > len("2026123") and not YEAR.match(one) for one in numbers)


def _is_somebodys(name: str) -> bool:
    nouns = PARTS | COURSES | SECTIONS | LATE
    return "@" in name or (USER.fullmatch(name) is not None and nouns.isdisjoint(words_of(name)[0]))
