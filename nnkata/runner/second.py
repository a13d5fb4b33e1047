"""A second process judges the longest stages at the same time, with a worker of its own.

Two cores then share the wait for the submission's answers. The process is a fork, made when the clauses have been
collected; it takes the clauses of those stages from the back, the longest first, while this one begins at the front of
all, until they meet. It sends results as Python objects through a pipe that no submission can reach: the worker of each
process inherits nothing but its own. If it ends early, this process judges the rest. A stage that waits for another one
begins at once, on the idle core; its results are dropped if the other one fails.
"""

import contextlib
import os
import pickle
import signal
import time
import warnings
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from multiprocessing.connection import Connection, Pipe
from typing import NoReturn

import pytest

from nnkata.clause import Clause
from nnkata.kata import current as kata
from nnkata.runner.claims import Claims
from nnkata.runner.collector import Collector
from nnkata.runner.items import clause_of
from nnkata.runner.prepared import Prepared
from nnkata.runner.result import Result
from nnkata.runner.waiting import failed_before, waits
from nnkata.subject.isolated import Isolated
from nnkata.subject.pipes import END_SECONDS
from nnkata.tags import LEADERBOARD
from nnkata.worker.system import end_with_parent, ignore_interrupts

#: A message of the other process after each item: the name of the item, its results, the error of each failed clause.
ItemResults = tuple[str, list[Result], dict[str, BaseException]]
#: Seconds for the other process to end after its last message: twice its worker's time.
LAST_SECONDS = 2 * END_SECONDS


class Second:
    """A pytest plugin: runs the items in two processes, if that is possible and there is something to share."""

    def __init__(self, prepared: Prepared, collector: Collector) -> None:
        self._prepared, self._collector = prepared, collector

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the items in place of pytest's own loop; leave them to it if one process suffices."""
        of = {item: clause for item in session.items if (clause := clause_of(item))}
        long = [item for item, clause in of.items() if clause.stage in kata().long_stages]
        spare = self._prepared.spare
        if spare is None or not long:  # the import failed: there is nothing to run
            return None
        _Run(session, self._prepared, self._collector, of, long, spare).both()
        return True


class _Run:
    """One run in two processes."""

    def __init__(
        self,
        session: pytest.Session,
        prepared: Prepared,
        collector: Collector,
        of: dict[pytest.Item, Clause],
        shared: list[pytest.Item],
        spare: Isolated,
    ) -> None:
        self._session, self._prepared, self._collector = session, prepared, collector
        self._of, self._spare = of, spare
        shared = sorted(shared, key=lambda item: LEADERBOARD in of[item].tags)  # the longest ones come first
        self._shared = [[*items] for _clause, items in groupby(shared, lambda item: of[item].tag)]
        self._alone = [item for item in session.items if item not in shared]
        self._clauses = {clause.tag: clause for clause in of.values()}
        self._claims = Claims(len(self._shared))
        self._done: set[str] = set()
        self._waiting = waits(prepared.settings)
        self._held: list[ItemResults] = []

    def both(self) -> None:
        """Run the items."""
        self._prepared.facts.dataset  # noqa: B018 - loaded once, for both
        mine, theirs = Pipe(duplex=False)
        with warnings.catch_warnings():  # about the threads that watch the worker; the fork touches nothing of theirs
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            mine.close()
            self._there(theirs)
        theirs.close()
        self._spare.give()
        with contextlib.closing(self._claims), contextlib.closing(mine), _ended(pid):
            for item in self._each(chain(self._alone, self._claimed(self._shared))):
                self._done.add(item.nodeid)
                self._heard(mine, wait=False)
            if self._session.shouldfail:
                self._keep_first()
                raise self._session.Failed(self._session.shouldfail)
            if self._in_vain():
                os.kill(pid, signal.SIGTERM)
            else:
                self._heard(mine, wait=True)
                self._settle()
        if not (self._prepared.settings.first_failure and self._keep_first()):
            for _item in self._each(item for item in self._session.items if item.nodeid not in self._done):
                pass  # the items that the other process claimed and did not report, and those that waited in vain
        self._in_order()

    def _keep_first(self) -> bool:
        """Whether there is a failure; of two, one per process, only the first in the order of the items stays."""
        results = self._collector.results
        tags = dict.fromkeys(clause.tag for clause in map(clause_of, self._session.items) if clause is not None)
        failed = [tag for tag in tags if tag in results and results[tag].failed]
        for tag in failed[1:]:
            del results[tag]
        return bool(failed)

    def _in_vain(self) -> bool:
        """Whether everything that the other process began was waiting for a stage that failed here."""
        theirs = [self._of[group[0]] for group in self._shared if group[0].nodeid not in self._done]
        return bool(theirs) and all(self._waited_in_vain(clause) for clause in theirs)

    def _waited_in_vain(self, clause: Clause) -> bool:
        return bool(failed_before(clause.stage, self._prepared.settings, self._collector))

    def _settle(self) -> None:
        """Release the results that were held back, and drop those that waited in vain, from either process."""
        for sent in self._held:
            if not any(self._waited_in_vain(self._clauses[result.clause]) for result in sent[1]):
                self._take(sent)
        for item, clause in self._of.items():
            if item.nodeid in self._done and self._waited_in_vain(clause):
                self._done.discard(item.nodeid)
                self._collector.results.pop(clause.tag, None)
                self._prepared.errors.pop(clause.tag, None)

    def _each(self, items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
        """Run items, up to the first failure if the run ends there; yield each after its run.

        The next item is unknown until it is claimed. pytest asks for it to keep the fixtures that both share, which are
        the same for all items; it finalises them at the end of the session.
        """
        first, second = self._session.items[:2]
        for item in items:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=second if item is first else first)
            yield item
            if self._session.shouldfail:
                return

    def _in_order(self) -> None:
        """Put the errors into the order of the items, as in a run by one process."""
        raised = self._prepared.errors
        for clause in map(clause_of, self._session.items):
            if clause is not None and clause.tag in raised:
                raised[clause.tag] = raised.pop(clause.tag)

    def _claimed(self, groups: Iterable[list[pytest.Item]]) -> Iterator[pytest.Item]:
        """The items for this process; each clause is claimed in its turn."""
        for group in groups:
            if not self._claims.take():
                return
            yield from group

    def _heard(self, connection: Connection, wait: bool) -> None:
        """Receive the other process's results; all of them, with `wait`."""
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while wait or connection.poll():
                sent: ItemResults = connection.recv()
                held = any(self._clauses[result.clause].stage in self._waiting for result in sent[1])
                self._held.append(sent) if held else self._take(sent)

    def _take(self, sent: ItemResults) -> None:
        name, results, errors = sent
        self._done.add(name)
        for result in results:
            self._collector.note(result)
        for clause, error in errors.items():
            self._prepared.errors.setdefault(clause, error)

    def _there(self, connection: Connection) -> NoReturn:
        """The other process, which never returns."""
        status = 1

        def told_to_end(*_: object) -> NoReturn:
            with contextlib.suppress(Exception):
                self._spare.abandon()  # this process may be anywhere: in a destructor, or holding a lock
            os._exit(1)

        try:
            ignore_interrupts()  # they reach both: the first one decides
            signal.signal(signal.SIGTERM, told_to_end)  # Python only prints an exception in a destructor
            end_with_parent(signal.SIGTERM)
            self._collector.begin_anew()
            self._prepared.begin_anew(_lost)
            for item in self._each(self._claimed(reversed(self._shared))):
                connection.send((item.nodeid, *self._taken()))
            status = 0
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            with contextlib.suppress(BaseException):
                self._spare.close()
            os._exit(status)

    def _taken(self) -> tuple[list[Result], dict[str, BaseException]]:
        """The results since the last message; an error that cannot be pickled is sent as text."""
        results, errors = [*self._collector.results.values()], dict(self._prepared.errors)
        self._collector.results.clear()
        self._prepared.errors.clear()
        for clause, error in errors.items():
            try:
                pickle.loads(pickle.dumps(error))
            except Exception:
                errors[clause] = RuntimeError(f"{type(error).__name__}: {error}")
        return results, errors


def _lost() -> NoReturn:
    """The worker has ended, and only the first process can learn how: it judges the unreported items."""
    os._exit(1)


@contextlib.contextmanager
def _ended(pid: int) -> Iterator[None]:
    """Ends the process on exit; at once if the body raised."""
    try:
        yield
    except BaseException:
        os.kill(pid, signal.SIGTERM)
        raise
    finally:
        deadline = time.monotonic() + LAST_SECONDS
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                deadline += LAST_SECONDS
            time.sleep(0.001)
