"""The result of a clause, and its form in the verdict."""

from collections.abc import Mapping

import msgspec

from nnkata.diagnosis import Diagnosed
from nnkata.explanations import explanation
from nnkata.features.clause import Clause
from nnkata.language import _, later
from nnkata.registry import current as kata
from nnkata.runner.settings import Settings
from nnkata.traces.place import Place
from nnkata.verdict import PASSES_AGAIN, ClauseResult, Compared, ExampleResult, Status

#: The message of a clause of which a step failed by itself: a fault of the feature or of nnkata, not of the submission.
UNJUDGED = later("nnkata could not judge this: {error}")


def by_itself(clause: ClauseResult) -> bool:
    """Whether a step failed by itself, as that message in the current language tells."""
    return clause.status == "error" and clause.message.startswith(_(UNJUDGED).partition("{")[0])


#: Of a clause's several examples, the worst counts.
SEVERITY: tuple[Status, ...] = ("passed", "skipped", "failed", "error", "timeout")


class Result(msgspec.Struct, frozen=True):
    """The result of a clause, or of one of its examples.

    `sure` and `possible` are the mistakes that may have turned it red (`nnkata.runner.diagnosis.Candidates`).
    """

    clause: str
    status: Status
    seconds: float
    message: str = ""
    step: str | None = None
    example: dict[str, str] = {}
    measured: dict[str, float] = {}
    compared: Compared | None = None
    #: The relation of the result to the expected value, in words.
    relation: str = ""
    sure: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    #: The result of each row of an outline; empty for a scenario without a table.
    examples: tuple[ExampleResult, ...] = ()

    def __post_init__(self) -> None:
        """Its first row is its own."""
        if self.example and not self.examples:
            row = ExampleResult(self.example, self.status, self.message, round(self.seconds, 4), self.step)
            msgspec.structs.force_setattr(self, "examples", (row,))

    @property
    def failed(self) -> bool:
        """Whether it was judged and did not pass."""
        return self.status not in ("passed", "skipped")

    def merged(self, other: "Result | None") -> "Result":
        """The worse of two examples of a clause, the earlier of equal ones, with the seconds of both."""
        if other is None:
            return self
        worse = self if SEVERITY.index(self.status) > SEVERITY.index(other.status) else other
        seconds, examples = self.seconds + other.seconds, (*other.examples, *self.examples)
        return msgspec.structs.replace(worse, seconds=seconds, examples=examples)


def outcome(
    clause: Clause, settings: Settings, result: Result, diagnosed: Mapping[str, Diagnosed], place: Place | None = None
) -> ClauseResult:
    """A result in the form of the verdict; `diagnosed` are the diagnoses by clause."""
    if (reason := settings.known_failures.get(clause.tag)) and result.status != "skipped":
        if result.status == "passed":
            return ClauseResult(clause.tag, clause.name, "failed", _(PASSES_AGAIN), seconds=round(result.seconds, 4))
        return ClauseResult(clause.tag, clause.name, "skipped", _("known to fail: {reason}").format(reason=reason))
    found = diagnosed.get(clause.tag, Diagnosed()) if result.failed else Diagnosed()
    return ClauseResult(
        clause=clause.tag,
        name=clause.name,
        status=result.status,
        message=result.message,
        misconception=found.name,
        hint=_hint(clause.tag, found) if result.failed else None,
        reading=found.reading or result.relation or None,
        seconds=round(result.seconds, 4),
        step=result.step,
        example={} if result.status == "passed" else result.example,
        examples=result.examples,
        measured=result.measured,
        compared=result.compared,
        line=place.line if place else None,
        file=place.file if place else None,
    )


def _hint(tag: str, found: Diagnosed) -> str | None:
    """The mistake's hint, else the clause's own first one."""
    entry = kata().catalogue().get(found.name or "")
    if hint := found.hint or (_(entry.hint) if entry else ""):
        return hint
    explained = explanation(tag)
    return explained.hints[0] if explained and explained.hints else None
