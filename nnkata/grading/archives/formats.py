"""The formats of archives: the first bytes of a file identify its own.

An archive stays open as long as the given stack.
"""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from nnkata.grading.archives import extras, mails, tars, zips
from nnkata.grading.archives.member import DAMAGED, Member, Unreadable, bad
from nnkata.language import _


def members(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The files of an archive; its first bytes tell the format, but for a mail its name does.

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
        if tars.is_tar(path):
            yield from tars.plain(path, stack)
            return
        if mails.is_mail(path):
            yield from mails.members(path, stack)
            return
    except PermissionError:
        raise
    except (*DAMAGED, NotImplementedError, RuntimeError) as error:
        raise Unreadable(bad(path, error)) from None
    raise Unreadable(bad(path, _("it does not begin as one")))


#: The formats by a file's first bytes; a name may be wrong.
READERS: dict[bytes, Callable[[Path, ExitStack], Iterator[Member]]] = {
    b"PK\x03\x04": zips.zipped,
    b"PK\x05\x06": zips.zipped,
    b"\x1f\x8b": partial(tars.packed, gzip.open),
    b"BZh": partial(tars.packed, bz2.open),
    b"\xfd7zXZ\x00": partial(tars.packed, lzma.open),
    b"7z\xbc\xaf\x27\x1c": extras.seven_zip,
    b"Rar!\x1a\x07": extras.rar,
}
