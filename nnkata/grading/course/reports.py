"""Folders of reports beside folders of code: `Code/Ada Lee.py` and `Report/Ada Lee.pdf`, two parts of one task."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from nnkata.grading.course.files_by_student import named
from nnkata.grading.course.level import Top, level
from nnkata.grading.course.people import is_own
from nnkata.grading.kinds import stem
from nnkata.grading.names.named import names_nobody
from nnkata.grading.submission.contents import holds_code
from nnkata.texts import text


def reports_of(folders: Iterable[Path], sections: Sequence[Path]) -> dict[Path, Top]:
    """The folders of documents alone, half of which or more are of students who have code in the sections.

    These documents are the course's own here, as their students have a submission; any other one stays one.
    """
    known = {_owner(entry) for section in sections for entry in level(section).entries if holds_code(entry)} - {""}
    found = {}
    for folder in folders if known else ():
        if folder.is_symlink() or holds_code(folder):
            continue
        here = level(folder)
        told = [entry for entry in here.entries if _owner(entry) in known]
        if told and 2 * len(told) >= len(here.entries):
            here.own = [entry for entry in here.entries if entry in told or is_own(entry)]
            here.entries = [entry for entry in here.entries if entry not in here.own]
            found[folder] = here
    return found


def _owner(entry: Path) -> str:
    """The owner's words in a name, with their numbers; empty if they are nobody's."""
    name = stem(text(entry.name))
    return "" if names_nobody(name) else named(name).owner
