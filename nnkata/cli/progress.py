"""The line that a check writes over while it runs: how far it is, the clause that runs, and the seconds."""

import os
import threading
import time
from collections import Counter
from collections.abc import Collection, Sequence

from nnkata.gherkin import Clause
from nnkata.language import _
from nnkata.reports.failure import MARKS

#: Seconds between two renewals: the seconds are counted in whole ones, and a clock that is late is seen to be.
RENEWED = 0.2
WIDTH = 78


class Line:
    """A mark for each stage, how many clauses are done, the clause that runs, and the seconds since the start.

    A thread of its own renews the seconds. It writes to the descriptor itself: a fork in between finds no lock taken.
    """

    def __init__(self, known: Sequence[Clause], asked: Collection[str], descriptor: int) -> None:
        self._stages = {clause.tag: clause.stage for clause in known if clause.tag in asked}
        self._left = Counter(self._stages.values())
        self._bad: set[str] = set()
        self._done: set[str] = set()
        self._running = ""
        self._started, self._ended = time.monotonic(), threading.Event()
        self._descriptor, self._lock = descriptor, threading.Lock()
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def began(self, clause: str) -> None:
        """That clause runs now."""
        self._running = clause
        self._show()

    def ended(self, clause: str, status: str) -> None:
        """That clause has ended."""
        if clause in self._stages:
            stage = self._stages[clause]
            self._left[stage] -= clause not in self._done
            self._done.add(clause)
            self._bad.update([stage] if status not in ("passed", "skipped") else [])
            self._show()

    def close(self) -> None:
        """Take the line away."""
        if not self._ended.is_set():
            self._ended.set()
            self._thread.join()
            self._write("\r" + " " * WIDTH + "\r")

    def text(self) -> str:
        """The line."""
        marks = "".join(
            MARKS["failed"] if s in self._bad else "·" if self._left[s] else MARKS["passed"] for s in self._left
        )
        running = self._running
        if running in self._done:  # it ended here, and another process goes on
            running = next((tag for tag in self._stages if tag not in self._done), "")
        seconds = _("{seconds} s").format(seconds=int(time.monotonic() - self._started))
        return f"{marks}  {len(self._done):>3}/{len(self._stages)}  {running:<20} {seconds}"

    def _renew(self) -> None:
        while not self._ended.wait(RENEWED):
            self._show()

    def _show(self) -> None:
        if not self._ended.is_set():
            with self._lock:
                self._write("\r" + self.text() + "  ")

    def _write(self, text: str) -> None:
        try:
            os.write(self._descriptor, text.encode())
        except OSError:  # nobody looks any more
            self._ended.set()
