"""The memory of a worker and its processes, measured from outside: a process over its limit is ended.

Linux tells of each process how much it has had in use at a time, so memory that is reserved and never touched does not
count. The kernel keeps a limit of what may be reserved, which is `memory_mb` itself where nobody can look.
"""

import contextlib
import os
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nnkata.worker.system import end_session

#: Seconds between two looks, of 50 µs for each process: at 5 GB/s, the speed of memory, 250 MB.
LOOK = 0.05
#: So many times as much may be reserved: for an engine with a collector of its own, or a table that is filled thinly.
RESERVED = 16
#: Processes that are looked at; a sandbox allows 16.
MOST = 64


@cache
def can_be_told() -> bool:
    """Whether this system tells the memory and the children of a process."""
    pid = os.getpid()
    return peak(pid) > 0 and Path(f"/proc/{pid}/task/{pid}/children").exists()


def reserved(memory_mb: int) -> int:
    """MiB of address space that the kernel is to allow a process of which `memory_mb` may be used."""
    return memory_mb * RESERVED if can_be_told() else memory_mb


def peak(pid: int) -> int:
    """KiB that a process has had in use at a time, in memory and swapped out; 0 if it has ended, or nobody can tell."""
    with contextlib.suppress(OSError, ValueError):
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
        fields = dict(line.split(":", 1) for line in lines if line.startswith(("VmHWM:", "VmSwap:")))
        return sum(int(value.split()[0]) for value in fields.values())
    return 0


def tree(pid: int) -> Iterator[int]:
    """A process and all that it has started, directly or not."""
    waiting, seen = [pid], 0
    while waiting and seen < MOST:
        one = waiting.pop()
        seen += 1
        yield one
        with contextlib.suppress(OSError, ValueError):  # it has ended
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())


class Memory:
    """Ends the session of a process when it, or one that it has started, uses more than `most` MiB; `over` says so."""

    def __init__(self, pid: int, most: int) -> None:
        self.over = False
        self._pid, self._most = pid, most << 10
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._closed.wait(LOOK):
            if any(peak(pid) > self._most for pid in tree(self._pid)):
                self.over = True
                end_session(self._pid)
                return
