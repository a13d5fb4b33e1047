"""Clears up after a batch whose coordinator was killed, which can do nothing itself any more.

    python -I -m nnkata.grading.janitor FOLDER

Its stdin ends when the coordinator does, however that happens. By then the kernel has ended the judging processes, and
with each its worker (PR_SET_PDEATHSIG); the folder with what they had for themselves is what is left.
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

#: Seconds in which processes that are being ended may still write to the folder: those of WebAssembly, of 1 GB each,
#: took over fifteen on two cores with a load of six.
SECONDS = 60.0


@contextmanager
def janitor(folder: Path) -> Iterator[None]:
    """Have a process of its own wait for the end of this one, whose folder this is."""
    process = subprocess.Popen(
        [sys.executable, "-I", "-m", "nnkata.grading.janitor", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is not for it
    )
    assert process.stdin is not None
    try:
        yield
    finally:
        process.stdin.close()
        process.wait()


def main(folder: Path) -> None:
    """Wait, then remove the folder; it is gone already where the coordinator ended by itself."""
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
