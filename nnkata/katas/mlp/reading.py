"""Infer the loss of a network from its numbers, and the mean or sum over a batch.

It uses the written parameters, the outputs and the gradients. A reading is not a judgement: if no rule fits, the laws
that need one do not apply, and the report says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from nnkata.katas.mlp.functions import RARE, USUAL, Array
from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.oracle import Pass, Rule

#: The largest difference by dtype, relative to the largest element: rounding stays below 1e-5 in float32 at 784 inputs
#: and 1e-12 in float64; guards such as `+ 1e-8` or a clip at 1e-7 change a quotient by 1e-6. The smallest known mistake
#: changes a value by 1e-3.
TOLERANCE = {"float16": 2e-2, "float32": 1e-4, "float64": 1e-5}
#: The usual factors of a loss: once, half, twice; each of them over k, the mean over k outputs, comes with each k.
FACTORS = (1.0, 0.5, 2.0)
#: Values that stand for labels of 0 and 1 in a network's own loss, tried if no usual loss fits every array.
TARGETS = ((0.01, 0.99), (0.1, 0.9), (0.05, 0.95), (0.2, 0.8), (-1.0, 1.0), (-0.9, 0.9), (0.0, 0.99), (0.01, 1.0))
#: The shares of label smoothing that are tried (Szegedy et al., 2016, have 0.1): of all classes, or of the wrong ones.
SMOOTHING = (0.1, 0.05, 0.2)
#: The relative difference of two decays that are equal.
ALIKE = 1e-2
#: The least elements of weights in which a sum of absolute values shows: fewer would fit anything.
LEAST = 12


@dataclass(frozen=True)
class Batch:
    """The arguments and results of a network: parameters, x, y, output and gradients, in its own order."""

    parameters: Sequence[Array]
    x: Array
    y: Array
    output: Array | None
    gradients: Sequence[Array] = ()


def close(came: Array, expected: Array, tolerance: float, least: float = 0.0) -> bool:
    """Whether two arrays are equal; `tolerance` is relative to the largest expected element, or to a larger `least`."""
    if came.shape != expected.shape or not np.all(np.isfinite(came)):
        return False
    scale = max(float(np.max(np.abs(expected), initial=0.0)), least)
    return bool(np.all(np.abs(came - expected) <= tolerance * (scale or 1.0)))


@dataclass(frozen=True)
class Fit:
    """The agreement of gradients with a rule: the arrays that fit, and the rule with its scale."""

    rule: Rule
    fitting: tuple[int, ...]
    natural: bool = True


def usual_factors(classes: int) -> tuple[float, ...]:
    """The usual factors of a loss for an output of k values."""
    return (*FACTORS, *(factor / classes for factor in FACTORS))


def loss_of(
    layout: Layout, hidden: tuple[str, ...], output: str, batches: Sequence[Batch], tolerance: float, loss: str = ""
) -> Fit:
    """The loss whose gradients fit most arrays; a declared `loss` takes precedence. Needs two batches of two sizes."""
    rules = [Rule(hidden, output, name, mean=False) for name in ([loss] if loss else USUAL[output])]
    fits = [_fit(layout, rule, batches, tolerance) for rule in rules]
    best = max(fits, key=lambda fit: (len(fit.fitting), fit.natural))
    everything = len(layout.shapes)
    if len(best.fitting) < everything:
        others = [replace(rule, targets=targets) for rule, targets in product(rules, _targets(layout.widths[-1]))]
        rare = [] if loss else [Rule(hidden, output, name, mean=False) for name in RARE[output]]
        last = layout.layers[-1][0]
        for rule in (*others, *rare):
            if not scales_of(layout, rule, batches, tolerance, [last]):
                continue
            fit = _fit(layout, rule, batches, tolerance)
            if len(fit.fitting) == everything and fit.natural:
                return fit
            more = len(fit.fitting) > len(best.fitting)
            if fit.natural and more and last in fit.fitting and last not in best.fitting:
                best = fit  # other arrays are wrong, and by no usual loss the last weights' gradient is right
    return best


def _targets(classes: int) -> Iterator[tuple[float, float]]:
    """The values that may stand for labels of 0 and 1: usual ones, then those of label smoothing."""
    yield from TARGETS
    for share in SMOOTHING if classes > 1 else ():
        yield share / classes, 1 - share + share / classes
        yield share / (classes - 1), 1 - share


def _fit(layout: Layout, rule: Rule, batches: Sequence[Batch], tolerance: float) -> Fit:
    """The scale that most arrays have in common, on all batches, and its part from the batch's size."""
    scales = scales_of(layout, rule, batches, tolerance)
    groups = [[leaf for leaf in scales if np.allclose(scales[leaf], scales[one], rtol=1e-3)] for one in scales]
    sizes = np.array([len(batch.x) for batch in batches])
    best = max(groups, key=lambda group: (len(group), _shrinks(scales[group[0]], sizes), max(group)), default=[])
    if not best:
        return Fit(Rule(rule.hidden, rule.output, rule.loss), (), natural=False)
    found = np.array(scales[best[-1]])
    classes = layout.widths[-1]
    mean = _shrinks(scales[best[-1]], sizes)
    steady = mean or bool(np.allclose(found, found[0], rtol=1e-3))
    factor = float(found[0] * sizes[0]) if mean else float(found[0])
    near = [usual for usual in usual_factors(classes) if np.isclose(factor, usual, rtol=1e-3)]
    whole = replace(rule, mean=mean, factor=near[0] if near else factor)
    whole = _decaying(layout, whole, batches, best, tolerance)
    return Fit(whole, tuple(sorted(best)), natural=bool(near) and steady)


def _shrinks(scales: Sequence[float], sizes: Array) -> bool:
    """Whether a scale is one over the batch's size, times a number."""
    whole = np.array(scales) * sizes
    return bool(np.allclose(whole, whole[0], rtol=1e-3))


def scales_of(
    layout: Layout, rule: Rule, batches: Sequence[Batch], tolerance: float, among: Sequence[int] = ()
) -> Mapping[int, list[float]]:
    """For each array whose gradient is a multiple of the rule's on every batch, these multiples.

    With `among` only these arrays count, and there are none unless all of them are such multiples.
    """
    found: dict[int, list[float]] = {}
    contradicted = set()
    for batch in batches:
        expected = gradients_of(layout, rule, batch)
        ways = [batch.parameters, _without_biases(layout, batch)] if layout.joined is not None else [batch.parameters]
        for leaf in among or range(len(expected)):
            came, right = batch.gradients[leaf], expected[leaf]
            tried = (
                _multiple(np.asarray(came, np.float64), right, held[leaf], layout.kind(leaf)[0], tolerance)
                for held in ways
            )
            scale = next((found for found in tried if found is not None), None)
            if scale is None:
                if among:
                    return {}
                contradicted.add(leaf)
            else:
                found.setdefault(leaf, []).append(scale)
    return {leaf: scales for leaf, scales in found.items() if leaf not in contradicted}


def gradients_of(layout: Layout, rule: Rule, batch: Batch) -> list[Array]:
    """The gradients of a batch by a rule, in the network's order and shapes."""
    return layout.taken_apart(Pass(rule, layout.whole(batch.parameters), batch.x).gradients(batch.y))


def _without_biases(layout: Layout, batch: Batch) -> Sequence[Array]:
    """The parameters with zeros for the biases, also for those in a matrix: they mostly do not decay."""
    layers = layout.whole(batch.parameters)
    return layout.taken_apart([(weights, None if bias is None else np.zeros_like(bias)) for weights, bias in layers])


def _multiple(came: Array, right: Array, held: Array, kind: str, tolerance: float) -> float | None:
    """The positive multiple of `right` that `came` is, apart from multiples of the weights and of their signs."""
    if came.shape != right.shape or not np.all(np.isfinite(came)) or not np.any(right):
        return None
    flat, side, own = came.ravel(), right.ravel(), np.asarray(held, np.float64).ravel()
    tables = [[side, own], [side, own, np.sign(own)]] if kind == "weights" else [[side]]
    for table in tables if flat.size >= LEAST else tables[:1]:
        scale, rest = _without(flat, table)
        if np.max(np.abs(rest)) <= tolerance * np.max(np.abs(flat), initial=0.0) and scale[0] > 0:
            return float(scale[0])
    return None


def _without(values: Array, table: Sequence[Array]) -> tuple[Array, Array]:
    """The multiples of these vectors in the values, and the rest of the values."""
    lengths = [float(np.linalg.norm(column)) or 1.0 for column in table]
    columns = np.stack([column / length for column, length in zip(table, lengths, strict=True)], axis=1)
    found = np.linalg.lstsq(columns.T @ columns, columns.T @ values, rcond=None)[0]  # the normal equations
    return found / lengths, values - columns @ found


def _decaying(layout: Layout, rule: Rule, batches: Sequence[Batch], fitting: Sequence[int], tolerance: float) -> Rule:
    """The rule with the decay of its first batch; divided by the number of samples if that of another size is."""
    one = replace(rule, mean=False, factor=1.0)
    (decay, sparse), (other, _sparse) = (
        _decay(layout, one, batch, rule.scale(len(batch.x)), fitting, tolerance) for batch in batches[:2]
    )
    decay, other = abs(decay), abs(other)  # decay makes weights smaller: one that does not has the wrong sign
    whole, its = decay * len(batches[0].x), other * len(batches[1].x)
    spread = bool(decay) and np.isclose(whole, its, rtol=ALIKE) and not np.isclose(decay, other, rtol=ALIKE)
    return replace(rule, decay=whole if spread else decay, sparse=sparse, spread=bool(spread))


def _decay(
    layout: Layout, rule: Rule, batch: Batch, scale: float, fitting: Sequence[int], tolerance: float
) -> tuple[float, float]:
    """The multiples of the weights, and of their signs, in their gradient; 0 unless most fitting arrays agree on them.

    An array agrees, too, whose gradient is so large that the multiples are no more than its rounding.
    """
    expected = gradients_of(layout, rule, batch)
    held = _without_biases(layout, batch)
    shares, most = list[tuple[float, float]](), list[tuple[float, float]]()
    for leaf in fitting:
        if layout.kind(leaf)[0] == "weights":
            came, own = np.asarray(batch.gradients[leaf], np.float64), np.asarray(held[leaf], np.float64).ravel()
            rest, rounding = (came - scale * expected[leaf]).ravel(), tolerance * float(np.max(np.abs(came)))
            if np.max(np.abs(rest)) <= rounding:
                most.append((2 * rounding / float(np.max(np.abs(own))), 2 * rounding))
                continue
            (share,), beyond = _without(rest, [own])
            if np.max(np.abs(beyond)) > 2 * rounding and own.size >= LEAST:
                (share, size), _rest = _without(rest, [own, np.sign(own)])
                tiny = abs(float(share)) * float(np.max(np.abs(own))) <= 2 * rounding
                shares.append((0.0 if tiny else float(share), float(size)))
            else:
                shares.append((float(share), 0.0))
    groups = [
        [other for other in shares if np.allclose(other, one, rtol=ALIKE, atol=ALIKE * max(map(abs, one)))]
        for one in shares
    ]
    usual = max(groups, key=len, default=[])
    agreeing = len(usual) + sum(usual[0][0] <= a and usual[0][1] <= b for a, b in most if usual)
    everything = len(shares) + len(most)
    return (
        usual[0] if (usual and agreeing == everything) or (len(usual) > 1 and agreeing > everything / 2) else (0.0, 0.0)
    )
