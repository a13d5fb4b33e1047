"""Which mistake was made: a failed clause is repeated on each network of the catalogue that fails it.

The steps of the clause are called again with the same seed, on the broken network instead of the submission. If they
fail at the same step, with the same quantity and the same evidence, the mistake explains the failure. Where several
do, the one that explains most of the run's failures is named; where none does, none is.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nnkata.misconceptions import CATALOGUE, Misconception
from nnkata.steps.compare import Mismatch, alike
from nnkata.steps.world import Judged, World
from nnkata.subject import Raised
from nnkata.subject.inprocess import subject_of

#: A step's function and the arguments that it was called with.
Call = tuple[Callable[..., object], Mapping[str, object]]

#: Clauses whose repetition would train a network to the end for every candidate: seconds instead of milliseconds.
TOO_LONG = frozenset(["training-8", "mnist-2", "mnist-4"])


@dataclass(frozen=True)
class Observation:
    """How a clause failed: at which of its steps, over which quantity, with which evidence."""

    step: int
    quantity: str
    evidence: Any


def observe(step: int, error: BaseException) -> Observation | None:
    """What a failure shows, if it is one that a mistake can explain."""
    if isinstance(error, Mismatch):
        return Observation(step, error.quantity, error.evidence)
    if isinstance(error, Raised):
        return Observation(step, "raised", error.kind)
    return None


def candidates(clause: str, calls: Sequence[Call], seen: Observation, judged: Judged, seed: int) -> list[str]:
    """The mistakes that turn this clause red just as it was seen, in the order of the catalogue."""
    return [
        entry.name
        for entry in CATALOGUE.values()
        if clause in entry.clauses and _explains(entry, clause, calls, seen, judged, seed)
    ]


def _explains(
    entry: Misconception, clause: str, calls: Sequence[Call], seen: Observation, judged: Judged, seed: int
) -> bool:
    if entry.recognises is not None:
        return entry.recognises(seen.evidence)
    if clause in TOO_LONG:
        return False
    found = repeat(entry, clause, calls, judged, seed)
    if found is None or (found.step, found.quantity) != (seen.step, seen.quantity):
        return False
    return alike(found.evidence, seen.evidence)


def repeat(entry: Misconception, clause: str, calls: Sequence[Call], judged: Judged, seed: int) -> Observation | None:
    """The clause on the broken network; None if it passes, or fails in a way that no submission would show."""
    world = World(subject_of(entry.network, entry.preprocess), judged, seed, clause)
    for step, (function, arguments) in enumerate(calls):
        try:
            function(**{**arguments, "world": world})
        except (Mismatch, Raised) as error:
            return observe(step, error)
    return None


def choose(found: Mapping[str, Collection[str]], passed: Collection[str]) -> dict[str, str]:
    """Name a mistake for each failed clause that has candidates, or whose failure a named one is known to cause.

    `found` maps every failed clause, in contract order, to its candidates; `passed` are the clauses that passed.
    """
    order = list(CATALOGUE)

    def rank(name: str) -> tuple[int, int, int]:
        explained = sum(name in names for names in found.values())
        contradicted = len(set(CATALOGUE[name].clauses) & set(passed))
        return (explained - contradicted, explained, -order.index(name))

    named = {clause: max(names, key=rank) for clause, names in found.items() if names}
    for clause in found:
        causes = [name for name in named.values() if clause in CATALOGUE[name].clauses]
        if clause not in named and clause in TOO_LONG and causes:
            named[clause] = causes[0]
    return named
