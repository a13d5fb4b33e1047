"""Untrusted archives: reads their files and refuses everything else that an archive can do.

Each format is a function in `formats` that yields the names of its members and their readers; the limits, and the rules
for names, are here for all.
"""

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from nnkata.errors import NotJudged
from nnkata.grading.archives.formats import members
from nnkata.grading.archives.member import Member, Unreadable
from nnkata.grading.kinds import is_archive, is_python, passed_over, stem, trimmed
from nnkata.language import _

#: The most Python files of a submission, and their bytes together. The reference has 1 and 9 kB.
MAX_FILES = 200
MAX_TOTAL = 10 << 20
#: The most members of a course's archive: a thousand submissions of a hundred files.
MAX_MEMBERS = 100_000
MAX_COURSE = 1 << 30
#: The depth of nested archives: a course's, a student's, and one inside that.
MAX_DEPTH = 3
#: The most bytes of a file name (NAME_MAX of Linux, macOS; NTFS counts 255 units).
MAX_PART = 255
#: The most folders of a path, of which deeper ones are left out.
MAX_PARTS = 60
#: Files with these endings are unpacked whole from a course's archive; for any other, the name is enough.
READ_OF_A_COURSE = (".py", ".pyw", ".ipynb", ".yml", ".csv", ".tsv", ".npz", ".npy", ".json", ".txt", ".html", "config")


class Refused(NotJudged):
    """A refused submission or archive; the text is the reason."""


class TooMuch(Refused):
    """It exceeds the limits of size."""


@contextmanager
def opened(path: Path, folders: list[str] | None = None) -> Iterator[list[Member]]:
    """The files of an archive, which stays open, by their paths in it; of equal names, the last.

    The names of its folders are added to `folders`.

    Raises:
        Refused: the archive cannot be read, expands beyond the limits, or has paths out of itself.
    """
    last: dict[str, Member] = {}
    with ExitStack() as stack:
        try:
            for member in members(path, stack):
                if member.folder:
                    if folders is not None and len(folders) < MAX_MEMBERS:
                        folders.append(member.name)
                    continue
                if (kept := _taken(member)) is not None:
                    last[kept.name] = kept
                if len(last) > MAX_MEMBERS:
                    raise Refused(_("the archive has more than {max_members} members").format(max_members=MAX_MEMBERS))
        except Unreadable as error:
            raise Refused(str(error)) from None
        yield list(last.values())


def _taken(member: Member) -> Member | None:
    name = _inside(member.name)
    if passed_over(PurePosixPath(name)):
        return Member(name, member.read)
    if member.link and is_python(name):
        raise Refused(_("the archive has a symbolic link: {filename}").format(filename=name[:100]))
    if member.locked:
        raise Refused(_("the archive is encrypted; one without a password is needed"))
    return None if member.link else Member(name, member.read)


def content(member: Member, left: int, what: str) -> bytes:
    """The bytes of a member, no more than `left`.

    Raises:
        Refused: it is larger, or damaged.
    """
    try:
        found = member.read(left + 1)
    except Unreadable as error:
        raise Refused(_("the archive is damaged: {error}").format(error=error)) from None
    if len(found) > left:
        raise TooMuch(what)
    return found


def too_much() -> str:
    """The message about too much Python."""
    return _("the archive expands to more than {max_total} MiB of Python").format(max_total=MAX_TOTAL >> 20)


def python_files(path: Path) -> dict[str, bytes]:
    """The Python files of an archive, by their paths in it.

    Raises:
        Refused: the archive cannot be read, expands beyond the limits, or has paths out of itself.
    """
    files: dict[str, bytes] = {}
    with opened(path) as listed:
        for member in listed:
            if not is_python(member.name) or passed_over(PurePosixPath(member.name)):
                continue
            files[member.name] = content(member, MAX_TOTAL - sum(map(len, files.values())), too_much())
            if len(files) > MAX_FILES:
                raise TooMuch(_("the archive has more than {max_files} Python files").format(max_files=MAX_FILES))
    return files


def unpack(path: Path, folder: Path) -> None:
    """Write the files of a course's archive into a folder, as plain files; unread ones are empty.

    Raises:
        Refused: as for `python_files`.
    """
    left = MAX_COURSE
    folder.mkdir(parents=True, exist_ok=True)
    said = _("the archive expands to more than {max_course} GiB").format(max_course=MAX_COURSE >> 30)
    empty: list[str] = []
    with opened(path, empty) as listed:
        for member in listed:
            target = folder.joinpath(*map(_fitting, PurePosixPath(member.name).parts))
            if target.is_dir() or any(parent.is_file() for parent in target.parents if parent != folder):
                continue  # a file and a folder have the same name, and a disk can hold only one
            target.parent.mkdir(parents=True, exist_ok=True)
            whole = trimmed(member.name).lower().endswith(READ_OF_A_COURSE) or is_archive(member.name)
            found = content(member, left, said) if whole and not passed_over(PurePosixPath(member.name)) else b""
            left -= len(found)
            target.write_bytes(found)
    _make(empty, folder)


def _make(names: Sequence[str], folder: Path) -> None:
    """Make the folders of an archive, of which an empty one may be that of a student without a submission."""
    for name in names:
        with contextlib.suppress(Refused, OSError):
            path = PurePosixPath(_inside(name.rstrip("/\\")))
            if not passed_over(path / "file"):
                folder.joinpath(*map(_fitting, path.parts)).mkdir(parents=True, exist_ok=True)


def _fitting(part: str) -> str:
    """A name short enough for a file system, which counts bytes; the archiver's system may count characters."""
    if len(part.encode(errors="replace")) <= MAX_PART:
        return part
    ending = PurePosixPath(part).suffix[:20]
    return part.encode(errors="replace")[: MAX_PART - 100].decode(errors="ignore") + f"-{_known(part)}{ending}"


def _known(name: str) -> str:
    return hashlib.sha256(name.encode(errors="replace")).hexdigest()[:8]


def _inside(name: str) -> str:
    """A member's name as a relative path; Windows' archivers write backslashes, drives and shares.

    Raises:
        Refused: it leads out of the archive.
    """
    drive = PureWindowsPath(name).drive  # nbgrader's folders have a time with colons in their names
    path = PurePosixPath(name[len(drive) :].replace("\\", "/").lstrip("/"))
    if ".." in PurePosixPath(name.replace("\\", "/")).parts or not path.parts or "\0" in name:
        raise Refused(_("the archive leads out of itself: {filename}").format(filename=name[:100]))
    if len(path.parts) > MAX_PARTS:  # which would exceed Python's own depth of calls
        path = PurePosixPath(*path.parts[:MAX_PARTS], _known(name), path.name)
    return path.as_posix()


def folder_of(name: str) -> str:
    """The folder for an archive's files beside those of other archives."""
    return stem(PurePosixPath(name).name)
