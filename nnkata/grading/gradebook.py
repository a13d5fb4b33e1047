"""The results of a batch: verdicts, the gradebook, the summary. Each is written whole or not at all."""

import csv
import functools
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from nnkata.files import write
from nnkata.grading.definitions_only import DEFINITIONS, note
from nnkata.grading.mistake_groups import Cluster, clusters
from nnkata.grading.points import earned
from nnkata.grading.records import Record, Records
from nnkata.grading.similarity import Pair, Print, pairs
from nnkata.grading.task import FOREIGN, UNJUDGED
from nnkata.language import _
from nnkata.runner.results.result import by_itself
from nnkata.runner.run import known_clauses
from nnkata.texts import natural
from nnkata.verdict import Status, Verdict, indented

#: A spreadsheet takes a cell with one of these beginnings for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: The keys by which a platform knows a student, the surest first.
KEYS = ("sid", "username", "eid", "canvas", "anonymous", "participant", "user", "github", "repository", "email", "id")
ABSENT = "nothing-handed-in"

#: A clause's outcome as one letter, so that a hundred thousand submissions fit into memory.
LETTERS: dict[Status, str] = {"passed": "p", "failed": "f", "error": "e", "timeout": "t", "skipped": "s"}


class Row(msgspec.Struct, frozen=True):
    """One line of the gradebook. `status` is one of passed, failed, not-judged, nothing-handed-in.

    `id` is the platform's key of the student; `name` and `mail` are from the platform or from the roster. `why` is the
    reason if it was not judged, or if its definitions alone were.
    """

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
    id: str = ""
    name: str = ""
    mail: str = ""
    why: str = ""


class Summary:
    """Adds up verdicts one by one and holds only their rows."""

    def __init__(self, points: Mapping[str, float]) -> None:
        self._points = points
        self.rows: dict[str, Row] = {}
        self.clauses: dict[str, dict[str, int]] = {}
        #: By submission: the clauses' outcomes in the contract's order, one letter each, and the recognised mistakes.
        self.statuses: dict[str, str] = {}
        self.mistakes_of: dict[str, tuple[str, ...]] = {}
        #: The people, if known; then rows have names, and students without a submission have rows.
        self.records: Records | None = None
        #: The fingerprints and the failed clauses of each submission.
        self.prints: dict[str, Print] = {}
        self.failed_of: dict[str, tuple[str, ...]] = {}
        #: The unjudged submissions that look like networks with an interface of their own.
        self.foreign: list[str] = []
        #: The submissions of which the definitions alone were judged.
        self.reduced: list[str] = []
        #: By clause, the number of submissions with which one of its steps failed by itself.
        self.stuck: Counter[str] = Counter()

    def add(self, name: str, verdict: Verdict) -> None:
        """Count a verdict."""
        got, full = earned(verdict, self._points)
        judged = verdict.judged
        failures = verdict.failures
        why = verdict.environment.get(UNJUDGED, "")
        reduced = verdict.environment.get(DEFINITIONS, "")
        if reduced:
            self.reduced.append(name)
        if FOREIGN in verdict.environment:
            self.foreign.append(name)
        self.rows[name] = Row(
            submission=name,
            passed=verdict.passed,
            score=verdict.score,
            points=got,
            max_points=full,
            clauses_passed=len(judged) - len(failures),
            clauses_judged=len(judged),
            first_failure=failures[0].clause if failures and not why else "",
            misconception=next((clause.misconception for clause in failures if clause.misconception), ""),
            status="not-judged" if why else "failed" if failures else "passed",
            seconds=verdict.seconds,
            why=why or (note(reduced) if reduced else ""),
        )
        for clause in verdict.clauses:  # a clause that could not be judged has not failed
            counts = self.clauses.setdefault(clause.clause, {})
            if not why:
                counts[clause.status] = counts.get(clause.status, 0) + 1
        self.stuck.update(clause.clause for clause in failures if not why and by_itself(clause))
        self.failed_of[name] = () if why else tuple(clause.clause for clause in failures)
        self.statuses[name] = "".join(LETTERS[clause.status] for clause in verdict.clauses)
        self.mistakes_of[name] = tuple(dict.fromkeys(c.misconception for c in failures if c.misconception))

    @property
    def not_judged(self) -> dict[str, str]:
        """The reasons of unjudged submissions, by name."""
        return {
            name: self.rows[name].why
            for name in sorted(self.rows, key=natural)
            if self.rows[name].status == "not-judged"
        }

    @property
    def pending(self) -> dict[str, str]:
        """The submissions that an interrupted batch has not reached, by name, with the reason."""
        names = [one.submission for one in self.records.submissions] if self.records else []
        why = _("the batch ended before its turn; the same command goes on from there")
        return {name: why for name in names if name not in self.rows}

    def lines(self) -> list[Row]:
        """The rows with names, by submission; after them the students without a submission."""
        known = {one.submission: one for one in self.records.submissions} if self.records else {}
        full = max((row.max_points for row in self.rows.values()), default=0.0)
        left = {name: _empty(name, full, "not-judged", why=why) for name, why in self.pending.items()}
        all_rows = {**self.rows, **left}
        rows = [_named(all_rows[name], known.get(name)) for name in sorted(all_rows, key=natural)]
        for person in self.records.absent if self.records else []:
            who = person.get("name") or person.get("mail") or person.get("id", "")
            rows.append(_empty(who, full, ABSENT, **_of(person)))
        return rows

    @functools.cached_property
    def alike(self) -> list[Pair]:
        """The pairs that share most, after the last submission."""
        return pairs({name: one for name, one in self.prints.items() if name in self.rows})

    @functools.cached_property
    def clusters(self) -> list[Cluster]:
        """The clusters of submissions with the same mistakes, after the last one."""
        return clusters(self.mistakes_of, self.failed_of, known_clauses())

    @property
    def misconceptions(self) -> dict[str, list[str]]:
        """The submissions with each mistake, in the order of adding."""
        held: dict[str, list[str]] = {}
        for name, mistakes in self.mistakes_of.items():
            for mistake in mistakes:
                held.setdefault(mistake, []).append(name)
        return held

    def failed(self) -> dict[str, int]:
        """The number of submissions that failed each clause."""
        return {
            clause: sum(n for status, n in counts.items() if status not in ("passed", "skipped"))
            for clause, counts in self.clauses.items()
        }

    def write(self, folder: Path) -> None:
        """Write `gradebook.csv` and `summary.json`.

        Raises:
            OSError: the folder cannot be written.
        """
        table = [[harmless(value) for value in msgspec.structs.astuple(row)] for row in self.lines()]
        table.insert(0, list(Row.__struct_fields__))
        write(folder / "gradebook.csv", csv_text(table).encode())
        write(folder / "gradebook-excel.csv", csv_text(table, "\r\n").encode("utf-8-sig"))  # Excel needs the mark
        failed = self.failed()
        clauses = {clause: {"failed": failed[clause], "by_status": counts} for clause, counts in self.clauses.items()}
        people = {mistake: sorted(names, key=natural) for mistake, names in self.misconceptions.items()}
        ordered = dict(sorted(people.items(), key=lambda item: (-len(item[1]), item[0])))
        passed = sum(row.passed for row in self.rows.values())
        content: dict[str, object] = {"submissions": len(self.rows), "passed": passed}
        content["not_judged"] = self.not_judged
        content["foreign"] = sorted(self.foreign, key=natural)
        if self.records:
            content["accounted"] = self.records.accounted
            content["passed_over"] = self.records.passed_over
            content["taken_for"] = self.records.platform
            content["earlier_attempts"] = {one.submission: one.older for one in self.records.submissions if one.older}
            content["nothing_handed_in"] = self.records.absent
        content["alike"] = self.alike
        content["clusters"] = self.clusters
        content |= {"clauses": clauses, "misconceptions": ordered}
        write(folder / "summary.json", indented(content))


def _empty(who: str, full: float, status: str, **more: str) -> Row:
    return Row(who, False, 0.0, 0.0, full, 0, 0, "", "", status, 0.0, **more)


def _of(person: Mapping[str, str]) -> dict[str, str]:
    return {key: person.get(key, "") for key in ("id", "name", "mail")}


def _named(row: Row, known: "Record | None") -> Row:
    if known is None:
        return row
    ids = known.ids
    own = next((ids[key] for key in KEYS if ids.get(key)), "")
    person = {"id": own, "name": ids.get("name", ""), "mail": ids.get("email", "")}
    return msgspec.structs.replace(row, **{**_of(person), **{k: v for k, v in _of(known.person).items() if v}})


def csv_text(rows: Iterable[Sequence[object]], end: str = "\n") -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return text.getvalue()


def harmless(value: object) -> object:
    """A value as a CSV cell that no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
