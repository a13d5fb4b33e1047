"""Knowledge of a run that stays with pytest's items: the clause, its calls and figures, and the result made of them."""

from collections import Counter
from collections.abc import Iterable

import pytest

from nnkata.bdd import scenario_of
from nnkata.clause import Clause, is_clause_tag
from nnkata.errors import NotJudged
from nnkata.kata import World
from nnkata.kata import current as kata
from nnkata.language import _, later
from nnkata.runner import waited
from nnkata.runner.compared import compared
from nnkata.runner.diagnosis import Call, Candidates, candidates, observe
from nnkata.runner.prepared import Prepared
from nnkata.runner.result import UNJUDGED, Result
from nnkata.steps.compare import Mismatch
from nnkata.steps.relation import relation
from nnkata.subject import Died, Raised, TimedOut
from nnkata.subject.advice import of_call
from nnkata.subject.face import NOT_RUN
from nnkata.texts import printable
from nnkata.verdict import Status

UNWRITTEN = later("nothing is written yet: only the skeleton's own code would pass")

#: Of a configuration: the implementation; its clauses by tag, and by file and title; the clauses that have passed.
PREPARED = pytest.StashKey[Prepared]()
KNOWN = pytest.StashKey[dict[str, Clause]]()
PLACED = pytest.StashKey[dict[tuple[str, str], Clause]]()
PASSES = pytest.StashKey["Passes"]()
#: Of an item: the figures that its steps measured, and their calls, each with the text of its step.
MEASURED = pytest.StashKey[dict[str, float]]()
CALLS = pytest.StashKey[list[tuple[Call, str]]]()
#: Of an item: its clause, looked up once.
CLAUSE = pytest.StashKey[Clause | None]()


class Passes:
    """The clauses that have passed so far; in `whole`, those of which every example has: an item is one example."""

    def __init__(self, tags: Iterable[str]) -> None:
        self._left = Counter(tags)
        self.whole: set[str] = set()

    def note(self, tag: str) -> None:
        """An item of the clause has passed."""
        self._left[tag] -= 1
        if not self._left[tag]:
            self.whole.add(tag)


def clause_of(item: pytest.Item) -> Clause | None:
    """The clause of a test item: by its file and title; in a user's own file, by a clause tag."""
    if CLAUSE not in item.stash:
        item.stash[CLAUSE] = _clause_of(item)
    return item.stash[CLAUSE]


def _clause_of(item: pytest.Item) -> Clause | None:
    place, known = scenario_of(item), item.config.stash[KNOWN]
    found = item.config.stash[PLACED].get(place) if place else None
    tagged = (known[mark.name] for mark in item.iter_markers() if mark.name in known)
    return found or next((clause for clause in tagged if is_clause_tag(clause.tag, clause.stage)), None)


def world_of(item: pytest.Item) -> World:
    """A new world for the steps of an item; their calls and figures stay with the item."""
    prepared, clause = item.config.stash[PREPARED], clause_of(item)
    item.stash[CALLS] = []
    made = kata().world(prepared.subject, prepared.facts, prepared.settings.seed, clause.tag if clause else item.name)
    item.stash[MEASURED] = made.measured
    return made


def result_of(item: pytest.Item, call: pytest.CallInfo[None], clause: Clause) -> Result:
    """The result of an item's clause, from the end of its call."""
    error = call.excinfo.value if call.excinfo else None
    measured: dict[str, float] = item.stash.get(MEASURED, {})
    if error is None and item.config.stash[PREPARED].facts.unwritten:
        return Result(clause.tag, "error", call.duration, _(UNWRITTEN), example=example_of(item))
    if error is None:
        item.config.stash[PASSES].note(clause.tag)
        return Result(clause.tag, "passed", call.duration, measured=measured, example=example_of(item))
    if isinstance(error, pytest.skip.Exception):
        return Result(clause.tag, "skipped", 0.0, str(error.msg), example=example_of(item))
    prepared, noted = item.config.stash[PREPARED], item.stash.get(CALLS, [])
    prepared.errors.setdefault(clause.tag, error)
    seen = observe(len(noted) - 1, error)
    names = Candidates()
    if seen is not None and not prepared.settings.first_failure and kata().diagnose is None:
        calls = [call for call, _text in noted]
        run = prepared.settings.seed, prepared.settings.data
        names = candidates(clause.tag, calls, seen, prepared.facts, run, item.config.stash[PASSES].whole)
    status, message = _status(error, prepared)
    return Result(
        clause=clause.tag,
        status=status,
        seconds=call.duration,
        message=printable(message),
        step=noted[-1][1] if noted else None,
        example=example_of(item),
        measured=measured,
        compared=compared(error),
        relation=relation(error, prepared.facts.sources),
        sure=names.sure,
        possible=names.possible,
    )


def example_of(item: pytest.Item) -> dict[str, str]:
    """The row of an outline's table that this item runs."""
    callspec = getattr(item, "callspec", None)
    row = callspec.params.get("_pytest_bdd_example", {}) if callspec else {}
    return {str(key): str(value) for key, value in row.items()}


def _status(error: BaseException, prepared: Prepared) -> tuple[Status, str]:
    """The status and the message of an error."""
    if isinstance(error, Mismatch):
        return "failed", str(error)
    if isinstance(error, TimedOut):
        more = waited.told(error, prepared.facts.sources)
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
    told = _(UNJUDGED).format(error=f"{type(error).__name__}: {error}")
    own = prepared.settings.features is not None
    if own and isinstance(error, LookupError | TypeError | AttributeError):  # of a step that finds nothing to work on
        told += _("; a step that has to come before this one may be missing")
    return "error", told
