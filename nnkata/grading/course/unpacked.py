"""The archives of a folder that hold parts of the course: a section's, or the parts of one large download."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path

from nnkata.files import disk_is_full, remove
from nnkata.grading.archives.archive import Refused, unpack
from nnkata.grading.archives.mails import MAILBOX
from nnkata.grading.course.level import level
from nnkata.grading.course.packed import is_packed_course, may_be_download, people_in
from nnkata.grading.course.rounds import holds_late_ones
from nnkata.grading.course.several import bottom, called_alike, holds_unnamed, is_course, is_like
from nnkata.grading.course.students import have_full_names
from nnkata.grading.kinds import is_archive, stem
from nnkata.grading.names.named import is_for_late_ones, is_full_name, is_of_course, is_sure
from nnkata.grading.names.versions import version
from nnkata.grading.names.words import words_of
from nnkata.grading.platforms import exported, is_exported
from nnkata.grading.platforms.handed import Listing
from nnkata.grading.submission.contents import holds_code, holds_network
from nnkata.texts import text

#: The most folders in each other that are searched for archives of several students.
DEEP = 3
#: Canvas' name for its download, and the least number of a file in one of another name.
CANVAS, ATTACHMENT = "submissions", 10_000
#: Google Drive's archives of a large download: NAME-DATE-NUMBER, also with the number of the download before that.
DRIVE = re.compile(r"(?P<download>.+-\d{8}T\d{6}Z(?:-\d{1,2})?)-\d{3}\.zip", re.I)


def packed_courses(entries: Iterable[Path], work: Path) -> dict[Path, Path]:
    """Archives that each hold a part of a course, such as a section, and the folders of their content.

    The names in an archive decide; the archive of one student is not unpacked here.
    """
    found: dict[Path, Path] = {}
    for number, entry in enumerate(entries):
        if not is_packed_course(entry):
            continue
        inside = work / str(number) / stem(text(entry.name))[:60]
        if not unpacked([entry], inside):
            continue  # then it counts as a submission, and its fault is reported
        while (
            not holds_late_ones(inside, there := level(inside).entries)
            and len(there) == 1
            and there[0].is_dir()
            and not is_exported(there[0].name)
        ):
            (inside,) = there
        named = is_for_late_ones(stem(text(entry.name))) and _are_of_students(inside)
        if named or is_course(inside, alone=False) or holds_unnamed(inside):
            found[entry] = inside
        else:
            remove(work / str(number))
    return found | _like(entries, found, work / "like")


def _are_of_students(folder: Path) -> bool:
    """Whether all code in a folder has sure names of students and a network: `HW3_Ada_Lee.py` in `Mon.zip`."""
    code = [entry for entry in level(folder).entries if holds_code(entry)]
    return bool(code) and all(is_sure(text(entry.name)) and holds_network(entry) for entry in code)


def holds_downloads(folder: Path, work: Path, deep: int = DEEP) -> bool:
    """Whether all code in a folder is in archives of several students: exports of a platform, or full names.

    Names of one word may be the packages of one student's work.
    """
    code = [entry for entry in level(folder).entries if holds_code(entry)]
    inner = [entry for entry in code if entry.is_dir()]
    if inner:
        return inner == code and deep > 0 and any(holds_downloads(one, work, deep - 1) for one in inner)
    return bool(code) and all(_is_download(entry, work) for entry in code)


def _is_download(archive: Path, work: Path) -> bool:
    if not may_be_download(archive):
        return False
    inside = next(path for number in count() if not (path := work / f"download-{number}").exists())
    if not unpacked([archive], inside):
        return False
    entries = level(bottom(inside)).entries
    platform, listing = exported(entries)
    several = len({one.key for one in listing.handed}) > 1 and _is_sure(platform, listing, stem(text(archive.name)))
    several = several or (archive.name.lower().endswith(MAILBOX) and len(entries) > 1)
    return several or have_full_names([*filter(holds_network, entries)])


def _is_sure(platform: str, listing: Listing, name: str) -> bool:
    """Whether the names are the platform's: `net_784_128_v1.py` and `HW3 - Plots.py` may be files of one student."""
    if platform == "canvas":
        return version(name).who == CANVAS or all(one.version >= ATTACHMENT for one in listing.handed if one.version)
    return platform not in ("github", "forms") or all(is_full_name(one.who) for one in listing.handed)


def sections_of_archives(folders: Sequence[Path], work: Path) -> list[Path]:
    """Folders of sections with nothing but an archive each: `berlin/hw3.zip`, if most hold networks of several people.

    A student's archive may hold two networks too, but these are called alike in several students' archives, or have
    names of parts, or the archive has the student's name.
    """
    code = {folder: [entry for entry in level(folder).entries if holds_code(entry)] for folder in folders}
    alone = [entries[0] for entries in code.values() if len(entries) == 1 and is_archive(entries[0].name)]
    alike = len({stem(one.name) for one in alone}) == 1 or all(is_of_course(one.name) for one in alone)
    if len(alone) < len(folders) or not alike:
        return []
    people = {archive: people_in(archive) for archive in alone}
    said = [stem(name).casefold() for names in people.values() for name in names]
    several = [archive for archive, names in people.items() if len(names) > 1]
    if not all(people.values()) or len(said) > len({*said}) or len(several) < max(2, len(folders) / 2):
        return []
    if any({*words_of(one.parent.name)[0]} & {*words_of(name)[0]} for one, names in people.items() for name in names):
        return []
    for number, archive in enumerate(several):
        here = work / str(number)
        if not unpacked([archive], here) or not all(map(holds_network, level(bottom(here)).entries)):
            return []
    return [*folders]


def _like(entries: Iterable[Path], known: Mapping[Path, Path], work: Path) -> dict[Path, Path]:
    """The archives with one student's work that are called like the parts of the course beside them.

    Also those of the same platform, `submissions.zip` beside `submissions-late.zip`.
    """
    found: dict[Path, Path] = {}
    platforms = {exported(level(inside).entries)[0] for inside in known.values()} - {"files"}
    for number, entry in enumerate(entries):
        if entry in known or entry.is_symlink() or not is_archive(entry.name):
            continue
        alike, nobodys = called_alike(entry, [*known]), not names_somebody(entry)
        inside = work / str(number) / stem(text(entry.name))[:60]
        if not (alike or (platforms and nobodys)) or not unpacked([entry], inside):
            continue
        if (alike and is_like(inside, [*known])) or (nobodys and _is_of_platform(inside, platforms)):
            found[entry] = inside
    return found


def _is_of_platform(inside: Path, platforms: Collection[str]) -> bool:
    """Whether the content of an archive is for certain the export of one of the platforms."""
    platform, listing = exported(level(inside).entries)
    return platform in platforms and bool(listing.handed) and _is_sure(platform, listing, stem(text(inside.name)))


def drive_parts(entries: Sequence[Path], work: Path) -> dict[Path, list[Path]]:
    """Google Drive's numbered archives of one download, by the folder of their content, if that is a course."""
    of_download: dict[str, list[Path]] = {}
    for entry in entries:
        if (found := DRIVE.fullmatch(text(entry.name))) and entry.is_file() and not entry.is_symlink():
            of_download.setdefault(found["download"], []).append(entry)
    several = [parts for parts in of_download.values() if len(parts) > 1]
    courses = {}
    for number, parts in enumerate(several):
        inside = work / str(number)
        # archives that cannot be read count as a submission each, and their fault is reported
        if unpacked(parts, inside) and is_course(inside, alone=len(parts) == len(entries)):
            courses[inside] = parts
    return courses


def names_somebody(archive: Path) -> bool:
    """Whether an archive has a student's name: its folder inside, if it is no course, is then that student's."""
    return not is_of_course(stem(text(archive.name)))


def unpacked(archives: Iterable[Path], inside: Path) -> bool:
    """Unpack archives into one folder; whether all of them can be read.

    Raises:
        OSError: the disk is full, on which the students of an archive would count as one.
    """
    try:
        for archive in archives:
            unpack(archive, inside)
    except (Refused, OSError) as error:
        if isinstance(error, OSError) and disk_is_full(error):
            raise
        return False
    return True
