"""Tar archives, and single compressed files."""

import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from nnkata.grading.archives.member import MAX_HELD, MAX_MEMBER, MAX_STREAM, Member, Unreadable, held, too_large
from nnkata.language import _


class _Capped(io.RawIOBase):
    """A stream that raises beyond its limit."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream, self._left = stream, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._stream.read(len(buffer))
        self._left -= len(found)
        if self._left < 0:
            raise Unreadable(_("the archive expands to more than {max_course} GiB").format(max_course=MAX_STREAM >> 30))
        buffer[: len(found)] = found
        return len(found)


def packed(opener: Callable[..., Any], path: Path, stack: ExitStack) -> Iterator[Member]:
    """A compressed tar archive; or one compressed file, named like the archive without its ending."""
    with opener(path, "rb") as stream:
        head = stream.read(tarfile.BLOCKSIZE)
    with opener(path, "rb") as stream:  # whole: such an archive is read once, from beginning to end
        capped = io.BufferedReader(_Capped(stream, MAX_STREAM))
        if head[257:262] != b"ustar" and not path.name.lower().endswith((".tgz", ".tbz", ".tbz2", ".txz")):
            yield Member(path.stem, held(capped.read(MAX_MEMBER + 1)))
            return
        with tarfile.open(fileobj=capped, mode="r|") as archive:
            yield from _tar_members(archive)


def is_tar(path: Path) -> bool:
    """Whether it begins like an uncompressed tar archive: tarfile's own check decompresses, and reads further."""
    with path.open("rb") as file:
        head = file.read(tarfile.BLOCKSIZE)
    if not head.strip(b"\0"):
        return path.name.lower().endswith(".tar")  # an empty one
    try:
        tarfile.TarInfo.frombuf(head, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def plain(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The members of an uncompressed tar archive."""
    with tarfile.open(path, mode="r:") as archive:
        yield from _tar_members(archive)


def _tar_members(archive: tarfile.TarFile) -> Iterator[Member]:
    left = MAX_HELD
    for member in archive:
        if member.issym() or member.islnk():
            yield Member(member.name, held(b""), link=True)
        elif member.isfile() and member.size > min(left, MAX_MEMBER):
            yield Member(member.name, too_large)
        elif member.isdir():
            yield Member(member.name, bytes, folder=True)
        elif member.isfile():
            left -= member.size
            stream = archive.extractfile(member)
            yield Member(member.name, held(stream.read() if stream else b""))
