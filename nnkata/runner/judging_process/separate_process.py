"""Judging in a separate process, which has everything imported already, can be ended, and leaves nothing behind.

The processes are forked from a server that has imported the runner (`multiprocessing`'s forkserver), so a check starts
in milliseconds; or from this process, if the class to be judged lives in it.
"""

import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from nnkata import registry
from nnkata.errors import NotJudged
from nnkata.files import remove
from nnkata.language import _, use
from nnkata.runner.prepared import Prepared, prepare
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.subject.forked import silence
from nnkata.verdict import Verdict
from nnkata.worker.system import CAN_FORK, end_with_parent, ignore_interrupts, no_interrupt, raised_again

#: Seconds that a cancelled check has for ending its worker; it takes a hundredth of that.
END_SECONDS = 5.0

#: The most bytes of the folder for temporary files at which the server's socket has a valid name: it adds 32, and macOS
#: takes 103 (Linux 107; CPython 3.11 and 3.13).
MOST_BYTES = 71
#: How judging processes start: as forks of a server, or each from the beginning.
START = "forkserver" if CAN_FORK and len(os.fsencode(tempfile.gettempdir())) <= MOST_BYTES else "spawn"
SERVER: Any = get_context(START)
if START == "forkserver":
    SERVER.set_forkserver_preload(["nnkata.runner.judging_process.preloaded"])
HERE: Any = get_context("fork") if CAN_FORK else None
#: Prepares the implementation, in the process that judges it.
Make = Callable[[], Prepared]


class ClauseEnded(msgspec.Struct, tag=True):
    """A clause has ended."""

    clause: str
    status: str


class Finished(msgspec.Struct, tag=True):
    """The check has ended with a verdict."""

    verdict: Verdict


class GivenUp(msgspec.Struct, tag=True):
    """There is no verdict; the text is the reason."""

    reason: str


News = ClauseEnded | Finished | GivenUp
DECODER: msgspec.json.Decoder[News] = msgspec.json.Decoder(News)


class Check:
    """One check, started on construction; wait for `connection`, then read a message with `news`.

    With `here` its process is a fork of this one, and `make` may refer to any object. With `ahead` it does the parts
    that need no submission, and waits for `go`.
    """

    def __init__(self, settings: Settings, here: bool = False, make: Make | None = None, ahead: bool = False) -> None:
        context = HERE if here else SERVER
        if context is None:
            raise NotJudged(_("a class of this process is judged in a fork of it, which this system cannot make"))
        self.connection, theirs = context.Pipe()
        #: Its temporary files: removed here, as the process may be cancelled in the middle of removing them.
        self._folder = Path(tempfile.mkdtemp(prefix="nnkata-"))
        arguments = (settings, theirs, here, make, ahead, str(self._folder))
        self._process = context.Process(target=_judge, args=arguments, daemon=False)
        with nullcontext() if here else undisturbed(), warnings.catch_warnings():
            # about other threads: the fork touches nothing of theirs, and replaces the streams that they write to
            warnings.simplefilter("ignore", DeprecationWarning)
            try:
                self._process.start()
            except BaseException:
                remove(self._folder)
                raise
        theirs.close()

    def go(self, settings: Settings) -> None:
        """Begin the check that waits, with these settings."""
        self.connection.send(settings)

    def news(self) -> News:
        """Wait for the next message."""
        try:
            return DECODER.decode(self.connection.recv_bytes())
        except EOFError:
            return GivenUp(_("the check ended without a verdict"))

    def end(self) -> None:
        """Cancel the check, or clean up after it."""
        self._process.terminate()
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()
        self.connection.close()
        remove(self._folder)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Holds interrupts back; a server that starts here never gets one, neither during its imports nor later."""
    if CAN_FORK:
        with no_interrupt():
            resource_tracker.ensure_running()  # which lets them through again
    with no_interrupt():
        yield


def _judge(settings: Settings, connection: Connection, here: bool, make: Make | None, ahead: bool, folder: str) -> None:
    def say(news: News) -> None:
        connection.send_bytes(msgspec.json.encode(news))

    ignore_interrupts()  # the caller decides
    try:  # from here on: a signal as early as in `use` would be printed, too
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        sys.unraisablehook = raised_again(signal.SIGTERM)  # else the check would run on until it is killed
        tempfile.tempdir = folder
        if here:
            end_with_parent(signal.SIGTERM)
            silence()
        use(settings.language)
        registry.use(settings.kata)
        if ahead:
            from nnkata.runner.judging_process.standby import (
                started,  # imports pytest, which `watch` itself does without
            )

            with started(settings) as workers:
                chosen: Settings = connection.recv()
                _judged(chosen, say, lambda: prepare(chosen, sharing=True, ahead=workers))
        else:
            _judged(settings, say, make)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # an exception in the end of the process would be printed
    except (KeyboardInterrupt, BrokenPipeError, EOFError):
        os._exit(1)


def _judged(settings: Settings, say: Callable[[News], None], make: Make | None) -> None:
    try:
        prepared = make() if make else None
        say(Finished(judge(settings, lambda clause, status: say(ClauseEnded(clause, status)), prepared)))
    except NotJudged as error:
        say(GivenUp(str(error)))
