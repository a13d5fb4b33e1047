"""Archives that strangers made: what is in them, and nothing that an archive can do beyond that.

Each format is a function that yields the names of its members and how to read one, in `formats`; the limits, and what a
name may be, are here, for all of them.
"""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath

from nnkata.errors import NotJudged
from nnkata.grading.formats import Member, Unreadable, members
from nnkata.grading.kinds import is_archive, is_python, passed_over, stem
from nnkata.language import _

#: Python files of a submission, and all their bytes together. The reference has 1 and 9 kB.
MAX_FILES = 200
MAX_TOTAL = 10 << 20
#: Members of an archive that hold a whole course: a thousand submissions of a hundred files.
MAX_MEMBERS = 100_000
MAX_COURSE = 1 << 30
#: Archives in archives: a course's, a student's, and one that the student put there.
MAX_DEPTH = 3
#: Bytes of a name on the file systems of today (NAME_MAX of Linux, macOS; NTFS counts 255 units).
MAX_PART = 255
#: Of these a course's archive has to be unpacked whole; of everything else it is enough to know that it is there.
READ_OF_A_COURSE = (".py", ".pyw", ".ipynb", ".yml", ".csv", ".tsv", ".npz", ".npy", ".json", ".txt", ".html", "config")


class Refused(NotJudged):
    """A submission or an archive that is not taken; the text says why."""


class TooMuch(Refused):
    """One that is larger than anybody's, however much of it could be read."""


@contextmanager
def opened(path: Path) -> Iterator[list[Member]]:
    """The files of an archive, which stays open; the last of those that share a name, with their names as paths in it.

    Raises:
        Refused: it is no archive that can be read, or one that expands beyond the limits or leads out of itself.
    """
    last: dict[str, Member] = {}
    with ExitStack() as stack:
        try:
            for member in members(path, stack):
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
        raise Refused(_("the archive is encrypted; ask for it without a password"))
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
    """The message about more Python than anybody writes."""
    return _("the archive expands to more than {max_total} MiB of Python").format(max_total=MAX_TOTAL >> 20)


def python_files(path: Path) -> dict[str, bytes]:
    """The Python files of an archive, by their paths in it.

    Raises:
        Refused: it is no archive that can be read, or one that expands beyond the limits or leads out of itself.
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
    """Write the files of a course's archive into a folder, as files of ours; what nobody reads, as an empty one.

    Raises:
        Refused: as for `python_files`.
    """
    left = MAX_COURSE
    folder.mkdir(parents=True, exist_ok=True)
    said = _("the archive expands to more than {max_course} GiB").format(max_course=MAX_COURSE >> 30)
    with opened(path) as listed:
        for member in listed:
            target = folder.joinpath(*map(_fitting, PurePosixPath(member.name).parts))
            if target.is_dir() or any(parent.is_file() for parent in target.parents if parent != folder):
                continue  # a file and a folder of one name, of which a disk can have one
            target.parent.mkdir(parents=True, exist_ok=True)
            whole = member.name.lower().endswith(READ_OF_A_COURSE) or is_archive(member.name)
            found = content(member, left, said) if whole and not passed_over(PurePosixPath(member.name)) else b""
            left -= len(found)
            target.write_bytes(found)


def _fitting(part: str) -> str:
    """A name that a file system takes, which counts bytes where the archive's own counted characters."""
    if len(part.encode(errors="replace")) <= MAX_PART:
        return part
    ending = PurePosixPath(part).suffix[:20]
    known = hashlib.sha256(part.encode(errors="replace")).hexdigest()[:8]
    return part.encode(errors="replace")[: MAX_PART - 100].decode(errors="ignore") + f"-{known}{ending}"


def _inside(name: str) -> str:
    """A member's name as a relative path, where Windows' archivers write backslashes.

    Raises:
        Refused: it leads out of the archive.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0] or "\0" in name:
        raise Refused(_("the archive leads out of itself: {filename}").format(filename=name[:100]))
    return path.as_posix()


def folder_of(name: str) -> str:
    """The folder that an archive's files go to beside those of another."""
    return stem(PurePosixPath(name).name)
