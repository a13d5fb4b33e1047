"""Keys, one at a time, without Return; afterwards the terminal is in its old state, after any failure."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nnkata.worker.system import termios, tty


@contextmanager
def keys() -> Iterator[int | None]:
    """The descriptor that keys can be read from, one byte each; None where nobody types, or no key comes alone."""
    if termios is None:
        yield None
        return
    try:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
    except (OSError, ValueError, termios.error):
        yield None
        return
    try:
        tty.setcbreak(descriptor)
        yield descriptor
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def key(descriptor: int) -> str:
    """The key that was pressed, as text; empty where the terminal has gone."""
    return os.read(descriptor, 1).decode(errors="replace")
