"""The data of a report, and the texts that several formats share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nnkata.features.clause import Clause
from nnkata.features.tags import SOURCE
from nnkata.language import _, later
from nnkata.registry import current as kata
from nnkata.reports.clean import clean, message_lines, placed
from nnkata.reports.places import Remark, file_of, folder, places
from nnkata.steps.compare import COMPARED
from nnkata.verdict import ClauseResult, Status, Verdict

#: The results of a clause, in words.
OUTCOMES: dict[Status, str] = {
    "passed": later("passed"),
    "failed": later("failed"),
    "error": later("error"),
    "timeout": later("no answer in time"),
    "skipped": later("skipped"),
}

#: Words among the facts of the environment.
WORDS = (later("bundled"), later("process"), later("sandbox"), later("another user"), later("none"))


@dataclass(frozen=True)
class Report:
    """A verdict, its clauses, and their points (1 by default)."""

    verdict: Verdict
    known: Sequence[Clause]
    points: Mapping[str, float] = field(default_factory=dict)

    def clause(self, result: ClauseResult) -> Clause | None:
        """The clause of a result."""
        return next((clause for clause in self.known if clause.tag == result.clause), None)

    def worth(self, result: ClauseResult) -> float:
        """The points of a clause."""
        return self.points.get(result.clause, 1.0)

    def places(self, result: ClauseResult) -> list[Remark]:
        """The places that a failure names, relative to where the implementation's name starts."""
        clause, where = self.clause(result), folder(self.verdict.implementation)
        found = places(result, clause is not None and SOURCE in clause.tags)
        return [place._replace(file=(where / place.file).as_posix()) for place in found]

    def place(self, result: ClauseResult) -> tuple[str, int] | None:
        """The first finding about the source, the line that made the wrong value, or the line that raised."""
        found = self.places(result)
        if found and (result.status == "failed" or result.line is None):
            return found[0].file, found[0].line
        if result.line is None:
            return None
        name = self.verdict.implementation
        line = 1 if result.cell else result.line  # the lines of a notebook's file are others than those of its cells
        return (folder(name) / result.file).as_posix() if result.file else file_of(name), line

    def somewhere(self, result: ClauseResult) -> tuple[str, int]:
        """As `place`; else the head of the implementation's file."""
        return self.place(result) or (file_of(self.verdict.implementation), 1)


def title(result: ClauseResult) -> str:
    """`backward-3: its statement`."""
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
    """Whether this line of a scenario is the failed step; keywords are ignored."""
    return result.step is not None and step.split()[1:] == result.step.split()[1:]


def rows(result: ClauseResult) -> list[str]:
    """One line with the number of an outline's failed rows; nothing for any other scenario."""
    wrong = [row for row in result.examples if row.status not in ("passed", "skipped")]
    if not wrong or len(result.examples) == 1:
        return []
    cells = ", ".join(f"{name} = {value}" for name, value in result.example.items())
    text = _("{wrong} of {all} rows do not pass; this one has {cells}")
    return clean(text.format(wrong=len(wrong), all=len(result.examples), cells=cells), 1)


def worded(value: str) -> str:
    """A fact of the environment in the reader's language: `process`, `sandbox, landlock`; other words stay."""
    return _(", ").join(_(part) if part in WORDS else part for part in value.split(", "))


def wrong_line(result: ClauseResult) -> list[str]:
    """The place at which the wrong value arises, if it is known and not in the message."""
    if result.status not in ("failed", "error") or result.line is None or result.file is None:
        return []
    if f"{result.file}:{result.line}" in result.message:  # a finding about the source
        return []
    if f"{result.where}, line {result.line}" in result.message:  # the line that raised, or a finding in a notebook
        return []
    return clean(_("It comes from {file}, line {line}.").format(file=placed(result.where), line=result.line), 1)


def explained(result: ClauseResult) -> list[str]:
    """Why a clause did not pass: the result and the expected value, the mistake, the reading, the hint.

    Fit for a terminal.
    """
    lines = [*message_lines(result.message), *rows(result), *wrong_line(result)]
    if entry := kata().catalogue().get(result.misconception or ""):
        lines.append(_("The mistake: {mistake} ({name})").format(mistake=_(entry.mistake), name=entry.name))
    if found := read_back(result):
        lines.append(f"{read_label(result)} {found}")
    if hint := hint_of(result):
        lines.append(_("Hint: {hint}").format(hint=hint))
    return lines


def read_label(result: ClauseResult) -> str:
    """The label of a reading: a clause that ended by an exception has a cause, and no numbers."""
    return _("Read from your numbers:") if result.status == "failed" else _("The cause:")


def read_back(result: ClauseResult) -> str:
    """The formula read beside the right one, or the result's relation to the expected value; empty if unknown.

    It contains names and numbers of a submission, so it is one line, limited, without control characters.
    """
    return clean(result.reading, 1)[0] if result.reading else ""


def hint_of(result: ClauseResult) -> str:
    """The hint of a failure: its own, else that of the mistake; empty if it has none."""
    entry = kata().catalogue().get(result.misconception or "")
    return result.hint or (_(entry.hint) if entry else "")


def sides(result: ClauseResult) -> tuple[str, str]:
    """The result and the expected value, of a comparison; else the message and an empty text."""
    before, _came, after = _(COMPARED).partition("{came}")
    label, other = before.rpartition("}")[2], after.partition("{expected}")[0]
    _quantity, found, rest = result.message.partition(label)
    came, both, expected = rest.rpartition(other)
    return (came, expected) if found and both else (result.message, "")


def counts(verdict: Verdict) -> tuple[int, int, int]:
    """The numbers of clauses that passed, were judged, were skipped."""
    judged = verdict.judged
    return sum(clause.status == "passed" for clause in judged), len(judged), len(verdict.clauses) - len(judged)


def count(verdict: Verdict) -> str:
    """The numbers of passed and, if any, skipped clauses, in words."""
    right, judged, skipped = counts(verdict)
    text = _("{right} of {judged} clauses passed").format(right=right, judged=judged)
    return text + (_(", {count} skipped").format(count=skipped) if skipped else "")
