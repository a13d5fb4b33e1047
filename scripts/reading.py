"""The type of a reader of reports, its counts, and the expected counts of a verdict."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.reports.report import Report


@dataclass(frozen=True)
class Counts:
    """A reader's counts; `refused` is its message if it rejects the file."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    refused: str = ""

    def __str__(self) -> str:
        """`59/27/1`, or that it is refused."""
        return "refused" if self.refused else f"{self.passed}/{self.failed}/{self.skipped}"


#: Reads all files; the folder is for its output.
Read = Callable[[Sequence[Path], Path], dict[Path, Counts]]
#: The expected counts of a verdict.
Expected = Callable[[Report], Counts]


@dataclass(frozen=True)
class Reader:
    """A program that reads a format: `needs` is its requirement (a file, a command, or nothing but Python).

    `expected` gives the right counts; `cannot` names the parts of a report that it does not show.
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
    """The verdict's clauses by status."""
    return counted([result.status for result in report.verdict.clauses])


def rows(report: Report) -> Counts:
    """The scenarios that ran, with each row of an outline as one."""
    statuses: list[str] = []
    for result in report.verdict.clauses:
        clause = report.clause(result)
        missing = max(1, len(clause.examples) if clause else 1) - len(result.examples)
        statuses += [*(row.status for row in result.examples), *[result.status] * missing]
    return counted(statuses)


def judged(report: Report) -> Counts:
    """The judged clauses, for a format without skipped tests."""
    found = clauses(report)
    return Counts(found.passed, found.failed)


def skipped_pass(report: Report) -> Counts:
    """For a reader that counts skipped clauses as passed."""
    found = clauses(report)
    return Counts(found.passed + found.skipped, found.failed)


def failures(report: Report) -> Counts:
    """The failed clauses, for a format that holds nothing else."""
    return Counts(failed=len(report.verdict.failures))


def counted(statuses: Sequence[str]) -> Counts:
    """Clauses that neither passed nor were skipped count as failed."""
    passed, skipped = statuses.count("passed"), statuses.count("skipped")
    return Counts(passed, len(statuses) - passed - skipped, skipped)


def run(*command: str | Path, stdin: Path | None = None, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """A program's answer, within a minute."""
    with (stdin or Path("/dev/null")).open("rb") as given:
        return subprocess.run(
            list(map(str, command)), stdin=given, cwd=cwd, capture_output=True, text=True, timeout=60, check=False
        )
