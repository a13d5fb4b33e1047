"""The worker in WebAssembly: the same requests and answers, on the streams that its process was given.

There are no descriptors to be moved out of the way, so what is printed is written to nothing by Python itself.
"""

import io
import sys

from nnkata.worker.__main__ import ready, serve
from nnkata.worker.host import Host


class Nothing(io.TextIOBase):
    """A stream that takes all and gives nothing."""

    def write(self, text: str) -> int:
        """Take it."""
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
