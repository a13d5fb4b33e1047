"""Finds the mistake that gives the submission's numbers: computes every known wrong pass on two random batches.

A mistake is named for an array only if it gives that array on both batches, and if no array that it would change is
right: a right array contradicts the mistake.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from nnkata.katas.mlp.facts import Reading
from nnkata.katas.mlp.functions import OUTPUTS, USUAL, Array
from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.misconceptions import forward
from nnkata.katas.mlp.misconceptions.backward import moved
from nnkata.katas.mlp.misconceptions.way import WAYS
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import Batch, close, usual_factors
from nnkata.katas.mlp.world import World

#: The hidden activations to try with a wrong output.
TRIED = ("ReLU", "sigmoid", "tanh", "leaky ReLU 0.01", "linear")
#: Numbers below this share of a gradient's largest element are rounding.
SMALL = 1e-3
UPDATED_FIRST = "weights-moved-on-the-way-back"
Arrays = Sequence[Array]
#: A wrong pass, by the name of its mistake.
Way = tuple[str, type[Pass]]


def of_gradients(reading: Reading) -> Mapping[int, frozenset[str]]:
    """The names of the mistakes in each array of gradients; none for a right or unexplained one."""
    if reading.named is None:
        reading.named = _explained(reading) if reading.layout is not None and reading.fit is not None else {}
    found: Mapping[int, frozenset[str]] = reading.named
    return found


def of_output(reading: Reading) -> frozenset[str]:
    """The names of the mistakes that give the submission's outputs."""
    if reading.layout is not None:
        return frozenset()
    names = {name for name, way in forward.WAYS.items() for layout in reading.ways if _comes_out(way, layout, reading)}
    return frozenset(names)


def _comes_out(way: type[Pass], layout: Layout, reading: Reading) -> bool:
    depth = len(layout.layers) - 1
    for hidden in TRIED if depth else TRIED[-1:]:
        for output in OUTPUTS:
            rule = Rule((hidden,) * depth, output, USUAL[output][0])
            if all(
                b.output is not None
                and close(b.output, way(rule, layout.whole(b.parameters), b.x).output, reading.tolerance)
                for b in reading.batches
            ):
                return True
    return False


class _Trial:
    """One rule's right gradients on all batches, to compare wrong ones with."""

    def __init__(self, layout: Layout, rule: Rule, batches: Sequence[Batch], tolerance: float) -> None:
        self.layout, self.rule, self.batches, self.tolerance = layout, rule, batches, tolerance
        self.right = [self.gradients(Pass, batch) for batch in batches]
        #: A number much smaller than the right gradient counts as zero: a sum of a softmax's errors is 1e-17, not 0.
        self.least = [SMALL * float(np.max(np.abs(array), initial=0.0)) for array in self.right[0]]
        #: The wrong passes that were tried, and whether each changes arrays that are wrong, and no other.
        self.possible: dict[type[Pass], bool] = {}
        self.failing = {leaf for leaf in range(len(layout.shapes)) if not self._came(leaf, self.right)}

    def gradients(self, kind: type[Pass], batch: Batch) -> Arrays:
        """The gradients of a pass, right or wrong, for a batch, in the network's order."""
        layers = self.layout.whole(batch.parameters)
        with np.errstate(all="ignore"):
            return self.layout.taken_apart(kind(self.rule, layers, batch.x).gradients(batch.y))

    def _came(self, leaf: int, computed: Sequence[Arrays]) -> bool:
        return all(
            close(_whole(batch.gradients[leaf], arrays[leaf]), arrays[leaf], self.tolerance, self.least[leaf])
            for batch, arrays in zip(self.batches, computed, strict=True)
        )

    def explained(self, kind: type[Pass]) -> set[int]:
        """The arrays that a wrong pass explains; none if another array contradicts it."""
        first = self.gradients(kind, self.batches[0])
        touched = {
            leaf
            for leaf in range(len(first))
            if not close(first[leaf], self.right[0][leaf], self.tolerance, self.least[leaf])
        }
        self.possible[kind] = bool(touched) and touched <= self.failing
        if not self.possible[kind]:
            return set()
        came = self.batches[0].gradients
        if not all(
            close(_whole(came[leaf], first[leaf]), first[leaf], self.tolerance, self.least[leaf]) for leaf in touched
        ):
            return set()
        computed = [first, *(self.gradients(kind, batch) for batch in self.batches[1:])]
        fine = all(self._came(leaf, computed) and not self._missing(leaf, computed) for leaf in touched)
        return touched if fine else set()

    def proportional(self, kind: type[Pass]) -> bool:
        """Whether a wrong pass gives the last weights' gradient of the first batch, but for a factor."""
        leaf, batch = self.layout.layers[-1][0], self.batches[0]
        wrong, came = self.gradients(kind, batch)[leaf], batch.gradients[leaf]
        length = float(np.vdot(wrong, wrong))
        if wrong.shape != came.shape or not length or not np.isfinite(length):
            return wrong.shape != came.shape or not np.any(came)
        factor = float(np.vdot(wrong, came)) / length
        return close(came, factor * wrong, 10 * self.tolerance)

    def _missing(self, leaf: int, computed: Sequence[Arrays]) -> bool:
        """Whether the pass gives only zeros, and the submission a single number other than 0."""
        came = [batch.gradients[leaf] for batch in self.batches]
        one = any(array.size == 1 and array.any() for array in came)
        return one and self.right[0][leaf].size > 1 and not any(arrays[leaf].any() for arrays in computed)


def _whole(came: Array, like: Array) -> Array:
    """A single number broadcast to the whole array, as NumPy's subtraction does."""
    return np.full(like.shape, came.ravel()[0]) if came.size == 1 and like.size > 1 else came


def _explained(reading: Reading) -> Mapping[int, frozenset[str]]:
    """The names for each wrong array: the mistakes that explain it and the most other arrays."""
    assert reading.layout is not None
    assert reading.fit is not None
    base = _Trial(reading.layout, reading.fit.rule, reading.batches, reading.tolerance)
    if not base.failing:
        return {}
    found: list[tuple[frozenset[str], set[int]]] = []
    every = list(_ways(len(reading.layout.layers)))
    alike: dict[str, list[Way]] = {}
    for rule in _rules(reading):
        trial, ways = base, every
        if rule != reading.fit.rule:
            trial = _Trial(reading.layout, rule, reading.batches, reading.tolerance)
            if not reading.fit.fitting:  # every array is wrong, so that a mistake has to explain the last weights too
                if rule.loss not in alike:
                    alike[rule.loss] = [one for one in every if trial.proportional(one[1])]
                ways = alike[rule.loss]
        own = list(_single(trial, ways))
        if not set().union(*(leaves for _names, leaves in own)) >= trial.failing and reading.fit.fitting:
            own += [(frozenset(names), leaves) for names, kind in _pairs(trial) if (leaves := trial.explained(kind))]
        if trial is not base:  # this rule finds the same arrays wrong
            own = [(names, base.failing) for names, leaves in own if leaves >= trial.failing]
        found += own
        if found:
            break
    named: dict[int, frozenset[str]] = {}
    for leaf in base.failing:
        widest = max((len(leaves) for _names, leaves in found if leaf in leaves), default=0)
        best = [names for names, leaves in found if leaf in leaves and len(leaves) == widest]
        fewest = min(map(len, best), default=0)
        named[leaf] = frozenset().union(*(names for names in best if len(names) == fewest))
    return named


def explaining(reading: Reading, names: Collection[str]) -> list[tuple[Rule, type[Pass]]]:
    """The wrong passes of these mistakes, each of which explains all wrong arrays, with the rule by which it does."""
    if reading.layout is None or reading.fit is None:
        return []
    for rule in _rules(reading):
        trial = _Trial(reading.layout, rule, reading.batches, reading.tolerance)
        ways = _ways(len(reading.layout.layers)) if trial.failing else ()
        found = [(rule, kind) for name, kind in ways if name in names and trial.explained(kind) >= trial.failing]
        if found:
            return found
    return []


def _single(trial: _Trial, ways: Sequence[Way]) -> Iterator[tuple[frozenset[str], set[int]]]:
    if not trial.failing:
        return
    for name, kind in ways:
        if leaves := trial.explained(kind):
            yield frozenset([name]), leaves
    if leaves := _updated_first(trial):
        yield frozenset([UPDATED_FIRST]), leaves


def _rules(reading: Reading) -> Iterator[Rule]:
    """The rule that was read; if no array fits any, all the usual ones."""
    assert reading.fit is not None
    assert reading.layout is not None
    yield reading.fit.rule
    if reading.fit.fitting:
        yield replace(reading.fit.rule, mean=not reading.fit.rule.mean)
    else:
        losses = [str(reading.declared["loss"])] if "loss" in reading.declared else USUAL[reading.output]
        for loss in losses:
            for mean in (True, False):
                for factor in usual_factors(reading.layout.widths[-1]):
                    yield replace(reading.fit.rule, loss=loss, mean=mean, factor=factor)


def _ways(layers: int) -> Iterator[Way]:
    for name, way in WAYS.items():
        yield name, way
        if not way.of_error:
            for place in range(layers if layers > 1 else 0):
                yield name, type("OnlyHere", (way,), {"only": place})


def _pairs(trial: _Trial) -> Iterator[tuple[tuple[str, str], type[Pass]]]:
    """Two mistakes at once: one in the backward pass, one in its result, each of which changes wrong arrays alone."""
    ways = [(name, kind) for name, kind in WAYS.items() if trial.possible.get(kind, True)]
    for (one, a), (other, b) in combinations(ways, 2):
        if _of_gradient(a) != _of_gradient(b):
            yield (one, other), type("Both", (a, b), {})


def _of_gradient(way: type[Pass]) -> bool:
    return bool({"bias_gradient", "weight_gradient"} & vars(way).keys())


def _updated_first(trial: _Trial) -> set[int]:
    """The arrays explained by weights that moved by some rate before the error went back through them.

    The gradient of the last hidden layer's weights is linear in the rate, so the rate is inferred from it and tried on
    all.
    """
    layout = trial.layout
    if len(layout.layers) < 2:
        return set()
    leaf = layout.layers[-2][0]

    base = trial.right[0][leaf]
    found: set[int] = set()
    for one_by_one in (False, True):
        one = trial.gradients(moved(1.0, one_by_one), trial.batches[0])[leaf]
        side, came = (one - base).ravel(), _whole(trial.batches[0].gradients[leaf], base)
        if came.shape != base.shape or not side.any():
            continue
        rate = float((came - base).ravel() @ side / (side @ side))
        found |= trial.explained(moved(rate, one_by_one)) if rate > 0 else set()
    return found


def all_names(reading: Reading, failing: Sequence[int]) -> tuple[str, ...]:
    """The names of mistakes in any of these arrays."""
    found: Any = of_gradients(reading)
    return tuple(sorted({name for leaf in failing for name in found.get(leaf, ())}))


def moved_first(world: World, rate: float) -> bool:
    """Whether the latest step's moves fit weights that moved before the error went back through them."""
    reading = world.reading
    assert reading.layout is not None
    assert reading.fit is not None

    start = [now - move for now, move in zip(map(np.asarray, world.read()), world.notes["moves"], strict=True)]
    for one_by_one in (False, True):
        passed = moved(rate, one_by_one)(reading.fit.rule, reading.layout.whole(start), world.x)
        expected = reading.layout.taken_apart(passed.gradients(world.y))
        if all(close(m / -rate, g, 1e-3) for m, g in zip(world.notes["moves"], expected, strict=True)):
            return True
    return False


def of_scale(reading: Reading) -> tuple[str, ...]:
    """The mistakes that make all gradients too small: by 1/n once more, or by another number."""
    fit = reading.fit
    if fit is None or fit.natural or len(fit.fitting) < len(reading.names):
        return ()
    scales = reading.scales()
    sizes = [len(batch.x) for batch in reading.batches]
    if np.isclose(scales[0] * sizes[0] ** 2, scales[1] * sizes[1] ** 2, rtol=1e-3):
        return ("averaged-twice",)
    return ("divided-by-another-size",) if np.isclose(scales[0], scales[1], rtol=1e-3) else ()
