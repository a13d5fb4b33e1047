"""Finds the level of the submissions in a folder: its top, or folders and archives there for parts of the course."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from nnkata.grading.course.copies import is_feedback_on, is_sorted_from, says_feedback, unpacked_of
from nnkata.grading.course.duplicate_downloads import again
from nnkata.grading.course.level import Top, level
from nnkata.grading.course.nbgrader import beside_submitted
from nnkata.grading.course.people import is_own
from nnkata.grading.course.reports import reports_of
from nnkata.grading.course.rounds import has_the_same
from nnkata.grading.course.several import (
    bottom,
    holds_named_students,
    holds_unnamed,
    is_course,
    is_export_like,
    is_like,
    may_be_several,
    of_one_kind,
)
from nnkata.grading.course.tasks import tasks_of
from nnkata.grading.course.teams import is_submitted, not_submitted, working_files
from nnkata.grading.course.unpacked import (
    drive_parts,
    holds_downloads,
    names_somebody,
    packed_courses,
    sections_of_archives,
    unpacked,
)
from nnkata.grading.kinds import is_archive, stem
from nnkata.grading.platforms import edx, exported
from nnkata.grading.platforms.handed import Listing
from nnkata.language import _
from nnkata.texts import listed, text

#: The depth of a course's nested folders beside others, and of archives: the archive's, the download's, the section's.
DEEP = 4
#: Folders in one message.
SHOWN = 3


def top(folder: Path, work: Path | None, sure: bool) -> list[Top]:
    """The folders with submissions, the given one first; with `sure`, all submissions are in that one.

    Archives of a course are unpacked in `work`, if that is given.

    Raises:
        OSError: the folder cannot be read.
    """
    next(folder.iterdir(), None)  # an error here is one of the whole course
    return list(_tops(folder, work, sure, DEEP))


def _tops(folder: Path, work: Path | None, sure: bool, deep: int, around: Path | None = None) -> Iterator[Top]:
    here = _level(folder, around)
    folders = here_folders = [entry for entry in here.entries if entry.is_dir() and not entry.is_symlink()]
    platform, listing = exported(here.entries)
    if deep == 0 or (platform != "files" and not sure):
        beside = _beside(here, platform, listing, work, deep) if deep else []
        yield here
        for inner in beside:
            yield from _tops(inner, work, sure, deep - 1, folder)
        return
    if sure and not (len(here.entries) == 1 and folders):
        yield here
        return
    here.own += [entry for entry in here.entries if is_own(entry)]
    here.entries = [entry for entry in here.entries if entry not in here.own]
    drive = drive_parts(here.entries, _unused(work, "drive")) if work is not None and not sure else {}
    here.own += [part for parts in drive.values() for part in parts]
    here.entries = [entry for entry in here.entries if entry not in here.own]
    alone = len(here.entries) == 1
    if alone and work is not None and here.entries[0].is_file() and is_archive(here.entries[0].name):
        inside = _unused(work, "course") / (stem(text(here.entries[0].name))[:60].rstrip(" .") or "course")
        if not unpacked(here.entries[:1], inside):
            yield here
            return
        own = names_somebody(here.entries[0]) and not is_course(bottom(inside), alone=True)
        folders = [inside] if sure or (is_course(inside, alone=True) and not own) else []
        if folders:
            here.entries, here.own = [], [*here.own, *here.entries]
    within = _parts(folder, here, folders, drive, alone)
    if work is not None and not sure:
        within += [inner for inner in folders if inner not in within and holds_downloads(inner, work)]
        within = within or sections_of_archives(folders, _unused(work, "sections"))
    here.entries = [entry for entry in here.entries if entry not in within]
    packed: dict[Path, Path] = {}
    if not alone and work is not None and not sure:
        packed = packed_courses(here.entries, _unused(work, "courses"))
        here.entries = [entry for entry in here.entries if entry not in packed]
        here.own += packed
        within += packed.values()
    within = _without_copies(here, within, packed)
    if within and here.entries:
        _without_unpacked(here, within, packed)
    if not alone:
        _told(here, [inner for inner in within if inner not in drive])
    elif here.entries and here.entries == folders and may_be_several(folders[0]):
        said = _("{name} is taken for one submission, although it names nobody; name it as FOLDER if it holds several")
        here.notes.append(said.format(name=text(folders[0].name)))
    reports = {} if sure else reports_of([one for one in here.entries if one in folders], within)
    here.entries = [entry for entry in here.entries if entry not in reports]
    tasks = {} if sure else tasks_of([inner for inner in folders if inner not in within])
    here.entries = [entry for entry in here.entries if entry not in tasks]
    here.notes += _several_tasks(tasks)
    yield here
    yield from (*reports.values(), *tasks.values())
    for inner in within:
        chained = alone and inner in here_folders  # a year, a term, a course: the only folder is no level of its own
        yield from _tops(inner, work, sure, deep if chained else deep - 1, folder)


def _level(folder: Path, around: Path | None) -> Top:
    """The level of a folder, without the files beside submissions that Teams, nbgrader and Open edX write."""
    here = level(folder)
    here.around = around
    working = working_files(here.entries)
    here.own += [*working, *beside_submitted(here.entries)]
    here.entries = [entry for entry in here.entries if entry not in here.own]
    here.absent = not_submitted(here.entries, working)
    if listed_by_edx := edx.list_of(here.entries):
        here.own.append(listed_by_edx)
        here.entries.remove(listed_by_edx)
        here.missing = edx.missing(listed_by_edx)
    return here


def _parts(folder: Path, here: Top, folders: Sequence[Path], drive: Iterable[Path], alone: bool) -> list[Path]:
    """The folders for parts of the course, among those of a level and those of Google Drive's archives."""
    within = [*drive, *(inner for inner in folders if not is_submitted(folder) and is_course(inner, alone))]
    others = [inner for inner in folders if inner not in within]
    return within + (
        [
            inner
            for inner in others
            if has_the_same(inner, within)
            or is_like(inner, within)
            or holds_unnamed(inner)
            or is_export_like(inner, within)
            or (not is_submitted(folder) and holds_named_students(inner, within, here.entries))
        ]
        or of_one_kind(others)
    )


def _several_tasks(tasks: Mapping[Path, Top]) -> Iterator[str]:
    """The note about students with several tasks, if there are any."""
    if tasks:
        who, first = next(iter(tasks.items()))
        said = _("{count} students have several tasks with a network, such as {who} in {tasks}; each is judged")
        names = ", ".join(sorted(text(task.name) for task in first.entries))
        yield said.format(count=len(tasks), who=text(who.name), tasks=names)


def _unused(work: Path, name: str) -> Path:
    """A folder for archives that no other folder's are in: those of two sections may have one name."""
    return next(path for number in count() if not (path := work / f"{name}-{number}").exists())


def _beside(here: Top, platform: str, listing: Listing, work: Path | None, deep: int) -> list[Path]:
    """The folders and archives of a course beside a platform's entries, for late work or sent by mail.

    The archives of sections, `Kim - HW3.zip`, may have names of the form of collectors too, if all are such archives.
    """
    archives = {one.entry for one in listing.handed if platform == "forms" and is_archive(one.entry.name)}
    known = {one.entry for one in listing.handed if one.entry not in archives} | {*listing.own}
    rest = [entry for entry in here.entries if entry not in known]
    folders = [one for one in rest if one.is_dir() and not one.is_symlink()]
    within = [
        one for one in folders if is_course(one, alone=False) or (work is not None and holds_downloads(one, work))
    ]
    packed = packed_courses(rest, _unused(work, "beside")) if work is not None else {}
    if not archives <= packed.keys():
        packed = {archive: inside for archive, inside in packed.items() if archive not in archives}
    here.entries = [entry for entry in here.entries if entry not in within and entry not in packed]
    here.own += packed
    found = _without_copies(here, [*within, *packed.values()], packed)
    _told(here, found)
    return found


def _told(here: Top, several: Sequence[Path]) -> None:
    said = _("{names}: taken for a folder of several submissions; name it as FOLDER to grade it alone")
    here.notes += [said.format(names=listed([text(one.name) for one in several], SHOWN))] if several else []


def _without_copies(here: Top, within: Sequence[Path], packed: Mapping[Path, Path]) -> list[Path]:
    """The folders without those whose files lie elsewhere too, or that are feedback on them.

    `packed` has the archives of some of them.
    """
    within = _without_feedback(here, within, packed)
    copies = again(within, here.folder)
    for inner in within:
        beside = [other for other in (here.folder, *within) if other != inner and other not in copies]
        if inner not in copies and (download := next((one for one in beside if is_sorted_from(inner, one)), None)):
            copies[inner] = download
    if copies:
        archives = {inner: archive for archive, inner in packed.items()}
        here.own += [inner for inner in copies if inner not in archives and inner.parent == here.folder]
        names, others = ([text(archives.get(one, one).name) for one in some] for some in (copies, copies.values()))
        said = _("{names}: the same files as in {other}; counted once")
        here.notes.append(said.format(names=listed(names, SHOWN), other=others[0]))
    return [inner for inner in within if inner not in copies]


def _without_unpacked(here: Top, within: Sequence[Path], packed: Mapping[Path, Path]) -> None:
    """Take away the entries beside a download that somebody has unpacked from it, some of its students' work."""
    archives = {inner: archive for archive, inner in packed.items()}
    for inner in within:
        if unpacked_ones := unpacked_of(here.entries, inner):
            here.own += unpacked_ones
            here.entries = [entry for entry in here.entries if entry not in unpacked_ones]
            said = _("{names}: the same files as in {other}; counted once")
            who = listed([text(one.name) for one in unpacked_ones], SHOWN)
            here.notes.append(said.format(names=who, other=text(archives.get(inner, inner).name)))


def _without_feedback(here: Top, within: Sequence[Path], packed: Mapping[Path, Path]) -> list[Path]:
    archives = {inner: archive for archive, inner in packed.items()}
    names = {inner: text(archives.get(inner, inner).name) for inner in within}
    told = [one for one in within if says_feedback(stem(names[one]))]
    others = [here.folder, *(one for one in within if one not in told)]
    found = [one for one in told if any(is_feedback_on(one, other) for other in others)]
    here.own += [inner for inner in found if inner not in archives and inner.parent == here.folder]
    if found:
        said = _("{names}: feedback on the submissions by its name; it is not judged")
        here.notes.append(said.format(names=listed([names[one] for one in found], SHOWN)))
    return [inner for inner in within if inner not in found]
