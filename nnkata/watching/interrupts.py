"""Interrupts as a descriptor to wait for, so that none is lost and none arrives in the middle of something."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from nnkata.worker.system import INTERRUPTS


@contextmanager
def interrupts() -> Iterator[int]:
    """A descriptor that is readable after Ctrl-C, SIGTERM or SIGHUP; meanwhile none raises KeyboardInterrupt.

    Python ignores exceptions in a finalizer, a KeyboardInterrupt too. Only in the main thread.
    """
    read, write = os.pipe()
    os.set_blocking(write, False)
    heard = [number for number in (*INTERRUPTS, signal.SIGTERM) if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in heard}
    wakeup = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield read
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(read)
        os.close(write)
