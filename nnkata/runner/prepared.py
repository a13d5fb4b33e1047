"""Prepares an implementation for judging: locates and opens it, reads its source, starts mypy."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NoReturn

from nnkata.diagnosis import Diagnosed, Failed
from nnkata.features.gherkin import clauses
from nnkata.features.tags import SOURCE
from nnkata.language import _
from nnkata.places import feature_files
from nnkata.registry import current as kata
from nnkata.runner.settings import BUNDLED, Settings
from nnkata.runner.submission.facts import Facts
from nnkata.runner.submission.recognise import recognise
from nnkata.subject import Implementation, InProcess, Isolated, NotFound, Subject, locate
from nnkata.subject.command import Command
from nnkata.subject.face import Transport
from nnkata.subject.isolated import Launcher
from nnkata.subject.timeouts import Patient
from nnkata.subject.walls.choice import wall_of
from nnkata.subject.walls.launch import as_user, plain
from nnkata.worker.data import data_files
from nnkata.worker.system import CAN_FORK


@dataclass
class Prepared:
    """A run's settings, its subject and the facts about it."""

    settings: Settings
    subject: Subject
    facts: Facts
    transport: Transport
    #: The chosen class that fits, if there is none of the contract's name.
    class_taken: str = ""
    implementation: Implementation | None = None
    #: A worker for a second process; it starts while the clauses are collected.
    spare: Isolated | None = None
    #: The errors of the failed clauses.
    errors: dict[str, BaseException] = field(default_factory=dict)

    def ready(self) -> None:
        """Import the implementation, and check that it has the names that the requested clauses call.

        Raises:
            NotFound: it cannot be imported, or has other names.
        """
        self.transport.ready()
        if self.implementation is not None:
            recognise(self.implementation, self.subject, self.settings)

    def diagnosed(self) -> Mapping[str, Diagnosed]:
        """The kata's diagnosis of each failed clause; it asks the submission more, so the worker has to be open."""
        diagnose = kata().diagnose or kata().formulas
        if diagnose is None or not self.errors or self.settings.first_failure:
            return {}
        self.transport.begin()
        return diagnose(Failed(self.subject, self.settings.seed, self.errors, self.facts))

    def begin_anew(self, lost: Callable[[], NoReturn]) -> None:
        """In a fork: take the spare worker, and leave the first worker and mypy to the parent process.

        `lost` is called if the worker ends, which only the parent process notices.
        """
        assert self.spare is not None
        self.errors = {}
        self.spare.adopt(lost)
        self.transport = self.subject.transport = Patient(self.spare)

    def close(self) -> None:
        """End the workers and mypy."""
        self.transport.close()
        if self.spare is not None:
            self.spare.close()
        self.facts.close()


@dataclass
class Workers:
    """Workers that were started ahead."""

    waiting: list[Isolated]

    def take(self, implementation: Implementation) -> Isolated | None:
        """One for this implementation, if there is one; its time begins."""
        fitting = [worker for worker in self.waiting if worker.implementation == implementation]
        if not fitting:
            return None
        self.waiting.remove(fitting[0])
        fitting[0].start_time()
        return fitting[0]

    def close(self) -> None:
        """End the unused ones."""
        for worker in self.waiting:
            worker.close()
        self.waiting.clear()


def unseen(settings: Settings) -> dict[str, str]:
    """The clauses that cannot be judged behind the chosen wall, each with the reason."""
    wall = wall_of(settings.isolation)
    blind = wall.blind if wall else {}
    known = clauses(feature_files(settings.features)) if blind else []
    return {clause.tag: _(blind[tag]) for clause in known for tag in clause.tags if tag in blind}


def prepare(settings: Settings, sharing: bool = False, ahead: Workers | None = None) -> Prepared:
    """Locate the implementation and launch its worker, unless one is `ahead`; `transport.ready()` then imports it.

    With `sharing`, it also launches a spare worker if two processes can share the run.

    Raises:
        NotFound: there is nothing to judge.
        DataError: the data cannot be read.
        NoSandbox: the chosen sandbox does not work here.
    """
    implementation = locate(settings.implementation, settings.start)
    if implementation.command:
        reason = _("not applicable: it is not written in Python")
        unread = [clause.tag for clause in clauses(feature_files(settings.features)) if SOURCE in clause.tags]
        settings = replace(settings, skip={**dict.fromkeys(unread, reason), **settings.skip})
    settings = replace(settings, skip={**unseen(settings), **settings.skip})
    facts = Facts(settings, None if implementation.command else implementation)
    if settings.data != BUNDLED:
        facts.dataset  # noqa: B018 - read now, to report a fault of the data before anything runs
    ahead = ahead or Workers([])
    transport = Patient(ahead.take(implementation) or _transport(settings, implementation, facts.sources))
    taken = implementation.class_name if implementation.chosen else ""
    spare = None
    if sharing and type(transport.inner) is Isolated and two_processes(settings):
        spare = ahead.take(implementation)
        if spare is None:
            spare = Isolated(implementation, transport.inner.limits, transport.inner.launcher)
            spare.launch()
    ahead.close()  # before the verdict: then the process may be ended at any time
    return Prepared(settings, Subject(transport), facts, transport, taken, implementation, spare)


def two_processes(settings: Settings) -> bool:
    """Whether two processes share the clauses of a run: if there are two cores and long stages."""
    only, long = settings.only, set(kata().long_stages)
    asked = set(kata().stages) if only is None else {tag.rpartition("-")[0] for tag in only}
    return (
        CAN_FORK
        and sys.platform == "linux"  # on other systems a fork of a process with threads may hang in system libraries
        and len(os.sched_getaffinity(0)) > 1
        and settings.beside
        and settings.features is None
        and kata().diagnose is not None  # without a `diagnose`, the passes before a clause take part in its diagnosis
        and not long.isdisjoint(asked)
        and not asked <= long
    )


def _transport(settings: Settings, implementation: Implementation, sources: Mapping[str, str]) -> Transport:
    if implementation.command:
        if settings.isolation != "process":
            raise NotFound(_("a command runs in a process of its own: --isolation process"))
        command = Command(implementation, settings.limits)
        command.launch()
        return command
    if settings.isolation == "none":
        return InProcess.open(implementation)
    launcher: Launcher = plain if settings.user is None else partial(as_user, user=settings.user)
    limits = settings.limits
    if wall := wall_of(settings.isolation):
        limits = wall.limits(limits)
        data = data_files(implementation.path, [text.encode(errors="replace") for text in sources.values()])
        launcher = wall.launcher((*sources, *(path.relative_to(implementation.root).as_posix() for path in data)))
    isolated = Isolated(implementation, limits, launcher)
    isolated.launch()
    return isolated
