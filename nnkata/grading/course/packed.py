"""Whether an archive holds several students' work, by the names of its members."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from nnkata.grading.archives.archive import MAX_TOTAL, Refused, content, opened, too_much
from nnkata.grading.course.numbered import are_unnamed
from nnkata.grading.kinds import is_archive, is_code, passed_over, stem
from nnkata.grading.names.named import (
    are_numbers,
    is_attempt_alone,
    is_for_late_ones,
    is_full_name,
    is_of_section,
    is_sure,
    names_a_part,
    names_nobody,
)
from nnkata.grading.platforms import is_exported
from nnkata.subject.source.network_class import names_network
from nnkata.texts import text

#: People, and networks, of a course; of so many names one is sure, where others say a part.
SEVERAL, MANY = 2, 2
#: Files that prove an export, whatever its folders are called.
LISTS = ("submission_metadata.yml", "grades.csv")


#: Signs of a platform's names or of people's, which no part of one student's work has.
SIGNS = re.compile(r"@|__|\+| - |_\d+_\d+_|anon_|-(?:main|master)\b")


def is_packed_course(entry: Path) -> bool:
    """Whether an entry is an archive of several students, by the names in it."""
    names = _names_in(entry)
    name = stem(text(entry.name))
    if _may_be_course(names) or (is_for_late_ones(name) and _names_of_students(names)):
        return True
    return is_of_section(name) and are_unnamed(_firsts(names))


def may_be_download(entry: Path) -> bool:
    """Whether an archive may be a platform's download, or of students with full names, by the names in it."""
    names = _names_in(entry)
    if _is_exported(names):
        return True
    firsts = _firsts(names)
    return sum(SIGNS.search(first) is not None or is_full_name(first) for first in firsts) > 1


def people_in(entry: Path) -> list[str]:
    """The names at the top of an archive, of files and folders with code, if none of them says a part or a version."""
    firsts = sorted(_firsts(_names_in(entry)))
    nobodys = any(names_nobody(first) or is_attempt_alone(first) for first in firsts)
    return [] if nobodys and not are_numbers(firsts) else firsts


def holds_networks(entry: Path) -> bool:
    """Whether an archive has the names of several people at its top, and two networks or archives in it.

    Beside two students whose names are sure, most of all, Ann Week is one too.
    """
    firsts = _firsts(_names_in(entry))
    sure = sum(map(is_sure, firsts))
    if len(people_in(entry)) < SEVERAL and (sure < SEVERAL or MANY * sure < len(firsts)):
        return False
    found, left = 0, MAX_TOTAL
    try:
        with opened(entry) as members:
            for member in members:
                name = PurePosixPath(member.name)
                if passed_over(name) or not is_code(name.name):
                    continue
                read = b"" if is_archive(name.name) else content(member, left, too_much())
                left -= len(read)
                found += is_archive(name.name) or names_network(re.sub(rb'\\n|"', b"\n", read))
                if found == SEVERAL:
                    return True
    except (Refused, OSError):
        pass
    return False


def _names_in(entry: Path) -> list[PurePosixPath]:
    """The paths in an archive, without the leavings of tools; none if it cannot be read or is no archive."""
    if entry.is_symlink() or not entry.is_file() or not is_archive(entry.name):
        return []
    try:
        with opened(entry) as members:
            names = [PurePosixPath(member.name) for member in members]
    except (Refused, OSError):
        return []
    return [name for name in names if not passed_over(name)]


def _is_exported(names: Sequence[PurePosixPath]) -> bool:
    return any(name.name in LISTS or any(map(is_exported, name.parts)) for name in names)


def _names_of_students(names: Sequence[PurePosixPath]) -> bool:
    """Whether all code in an archive is in files and folders with the names of students: sure ones below a folder."""
    below = _firsts(names)
    if below and all(map(is_sure, below)):
        return True
    firsts = {name.parts[0] for name in names if is_code(name.name)}
    return bool(firsts) and not any(names_nobody(first, days=False) or is_attempt_alone(first) for first in firsts)


def _may_be_course(names: Sequence[PurePosixPath]) -> bool:
    """Whether the first parts of an archive's names, below common folders, may be several students."""
    if _is_exported(names):
        return True
    firsts = _firsts(names)
    named = sum(not names_nobody(first) for first in firsts) > 1 and not all(map(names_a_part, firsts))
    return named or are_numbers(firsts)


def _firsts(names: Sequence[PurePosixPath]) -> set[str]:
    """The files and folders with code at the top of an archive, below common folders."""
    parts = [name.parts for name in names if is_code(name.name)]
    while parts and len({part[0] for part in parts}) == 1 and all(len(part) > 1 for part in parts):
        parts = [part[1:] for part in parts]
    return {part[0] for part in parts}
