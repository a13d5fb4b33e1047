"""A list of students that lies in the course's folder, and could be the roster."""

import shlex
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.course.find import Course
from nnkata.grading.course.people import is_list
from nnkata.grading.rosters.roster import roster
from nnkata.language import _

#: The fewest students of a list.
SEVERAL = 2


def hint(found: Course, source: Path) -> list[str]:
    """The advice to give the first list in the folder as the roster; none for a platform that names the absent itself.

    `source` is the folder as the user knows it: a list in an archive has no path.
    """
    paths = [folder / name for folder in found.folders for name in found.own]
    lists = [path for path in paths if source in path.parents and is_list(path) and _has_students(path)]
    if not lists or found.absent:
        return []
    said = _(
        "{name} may be the list of students: --roster {path} says who has handed in nothing, and adds ids and mails"
    )
    return [said.format(name=lists[0].name, path=shlex.quote(str(lists[0])))]


def _has_students(path: Path) -> bool:
    try:
        return len(roster(path)) >= SEVERAL
    except UsageError:
        return False
