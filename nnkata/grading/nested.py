"""Finds the level of the submissions in a folder: its top, or folders and archives there for parts of the course."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from nnkata.files import disk_is_full, remove
from nnkata.grading.archives import Refused, opened, unpack
from nnkata.grading.gather import text
from nnkata.grading.kinds import (
    entries_of,
    is_archive,
    is_code,
    is_compiled,
    is_environment,
    leaving,
    passed_over,
    stem,
)
from nnkata.grading.named import (
    are_students,
    hold_networks,
    holds_code,
    holds_late_ones,
    holds_network,
    is_attempt_alone,
    is_for_late_ones,
    is_of_course,
    names_a_part,
    names_a_task,
)
from nnkata.grading.people import is_own
from nnkata.grading.platforms import recognise
from nnkata.grading.steps import beside_submitted
from nnkata.grading.teams import not_submitted, working_files
from nnkata.language import _
from nnkata.texts import listed, natural

#: The depth of a course's nested folders beside others, and of archives: the archive's, the download's, the section's.
DEEP = 4
#: Folders in one message.
SHOWN = 3
#: Files that prove an export, whatever its folders are called.
LISTS = ("submission_metadata.yml", "grades.csv")

#: Google Drive's archives of a large download: NAME-DATE-NUMBER, also with the number of the download before that.
DRIVE = re.compile(r"(?P<download>.+-\d{8}T\d{6}Z(?:-\d{1,2})?)-\d{3}\.zip", re.I)


@dataclass
class Top:
    """A folder whose entries are all students' or the platform's: its entries, and the skipped ones.

    `own` is the archive with the course, if that is the only entry. `owner` is the student whose folder of several
    tasks it is. `absent` are students with a folder who have not submitted.
    """

    folder: Path
    entries: list[Path] = field(default_factory=list)
    own: list[Path] = field(default_factory=list)
    hidden_python: list[Path] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    owner: str = ""
    absent: list[str] = field(default_factory=list)


def top(folder: Path, work: Path | None, sure: bool) -> list[Top]:
    """The folders with submissions, the given one first; with `sure`, all submissions are in that one.

    Archives of a course are unpacked in `work`, if that is given.

    Raises:
        OSError: the folder cannot be read.
    """
    next(folder.iterdir(), None)  # an error here is one of the whole course
    return list(_tops(folder, work, sure, DEEP))


def _tops(folder: Path, work: Path | None, sure: bool, deep: int) -> Iterator[Top]:
    here = _listed(folder)
    working = working_files(here.entries)
    here.own += [*working, *beside_submitted(here.entries)]
    here.entries = [entry for entry in here.entries if entry not in here.own]
    here.absent = not_submitted(here.entries, working)
    folders = here_folders = [entry for entry in here.entries if entry.is_dir() and not entry.is_symlink()]
    if deep == 0 or (recognise(here.entries)[0] != "files" and not sure):
        yield here
        return
    if sure and not (len(here.entries) == 1 and folders):
        yield here
        return
    here.own += [entry for entry in here.entries if is_own(entry)]
    here.entries = [entry for entry in here.entries if entry not in here.own]
    drive = _drive(here.entries, work / f"drive-{deep}") if work is not None and not sure else {}
    here.own += [part for parts in drive.values() for part in parts]
    here.entries = [entry for entry in here.entries if entry not in here.own]
    alone = len(here.entries) == 1
    if alone and work is not None and here.entries[0].is_file() and is_archive(here.entries[0].name):
        inside = work / f"course-{deep}"
        try:
            unpack(here.entries[0], inside)
        except (Refused, OSError) as error:
            _not_full(error)
            yield here
            return
        own = _names_somebody(here.entries[0]) and not _is_course(_bottom(inside), alone=True)
        folders = [inside] if sure or (_is_course(inside, alone=True) and not own) else []
        if folders:
            here.entries, here.own = [], [*here.own, *here.entries]
    within = [*drive, *(inner for inner in folders if _is_course(inner, alone))]
    within += [inner for inner in folders if inner not in within and _has_the_same(inner, within)]
    here.entries = [entry for entry in here.entries if entry not in within]
    if not alone and work is not None and not sure:
        packed = _packed_courses(here.entries, work / f"courses-{deep}")
        here.entries = [entry for entry in here.entries if entry not in packed]
        here.own += packed
        within += packed.values()
    if not alone:
        several = [text(inner.name) for inner in within if inner not in drive]
        said = _("{names}: taken for a folder of several submissions; name it as FOLDER to grade it alone")
        here.notes += [said.format(names=listed(several, SHOWN))] if several else []
    elif here.entries and here.entries == folders and _may_be_several(folders[0]):
        said = _("{name} is taken for one submission, although it names nobody; name it as FOLDER if it holds several")
        here.notes.append(said.format(name=text(folders[0].name)))
    tasks = {} if sure else _tasks([inner for inner in folders if inner not in within])
    here.entries = [entry for entry in here.entries if entry not in tasks]
    if tasks:
        who, first = next(iter(tasks.items()))
        said = _("{count} students have several tasks with a network, such as {who} in {tasks}; each is judged")
        names = ", ".join(sorted(text(task.name) for task in first.entries))
        here.notes.append(said.format(count=len(tasks), who=text(who.name), tasks=names))
    yield here
    yield from tasks.values()
    for inner in within:
        chained = alone and inner in here_folders  # a year, a term, a course: the only folder is no level of its own
        yield from _tops(inner, work, sure, deep if chained else deep - 1)


def _tasks(students: Sequence[Path]) -> dict[Path, Top]:
    """The students' folders with folders of several tasks, each with a network, if two students have such folders.

    The folders have the names of tasks, or hold the time of submission as nbgrader's.
    """
    of_student: dict[Path, tuple[Top, list[Path]]] = {}
    for student in students:
        here = _listed(student)
        code = [entry for entry in here.entries if entry.is_symlink() or holds_code(entry)]
        if code and all(names_a_task(entry) for entry in code):
            of_student[student] = here, code
    networks = {student: [task for task in code if holds_network(task)] for student, (_top, code) in of_student.items()}
    if not any(networks.values()):
        networks = {student: code for student, (_top, code) in of_student.items()}
    several = [student for student, tasks in networks.items() if len(tasks) > 1]
    if len(several) < min(2, len(students)):
        return {}
    found = {}
    for student in several:
        here, _code = of_student[student]
        here.own = [entry for entry in here.entries if entry not in networks[student]]
        here.entries, here.owner = networks[student], text(student.name)
        found[student] = here
    return found


def _drive(entries: Sequence[Path], work: Path) -> dict[Path, list[Path]]:
    """Google Drive's numbered archives of one download, by the folder of their content, if that is a course."""
    of_download: dict[str, list[Path]] = {}
    for entry in entries:
        if (found := DRIVE.fullmatch(text(entry.name))) and entry.is_file() and not entry.is_symlink():
            of_download.setdefault(found["download"], []).append(entry)
    several = [parts for parts in of_download.values() if len(parts) > 1]
    courses = {}
    for number, parts in enumerate(several):
        inside = work / str(number)
        try:
            for part in parts:
                unpack(part, inside)
        except (Refused, OSError) as error:
            _not_full(error)
            continue  # then each counts as a submission, and its fault is reported
        if _is_course(inside, alone=len(parts) == len(entries)):
            courses[inside] = parts
    return courses


def _names_somebody(archive: Path) -> bool:
    """Whether an archive has a student's name: its folder inside, if it is no course, is then that student's."""
    return not is_of_course(stem(text(archive.name)))


def _bottom(folder: Path) -> Path:
    """The folder below folders that hold nothing but another one."""
    while len(inner := _listed(folder).entries) == 1 and inner[0].is_dir() and not inner[0].is_symlink():
        (folder,) = inner
    return folder


def _has_the_same(folder: Path, sections: Sequence[Path]) -> bool:
    """Whether all code of a folder has names of students of sections beside it: late ones, of one or two students."""
    known = {stem(text(entry.name)).casefold() for inner in sections for entry in _listed(inner).entries}
    own = [stem(text(entry.name)).casefold() for entry in _listed(folder).entries if is_code(entry.name)]
    return bool(own) and all(name in known and not names_a_part(name) for name in own)


def _packed_courses(entries: Iterable[Path], work: Path) -> dict[Path, Path]:
    """Archives that each hold a part of a course, such as a section, and the folders of their content.

    The names in an archive decide; the archive of one student is not unpacked here.
    """
    found: dict[Path, Path] = {}
    for entry in entries:
        if not _is_packed_course(entry):
            continue
        inside = work / str(len(found)) / stem(text(entry.name))[:60]
        try:
            unpack(entry, inside)
        except (Refused, OSError) as error:
            _not_full(error)
            continue  # then it counts as a submission, and its fault is reported
        while not holds_late_ones(inside, there := _listed(inside).entries) and len(there) == 1 and there[0].is_dir():
            (inside,) = there
        if _is_course(inside, alone=False):
            found[entry] = inside
        else:
            remove(work / str(len(found)))
    return found


def _not_full(error: Exception) -> None:
    """Raise the error of a full disk, on which the students of an archive would count as one."""
    if isinstance(error, OSError) and disk_is_full(error):
        raise error


def _is_packed_course(entry: Path) -> bool:
    """Whether an entry is an archive of several students, by the names in it."""
    if entry.is_symlink() or not entry.is_file() or not is_archive(entry.name):
        return False
    try:
        with opened(entry) as members:
            names = [PurePosixPath(member.name) for member in members]
    except (Refused, OSError):
        return False
    names = [name for name in names if not passed_over(name)]
    return _may_be_course(names) or (is_for_late_ones(stem(text(entry.name))) and _names_of_students(names))


def _names_of_students(names: Sequence[PurePosixPath]) -> bool:
    """Whether all code in an archive is in files and folders with the names of students."""
    firsts = {name.parts[0] for name in names if is_code(name.name)}
    return bool(firsts) and not any(map(names_a_part, firsts))


def _may_be_course(names: Sequence[PurePosixPath]) -> bool:
    """Whether the first parts of an archive's names, below common folders, may be several students."""
    if any(name.name in LISTS for name in names):
        return True
    parts = [name.parts for name in names]
    while parts and len({part[0] for part in parts}) == 1 and all(len(part) > 1 for part in parts):
        parts = [part[1:] for part in parts]
    firsts = {part[0] for part in parts if is_code(part[-1])}
    return sum(not names_a_part(first) for first in firsts) > 1


def _listed(folder: Path) -> Top:
    found = Top(folder)
    for path in sorted(entries_of(folder), key=lambda path: natural(path.name)):
        is_folder = path.is_dir() and not path.is_symlink()
        kind = leaving(path.name, is_folder) or ("venv" if is_folder and is_environment(path) else "")
        if kind and (is_folder or not is_compiled(path.name)):  # which may be all that a student handed in
            found.passed[kind] += 1
        elif path.name.startswith("."):
            if is_code(path.name):
                found.hidden_python.append(path)
            else:
                found.passed["hidden"] += 1
        else:
            found.entries.append(path)
    return found


def _is_course(folder: Path, alone: bool) -> bool:
    """Whether a folder holds the files of several students, or only one more such folder."""
    try:
        here = _listed(folder)
    except OSError:
        return False
    if not here.entries:
        return False
    platform, listing = recognise(here.entries)
    if platform not in ("files", "canvas", "github"):
        return True
    if platform != "files" and len({one.key for one in listing.handed}) > 1:
        return True
    if not alone and holds_late_ones(folder, here.entries):
        return True
    if len(here.entries) == 1 and here.entries[0].is_dir() and not here.entries[0].is_symlink():
        (inner,) = here.entries
        of_a_student = is_attempt_alone(inner.name) or names_a_part(
            inner.name
        )  # then the folder around it is the student's
        return (alone and not of_a_student) or _is_course(inner, alone and of_a_student)
    if alone and len(here.entries) == 1 and is_of_course(folder.name) and _is_packed_course(here.entries[0]):
        return True
    if alone and (are_students(folder, here.entries) or _are_sections(here.entries)):
        return True
    return hold_networks(folder, here.entries)


def _may_be_several(folder: Path) -> bool:
    """Whether a folder that counts as one submission has a task's name and several networks."""
    return is_of_course(text(folder.name)) and sum(map(holds_network, _listed(folder).entries)) > 1


def _are_sections(entries: Sequence[Path]) -> bool:
    """Whether two folders are courses themselves, and no Python lies beside them: a task of several, or a section."""
    folders = [entry for entry in entries if entry.is_dir() and not entry.is_symlink()]
    if any(is_code(entry.name) for entry in entries if entry not in folders):
        return False
    return sum(_is_course(inner, alone=False) for inner in folders) > 1
