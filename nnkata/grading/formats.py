"""Formats of archives, one function each: the names of the members, and their readers.

An archive stays open as long as the given stack.
"""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from nnkata.language import _

#: The most bytes to which a compressed tar or 7-Zip archive may expand: these are read from beginning to end.
MAX_STREAM = 1 << 30
#: Members of such an archive are held in memory, up to this size each and together; beyond it, only the names.
MAX_MEMBER = 40 << 20
MAX_HELD = 256 << 20
#: Names of archives that are no zip archives.
OTHERS = (".tar", ".tgz", ".gz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".7z", ".rar")
DAMAGED = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError)


class Unreadable(Exception):
    """An archive, or a member of one, cannot be read; the text has the reason and the remedy."""


@dataclass(frozen=True)
class Member:
    """A file of an archive: its name there, a reader of its first bytes; whether it is a link, or needs a password.

    A `folder` has no content; zip and tar name those that are empty.
    """

    name: str
    read: Callable[[int], bytes]
    link: bool = False
    locked: bool = False
    folder: bool = False


def members(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The files of an archive; its first bytes tell the format.

    Raises:
        Unreadable: it is no archive, is damaged, or needs a package that is not installed.
        PermissionError: it may not be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(8)
        for magic, reader in READERS.items():
            if head.startswith(magic):
                yield from reader(path, stack)
                return
        if _is_tar(path):
            yield from _tar(path, stack)
            return
    except PermissionError:
        raise
    except (*DAMAGED, NotImplementedError, RuntimeError) as error:
        raise Unreadable(_bad(path, error)) from None
    raise Unreadable(_bad(path, _("it does not begin as one")))


def _bad(path: Path, error: object) -> str:
    """The message about a file that is no archive."""
    kind = _("archive") if path.suffix.lower() in OTHERS else _("zip archive")
    text = _("{path} is not a {kind} that can be read: {error}; ask for it again")
    return text.format(path=shown(path), kind=kind, error=error)


def shown(path: Path) -> str:
    """A file's name made fit for a message."""
    return path.name.encode(errors="replace").decode()[:100]


def _zip(path: Path, stack: ExitStack) -> Iterator[Member]:
    archive = stack.enter_context(zipfile.ZipFile(path))
    for member in archive.infolist():
        if member.is_dir() or member.filename.endswith("\\"):
            yield Member(_name(member), bytes, folder=True)
            continue
        yield Member(
            _name(member),
            partial(_read_zip, archive, member),
            link=(member.external_attr >> 16) & 0o170000 == 0o120000,
            locked=bool(member.flag_bits & 1),
        )


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name. Without the UTF-8 flag, its encoding is that of the archiver's system, often UTF-8 or GBK."""
    name = member.orig_filename.partition("\0")[0] if "\0" in member.orig_filename else member.orig_filename
    if member.flag_bits & 0x800 or name.isascii():
        return name
    raw = name.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb2312"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _read_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(size)
    except PermissionError:
        raise
    except (*DAMAGED, NotImplementedError, RuntimeError) as error:
        raise Unreadable(str(error)) from None


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


def _packed(opener: Callable[..., Any], path: Path, stack: ExitStack) -> Iterator[Member]:
    """A compressed tar archive; or one compressed file, named like the archive without its ending."""
    with opener(path, "rb") as stream:
        head = stream.read(tarfile.BLOCKSIZE)
    with opener(path, "rb") as stream:  # whole: such an archive is read once, from beginning to end
        capped = io.BufferedReader(_Capped(stream, MAX_STREAM))
        if head[257:262] != b"ustar" and not path.name.lower().endswith((".tgz", ".tbz", ".tbz2", ".txz")):
            yield Member(path.stem, _held(capped.read(MAX_MEMBER + 1)))
            return
        with tarfile.open(fileobj=capped, mode="r|") as archive:
            yield from _tar_members(archive)


def _is_tar(path: Path) -> bool:
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


def _tar(path: Path, stack: ExitStack) -> Iterator[Member]:
    with tarfile.open(path, mode="r:") as archive:
        yield from _tar_members(archive)


def _tar_members(archive: tarfile.TarFile) -> Iterator[Member]:
    left = MAX_HELD
    for member in archive:
        if member.issym() or member.islnk():
            yield Member(member.name, _held(b""), link=True)
        elif member.isfile() and member.size > min(left, MAX_MEMBER):
            yield Member(member.name, _too_large)
        elif member.isdir():
            yield Member(member.name, bytes, folder=True)
        elif member.isfile():
            left -= member.size
            stream = archive.extractfile(member)
            yield Member(member.name, _held(stream.read() if stream else b""))


def _too_large(size: int) -> bytes:
    raise Unreadable(_("a file of more than {size} MiB in a packed archive").format(size=MAX_MEMBER >> 20))


def _held(content: bytes) -> Callable[[int], bytes]:
    """A reader of bytes in memory; such an archive cannot be read twice."""
    return lambda size: content[:size]


def _seven_zip(path: Path, stack: ExitStack) -> Iterator[Member]:
    try:
        import py7zr
        from py7zr.io import BytesIOFactory
    except ImportError:
        raise Unreadable(_missing(path, ".7z")) from None
    try:
        with py7zr.SevenZipFile(path) as archive:
            if archive.password_protected:
                yield Member(path.name, _held(b""), locked=True)
                return
            files = [info for info in archive.list() if not info.is_directory]
            small = [info.filename for info in files if info.uncompressed <= MAX_MEMBER]
            if sum(info.uncompressed for info in files) > MAX_HELD:
                raise Unreadable(_("the archive expands to more than {size} MiB").format(size=MAX_HELD >> 20))
            factory = BytesIOFactory(MAX_HELD)
            archive.extract(targets=small, factory=factory)
            for info in files:
                product = factory.products.get(info.filename)
                if product is None:
                    yield Member(info.filename, _too_large)
                else:
                    product.seek(0)
                    yield Member(info.filename, _held(product.read()))
    except (py7zr.Bad7zFile, py7zr.UnsupportedCompressionMethodError, py7zr.DecompressionError) as error:
        raise Unreadable(_bad(path, error)) from None
    except py7zr.PasswordRequired:
        yield Member(path.name, _held(b""), locked=True)


def _rar(path: Path, stack: ExitStack) -> Iterator[Member]:
    try:
        import rarfile
    except ImportError:
        raise Unreadable(_missing(path, ".rar")) from None
    try:
        archive = stack.enter_context(rarfile.RarFile(path))
        for info in archive.infolist():
            if not info.is_dir():
                read = partial(_read_rar, rarfile, archive, info)
                yield Member(info.filename, read, info.is_symlink(), bool(info.needs_password()))
    except rarfile.Error as error:
        raise Unreadable(_bad(path, error)) from None


def _read_rar(rarfile: Any, archive: Any, info: Any, size: int) -> bytes:
    try:
        with archive.open(info) as stream:
            return bytes(stream.read(size))
    except rarfile.RarCannotExec:
        raise Unreadable(_("to unpack .rar a program is needed: apt-get install unar, or unrar, or 7zip")) from None
    except (rarfile.Error, *DAMAGED) as error:
        raise Unreadable(str(error)) from None


def _missing(path: Path, suffix: str) -> str:
    text = _("{path} is a {suffix} archive, which needs the extra `archives` (pip install 'nnkata[archives]')")
    return text.format(path=shown(path), suffix=suffix)


#: The formats by a file's first bytes; a name may be wrong.
READERS: dict[bytes, Callable[[Path, ExitStack], Iterator[Member]]] = {
    b"PK\x03\x04": _zip,
    b"PK\x05\x06": _zip,
    b"\x1f\x8b": partial(_packed, gzip.open),
    b"BZh": partial(_packed, bz2.open),
    b"\xfd7zXZ\x00": partial(_packed, lzma.open),
    b"7z\xbc\xaf\x27\x1c": _seven_zip,
    b"Rar!\x1a\x07": _rar,
}
