"""The transport to a class of this process: the worker is a fork, with everything that the class rests on.

Everything that the class uses is there, wherever it was defined, and calls change it in the fork alone. Time limits
hold; the kernel's limits are not set, as this process is the user's own and may use any amount already.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import IO, NoReturn

from nnkata.errors import NotJudged
from nnkata.language import _
from nnkata.subject.isolated import Isolated
from nnkata.subject.locate import Implementation
from nnkata.subject.walls.limits import Limits
from nnkata.traces.place import Place
from nnkata.worker.__main__ import serve
from nnkata.worker.host import Host
from nnkata.worker.system import CAN_FORK, KILL, end_with_parent

#: Seconds between two checks whether a process has ended.
LOOK = 0.005


class Forked(Isolated):
    """Requests to a fork that serves `host`; a misbehaving one is replaced.

    `place` turns a line of a code object's file, such as a cell, into one of the sources.
    """

    def __init__(
        self,
        implementation: Implementation,
        host: Host,
        limits: Limits | None = None,
        place: Callable[[Place], Place] = lambda line: line,
    ) -> None:
        super().__init__(implementation, limits)
        self._host, self._place = host, place

    def _running(self) -> tuple[Place, ...]:
        return tuple(map(self._place, super()._running()))

    def launch(self) -> None:
        """Fork a worker.

        Raises:
            NotJudged: this system has no forks.
        """
        if not CAN_FORK:
            raise NotJudged(_("a class of this process is judged in a fork of it, which this system cannot make"))
        asked, asks = os.pipe()
        reads, answers = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(asks)
            os.close(reads)
            _serve(self._host, asked, answers)
        os.close(asked)
        os.close(answers)
        self._take(Child(pid, os.fdopen(asks, "wb", buffering=0), os.fdopen(reads, "rb", buffering=0)), [])


class Child:
    """A forked process with the interface of `subprocess.Popen`."""

    def __init__(self, pid: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.pid = pid
        self.stdin: IO[bytes] | None = stdin
        self.stdout: IO[bytes] | None = stdout
        self._status: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status, negative for a signal.

        Raises:
            subprocess.TimeoutExpired: it has not ended in time.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while self._status is None:
            pid, status = os.waitpid(self.pid, 0 if deadline is None else os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            elif deadline is not None and time.monotonic() >= deadline:
                raise subprocess.TimeoutExpired("a fork", timeout or 0.0)
            else:
                time.sleep(LOOK)
        return self._status

    def kill(self) -> None:
        """End it."""
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, KILL)


def silence() -> None:
    """Let this process, a fork, print and read nothing, neither by Python's streams nor by descriptors.

    A forgotten `breakpoint()` does nothing, as in other workers.
    """
    sys.breakpointhook = lambda *_args, **_named: None
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    os.close(null)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # open as long as the process lives
    sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # likewise


def _serve(host: Host, requests: int, replies: int) -> NoReturn:
    try:
        os.setsid()
        end_with_parent()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        silence()
        serve(host, os.fdopen(requests, "rb"), os.fdopen(replies, "wb"))
    finally:
        os._exit(1)  # nothing of the parent process may run here
