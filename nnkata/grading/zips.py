"""Zip archives."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from nnkata.grading.member import DAMAGED, Member, Unreadable


def zipped(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The members of a zip archive; the stack keeps it open."""
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
