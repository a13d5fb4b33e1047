"""What a reader of reports is, what it counts in one, and what it should count by the verdict."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.reports.report import Report


@dataclass(frozen=True)
class Counts:
    """What a reader counted; `refused` is what it says where it does not take the file."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    refused: str = ""

    def __str__(self) -> str:
        """`59/27/1`, or that it is refused."""
        return "refused" if self.refused else f"{self.passed}/{self.failed}/{self.skipped}"


#: Reads all files; the folder is for what it writes.
Read = Callable[[Sequence[Path], Path], dict[Path, Counts]]
#: What is to be counted, by the verdict.
Expected = Callable[[Report], Counts]


@dataclass(frozen=True)
class Reader:
    """A program that reads a form: `needs` is what has to be there (a file, a command, or nothing but Python).

    `expected` is what it should count; `cannot` says what of a report it does not show.
    """

    name: str
    form: str
    version: Callable[[], str]
    needs: Path | str
    read: Read
    expected: Expected
    cannot: str = ""

    @property
    def missing(self) -> bool:
        """Whether it is not installed."""
        if isinstance(self.needs, Path):
            return not self.needs.exists()
        return bool(self.needs) and shutil.which(self.needs) is None


def clauses(report: Report) -> Counts:
    """The clauses by their status, as the verdict has them."""
    return counted([result.status for result in report.verdict.clauses])


def rows(report: Report) -> Counts:
    """The scenarios that ran, a row of an outline each."""
    statuses: list[str] = []
    for result in report.verdict.clauses:
        clause = report.clause(result)
        missing = max(1, len(clause.examples) if clause else 1) - len(result.examples)
        statuses += [*(row.status for row in result.examples), *[result.status] * missing]
    return counted(statuses)


def judged(report: Report) -> Counts:
    """The clauses that were judged, for a form that has no tests that were skipped."""
    found = clauses(report)
    return Counts(found.passed, found.failed)


def skipped_pass(report: Report) -> Counts:
    """For a reader to which what was skipped has passed."""
    found = clauses(report)
    return Counts(found.passed + found.skipped, found.failed)


def failures(report: Report) -> Counts:
    """The clauses that failed, for a form that holds nothing else."""
    return Counts(failed=len(report.verdict.failures))


def counted(statuses: Sequence[str]) -> Counts:
    """What neither passed nor was skipped has failed."""
    passed, skipped = statuses.count("passed"), statuses.count("skipped")
    return Counts(passed, len(statuses) - passed - skipped, skipped)


def run(*command: str | Path, stdin: Path | None = None, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """A program's answer; nothing of a report is more than a minute's work for any of them."""
    with (stdin or Path("/dev/null")).open("rb") as given:
        return subprocess.run(
            list(map(str, command)), stdin=given, cwd=cwd, capture_output=True, text=True, timeout=60, check=False
        )
