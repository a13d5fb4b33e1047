"""A process that does not outlive the one that started it."""

import contextlib
import ctypes
import signal


def end_with_parent(with_signal: int = signal.SIGKILL) -> None:
    """Have Linux end this process when the one that started it ends, however that happens and whatever runs here."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, with_signal)  # PR_SET_PDEATHSIG
