"""Reads from a decompressor no more than the stated size, so that nothing unpacks to gigabytes."""

from typing import IO

from nnkata.katas.mnist.errors import DataError
from nnkata.language import _


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
