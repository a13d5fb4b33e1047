"""A member of an archive, of any format: its name, and a reader of its first bytes."""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


def bad(path: Path, error: object) -> str:
    """The message about a file that is no archive."""
    text = _("{path} is not a zip archive that can be read: {error}; a sound copy is needed")
    if path.suffix.lower() in OTHERS:
        text = _("{path} is not an archive that can be read: {error}; a sound copy is needed")
    return text.format(path=shown(path), error=error)


def shown(path: Path) -> str:
    """A file's name made fit for a message."""
    return path.name.encode(errors="replace").decode()[:100]


def too_large(size: int) -> bytes:
    """The reader of a member beyond the limit."""
    raise Unreadable(_("a file of more than {size} MiB in a packed archive").format(size=MAX_MEMBER >> 20))


def held(content: bytes) -> Callable[[int], bytes]:
    """A reader of bytes in memory; such an archive cannot be read twice."""
    return lambda size: content[:size]
