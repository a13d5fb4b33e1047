"""Bytes through the pipes of a worker's process, up to a deadline.

`send`, `Answers.receive` and `some` fail via `TimedOut` at the deadline (seconds of `time.monotonic`), and via `Closed`
if the worker has closed its end.
"""

import os
import select
import time

import numpy as np

from nnkata.subject.face import TimedOut
from nnkata.worker import wire
from nnkata.worker.system import Process

CHUNK = 1 << 20
#: An answer of this size or less is read at once.
SMALL = 64 << 10
#: Seconds for the kernel to end the child processes of a killed worker.
END_SECONDS = 10.0


class Closed(Exception):
    """The worker has closed its end of a pipe."""


def unblock(process: Process) -> None:
    """Let reads and writes return at once, so that a deadline can be kept."""
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        os.set_blocking(stream.fileno(), False)


def send(process: Process, part: wire.Buffer, deadline: float) -> None:
    """Write all of a part."""
    assert process.stdin is not None
    stream, rest = process.stdin.fileno(), memoryview(part)
    while rest:
        try:
            rest = rest[os.write(stream, rest[:CHUNK]) :]
        except BlockingIOError:
            _wait([], [stream], deadline)
        except BrokenPipeError:
            raise Closed from None


class Answers:
    """The bytes of a worker's answers, in order. A small answer takes one read for all of its parts."""

    def __init__(self, process: Process) -> None:
        assert process.stdout is not None
        self._stream = process.stdout.fileno()
        #: Bytes that were read and not yet asked for.
        self._ahead = memoryview(b"")

    def receive(self, size: int, deadline: float) -> memoryview:
        """Read exactly `size` bytes."""
        buffer = np.empty(size, np.uint8).data  # the kernel allocates pages for received bytes, not for announced ones
        rest = self._taken(buffer)
        while rest:
            try:
                if len(rest) < SMALL:
                    self._ahead = memoryview(os.read(self._stream, SMALL))
                    left = self._taken(rest)
                else:
                    left = rest[os.readv(self._stream, [rest[:CHUNK]]) :]
            except BlockingIOError:
                _wait([self._stream], [], deadline)
                continue
            if len(left) == len(rest):
                raise Closed
            rest = left
        return buffer

    def _taken(self, buffer: memoryview) -> memoryview:
        """Fill a buffer from the bytes that are there; the unfilled rest."""
        count = min(len(buffer), len(self._ahead))
        buffer[:count] = self._ahead[:count]
        self._ahead = self._ahead[count:]
        return buffer[count:]


def some(process: Process, deadline: float) -> bytes:
    """Read the available bytes, at least one and at most CHUNK."""
    assert process.stdout is not None
    stream = process.stdout.fileno()
    while True:
        try:
            came = os.read(stream, CHUNK)
        except BlockingIOError:
            _wait([stream], [], deadline)
            continue
        if not came:
            raise Closed
        return came


def _wait(read: list[int], write: list[int], deadline: float) -> None:
    ready = select.select(read, write, [], max(0.0, deadline - time.monotonic()))
    if not (ready[0] or ready[1]):
        raise TimedOut


def drained(process: Process) -> None:
    """Wait until no process has the worker's output open: then nothing that it started in a sandbox lives."""
    if process.stdout is None or process.stdout.closed:
        return
    deadline = time.monotonic() + END_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([process.stdout], [], [], left)[0] or not os.read(process.stdout.fileno(), CHUNK):
            return
