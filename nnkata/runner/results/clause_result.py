"""The result of a clause, from the calls of its steps and their end."""

import math
import numbers
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nnkata.errors import NotJudged, UsageError
from nnkata.features.clause import Clause
from nnkata.kata import World
from nnkata.language import _, later
from nnkata.registry import comes_along
from nnkata.registry import current as kata
from nnkata.runner.diagnosis import Call, Candidates, candidates, observe
from nnkata.runner.prepared import Prepared
from nnkata.runner.results import timeouts
from nnkata.runner.results.compared import compared
from nnkata.runner.results.result import UNJUDGED, Result
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import Skipped
from nnkata.steps.relation import relation
from nnkata.subject import Died, Raised, TimedOut
from nnkata.subject.face import NOT_RUN
from nnkata.subject.source.import_advice import of_call
from nnkata.texts import printable
from nnkata.verdict import Status

UNWRITTEN = later("nothing is written yet: only the skeleton's own code would pass")


class Passes:
    """The clauses that have passed so far; in `whole`, those of which every example has."""

    def __init__(self, tags: Iterable[str]) -> None:
        """`tags` has the clause of each example that will run."""
        self._left = Counter(tags)
        self.whole: set[str] = set()

    def note(self, tag: str) -> None:
        """An example of the clause has passed."""
        self._left[tag] -= 1
        if not self._left[tag]:
            self.whole.add(tag)


@dataclass
class Calls:
    """The calls of a clause's steps, each with the text of its step, and the figures that these measured."""

    made: list[tuple[Call, str]] = field(default_factory=list)
    measured: dict[str, float] = field(default_factory=dict)


def world_of(prepared: Prepared, name: str, calls: Calls) -> World:
    """A new world for the steps of the clause `name`; its figures come to `calls`."""
    made = kata().world(prepared.subject, prepared.facts, prepared.settings.seed, name)
    calls.measured = made.measured
    return made


def result_of(
    clause: Clause,
    example: Mapping[str, str],
    error: BaseException | None,
    seconds: float,
    calls: Calls,
    prepared: Prepared,
    passes: Passes,
) -> Result:
    """The result of a clause, or of one of its examples: it ended with `error`, or passed."""
    row = dict(example)
    try:
        measured = figures(calls.measured)
    except UsageError as unfit:
        measured, error = {}, error or unfit
    if error is None and prepared.facts.unwritten:
        return Result(clause.tag, "error", seconds, _(UNWRITTEN), example=row)
    if error is None:
        passes.note(clause.tag)
        return Result(clause.tag, "passed", seconds, measured=measured, example=row)
    if is_skip(error):
        return Result(clause.tag, "skipped", 0.0, str(error), example=row)
    prepared.errors.setdefault(clause.tag, error)
    seen = observe(len(calls.made) - 1, error)
    names = Candidates()
    if seen is not None and not prepared.settings.first_failure and kata().diagnose is None:
        run = prepared.settings.seed, prepared.settings.data
        made = [call for call, _text in calls.made]
        names = candidates(clause.tag, made, seen, prepared.facts, run, passes.whole)
    status, message = _status(error, prepared)
    return Result(
        clause=clause.tag,
        status=status,
        seconds=seconds,
        message=printable(message),
        step=calls.made[-1][1] if calls.made else None,
        example=row,
        measured=measured,
        compared=compared(error),
        relation=relation(error, prepared.facts.named),
        sure=names.sure,
        possible=names.possible,
    )


def figures(measured: Mapping[str, object]) -> dict[str, float]:
    """The figures of a clause as JSON can hold them: numbers of any type as floats, without inf and nan.

    Raises:
        UsageError: one of them is no number.
    """
    for name, value in measured.items():
        if not isinstance(name, str) or not isinstance(value, numbers.Real):
            text = _("world.measured[{name!r}] is {value}, and has to be a number")
            raise UsageError(text.format(name=name, value=repr(value)[:60]))
    found = {name: float(value) for name, value in measured.items() if isinstance(value, numbers.Real)}
    return {name: value for name, value in found.items() if math.isfinite(value)}


def is_skip(error: BaseException) -> bool:
    """Whether a clause ended as it does not apply: by our exception, or by `pytest.skip` in steps of others."""
    pytest = sys.modules.get("pytest")
    return isinstance(error, Skipped) or (pytest is not None and isinstance(error, pytest.skip.Exception))


def _status(error: BaseException, prepared: Prepared) -> tuple[Status, str]:
    """The status and the message of an error."""
    if isinstance(error, Mismatch):
        return "failed", str(error)
    if isinstance(error, TimedOut):
        more = timeouts.told(error, prepared.facts.sources)
        return "timeout", _("; ").join([str(error), *([more] if more else [])])
    if isinstance(error, Raised) and error.kind == "NotImplementedError":
        return "error", _("not written yet: {error}").format(error=str(error).removeprefix(f"{error.kind}: "))
    if isinstance(error, Raised) and error.kind == NOT_RUN:
        return "error", error.message
    if isinstance(error, Raised):
        more = of_call(error)
        return "error", _("it raised {error}").format(error=error) + (f"\n{more}" if more else "")
    if isinstance(error, Died):
        return "error", str(error)
    if isinstance(error, NotJudged):
        return "error", _(UNJUDGED).format(error=error)
    if isinstance(error, AssertionError) and not comes_along():
        return "failed", str(error).strip() or _("this does not hold: {line}").format(line=_asserted(error))
    if type(error).__name__ == "FixtureLookupError":
        text = _("the step asks for {name}, which is neither {world} nor a value in its text")
        return "error", _(UNJUDGED).format(error=text.format(name=getattr(error, "argname", None), world="world"))
    told = _(UNJUDGED).format(error=f"{type(error).__name__}: {error}")
    own = prepared.settings.features is not None
    if own and isinstance(error, LookupError | TypeError | AttributeError):  # of a step that finds nothing to work on
        told += _("; a step that has to come before this one may be missing")
    return "error", told


def _asserted(error: BaseException) -> str:
    """The line that raised an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return (frames[-1].line or "") if frames else ""
