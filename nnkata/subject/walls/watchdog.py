"""Ends a process that exceeds a limit which the kernel does not keep: asks again and again, from a thread."""

import threading
from collections.abc import Callable

from nnkata.threads import Stop
from nnkata.worker.system import end_session


class Watchdog:
    """Ends the session of a process when `exceeds` holds, asked every `pause` seconds, and sets `over`."""

    def __init__(self, pid: int, exceeds: Callable[[], bool], pause: float) -> None:
        self.over = False
        self._pid, self._exceeds, self._pause = pid, exceeds, pause
        self._closed = Stop()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._closed.wait(self._pause):
            if self._exceeds():
                self.over = True
                end_session(self._pid)
                return
