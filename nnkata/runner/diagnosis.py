"""Finds the mistake: repeats a failed clause on each network of the catalogue that fails it.

The steps of the clause are called again with the same seed, on the broken network instead of the submission. If they
fail at the same step, with the same quantity and the same evidence, the mistake explains the failure. Of several such
mistakes, the one that explains most of the run's failures is named; if there is none, none is named.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.features.tags import BY_CHANCE
from nnkata.language import current
from nnkata.misconceptions import Misconception
from nnkata.places import tagged
from nnkata.registry import current as kata
from nnkata.runner.submission.facts import Facts
from nnkata.steps.compare import ROUNDING, Mismatch, alike
from nnkata.subject import Raised
from nnkata.subject.inprocess import subject_of

#: NumPy's message for writing a whole matrix into one of its rows, for any matrix.
INTO_A_ROW = re.compile(r"non-broadcastable output operand with shape \((\d+),\) .* broadcast shape \(\d+,\1\)")

#: A step's function and the arguments of its call.
Call = tuple[Callable[..., object], Mapping[str, object]]


@dataclass(frozen=True)
class Observation:
    """The failure of a clause: the number of the step, the quantity, the evidence."""

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

    `sure` fail it with the same evidence for any random weights. `possible` are undecided: trying them takes too long,
    or they fail at the same step over the same quantity with evidence that depends on random weights. They count only
    if another clause of the run is sure of them. A mistake that fails with other evidence, the same each time, is
    contradicted and no candidate.
    """

    sure: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


def candidates(
    clause: str, calls: Sequence[Call], seen: Observation, facts: Facts, run: tuple[int, str], passed: Collection[str]
) -> Candidates:
    """The mistakes that explain this observation; `run` is the seed and the name of the data.

    Mistakes that an earlier clause, one of `passed`, rules out are not tried.
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
    """Whether both observations agree within a tolerance relative to the largest element."""
    if one is None or other is None:
        return one is other
    return _at(one) == _at(other) and alike(one.evidence, other.evidence, tolerance)


def _at(found: Observation | None) -> tuple[int, str] | None:
    return None if found is None else (found.step, found.quantity)


#: The observations of earlier runs of this process, by everything that they depend on; all for one seed and data.
_kept: dict[tuple[object, ...], Observation | None] = {}
_kept_for: tuple[int, str] = (-1, "")
#: The most bytes of evidence of a stored observation. There are about 2,000 observations: 32 MB at most.
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
    """`repeat`, with a memory: nothing of the submission takes part, and a batch has one seed for all.

    `steps` are the calls in a hashable form.
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

    The inputs are those of the run; the network's own random numbers come from a separate generator, number `draw`.
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
    """Name a mistake for each failed clause that has an explanation.

    `found` maps every failed clause to its candidates; `passed` are the clauses that passed. A mistake that always
    turns one of these red is ruled out, however well it explains a failure. Of several sure ones, the best explains
    most failures and is contradicted by fewest passes; a merely possible one has to be named elsewhere.
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
    """The mistakes that no passed clause rules out; a clause that depends on random weights rules out none."""
    catalogue, by_chance = kata().catalogue(), tagged(BY_CHANCE)
    return [name for name in names if not (set(catalogue[name].clauses) - by_chance) & set(passed)]
