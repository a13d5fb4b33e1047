"""Archives that strangers made: what is Python in them, and nothing that an archive can do beyond that."""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from nnkata.errors import NotJudged
from nnkata.language import _

#: Python files of a submission, and all their bytes together. The reference has 1 and 9 kB.
MAX_FILES = 200
MAX_TOTAL = 10 << 20
#: Members of an archive that hold a whole course: a thousand submissions of a hundred files.
MAX_MEMBERS = 100_000
MAX_COURSE = 1 << 30
PART = 1 << 20


class Refused(NotJudged):
    """A submission or an archive that is not taken; the text says why."""


def python_files(path: Path) -> dict[str, bytes]:
    """The Python files of an archive, by their paths in it, without a folder that all of them share.

    Raises:
        Refused: it is no zip archive, or one that expands beyond the limits or leads out of itself.
    """
    files: dict[str, bytes] = {}
    total = 0
    with _opened(path) as archive:
        for member in _members(archive):
            name = PurePosixPath(member.filename)
            if name.suffix != ".py" or any(part.startswith((".", "__")) for part in name.parts[:-1]):
                continue
            content = _content(archive, member, MAX_TOTAL - total)
            total += len(content)
            files[member.filename] = content
            if len(files) > MAX_FILES:
                raise Refused(_("the archive has more than {max_files} Python files").format(max_files=MAX_FILES))
    return files


def unpack(path: Path, folder: Path) -> None:
    """Write the files of a course's archive into a folder: Python files and archives, as files of ours.

    Raises:
        Refused: as for `python_files`.
    """
    left = MAX_COURSE
    with _opened(path) as archive:
        for member in _members(archive):
            if not member.filename.lower().endswith((".py", ".zip", ".yml")):
                continue
            target = folder / member.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, target.open("wb") as file:
                while part := source.read(min(PART, left + 1)):
                    left -= len(part)
                    if left < 0:
                        raise Refused(
                            _("the archive expands to more than {max_course} GiB").format(max_course=MAX_COURSE >> 30)
                        )
                    file.write(part)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise Refused(
            _("{path} is not a zip archive that can be read: {error}").format(path=path.name, error=error)
        ) from None


def _members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise Refused(_("the archive has more than {max_members} members").format(max_members=MAX_MEMBERS))
    seen: set[str] = set()
    for member in members:
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in member.filename or ":" in name.parts[0]:
            raise Refused(_("the archive leads out of itself: {filename}").format(filename=member.filename[:100]))
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise Refused(_("the archive has a symbolic link: {filename}").format(filename=member.filename[:100]))
        if member.flag_bits & 1:
            raise Refused(_("the archive is encrypted"))
        if member.filename in seen:
            raise Refused(
                _("the archive has two members of one name: {filename}").format(filename=member.filename[:100])
            )
        seen.add(member.filename)
        if not member.is_dir():
            yield member


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    try:
        with archive.open(member) as stream:
            content = stream.read(left + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise Refused(_("the archive is damaged: {error}").format(error=error)) from None
    if len(content) > left:
        raise Refused(_("the archive expands to more than {max_total} MiB of Python").format(max_total=MAX_TOTAL >> 20))
    return content
