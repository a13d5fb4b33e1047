"""The worker in WebAssembly: the same requests and answers, on the streams of its process.

It cannot move descriptors, so Python's own streams discard what the submission prints.
"""

import io
import sys

from nnkata.worker.__main__ import ready, serve
from nnkata.worker.host import Host


class Nothing(io.TextIOBase):
    """A stream that discards all input and has no output."""

    def write(self, text: str) -> int:
        """Discard the text."""
        return len(text)

    def read(self, size: int | None = -1) -> str:
        """Give nothing."""
        return ""


def main() -> None:
    """Serve until the input ends."""
    requests, replies = open(0, "rb", closefd=False), open(1, "wb", closefd=False)  # noqa: SIM115  # they live as long
    sys.stdin = sys.stdout = sys.stderr = Nothing()
    ready()
    serve(Host(), requests, replies)
