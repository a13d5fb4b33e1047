"""Zip archives."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from nnkata.grading.archives.member import DAMAGED, Member, Unreadable
from nnkata.grading.archives.oldnames import decoded


def zipped(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The members of a zip archive; the stack keeps it open."""
    archive = stack.enter_context(zipfile.ZipFile(path))
    members = archive.infolist()
    for member, name in zip(members, _names(members), strict=True):
        if member.is_dir() or member.filename.endswith("\\"):
            yield Member(name, bytes, folder=True)
            continue
        yield Member(
            name,
            partial(_read_zip, archive, member),
            link=(member.external_attr >> 16) & 0o170000 == 0o120000,
            locked=bool(member.flag_bits & 1),
        )


def _names(members: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of members; without the mark of UTF-8, in the encoding of the archiver's system."""
    names = [member.orig_filename.partition("\0")[0] or member.orig_filename for member in members]
    marked = [bool(member.flag_bits & 0x800) or name.isascii() for member, name in zip(members, names, strict=True)]
    raw = [name.encode("cp437", errors="replace") for name in names]
    text = decoded([one for one, known in zip(raw, marked, strict=True) if not known])
    return [name if known else text(one) for name, one, known in zip(names, raw, marked, strict=True)]


def _read_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(size)
    except PermissionError:
        raise
    except (*DAMAGED, NotImplementedError, RuntimeError) as error:
        raise Unreadable(str(error)) from None
