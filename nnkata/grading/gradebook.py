"""What a batch leaves behind: verdicts, the gradebook, the summary. Each is written whole or not at all."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import msgspec

from nnkata.files import write
from nnkata.grading.points import earned
from nnkata.verdict import Status, Verdict, indented

#: A cell that begins with one of these is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


#: A clause's outcome in one letter, so that a hundred thousand submissions fit into memory.
LETTERS: dict[Status, str] = {"passed": "p", "failed": "f", "error": "e", "timeout": "t", "skipped": "s"}


class Row(msgspec.Struct, frozen=True):
    """One line of the gradebook."""

    submission: str
    passed: bool
    score: float
    points: float
    max_points: float
    clauses_passed: int
    clauses_judged: int
    first_failure: str
    misconception: str
    status: str
    seconds: float


class Summary:
    """Adds up verdicts one by one, so that no more than their rows are held."""

    def __init__(self, points: Mapping[str, float]) -> None:
        self._points = points
        self.rows: dict[str, Row] = {}
        self.clauses: dict[str, dict[str, int]] = {}
        #: By submission: the clauses' outcomes in the contract's order, a letter each, and the recognised mistakes.
        self.statuses: dict[str, str] = {}
        self.mistakes_of: dict[str, tuple[str, ...]] = {}

    def add(self, name: str, verdict: Verdict) -> None:
        """Count a verdict."""
        got, full = earned(verdict, self._points)
        judged = verdict.judged
        failures = verdict.failures
        statuses = {clause.status for clause in failures}
        self.rows[name] = Row(
            submission=name,
            passed=verdict.passed,
            score=verdict.score,
            points=got,
            max_points=full,
            clauses_passed=len(judged) - len(failures),
            clauses_judged=len(judged),
            first_failure=failures[0].clause if failures else "",
            misconception=next((clause.misconception for clause in failures if clause.misconception), ""),
            status="passed" if not failures else "error" if statuses == {"error"} else "failed",
            seconds=verdict.seconds,
        )
        for clause in verdict.clauses:
            counts = self.clauses.setdefault(clause.clause, {})
            counts[clause.status] = counts.get(clause.status, 0) + 1
        self.statuses[name] = "".join(LETTERS[clause.status] for clause in verdict.clauses)
        self.mistakes_of[name] = tuple(dict.fromkeys(c.misconception for c in failures if c.misconception))

    @property
    def misconceptions(self) -> dict[str, list[str]]:
        """Who holds each mistake, in the order in which they were added."""
        held: dict[str, list[str]] = {}
        for name, mistakes in self.mistakes_of.items():
            for mistake in mistakes:
                held.setdefault(mistake, []).append(name)
        return held

    def failed(self) -> dict[str, int]:
        """How many submissions each clause failed."""
        return {
            clause: sum(n for status, n in counts.items() if status not in ("passed", "skipped"))
            for clause, counts in self.clauses.items()
        }

    def write(self, folder: Path) -> None:
        """Write `gradebook.csv` and `summary.json`.

        Raises:
            OSError: the folder cannot be written.
        """
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(Row.__struct_fields__)
        for name in sorted(self.rows, key=str.casefold):
            row = self.rows[name]
            writer.writerow([cell(value) for value in msgspec.structs.astuple(row)])
        write(folder / "gradebook.csv", text.getvalue().encode())
        failed = self.failed()
        clauses = {clause: {"failed": failed[clause], "by_status": counts} for clause, counts in self.clauses.items()}
        people = {mistake: sorted(names, key=str.casefold) for mistake, names in self.misconceptions.items()}
        ordered = dict(sorted(people.items(), key=lambda item: (-len(item[1]), item[0])))
        passed = sum(row.passed for row in self.rows.values())
        content = {"submissions": len(self.rows), "passed": passed, "clauses": clauses, "misconceptions": ordered}
        write(folder / "summary.json", indented(content))


def cell(value: object) -> object:
    """A value as a cell of CSV: no text is a formula to a spreadsheet."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
