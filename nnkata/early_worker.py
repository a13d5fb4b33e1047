"""The worker that a check starts before its own imports, while the second core is idle. It imports little.

One alone: with another worker, or mypy, beside it, three processes import at once on two cores, and nothing is gained.
It learns its limits and its folder when it is needed, as the configuration is not read yet.
"""

import atexit
import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from nnkata.worker.system import AHEAD, CAN_FORK, LIBRARIES, end_whole

#: Where the system looks for an interpreter's shared library, if the interpreter itself names no such folder.
LOADER = "LD_LIBRARY_PATH"
#: The environment variables of a worker: the places of programs, and BLAS's settings.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", LOADER)
#: The worker that is still to be taken.
waiting: list["subprocess.Popen[bytes]"] = []
if CAN_FORK:
    os.register_at_fork(after_in_child=waiting.clear)


def command() -> list[str]:
    """The beginning of a worker's command; its arguments follow."""
    return [sys.executable, "-I", "-m", "nnkata.worker"]


def environment(folder: Path) -> Mapping[str, str]:
    """The environment of a worker with this home."""
    return {**{key: os.environ[key] for key in ENVIRONMENT if key in os.environ}, **LIBRARIES, "HOME": str(folder)}


def start() -> None:
    """Start a worker, if this machine lets it; else the run itself meets the reason, and reports it."""
    with contextlib.suppress(OSError):
        waiting.append(
            subprocess.Popen(
                [*command(), AHEAD],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=os.sep,
                env=environment(Path(os.sep)),
                start_new_session=True,
                bufsize=0,
            )
        )


def taken(folder: Path, numbers: Sequence[str]) -> "subprocess.Popen[bytes]":
    """The waiting worker, which from now on has this home and working directory, and these limits."""
    process = waiting.pop()
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # it has ended: the first question will show that
        process.stdin.write(b" ".join([*(number.encode() for number in numbers), os.fsencode(folder)]) + b"\n")
    return process


@atexit.register
def end() -> None:
    """End the worker if it was not taken."""
    while waiting:
        end_whole(waiting.pop())
