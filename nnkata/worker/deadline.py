"""Time limits within a process: none is longer than the one around it, and the outermost is the end of a search."""

import contextlib
import signal
import threading
import time
import types
from collections.abc import Iterator

#: The end of a search that is not running.
NEVER = float("inf")
#: The ends of the active limits on the monotonic clock: that of the search, then the others, the outermost first.
_ends = [NEVER]
#: Code that sets and clears limits: an alarm in it waits, else a limit would outlive its block, or its timer would.
WITHOUT_ALARM = (__file__, contextlib.__file__)


class TooLong(Exception):
    """A run was ended at its limit."""


def until(moment: float) -> None:
    """Set the end of the search."""
    _ends[0] = moment


def ends() -> float:
    """The end of the search."""
    return _ends[0]


def over() -> bool:
    """Whether the time of the search is over."""
    return time.monotonic() > _ends[0]


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Ends a longer run, if possible: in the main thread of a system with timers.

    Raises:
        TooLong: the run took longer.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    clearing = False

    def late(_number: int, frame: types.FrameType | None) -> None:
        if clearing:
            return
        if frame is not None and frame.f_code.co_filename in WITHOUT_ALARM:
            signal.setitimer(signal.ITIMER_REAL, 1e-3)
            return
        raise TooLong(f"it took longer than {seconds:g} s")

    depth, before = len(_ends), signal.getsignal(signal.SIGALRM)
    try:
        _ends.append(min(time.monotonic() + seconds, _ends[-1]))
        signal.signal(signal.SIGALRM, late)
        _alarm()
        yield
    finally:
        clearing = True
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        del _ends[depth:]
        signal.signal(signal.SIGALRM, before)
        if depth > 1:
            _alarm()


def _alarm() -> None:
    signal.setitimer(signal.ITIMER_REAL, max(_ends[-1] - time.monotonic(), 1e-3))
