"""What a report is made of, and the little that several forms of it say alike."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from nnkata.gherkin import Clause
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.language import _, later
from nnkata.reports.clean import clean
from nnkata.verdict import ClauseResult, Verdict

#: What became of a clause, in words.
OUTCOMES = {
    "passed": later("passed"),
    "failed": later("failed"),
    "error": later("error"),
    "timeout": later("no answer in time"),
    "skipped": later("skipped"),
}
#: Where a message names a place: mypy's `file.py:12: error`, and a traceback's `(file.py, line 12)`.
PLACES = (
    re.compile(r"(?P<file>[^\s:\[\]',]+\.py):(?P<line>\d+)"),
    re.compile(r"\((?P<file>[^(),]+\.py), line (?P<line>\d+)\)"),
)


@dataclass(frozen=True)
class Report:
    """A verdict, the clauses it is about, and what each is worth (1 where it is not named)."""

    verdict: Verdict
    known: Sequence[Clause]
    points: Mapping[str, float] = field(default_factory=dict)

    def clause(self, result: ClauseResult) -> Clause | None:
        """The clause that a result is about."""
        return next((clause for clause in self.known if clause.tag == result.clause), None)

    def worth(self, result: ClauseResult) -> float:
        """The points of a clause."""
        return self.points.get(result.clause, 1.0)

    def place(self, result: ClauseResult) -> tuple[str, int] | None:
        """The file, relative to where the implementation's name starts, and the line that a failure names."""
        for pattern in PLACES:
            if found := pattern.search(result.message):
                return (folder(self.verdict.implementation) / found["file"]).as_posix(), int(found["line"])
        return None


def folder(implementation: str) -> PurePath:
    """The folder of an implementation's files, from its name alone: a file's, a package's, or the name itself."""
    target, colon, class_name = implementation.rpartition(":")
    if not colon or not class_name.isidentifier():
        target, colon = implementation, ""
    path = PurePath(target)
    if path.suffix == ".py":
        return path.parent
    if len(path.parts) == 1 and (colon or "." in target):
        return PurePath(*target.split(".")[:-1])
    return path


def title(result: ClauseResult) -> str:
    """`backward-3: what it states`."""
    return clean(f"{result.clause}: {result.name}", 1)[0]


def gherkin(clause: Clause | None, result: ClauseResult) -> list[str]:
    """The steps of a clause, with the example on which it failed."""
    steps = [] if clause is None else [filled(step, result) for step in clause.steps]
    return [line for step in steps for line in step.split("\n")]


def filled(step: str, result: ClauseResult) -> str:
    """A step with the values of the example on which the clause failed."""
    for name, value in result.example.items():
        step = step.replace(f"<{name}>", value)
    return step


def stopped_at(step: str, result: ClauseResult) -> bool:
    """Whether this line of a scenario is the step at which the clause failed; its keyword does not count."""
    return result.step is not None and step.split()[1:] == result.step.split()[1:]


def explained(result: ClauseResult) -> list[str]:
    """Why a clause did not pass: what came and should have come, the mistake, the hint. Fit for a terminal."""
    lines = clean(result.message)
    if entry := CATALOGUE.get(result.misconception or ""):
        lines.append(_("The mistake: {mistake} ({name})").format(mistake=_(entry.mistake), name=entry.name))
        lines.append(_("Hint: {hint}").format(hint=_(entry.hint)))
    return lines


def counts(verdict: Verdict) -> tuple[int, int, int]:
    """How many clauses passed, were judged, were skipped."""
    judged = verdict.judged
    return sum(clause.status == "passed" for clause in judged), len(judged), len(verdict.clauses) - len(judged)


def count(verdict: Verdict) -> str:
    """How many clauses passed, and how many were skipped if any were, in words."""
    right, judged, skipped = counts(verdict)
    text = _("{right} of {judged} clauses passed").format(right=right, judged=judged)
    return text + (_(", {count} skipped").format(count=skipped) if skipped else "")
