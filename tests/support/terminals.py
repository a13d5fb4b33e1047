"""Programs at a terminal (pexpect): `nnkata` in a fork, and how a program ends in a test, by itself or killed."""

import fcntl
import os
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
from pexpect.fdpexpect import fdspawn

from tests.support import forks
from tests.support.starts import Fork


def nnkata(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    size: tuple[int, int] = (40, 80),
    timeout: float = 100,
) -> "pexpect.spawn[str]":
    """`nnkata` with these arguments at a terminal of `size`, lines and columns."""
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
    process = forks.begin(arguments, folder, environment, [slave] * 3)
    os.close(slave)
    if process is not None:
        return Terminal(process, master, timeout)
    os.close(master)
    return pexpect.spawn(
        sys.executable,
        ["-m", "nnkata", *arguments],
        cwd=str(folder),
        env={**environment},
        encoding="utf-8",
        dimensions=size,
        timeout=timeout,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # else ignored in the background
    )


class Terminal(fdspawn):  # type: ignore[misc]  # pexpect has no types
    """A terminal with a fork at its other end, with the interface of `pexpect.spawn`."""

    def __init__(self, process: Fork, master: int, timeout: float) -> None:
        super().__init__(master, encoding="utf-8", timeout=timeout)
        self._process, self.pid = process, process.pid

    def wait(self) -> Any:
        """Wait for its end; from here on its exit status is known."""
        status = self._process.wait()
        self.exitstatus: int | None = status if status >= 0 else None
        return self.exitstatus

    def kill(self, number: int) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def sendintr(self) -> None:
        """Type Ctrl-C."""
        self.send("\x03")


def output_to_the_end(child: "pexpect.spawn[str]") -> str:
    """The rest of its output, once it has ended by itself; its exit status is known then."""
    child.expect(pexpect.EOF)
    child.wait()
    return child.before or ""


def killed(child: "pexpect.spawn[str]") -> None:
    """End it, whatever it does.

    pexpect 4.9 gives up 0.1 s after the kill (`close(force=True)`), which a busy machine exceeds; this waits for it.
    """
    child.kill(signal.SIGKILL)
    child.wait()
    child.close()
