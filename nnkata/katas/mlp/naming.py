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
from nnkata.katas.mlp.misconceptions import forward
from nnkata.katas.mlp.misconceptions.base import WAYS
from nnkata.katas.mlp.moved_weights.update_order import updated_first
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import close, usual_factors
from nnkata.katas.mlp.trial import Trial, comes_out
from nnkata.misconceptions import kebab

UPDATED_FIRST = "weights-moved-on-the-way-back"
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
    names = {name for name, way in forward.WAYS.items() for layout in reading.ways if comes_out(way, layout, reading)}
    return frozenset(names)


def of_single_samples(reading: Reading, parameters: Sequence[Array], x: Array, outputs: Array) -> frozenset[str]:
    """The name of the ReLU that cuts its numbers, if it gives these outputs of each sample alone, and a right one not.

    Asked where a sample alone gives another output than in its batch: numbers that are always cut do not do so.
    """
    way = forward.ActivationsCutToIntegers.way
    rules = [reading.fit.rule] if reading.layout is not None and reading.fit is not None else list(_with_relu(reading))
    for layout in [reading.layout] if reading.layout is not None else reading.ways:
        for rule in rules:
            if len(rule.hidden) != len(layout.layers) - 1:
                continue
            right, cut = (
                [kind(rule, layout.whole(parameters), x[n : n + 1]).output for n in range(len(x))]
                for kind in (Pass, way)
            )
            explained, fine = (close(outputs, np.concatenate(rows), reading.tolerance) for rows in (cut, right))
            if explained and not fine:
                return frozenset([kebab(forward.ActivationsCutToIntegers.__name__)])
    return frozenset()


def _with_relu(reading: Reading) -> Iterator[Rule]:
    for depth in sorted({len(layout.layers) - 1 for layout in reading.ways}):
        for output in OUTPUTS:
            yield Rule(("ReLU",) * depth, output, USUAL[output][0])


def _explained(reading: Reading) -> Mapping[int, frozenset[str]]:
    """The names for each wrong array: the mistakes that explain it and the most other arrays."""
    assert reading.layout is not None
    assert reading.fit is not None
    base = Trial(reading.layout, reading.fit.rule, reading.batches, reading.tolerance)
    if not base.failing or not any(np.any(array) for batch in reading.batches for array in batch.gradients):
        return {}  # where all gradients are 0, that of a bias is no mistake of its own
    found: list[tuple[frozenset[str], set[int]]] = []
    every = list(_ways(len(reading.layout.layers)))
    alike: dict[str, list[Way]] = {}
    for rule in _rules(reading):
        trial, ways = base, every
        if rule != reading.fit.rule:
            trial = Trial(reading.layout, rule, reading.batches, reading.tolerance)
            if not reading.fit.fitting:  # every array is wrong, so that a mistake has to explain the last weights too
                if rule.loss not in alike:
                    alike[rule.loss] = [one for one in every if trial.proportional(one[1])]
                ways = alike[rule.loss]
        own = list(_single(trial, ways, trial is not base))
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
        trial = Trial(reading.layout, rule, reading.batches, reading.tolerance)
        ways = _ways(len(reading.layout.layers)) if trial.failing else ()
        found = [(rule, kind) for name, kind in ways if name in names and trial.explained(kind) >= trial.failing]
        if found:
            return found
    return []


def _single(trial: Trial, ways: Sequence[Way], every: bool) -> Iterator[tuple[frozenset[str], set[int]]]:
    """The mistakes that explain wrong arrays; with `every` those that explain all of them, by another rule."""
    if not trial.failing:
        return
    for name, kind in ways:
        if leaves := trial.explained(kind, every):
            yield frozenset([name]), leaves
    if every and trial.layout.layers[-1][0] in trial.failing:  # the last weights' gradient comes before any move
        return
    if leaves := updated_first(trial):
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


def _pairs(trial: Trial) -> Iterator[tuple[tuple[str, str], type[Pass]]]:
    """Two mistakes at once: one in the backward pass, one in its result, each of which changes wrong arrays alone."""
    ways = [(name, kind) for name, kind in WAYS.items() if trial.possible.get(kind, True)]
    for (one, a), (other, b) in combinations(ways, 2):
        if _of_gradient(a) != _of_gradient(b):
            yield (one, other), type("Both", (a, b), {})


def _of_gradient(way: type[Pass]) -> bool:
    return bool({"bias_gradient", "weight_gradient"} & vars(way).keys())


def all_names(reading: Reading, failing: Sequence[int]) -> tuple[str, ...]:
    """The names of mistakes in any of these arrays."""
    found: Any = of_gradients(reading)
    return tuple(sorted({name for leaf in failing for name in found.get(leaf, ())}))


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
