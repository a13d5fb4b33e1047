"""The transport with a wall: a worker process, raw bytes, time limits; never pickle.

The life of a worker: `launch` (without waiting), `ready` (fails via `NotFound` if Python does not start or the
submission cannot be imported), any number of `ask` (fails via `Raised`, and via `TimedOut` and `Died` with the worker
ended; the next `ask` starts another), `close`.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import msgspec

from nnkata import early_worker
from nnkata.files import remove
from nnkata.language import _
from nnkata.subject import pipes
from nnkata.subject.face import CALL_SECONDS, Died, TimedOut
from nnkata.subject.locate import Implementation
from nnkata.subject.source.text import NotFound
from nnkata.subject.stack import stack
from nnkata.subject.walls.disk import Guard
from nnkata.subject.walls.exceeded import ended, met
from nnkata.subject.walls.launch import Launch, plain, started
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.memory import Memory, can_be_told
from nnkata.traces.place import Place
from nnkata.worker import wire
from nnkata.worker.raised import Raised
from nnkata.worker.system import Process, close, end
from nnkata.worker.wire.packing import pack
from nnkata.worker.wire.unpacking import unpack

#: Makes the launch of a worker from the implementation, the worker's folder and the limits.
Launcher = Callable[[Implementation, Path, Limits], Launch]


class Reply(msgspec.Struct):
    """The worker's answer; `wire` checks `value`, this module the rest."""

    id: int
    ok: bool
    value: object = None
    error: tuple[str, str, str] = ("", "", "")


class Isolated:
    """Requests to a worker process, started on demand and ended when it misbehaves."""

    def __init__(
        self, implementation: Implementation, limits: Limits | None = None, launcher: Launcher = plain
    ) -> None:
        self.implementation, self.limits, self.launcher = implementation, limits or Limits(), launcher
        self._process: Process | None = None
        self._answers: pipes.Answers | None = None
        self._folder: Path | None = None
        self._guard: Guard | None = None
        self._memory: Memory | None = None
        self._asked = 0
        self._request: list[str] = []
        self.start_time()
        self._lost: Callable[[], NoReturn] | None = None

    @classmethod
    def open(
        cls, implementation: Implementation, limits: Limits | None = None, launcher: Launcher = plain
    ) -> "Isolated":
        """Start a worker and import the implementation in it.

        Raises:
            NotFound: it cannot be imported, or has no such class.
        """
        isolated = cls(implementation, limits, launcher)
        isolated.launch()
        isolated.ready()
        return isolated

    def start_time(self) -> None:
        """The submission's time runs from here."""
        self._clause_ends = self._ends = time.monotonic() + self.limits.submission_seconds

    def ready(self) -> None:
        """Import the implementation in the worker that was launched.

        Raises:
            NotFound: it cannot be imported, or has no such class.
        """
        try:
            if self._request:
                self._open()
        except (TimedOut, Died) as error:
            self.close()
            from nnkata.subject import import_failure  # takes 5 ms, and only a failed import needs it

            raise import_failure.silent(self.implementation, error) from None

    def begin(self) -> None:
        """A clause begins: its time runs from here."""
        self._clause_ends = time.monotonic() + self.limits.clause_seconds

    def ask(self, op: str, args: Sequence[Any], seconds: float) -> Any:
        """Carry out the host's method `op` in the worker; `seconds` beyond CALL_SECONDS are added to the limit."""
        if time.monotonic() >= self._ends:
            raise TimedOut(
                _("not run: the {submission_seconds:g} s of this submission are used up").format(
                    submission_seconds=self.limits.submission_seconds
                )
            )
        if self._process is None:
            self.launch()
        if self._request:
            self._open()
        return self._exchange(op, args, seconds - CALL_SECONDS + self.limits.call_seconds)

    def close(self) -> None:
        """End the worker and everything in its session."""
        process, self._process, self._answers = self._process, None, None
        for watch in (self._guard, self._memory):  # before another process can get its number
            if watch is not None:
                watch.close()
        self._guard = self._memory = None
        if process is not None:
            end(process)
            pipes.drained(process)
            close(process)
            process.wait()
        self._lost = None
        if self._folder is not None:
            remove(self._folder)
            self._folder = None

    def launch(self) -> None:
        """Launch a worker, without waiting for it."""
        self._folder = Path(tempfile.mkdtemp(prefix="nnkata-"))
        try:
            launch = self.launcher(self.implementation, self._folder, self.limits)
            if early_worker.waiting and self.launcher is plain:
                process = early_worker.taken(self._folder, launch.command[len(early_worker.command()) :])
            else:
                process = started(launch, self._folder)
        except BaseException:  # such as a full disk
            self.close()
            raise
        if launch.watched is not None:
            self._guard = Guard(launch.watched, process.pid, self.limits.disk_mb << 20)
        if can_be_told():
            self._memory = Memory(process.pid, self.limits.memory_mb)
        self._take(process, launch.request)

    def adopt(self, lost: Callable[[], NoReturn]) -> None:
        """In a fork of the process that launched the worker: use it; `lost` is called when it ends."""
        assert self._process is not None
        self._lost = lost
        if self._memory is not None:  # the watching thread belongs to the other process
            self._memory = Memory(self._process.pid, self.limits.memory_mb)

    def abandon(self) -> None:
        """End the worker without waiting for it, for a signal's handler: it takes no lock."""
        process, folder = self._process, self._folder
        if process is not None:
            end(process)
        if folder is not None:
            remove(folder)

    def give(self) -> None:
        """In the process that launched the worker: a fork has adopted it; only `close` remains for this process."""
        assert self._process is not None
        if self._memory is not None:
            self._memory.close()
            self._memory = None
        close(self._process)

    def _take(self, process: Process, request: list[str]) -> None:
        """Use this worker from here on; send it `request` first."""
        pipes.unblock(process)
        self._process, self._answers, self._request = process, pipes.Answers(process), request

    def _open(self) -> None:
        request, self._request = self._request, []
        try:
            self.implementation.require(self._exchange("open", request, self.limits.call_seconds))
        except Raised as error:
            self.close()
            from nnkata.subject import import_failure

            raise import_failure.raised(self.implementation, error) from None
        except NotFound:
            self.close()
            raise

    def _exchange(self, op: str, args: Sequence[Any], seconds: float) -> Any:
        self._asked += 1
        try:
            frame = self._pack({"id": self._asked, "op": op, "args": list(args)})
            deadline = min(time.monotonic() + seconds, self._clause_ends, self._ends)
            reply = self._converse(frame, deadline)
        except TimedOut:
            running = self._running()
            self.close()
            raise TimedOut(self._which(deadline, seconds), running) from None
        except pipes.Closed:
            try:
                raise self._death() from None
            finally:
                self.close()
        except (wire.WireError, msgspec.ValidationError, OSError) as error:
            self.close()
            raise Died(_("the worker's message is not an answer: {error}").format(error=error)) from None
        except BaseException:  # such as Ctrl-C
            self.close()
            raise
        if reply.id != self._asked:
            self.close()
            raise Died(_("the worker answered a question that was not asked"))
        if not reply.ok:
            kind, message, where = reply.error
            limit = met(kind, message, self.limits)
            raise Raised(kind, message + _("; ") + limit if limit else message, where)
        return reply.value

    def _which(self, deadline: float, seconds: float) -> str:
        if deadline == self._ends:
            return _("no answer before the {seconds:g} s of this submission were used up").format(
                seconds=self.limits.submission_seconds
            )
        if deadline == self._clause_ends:
            return _("no answer before the {seconds:g} s of this clause were used up").format(
                seconds=self.limits.clause_seconds
            )
        return _("no answer within {seconds:g} s").format(seconds=seconds)

    def _running(self) -> tuple[Place, ...]:
        """The running lines of the worker, the innermost first."""
        assert self._process is not None
        return stack(self._process)

    def _pack(self, message: dict[str, object]) -> Sequence[wire.Buffer]:
        return pack(message)

    def _converse(self, frame: Sequence[wire.Buffer], deadline: float) -> Reply:
        assert self._process is not None
        for part in frame:
            pipes.send(self._process, part, deadline)
        return self._reply(self._process, deadline)

    def _reply(self, process: Process, deadline: float) -> Reply:
        assert self._answers is not None
        receive = self._answers.receive
        header_size, body_size = wire.HEAD.unpack(receive(wire.HEAD.size, deadline))
        if header_size > wire.MAX_HEADER or body_size > wire.MAX_BODY:
            raise wire.WireError(_("an answer over the size limit"))
        header = receive(header_size, deadline)
        return msgspec.convert(unpack(header, receive(body_size, deadline)), Reply)

    def _death(self) -> Died:
        assert self._process is not None
        if self._memory is not None and self._memory.over:
            text = _("it used more than the {memory_mb} MiB of memory that it may (memory_mb)")
            return Died(text.format(memory_mb=self.limits.memory_mb))
        if self._guard is not None and self._guard.over:
            return Died(_("it wrote more than the {disk_mb} MiB that it may").format(disk_mb=self.limits.disk_mb))
        if self._lost is not None:
            self._lost()
        try:
            status = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return Died(_("the process closed its answers"))
        return Died(ended(status, self.limits))
