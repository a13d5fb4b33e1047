"""Reads files, gzipped or not, and from a decompressor no more than the stated size: nothing unpacks to gigabytes."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from nnkata.katas.mnist.errors import DataError
from nnkata.language import _, reason

GZIP_MAGIC = b"\x1f\x8b"


@contextmanager
def unzipped(path: Path, remedy: str) -> Iterator[IO[bytes]]:
    """The bytes of a file, gzipped or not.

    Raises:
        DataError: it is damaged (with this remedy), or cannot be read.
    """
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == GZIP_MAGIC
            raw.seek(0)
            if not packed:
                yield raw
            else:
                with gzip.GzipFile(fileobj=raw) as unpacked:
                    yield cast(IO[bytes], unpacked)  # typeshed has no IO for it
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(path, _("is a damaged gzip file ({error})").format(error=error), remedy) from error
    except OSError as error:
        text = _("cannot be read ({strerror})").format(strerror=reason(error))
        raise DataError(path, text, _("check its permissions")) from error


def exactly(stream: IO[bytes], size: int, where: object, what: str, remedy: str) -> bytes:
    """The next `size` bytes; DataError where the stream ends before them."""
    parts: list[bytes] = []
    missing = size
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    if missing:
        raise DataError(
            where,
            _("ends after {read:,} of the {size:,} bytes of {what}").format(read=size - missing, size=size, what=what),
            remedy,
        )
    return b"".join(parts)


def ended(stream: IO[bytes], where: object, what: str, remedy: str) -> None:
    """DataError unless the stream ends here. Asking for one more byte also makes gzip and zip compare checksums."""
    if stream.read(1):
        raise DataError(where, _("goes on after the {what} that its header promises").format(what=what), remedy)
