"""An implementation made ready to be judged: located, opened, its source read, mypy started."""

from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist import Dataset, load
from nnkata.language import _
from nnkata.runner.settings import Settings
from nnkata.runner.source import sources
from nnkata.runner.typecheck import TypeCheck
from nnkata.subject import Implementation, InProcess, Isolated, NotFound, Subject, locate
from nnkata.subject.command import NOT_PYTHON, Command
from nnkata.subject.isolated import Launcher
from nnkata.subject.launch import as_user, plain
from nnkata.subject.sandbox import sandboxed

#: What misses an answer so often is not asked again: three times the limit of a call is enough to wait.
MAX_TIMEOUTS = 3


class Facts:
    """What a run knows of the implementation besides its behaviour (`nnkata.katas.article.steps.world.Judged`).

    `text` is that of its file, where that is not on disk.
    """

    def __init__(self, settings: Settings, implementation: Implementation | None, text: str | None = None) -> None:
        self._data = settings.data
        self.sources = {} if implementation is None else sources(implementation, text)
        self._types: TypeCheck | None = None
        self._implementation = implementation

    def start_mypy(self) -> None:
        """Start it, so that it runs beside the other stages."""
        if self._types is None and self._implementation is not None:
            self._types = TypeCheck(self._implementation, self.sources)

    @cached_property
    def dataset(self) -> Dataset:
        """MNIST, as the settings ask for it."""
        return load(self._data)

    @property
    def images(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """Images (N, 784) and labels (N,)."""
        return self.dataset.images, self.dataset.labels

    @property
    def type_errors(self) -> list[str]:
        """What mypy says of the submission."""
        self.start_mypy()
        return self._types.type_errors() if self._types else []

    @property
    def protocol_errors(self) -> list[str]:
        """Where it does not satisfy the protocols."""
        self.start_mypy()
        return self._types.protocol_errors() if self._types else []

    def close(self) -> None:
        """End mypy."""
        if self._types is not None:
            self._types.close()


@dataclass
class Prepared:
    """A run's settings, its subject and the facts about it."""

    settings: Settings
    subject: Subject
    facts: Facts
    transport: Any
    timeouts: int = 0

    def close(self) -> None:
        """End the worker and mypy."""
        self.transport.close()
        self.facts.close()


def prepare(settings: Settings) -> Prepared:
    """Locate the implementation and launch what it runs in; `transport.ready()` then imports it.

    Raises:
        NotFound: there is nothing to judge.
        DataError: the data cannot be read.
        NoSandbox: the sandbox that is asked for does not work here.
    """
    implementation = locate(settings.implementation, settings.start)
    if implementation.command:
        reason = _("not applicable: it is not written in Python")
        settings = replace(settings, skip={**dict.fromkeys(NOT_PYTHON, reason), **settings.skip})
    facts = Facts(settings, None if implementation.command else implementation)
    if settings.data != "bundled":
        facts.dataset  # noqa: B018 - read now, so that what is wrong with it is said before anything runs
    transport = _transport(settings, implementation, tuple(facts.sources))
    return Prepared(settings, Subject(transport), facts, transport)


def _transport(settings: Settings, implementation: Implementation, names: tuple[str, ...]) -> InProcess | Isolated:
    if implementation.command:
        if settings.isolation != "process":
            raise NotFound(_("a command runs in a process of its own: --isolation process"))
        command = Command(implementation, settings.limits)
        command.launch()
        return command
    if settings.isolation == "none":
        return InProcess.open(implementation)
    launcher: Launcher = plain if settings.user is None else partial(as_user, user=settings.user)
    if settings.isolation == "sandbox":
        launcher = partial(sandboxed, sources=names)
    isolated = Isolated(implementation, settings.limits, launcher)
    isolated.launch()
    return isolated
