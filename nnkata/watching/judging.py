"""Judging in a process that has everything imported already, and that can be given up when the file changes again.

The processes are forked from a server that has imported the runner (`multiprocessing`'s forkserver), so a check starts
in milliseconds and leaves nothing behind for the next one.
"""

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

import msgspec

from nnkata.data import DataError
from nnkata.gherkin import FeatureError
from nnkata.language import _, use
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings, UsageError
from nnkata.subject import NotFound
from nnkata.subject.sandbox import NoSandbox
from nnkata.verdict import Verdict

#: Seconds that a check that is given up has for ending its worker; it takes a hundredth.
END_SECONDS = 5.0

context = get_context("forkserver")
context.set_forkserver_preload(["nnkata.watching.warm"])


class Told(msgspec.Struct, tag=True):
    """A clause has ended."""

    clause: str
    status: str


class Judged(msgspec.Struct, tag=True):
    """The verdict."""

    verdict: Verdict


class Unjudged(msgspec.Struct, tag=True):
    """There is nothing to judge, and why."""

    reason: str


News = Told | Judged | Unjudged
DECODER: msgspec.json.Decoder[News] = msgspec.json.Decoder(News)


class Check:
    """One check, begun as it is made; `connection` can be waited for, `news` reads what it has to say."""

    def __init__(self, settings: Settings) -> None:
        self.connection, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_judge, args=(settings, theirs), daemon=False)
        self._process.start()
        theirs.close()

    def news(self) -> News:
        """The next news; waits for it."""
        try:
            return DECODER.decode(self.connection.recv_bytes())
        except EOFError:
            return Unjudged(_("the check ended without a verdict"))

    def end(self) -> None:
        """Give it up, or clean up after it."""
        self._process.terminate()
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.connection.close()


def _judge(settings: Settings, connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal: the watcher decides
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    use(settings.language)

    def say(news: News) -> None:
        connection.send_bytes(msgspec.json.encode(news))

    try:
        _told(settings, say)
    except (KeyboardInterrupt, BrokenPipeError):
        os._exit(1)


def _told(settings: Settings, say: Callable[[News], None]) -> None:
    try:
        say(Judged(judge(settings, lambda clause, status: say(Told(clause, status)))))
    except (NotFound, UsageError, DataError, FeatureError, NoSandbox) as error:
        say(Unjudged(str(error)))
