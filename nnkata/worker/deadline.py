"""Time limits within a process: none is longer than the one around it, and the outermost is the end of a search.

They count processor time, so that a busy machine changes no result, and end a wait at a multiple of it.
"""

import contextlib
import signal
import threading
import time
import types
from collections.abc import Iterator
from dataclasses import dataclass

#: The end of a search that is not running.
NEVER = float("inf")
#: The multiple of a limit after which it ends whatever processor time was used.
STRETCH = 3.0
#: The alarm is repeated after this time, in seconds: Python drops an exception raised in a destructor, and a submission
#: may catch it.
AGAIN = 0.05
#: Code that sets and clears limits: an alarm in it waits, else a limit would outlive its block, or its timer would.
WITHOUT_ALARM = (__file__, contextlib.__file__)


@dataclass(frozen=True)
class _Limit:
    """The end of a run on the monotonic clock, and on that of processor time."""

    end: float = NEVER
    busy: float = NEVER

    @property
    def past(self) -> bool:
        """Whether it is reached."""
        return time.monotonic() > self.end or time.thread_time() > self.busy

    @property
    def left(self) -> float:
        """The least time in which it can be reached."""
        return max(min(self.end - time.monotonic(), self.busy - time.thread_time()), 1e-3)


#: The active limits: that of the search, then the others, the outermost first.
_limits = [_Limit()]


class TooLong(Exception):
    """A run was ended at its limit."""


def until(moment: float, busy: float = NEVER) -> None:
    """Set the end of the search, and its end on the clock of processor time."""
    _limits[0] = _Limit(moment, busy)


def within(seconds: float) -> None:
    """End the search after so many further seconds of processor time, if it would not end before."""
    until(_limits[0].end, min(_limits[0].busy, time.thread_time() + seconds))


def ends() -> float:
    """The end of the search."""
    return _limits[0].end


def over() -> bool:
    """Whether the time of the search is over."""
    return _limits[0].past


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
        if not _limits[-1].past:  # others use the processor, or it waits
            _alarm()
            return
        signal.setitimer(signal.ITIMER_REAL, AGAIN)
        raise TooLong(f"it took longer than {seconds:g} s")

    depth, before = len(_limits), signal.getsignal(signal.SIGALRM)
    outer = _limits[-1]
    try:
        end, busy = time.monotonic() + STRETCH * seconds, time.thread_time() + seconds
        _limits.append(_Limit(min(end, outer.end), min(busy, outer.busy)))
        signal.signal(signal.SIGALRM, late)
        _alarm()
        yield
    finally:
        clearing = True
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        del _limits[depth:]
        signal.signal(signal.SIGALRM, before)
        if depth > 1:
            _alarm()


def _alarm() -> None:
    signal.setitimer(signal.ITIMER_REAL, _limits[-1].left)
