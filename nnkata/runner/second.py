"""The stages that take longest, judged by a second process at the same time, with a worker of its own.

Two cores then share the wait for the submission's answers. The process is a fork, made when the clauses have been
collected; it begins with the last of those stages, while this one begins at the front, and whoever comes to one first
has it. It tells results as Python objects through a pipe of which no submission has an end: the worker of each process
inherits nothing but its own. What it did not tell, because it was ended, is judged here in the end.
"""

import contextlib
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from multiprocessing.connection import Connection, Pipe

import pytest

from nnkata.kata import current as kata
from nnkata.runner.binding import clause_of
from nnkata.runner.collector import Collector
from nnkata.runner.prepared import Prepared
from nnkata.runner.result import Result
from nnkata.runner.waiting import waits
from nnkata.subject.isolated import Isolated
from nnkata.subject.patience import Patient
from nnkata.worker.system import CAN_FORK, end_with_parent, hear_interrupts

#: A message of the other process after each item: the name of the item, its results, the error of each failed clause.
ItemResults = tuple[str, list[Result], dict[str, BaseException]]


class Claims:
    """Which process has which stage: a token per stage, that is taken once."""

    def __init__(self, stages: Sequence[str]) -> None:
        self._tokens: dict[str, int] = {}
        for stage in stages:
            read, write = os.pipe()
            os.set_blocking(read, False)
            os.write(write, b".")
            os.close(write)
            self._tokens[stage] = read

    def take(self, stage: str) -> bool:
        """Whether the stage is this process's: it is the first to ask."""
        try:
            return bool(os.read(self._tokens[stage], 1))
        except BlockingIOError:
            return False

    def close(self) -> None:
        """No more is asked here."""
        for token in self._tokens.values():
            os.close(token)


class Second:
    """A pytest plugin: runs the items in two processes, where that is possible and there is something to share."""

    def __init__(self, prepared: Prepared, collector: Collector) -> None:
        self._prepared, self._collector = prepared, collector

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the items, as pytest's own loop does; leave it to that where one process is enough."""
        of = {item: clause.stage for item in session.items if (clause := clause_of(item))}
        waiting = waits(self._prepared.settings)
        shared = [stage for stage in kata().long_stages if stage in of.values() and stage not in waiting]
        if not shared or len(shared) == len({*of.values()}) or not self._possible():
            return None
        _Run(session, self._prepared, self._collector, of, shared).both()
        return True

    def _possible(self) -> bool:
        transport, settings = self._prepared.transport, self._prepared.settings
        inner = transport.inner if isinstance(transport, Patient) else transport
        return (
            CAN_FORK
            and sys.platform == "linux"  # elsewhere a fork of a process with threads may hang in system libraries
            and len(os.sched_getaffinity(0)) > 1
            and settings.beside
            and type(inner) is Isolated  # not of a class of this process, of which a fork of ours would be another
            and kata().diagnose is not None  # without, what passed before a clause is part of its diagnosis
        )


class _Run:
    """One run in two processes."""

    def __init__(
        self,
        session: pytest.Session,
        prepared: Prepared,
        collector: Collector,
        of: dict[pytest.Item, str],
        shared: list[str],
    ) -> None:
        self._session, self._items, self._prepared, self._collector = session, session.items, prepared, collector
        self._of, self._shared = of, shared
        self._claims = Claims(shared)
        self._claimed: dict[str, bool] = {}
        self._done: set[str] = set()

    def both(self) -> None:
        """Run the items."""
        self._prepared.facts.dataset  # noqa: B018 - loaded once, for both
        mine, theirs = Pipe(duplex=False)
        with warnings.catch_warnings():  # threads that look at the worker run here; the fork touches nothing of theirs
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            mine.close()
            self._there(theirs)
        theirs.close()
        with contextlib.closing(self._claims), contextlib.closing(mine), _ended(pid):
            for item in self._each(self._claimed_of(item for item in self._items if not self._waits(item))):
                self._done.add(item.nodeid)
                self._heard(mine, wait=False)
            if self._session.shouldfail:
                self._keep_first()
                raise self._session.Failed(self._session.shouldfail)
            self._heard(mine, wait=True)
        if not (self._prepared.settings.first_failure and self._keep_first()):
            for _item in self._each(item for item in self._items if item.nodeid not in self._done):
                pass  # what the other process had claimed and did not tell; and what has waited for it
        self._in_order()

    def _keep_first(self) -> bool:
        """Whether there is a failure; of two, one of each process, the first in the order of the items stays."""
        results = self._collector.results
        tags = dict.fromkeys(clause.tag for clause in map(clause_of, self._items) if clause is not None)
        failed = [tag for tag in tags if tag in results and results[tag].failed]
        for tag in failed[1:]:
            del results[tag]
        return bool(failed)

    def _waits(self, item: pytest.Item) -> bool:
        return self._of.get(item, "") in waits(self._prepared.settings)

    def _each(self, items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
        """Run items, up to the first failure where the run ends there; each is given back when it has been run."""
        for item, following in pairwise(chain(items, [None])):
            assert item is not None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            yield item
            if self._session.shouldfail:
                return

    def _in_order(self) -> None:
        """Put what was raised into the order of the items, as one process alone would have it."""
        raised = self._prepared.errors
        for clause in map(clause_of, self._items):
            if clause is not None and clause.tag in raised:
                raised[clause.tag] = raised.pop(clause.tag)

    def _claimed_of(self, items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
        """The items that are run here, each stage claimed when it is come to."""
        for item in items:
            stage = self._of.get(item, "")
            if stage not in self._shared or self._is_claimed(stage):
                yield item

    def _is_claimed(self, stage: str) -> bool:
        if stage not in self._claimed:
            self._claimed[stage] = self._claims.take(stage)
        return self._claimed[stage]

    def _heard(self, connection: Connection, wait: bool) -> None:
        """Take the results that the other process has sent; all of them, with `wait`."""
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while wait or connection.poll():
                done: ItemResults = connection.recv()
                name, results, errors = done
                self._done.add(name)
                for result in results:
                    self._collector.note(result)
                for clause, error in errors.items():
                    self._prepared.errors.setdefault(clause, error)

    def _there(self, connection: Connection) -> None:
        """The other process, which never returns."""
        status, before = 1, self._prepared.transport
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both: the first one decides
            hear_interrupts()  # what is started from here is not to inherit that
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            end_with_parent(signal.SIGTERM)
            self._collector.begin_anew()
            self._prepared.begin_anew()
            last_first = [
                [item for item in self._items if self._of.get(item) == stage] for stage in reversed(self._shared)
            ]
            mine = self._claimed_of([*chain.from_iterable(last_first)])
            for item in self._each(mine):
                connection.send((item.nodeid, *self._taken()))
            status = 0
        finally:
            with contextlib.suppress(BaseException):
                if self._prepared.transport is not before:  # the first process's worker is that one's to end
                    self._prepared.transport.close()
            os._exit(status)

    def _taken(self) -> tuple[list[Result], dict[str, BaseException]]:
        """The results since the last message; an error that cannot travel goes as text."""
        results, errors = [*self._collector.results.values()], dict(self._prepared.errors)
        self._collector.results.clear()
        self._prepared.errors.clear()
        for clause, error in errors.items():
            try:
                pickle.loads(pickle.dumps(error))
            except Exception:
                errors[clause] = RuntimeError(f"{type(error).__name__}: {error}")
        return results, errors


@contextlib.contextmanager
def _ended(pid: int) -> Iterator[None]:
    """After it, the process has ended; at once, where something has been raised meanwhile."""
    try:
        yield
    except BaseException:
        os.kill(pid, signal.SIGTERM)
        raise
    finally:
        os.waitpid(pid, 0)
