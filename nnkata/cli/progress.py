"""The changing line of a running check: its progress, the current clause, and the seconds."""

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from nnkata.features.clause import Clause
from nnkata.language import _
from nnkata.reports.failure import MARKS
from nnkata.reports.width import cut
from nnkata.terminal import columns_of, draws
from nnkata.threads import Stop

#: Seconds between two updates: the line shows whole seconds, and a late one would be noticed.
RENEWED = 0.2


class Quiet:
    """No progress: of a run whose errors go to no terminal, or to a screen reader, which would read each change."""

    def began(self, clause: str) -> None:
        """Nothing."""

    def ended(self, clause: str, status: str) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def progress(known: Callable[[], Sequence[Clause]], only: Collection[str] | None, before: str = "") -> "Line | Quiet":
    """The line for a run of these clauses, all if `only` is None, where standard error is a terminal that draws.

    `before` precedes it. The caller has to close it.
    """
    if not draws(sys.stderr):
        return Quiet()
    asked = frozenset(clause.tag for clause in known()) if only is None else only
    return Line(known(), asked, sys.stderr.fileno(), before)


class Line(Quiet):
    """A mark per stage, the number of finished clauses, the current clause, and the seconds since the start.

    A thread of its own updates the seconds. It writes to the descriptor itself, so that a fork never inherits a held
    lock.
    """

    def __init__(self, known: Sequence[Clause], asked: Collection[str], descriptor: int, before: str = "") -> None:
        self._before = before
        self._stages = {clause.tag: clause.stage for clause in known if clause.tag in asked}
        self._left = Counter(self._stages.values())
        self._bad: set[str] = set()
        self._done: set[str] = set()
        self._running = ""
        self._started, self._ended = time.monotonic(), Stop()
        self._descriptor, self._lock = descriptor, threading.Lock()
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def began(self, clause: str) -> None:
        """The clause has begun."""
        self._running = clause
        self._show()

    def ended(self, clause: str, status: str) -> None:
        """The clause has ended."""
        if clause in self._stages:
            stage = self._stages[clause]
            self._left[stage] -= clause not in self._done
            self._done.add(clause)
            self._bad.update([stage] if status not in ("passed", "skipped") else [])
            self._show()

    def close(self) -> None:
        """Erase the line."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join()
            self._write("\r" + " " * self._room() + "\r")

    def text(self) -> str:
        """The line."""
        marks = "".join(
            MARKS["failed"] if s in self._bad else "·" if self._left[s] else MARKS["passed"] for s in self._left
        )
        running = self._running
        if running in self._done:  # it ended here; another process continues
            running = next((tag for tag in self._stages if tag not in self._done), "")
        seconds = _("{seconds} s").format(seconds=int(time.monotonic() - self._started))
        return f"{self._before}{marks}  {len(self._done):>3}/{len(self._stages)}  {running:<20} {seconds}"

    def _renew(self) -> None:
        while not self._ended.wait(RENEWED):
            self._show()

    def _show(self) -> None:
        if not self._ended.is_set():
            with self._lock:
                self._write("\r" + cut(self.text() + "  ", self._room()))

    def _room(self) -> int:
        """The columns of a row; the last one stays empty, or some terminals would begin the next row."""
        return columns_of(self._descriptor) - 1

    def _write(self, text: str) -> None:
        try:
            os.write(self._descriptor, text.encode())
        except OSError:  # the terminal is gone
            self._ended.set()
