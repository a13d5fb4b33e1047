"""The server of forks that `nnkata watch` starts by multiprocessing, as a fork: it imports what is here already."""

import contextlib
import multiprocessing.util
import os
import signal
from pathlib import Path
from typing import Any

from tests.support.starts import starts

#: multiprocessing's way of starting its own processes.
STARTED_REALLY: Any = vars(multiprocessing.util)["spawnv_passfds"]


def install() -> None:
    """From here on, the servers of this process and its forks are forks, unless workers are started really."""
    vars(multiprocessing.util)["spawnv_passfds"] = started


def started(path: bytes, arguments: list[bytes | str], passed: list[int]) -> int:
    """The number of the process: a fork that has the signals and descriptors of a process of its own."""
    code = os.fsdecode(arguments[-1])
    if starts.real or "forkserver" not in code:
        return int(STARTED_REALLY(path, arguments, passed))
    if pid := os.fork():
        return pid
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    kept = {0, 1, 2, *passed, *starts.descriptors()}
    for file in [*Path("/proc/self/fd").iterdir()]:
        if int(file.name) not in kept:
            with contextlib.suppress(OSError):
                os.close(int(file.name))
    with contextlib.suppress(BaseException):
        exec(code, {})  # a text of multiprocessing's
    os._exit(0)
