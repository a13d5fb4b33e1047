"""Facts about an implementation beside its behaviour, computed when a step asks."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from nnkata.registry import current as kata
from nnkata.runner.settings import Settings
from nnkata.runner.submission.source import sources
from nnkata.runner.submission.unfilled import unwritten
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.runner.typecheck.findings import Finding
from nnkata.runner.typecheck.members import Difference
from nnkata.subject import Implementation


class Facts:
    """The source, the findings of mypy, the data.

    `text` is the file's text if it is not on disk; `cells` are the texts by the names of cells in messages.
    """

    def __init__(
        self,
        settings: Settings,
        implementation: Implementation | None,
        text: str | None = None,
        cells: Mapping[str, str] | None = None,
    ) -> None:
        self._data = settings.data
        self.declared = settings.declared
        self.sources = {} if implementation is None else sources(implementation, text)
        #: The texts by the names that exceptions give: of files, and of a notebook's cells.
        self.named: Mapping[str, str] = {**self.sources, **(cells or {})}
        self._types: TypeCheck | None = None
        self._implementation = implementation

    @cached_property
    def unwritten(self) -> bool:
        """Whether the submission is an unfilled skeleton."""
        if self._implementation is None:
            return False
        main = self._implementation.path.relative_to(self._implementation.root).as_posix()
        return unwritten(self.sources, main, self._implementation.class_name, kata().functions)

    def start_mypy(self) -> None:
        """Start mypy, which then runs beside the other stages."""
        if self._types is None and self._implementation is not None:
            self._types = TypeCheck(self._implementation, self.sources)

    @cached_property
    def dataset(self) -> Any:
        """The data for the settings, of the kata's own type; the kit uses `full` alone."""
        return kata().data(self._data)

    @property
    def type_trouble(self) -> list[str]:
        """The reason why mypy gave no answer; empty if it did."""
        self.start_mypy()
        return self._types.trouble() if self._types else []

    @property
    def type_findings(self) -> list[Finding]:
        """mypy's errors that count against the submission."""
        self.start_mypy()
        return self._types.findings() if self._types else []

    @property
    def type_differences(self) -> list[Difference]:
        """The members that differ from the protocols."""
        self.start_mypy()
        return self._types.differences() if self._types else []

    def close(self) -> None:
        """End mypy."""
        if self._types is not None:
            self._types.close()
