"""Cleans up after a batch whose coordinator was killed.

    python -I -m nnkata.grading.cleanup FOLDER

Its stdin ends with the coordinator, in any case. By then the kernel has ended the judging processes, and with each its
worker (PR_SET_PDEATHSIG); only the folder with their temporary files remains.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nnkata.files import remove

#: Seconds in which dying processes may still write to the folder: those of WebAssembly, of 1 GB each, took over fifteen
#: on two cores with a load of six.
SECONDS = 60.0


@contextmanager
def janitor(folder: Path) -> Iterator[None]:
    """Start a process that waits for the end of this one and removes its folder.

    Raises:
        NoWorker: the interpreter cannot be run.
    """
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "nnkata.grading.cleanup", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C must not end it
        )
    except OSError as error:
        # not above, as the process needs none of it, and it loads NumPy: 0.15 s and 24 MB
        from nnkata.language import reason
        from nnkata.subject.walls.launch import NoWorker, unreachable

        raise NoWorker(unreachable(sys.executable, reason(error))) from None
    assert process.stdin is not None
    try:
        yield
    finally:
        process.stdin.close()
        process.wait()


def main(folder: Path) -> None:
    """Wait, then remove the folder; a coordinator that ended normally has removed it already."""
    for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
        signal.signal(number, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    deadline = time.monotonic() + SECONDS
    while folder.exists() and time.monotonic() < deadline:
        remove(folder)
        time.sleep(0.1 if folder.exists() else 0.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
