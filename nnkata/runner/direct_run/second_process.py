"""A second process judges the longest stages at the same time, with a worker of its own.

Two cores then share the wait for the submission's answers. The process is a fork; it takes the clauses of those stages
from the back, the longest first, while this one begins at the front of all, until they meet. It sends results as Python
objects through a pipe that no submission can reach: the worker of each process inherits nothing but its own. If it ends
early, this process judges the rest. A stage that waits for another one begins at once, on the idle core; its results
are dropped if the other one fails.
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

from nnkata.features.clause import Clause
from nnkata.features.tags import LEADERBOARD
from nnkata.registry import current as kata
from nnkata.runner.direct_run.cases import Case
from nnkata.runner.direct_run.direct import Direct
from nnkata.runner.direct_run.shared_clauses import Claims
from nnkata.runner.results.result import Result
from nnkata.runner.waiting_stages import failed_before, waits
from nnkata.subject.isolated import Isolated
from nnkata.subject.pipes import END_SECONDS
from nnkata.worker.system import end_with_parent, ignore_interrupts

#: A message of the other process after each case: its place in the run, its results, the error of each failed clause.
CaseResults = tuple[int, list[Result], dict[str, BaseException]]
#: Seconds for the other process to end after its last message: twice its worker's time.
LAST_SECONDS = 2 * END_SECONDS


def run(direct: Direct) -> None:
    """Run the cases in two processes, if that is possible and there is something to share; else in this one."""
    spare = direct.prepared.spare
    long = [case for case in direct.cases if case.clause.stage in kata().long_stages]
    if spare is None or not long:  # the import failed: there is nothing to run
        for _case in direct.each(direct.cases):
            pass
    else:
        _Run(direct, long, spare).both()


class _Run:
    """One run in two processes."""

    def __init__(self, direct: Direct, shared: list[Case], spare: Isolated) -> None:
        self._direct, self._prepared, self._collector = direct, direct.prepared, direct.collector
        self._spare = spare
        shared = sorted(shared, key=lambda case: LEADERBOARD in case.clause.tags)  # the longest ones come first
        self._shared = [[*cases] for _clause, cases in groupby(shared, lambda case: case.clause.tag)]
        self._alone = [case for case in direct.cases if case not in shared]
        self._clauses = {case.clause.tag: case.clause for case in direct.cases}
        self._places = {case: place for place, case in enumerate(direct.cases)}
        self._claims = Claims(len(self._shared))
        self._done: set[int] = set()
        self._waiting = waits(self._prepared.settings)
        self._held: list[CaseResults] = []

    def both(self) -> None:
        """Run the cases."""
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
            for case in self._direct.each(chain(self._alone, self._claimed(self._shared))):
                self._done.add(self._places[case])
                self._heard(mine, wait=False)
            if self._direct.stopped:
                self._keep_first()
                os.kill(pid, signal.SIGTERM)
                return
            if self._in_vain():
                os.kill(pid, signal.SIGTERM)
            else:
                self._heard(mine, wait=True)
                self._settle()
        if not (self._prepared.settings.first_failure and self._keep_first()):
            left = [case for case in self._direct.cases if self._places[case] not in self._done]
            for _case in self._direct.each(left):
                pass  # the cases that the other process claimed and did not report, and those that waited in vain
        self._in_order()

    def _keep_first(self) -> bool:
        """Whether there is a failure; of two, one per process, only the first in the order of the run stays."""
        results = self._collector.results
        failed = [tag for tag in self._clauses if tag in results and results[tag].failed]
        for tag in failed[1:]:
            del results[tag]
        return bool(failed)

    def _in_vain(self) -> bool:
        """Whether everything that the other process began was waiting for a stage that failed here."""
        theirs = [group[0].clause for group in self._shared if self._places[group[0]] not in self._done]
        return bool(theirs) and all(self._waited_in_vain(clause) for clause in theirs)

    def _waited_in_vain(self, clause: Clause) -> bool:
        return bool(failed_before(clause.stage, self._prepared.settings, self._collector))

    def _settle(self) -> None:
        """Release the results that were held back, and drop those that waited in vain, from either process."""
        for sent in self._held:
            if not any(self._waited_in_vain(self._clauses[result.clause]) for result in sent[1]):
                self._take(sent)
        for case, place in self._places.items():
            if place in self._done and self._waited_in_vain(case.clause):
                self._done.discard(place)
                self._collector.results.pop(case.clause.tag, None)
                self._prepared.errors.pop(case.clause.tag, None)

    def _in_order(self) -> None:
        """Put the errors into the order of the clauses, as in a run by one process."""
        raised = self._prepared.errors
        for tag in self._clauses:
            if tag in raised:
                raised[tag] = raised.pop(tag)

    def _claimed(self, groups: Iterable[list[Case]]) -> Iterator[Case]:
        """The cases for this process; each clause is claimed in its turn."""
        for group in groups:
            if not self._claims.take():
                return
            yield from group

    def _heard(self, connection: Connection, wait: bool) -> None:
        """Receive the other process's results; all of them, with `wait`."""
        with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
            while wait or connection.poll():
                sent: CaseResults = connection.recv()
                held = any(self._clauses[result.clause].stage in self._waiting for result in sent[1])
                self._held.append(sent) if held else self._take(sent)

    def _take(self, sent: CaseResults) -> None:
        place, results, errors = sent
        self._done.add(place)
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
            for case in self._direct.each(self._claimed(reversed(self._shared))):
                connection.send((self._places[case], *self._taken()))
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
    """The worker has ended, and only the first process can learn how: it judges the unreported cases."""
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
