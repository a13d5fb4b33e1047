"""Measures the memory of a worker and its processes from outside, and ends a process over its limit.

Linux reports the peak use of each process, so memory that is reserved and never touched does not count. The kernel also
limits the reserved memory: to `memory_mb` itself on systems without that report.
"""

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from nnkata.subject.walls.watchdog import Watchdog

#: Seconds between two measurements, each 50 µs per process: at 5 GB/s, the speed of memory, 250 MB.
LOOK = 0.05
#: The allowed ratio of reserved to used memory: for a runtime with a garbage collector, or a sparsely filled table.
RESERVED = 16
#: The most processes measured; a sandbox allows 16.
MOST = 64


@cache
def can_be_told() -> bool:
    """Whether this system reports the memory and the children of a process."""
    pid = os.getpid()
    return peak(pid) > 0 and Path(f"/proc/{pid}/task/{pid}/children").exists()


def reserved(memory_mb: int) -> int:
    """MiB of address space for a process that may use `memory_mb`."""
    return memory_mb * RESERVED if can_be_told() else memory_mb


def peak(pid: int) -> int:
    """A process's peak use in KiB, in memory and swapped out; 0 if it has ended or the figure is unknown."""
    with contextlib.suppress(OSError, ValueError):
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
        fields = dict(line.split(":", 1) for line in lines if line.startswith(("VmHWM:", "VmSwap:")))
        return sum(int(value.split()[0]) for value in fields.values())
    return 0


def tree(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    waiting, seen = [pid], 0
    while waiting and seen < MOST:
        one = waiting.pop()
        seen += 1
        yield one
        with contextlib.suppress(OSError, ValueError):  # it has ended
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())


class Memory(Watchdog):
    """Ends the session of a process when it or a descendant uses more than `most` MiB, and sets `over`."""

    def __init__(self, pid: int, most: int) -> None:
        super().__init__(pid, lambda: any(peak(one) > most << 10 for one in tree(pid)), LOOK)
