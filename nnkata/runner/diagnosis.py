"""Which mistake was made: a failed clause is repeated on each network of the catalogue that fails it.

The steps of the clause are called again with the same seed, on the broken network instead of the submission. If they
fail at the same step, with the same quantity and the same evidence, the mistake explains the failure. Where several
do, the one that explains most of the run's failures is named; where none does, none is.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.kata import current as kata
from nnkata.language import current
from nnkata.misconceptions import Misconception
from nnkata.places import tagged
from nnkata.runner.facts import Facts
from nnkata.steps.compare import ROUNDING, Mismatch, alike
from nnkata.subject import Raised
from nnkata.subject.inprocess import subject_of
from nnkata.tags import BY_CHANCE

#: NumPy's message when a whole matrix would go into one of its rows, whichever matrix it is.
INTO_A_ROW = re.compile(r"non-broadcastable output operand with shape \((\d+),\) .* broadcast shape \(\d+,\1\)")

#: A step's function and the arguments that it was called with.
Call = tuple[Callable[..., object], Mapping[str, object]]


@dataclass(frozen=True)
class Observation:
    """How a clause failed: at which of its steps, over which quantity, with which evidence."""

    step: int
    quantity: str
    evidence: object


def observe(step: int, error: BaseException) -> Observation | None:
    """The evidence of a failure, if a mistake can explain it."""
    if isinstance(error, Mismatch):
        return Observation(step, error.quantity, error.evidence)
    if isinstance(error, Raised) and error.kind != "NotImplementedError":  # a hole is not a mistake
        return Observation(step, "raised", "into a row" if INTO_A_ROW.match(error.message) else error.kind)
    return None


@dataclass(frozen=True)
class Candidates:
    """The mistakes that may have turned a clause red, in the order of the catalogue.

    `sure` fail it with the same evidence, whatever their random weights. `possible` could not be told from what was
    seen: they were not tried because that takes too long, or fail at the same step over the same quantity, but in a
    way that random weights make different each time. They count only where another clause of the run is sure of them.
    A mistake that fails with other evidence, the same each time, is contradicted and no candidate.
    """

    sure: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


def candidates(
    clause: str, calls: Sequence[Call], seen: Observation, facts: Facts, run: tuple[int, str], passed: Collection[str]
) -> Candidates:
    """The mistakes that turn this clause red as it was seen; `run` is its seed and the name of its data.

    Those that a clause among `passed`, the ones before, rules out are not tried.
    """
    sure, possible = [], []
    steps = tuple((function, repr({**arguments, "world": None})) for function, arguments in calls)
    for entry in kata().catalogue().values():
        if clause not in (*entry.clauses, *entry.sometimes) or not _open([entry.name], passed):
            continue
        if entry.recognises is not None:
            if entry.recognises(seen.evidence):
                sure.append(entry.name)
        elif clause in tagged(BY_CHANCE):
            possible.append(entry.name)
        else:
            first, second = (repeated(entry, clause, calls, steps, facts, run, draw) for draw in (0, 1))
            if _same(first, seen) and _same(second, seen):
                sure.append(entry.name)
            elif _at(seen) in (_at(first), _at(second)) and not _same(first, second, tolerance=0):
                possible.append(entry.name)
    return Candidates(tuple(sure), tuple(possible))


def _same(one: Observation | None, other: Observation | None, tolerance: float = ROUNDING) -> bool:
    """Whether both show the same, but for a tolerance relative to the largest element."""
    if one is None or other is None:
        return one is other
    return _at(one) == _at(other) and alike(one.evidence, other.evidence, tolerance)


def _at(found: Observation | None) -> tuple[int, str] | None:
    return None if found is None else (found.step, found.quantity)


#: The observations of earlier runs of this process, by everything that they depend on; all with one seed and data.
_kept: dict[tuple[object, ...], Observation | None] = {}
_kept_for: tuple[int, str] = (-1, "")
#: Bytes of evidence up to which an observation is kept. There are about 2,000 of them: 32 MB at most.
KEPT_BYTES = 16 << 10


def repeated(
    entry: Misconception,
    clause: str,
    calls: Sequence[Call],
    steps: tuple[object, ...],
    facts: Facts,
    run: tuple[int, str],
    draw: int,
) -> Observation | None:
    """`repeat`, remembered: nothing of the submission is part of it, and a batch has one seed for all.

    `steps` are the calls in a form that can be looked up.
    """
    global _kept_for
    if run != _kept_for:
        _kept.clear()
        _kept_for = run
    key = (current(), kata().name, entry.name, clause, draw, steps)
    if key in _kept:
        return _kept[key]
    found = repeat(entry, clause, calls, facts, run[0], draw)
    if found is None or _bytes(found.evidence) <= KEPT_BYTES:
        _kept[key] = found
    return found


def _bytes(evidence: object) -> int:
    if isinstance(evidence, np.ndarray):
        return evidence.nbytes
    if isinstance(evidence, list | tuple):
        return sum(map(_bytes, evidence))
    return len(str(evidence))


def repeat(
    entry: Misconception, clause: str, calls: Sequence[Call], facts: Facts, seed: int, draw: int = 0
) -> Observation | None:
    """The clause on the broken network; None if it passes.

    The inputs are those of the run; the network's own random numbers come from a generator of their own, numbered
    `draw`.
    """
    chosen = kata()
    world = chosen.world(subject_of(entry.module, chosen.class_name), facts, seed, clause)
    with chosen.drawing_from(np.random.default_rng([seed, draw])):
        for step, (function, arguments) in enumerate(calls):
            try:
                function(**{**arguments, "world": world})
            except (Mismatch, Raised) as error:
                return observe(step, error)
    return None


def choose(found: Mapping[str, Candidates], passed: Collection[str]) -> dict[str, str]:
    """Name a mistake for each failed clause that one explains.

    `found` maps every failed clause to its candidates; `passed` are the clauses that passed. What always turns one of
    these red was not made, however well it explains a failure. Of several sure ones, the best explains most failures
    and is contradicted by fewest passes; a merely possible one has to be named elsewhere.
    """
    if not found:
        return {}
    catalogue = kata().catalogue()
    order = {name: place for place, name in enumerate(catalogue)}
    sure = {clause: _open(c.sure, passed) for clause, c in found.items()}
    possible = {clause: _open(c.possible, passed) for clause, c in found.items()}

    def rank(name: str) -> tuple[int, int, int]:
        explained = sum(name in (*sure[clause], *possible[clause]) for clause in found)
        contradicted = len(set(catalogue[name].clauses) & set(passed))
        return explained - contradicted, sum(name in names for names in sure.values()), -order[name]

    recognised = {max(names, key=rank) for names in sure.values() if names}
    named = {clause: [*sure[clause], *(n for n in possible[clause] if n in recognised)] for clause in found}
    return {clause: max(names, key=rank) for clause, names in named.items() if names}


def _open(names: Sequence[str], passed: Collection[str]) -> list[str]:
    """Those of the mistakes that no passed clause rules out; where random weights decide, a pass does not."""
    catalogue, by_chance = kata().catalogue(), tagged(BY_CHANCE)
    return [name for name in names if not (set(catalogue[name].clauses) - by_chance) & set(passed)]
