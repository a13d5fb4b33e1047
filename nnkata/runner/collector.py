"""Keeps pytest's reports of the clauses."""

from collections.abc import Callable

import pytest

from nnkata.runner.binding import clause_of
from nnkata.runner.result import Result, results_of

#: Told of each clause as it ends: its tag and status.
Progress = Callable[[str, str], None]
#: Told of each clause as it begins.
Begun = Callable[[str], None]


class Collector:
    """A pytest plugin that keeps the results of the clauses."""

    def __init__(self, progress: Progress, begun: Begun = lambda clause: None) -> None:
        self.results: dict[str, Result] = {}
        self.problems: list[str] = []
        self.interrupted = False
        self._progress, self._begun = progress, begun

    def begin_anew(self) -> None:
        """In a process of its own: nothing has been noted yet, and nobody looks on."""
        self.results, self._progress, self._begun = {}, lambda clause, status: None, lambda clause: None

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Say that its clause runs now."""
        if clause := clause_of(item):
            self._begun(clause.tag)

    def note(self, result: Result) -> None:
        """Merge a result into its clause."""
        self.results[result.clause] = result.merged(self.results.get(result.clause))
        self._progress(result.clause, result.status)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the result of the report's clause."""
        for result in results_of(report):
            self.note(result)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep a failure before the first clause."""
        if report.failed:
            self.problems.append(str(report.longrepr))
