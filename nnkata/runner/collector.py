"""Keeps pytest's reports of the clauses."""

from collections.abc import Callable

import pytest

from nnkata.runner.items import clause_of
from nnkata.runner.result import Result, results_of

#: Called at the end of each clause, with its tag and status.
Progress = Callable[[str, str], None]
#: Called at the beginning of each clause.
Begun = Callable[[str], None]


class Collector:
    """A pytest plugin that keeps the results of the clauses."""

    def __init__(self, progress: Progress, begun: Begun = lambda clause: None) -> None:
        self.results: dict[str, Result] = {}
        self.problems: list[str] = []
        self.interrupted = False
        self._progress, self._begun = progress, begun

    def begin_anew(self) -> None:
        """In a new process: forget the results, and report to nobody."""
        self.results, self._progress, self._begun = {}, lambda clause, status: None, lambda clause: None

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Report that the item's clause runs now."""
        if clause := clause_of(item):
            self._begun(clause.tag)

    def note(self, result: Result) -> None:
        """Merge a result into its clause."""
        self.results[result.clause] = result.merged(self.results.get(result.clause))
        self._progress(result.clause, result.status)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the result of the report's clause."""
        for result in results_of(report):
            self.note(result)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record a failure before the first clause."""
        if report.failed:
            self.problems.append(str(report.longrepr))
