"""Limits the size of a submission's writable folder if the kernel does not.

A check costs 30 µs. Between two checks a submission can write as much as the disk's speed allows, and at most `disk_mb`
per file.
"""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from nnkata.subject.walls.watchdog import Watchdog

#: Seconds between two checks: at 2 GB/s, a fast disk, 200 MB.
LOOK = 0.1
#: The most files and folders that a submission may make; more count as too many bytes.
MAX_ENTRIES = 1000
#: The bytes counted for a folder whose path is too long.
TOO_DEEP = 1 << 62
BLOCK = 512  # the unit of st_blocks on every file system


class Guard(Watchdog):
    """Ends the session of a process when its folder grows over `most` bytes, and sets `over`."""

    def __init__(self, folder: Path, pid: int, most: int) -> None:
        super().__init__(pid, lambda: is_over(folder, pid, most), LOOK)


def is_over(folder: Path, pid: int, most: int) -> bool:
    """Whether the folder's files, and nameless ones that the process has open or mapped, exceed the limit."""
    taken = 0
    for count, size in enumerate(_sizes(folder, pid)):
        taken += size
        if taken > most or count >= MAX_ENTRIES:
            return True
    return False


def _sizes(folder: Path, pid: int) -> Iterator[int]:
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    found = entry.stat(follow_symlinks=False)
                    yield found.st_blocks * BLOCK
                    if stat.S_ISDIR(found.st_mode):
                        waiting.append(entry.path)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                yield TOO_DEEP
            continue  # it has been removed, or closed
    yield from _open(pid)
    yield from _mapped(pid)


def _open(pid: int) -> Iterator[int]:
    """The nameless files that the process has open, on Linux."""
    seen = set()
    with contextlib.suppress(OSError):  # it has ended
        for name in os.listdir(f"/proc/{pid}/fd"):  # noqa: PTH208  # a quarter of the time
            found = os.stat(f"/proc/{pid}/fd/{name}")  # noqa: PTH116  # as above
            if stat.S_ISREG(found.st_mode) and not found.st_nlink and found.st_ino not in seen:
                seen.add(found.st_ino)
                yield found.st_blocks * BLOCK


def _mapped(pid: int) -> Iterator[int]:
    """The mapped bytes of such files, from `/proc/PID/maps`."""
    with contextlib.suppress(OSError):
        for line in Path("/proc", str(pid), "maps").read_text(errors="replace").splitlines():
            if line.endswith(" (deleted)"):
                start, end = line.split(" ", 1)[0].split("-")
                yield int(end, 16) - int(start, 16)
