"""A download that lies in a course twice: an archive beside its unpacked content, a folder that somebody has copied."""

import filecmp
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from nnkata.grading.archives.archive import MAX_COURSE, Refused, content, opened
from nnkata.grading.course.level import level
from nnkata.grading.course.several import bottom
from nnkata.grading.kinds import below, is_archive, passed_over, skipped, stem
from nnkata.grading.names.named import is_sure, names_nobody, tasks_in
from nnkata.grading.submission.contents import holds_code
from nnkata.texts import text

#: The fewest students whose work proves that two folders of different names are one download.
SEVERAL = 2


def again(folders: Sequence[Path], around: Path) -> dict[Path, Path]:
    """The folders, all of whose entries are in another one or around them too, and that other one.

    Of two, the first one stays.
    """
    entries = {folder: _entries(bottom(folder)) for folder in folders} | ({around: _entries(around)} if folders else {})
    found: dict[Path, Path] = {}
    for folder in reversed(folders):
        others = [other for other in (around, *folders) if other != folder and other not in found]
        there = {other: _places(entries[folder], entries[other], _own_name(folder, other)) for other in others}
        near = [other for other, places in there.items() if len(places) == len(entries[folder])]
        same = next((other for other in near if _is_in(entries[folder], folder, there[other], other)), None)
        if same is not None:
            found[folder] = same
    return found


def _entries(folder: Path) -> dict[str, Path]:
    return {_name(entry): entry for entry in level(folder).entries}


def _places(entries: Mapping[str, Path], there: Mapping[str, Path], own: str) -> dict[str, Path]:
    """The places of entries elsewhere by name, those of an archive also as its unpacked folder."""
    found = {}
    for name, entry in entries.items():
        folder = there.get(stem(name)) if is_archive(name) and not entry.is_dir() else None
        place = there.get(name) or (folder if folder is not None and folder.is_dir() else None)
        if place is not None and _name(place) != own:
            found[name] = place
    return found


def _own_name(folder: Path, other: Path) -> str:
    """The name of a folder among the entries of the other one, which it is no part of."""
    return _name(folder) if folder.parent == other else ""


def _is_in(entries: Mapping[str, Path], folder: Path, there: Mapping[str, Path], other: Path) -> bool:
    """Whether the work of several students with names lies in another folder too, byte by byte; not that of a task."""
    tasks = [tasks_in(text(one.name)) for one in (folder, other)]
    if all(tasks) and tasks[0] != tasks[1]:
        return False
    work = [entry for entry in entries.values() if holds_code(entry)]
    alike = folder.name.casefold() == other.name.casefold()
    if len(work) < (1 if alike else SEVERAL) or all(names_nobody(text(entry.name)) for entry in work):
        return False
    if not all(_are_same(entry, there[name]) for name, entry in entries.items()):
        return False
    sure = any(is_sure(text(entry.name)) for entry in work)
    # else all have handed in the handout
    return sure or len(work) == 1 or not all(_are_same(work[0], one) for one in work[1:])


def _are_same(one: Path, other: Path) -> bool:
    """Whether two files, or all files below two folders, have the same content."""
    if one.is_symlink() or other.is_symlink() or (one.is_dir() and not other.is_dir()):
        return False
    if other.is_dir() and not one.is_dir():
        return _is_packed_in(one, other)
    if not one.is_dir():
        return one.is_file() and other.is_file() and _same_bytes(one, other)
    inside, beside = _files(one), _files(other)
    return inside.keys() == beside.keys() and all(_same_bytes(path, beside[name]) for name, path in inside.items())


def _is_packed_in(archive: Path, folder: Path) -> bool:
    """Whether an archive has the files of a folder, both without folders that hold nothing but another one."""
    beside = _files(bottom(folder))
    try:
        with opened(archive) as members:
            inside = {PurePosixPath(one.name).parts: one for one in members if not passed_over(PurePosixPath(one.name))}
            while inside and len({parts[0] for parts in inside}) == 1 and all(len(parts) > 1 for parts in inside):
                inside = {parts[1:]: one for parts, one in inside.items()}
            named = {unicodedata.normalize("NFC", "/".join(parts)): one for parts, one in inside.items()}
            return named.keys() == beside.keys() and all(
                beside[name].read_bytes() == content(one, MAX_COURSE, "") for name, one in named.items()
            )
    except (Refused, OSError):
        return False


def _same_bytes(one: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _files(folder: Path) -> dict[str, Path]:
    """The files below a folder by their places in it, without the leavings of tools."""
    files = (path for path in below(folder, skipped) if path.is_file() and not skipped(path))
    return {unicodedata.normalize("NFC", str(path.relative_to(folder))): path for path in files}


def _name(entry: Path) -> str:
    """The name, which an archive and a system may write differently."""
    return unicodedata.normalize("NFC", text(entry.name))
