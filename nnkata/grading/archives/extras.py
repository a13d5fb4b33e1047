"""Archives of 7-Zip and WinRAR, which the extra `archives` reads."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from nnkata.grading.archives.member import (
    DAMAGED,
    MAX_HELD,
    MAX_MEMBER,
    Member,
    Unreadable,
    bad,
    held,
    shown,
    too_large,
)
from nnkata.language import _


def seven_zip(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The members of a 7-Zip archive, read into memory."""
    try:
        import py7zr
        from py7zr.io import BytesIOFactory
    except ImportError:
        raise Unreadable(_missing(path, ".7z")) from None
    try:
        with py7zr.SevenZipFile(path) as archive:
            if archive.password_protected:
                yield Member(path.name, held(b""), locked=True)
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
                    yield Member(info.filename, too_large)
                else:
                    product.seek(0)
                    yield Member(info.filename, held(product.read()))
    except (py7zr.Bad7zFile, py7zr.UnsupportedCompressionMethodError, py7zr.DecompressionError) as error:
        raise Unreadable(bad(path, error)) from None
    except py7zr.PasswordRequired:
        yield Member(path.name, held(b""), locked=True)


def rar(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The members of a WinRAR archive; the stack keeps it open."""
    try:
        import rarfile
    except ImportError:
        raise Unreadable(_missing(path, ".rar")) from None
    try:
        archive = stack.enter_context(rarfile.RarFile(path))
        if not (infos := archive.infolist()):
            raise Unreadable(bad(path, _("it has no files, as if it were cut off")))
        for info in infos:
            if not info.is_dir():
                read = partial(_read_rar, rarfile, archive, info)
                yield Member(info.filename, read, info.is_symlink(), bool(info.needs_password()))
    except rarfile.Error as error:
        raise Unreadable(bad(path, error)) from None


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
