"""Keys, one at a time, without Return; the terminal returns to its old state even after a failure."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nnkata.worker.system import termios, tty


@contextmanager
def keys() -> Iterator[int | None]:
    """The descriptor of the keys, one byte each; None if there is no terminal, or none that sends single keys."""
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
    """The pressed key as text; empty if the terminal is gone."""
    return os.read(descriptor, 1).decode(errors="replace")
