"""Keeps the results of the clauses, and reports their progress."""

from collections.abc import Callable

from nnkata.runner.results.result import Result

#: Called at the end of each clause, with its tag and status.
Progress = Callable[[str, str], None]
#: Called at the beginning of each clause.
Begun = Callable[[str], None]


class Collector:
    """The results of a run; `problems` are failures before the first clause."""

    def __init__(self, progress: Progress, begun: Begun = lambda clause: None) -> None:
        self.results: dict[str, Result] = {}
        self.problems: list[str] = []
        self.interrupted = False
        self._progress, self._begun = progress, begun

    def begin_anew(self) -> None:
        """In a new process: forget the results, and report no progress."""
        self.results, self._progress, self._begun = {}, lambda clause, status: None, lambda clause: None

    def begin(self, clause: str) -> None:
        """Report that the clause runs now."""
        self._begun(clause)

    def note(self, result: Result) -> None:
        """Merge a result into its clause."""
        self.results[result.clause] = result.merged(self.results.get(result.clause))
        self._progress(result.clause, result.status)
