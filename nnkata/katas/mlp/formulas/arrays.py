"""Reads the formula of one array of gradients of weights: a product with a delta, or one without any."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.formulas.delta_forms import MOST, Seen, either
from nnkata.katas.mlp.formulas.factors import Factor, bent, combined, factor_of, number, scaled
from nnkata.katas.mlp.formulas.terms import a, sources
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.oracle import Rule

#: Numbers below are the rounding of 0.
NOTHING = 1e-9
#: How much less exact a recovered delta is than a gradient.
LOOSE = 10


@dataclass(frozen=True)
class Form:
    """A gradient of weights that is a product with some delta: `text` has {delta} in its place, `beside` is added.

    `deltas` is that delta in each case, times n where the loss is a mean; None where the numbers do not show it.
    """

    text: str
    right: bool
    deltas: Seen
    beside: str = ""


def times(case: Case) -> float:
    """The factor that turns a gradient into that of the sum over the batch."""
    return case.n if case.passed.rule.mean else 1


def over_batch(text: str, mean: bool, factor: Factor | None = None) -> str:
    """A sum over the batch with its factor, divided by n if the loss is a mean."""
    found = factor or Factor(1.0)
    power = found.power - mean
    if power < -2:
        return scaled(text, Factor(found.value)) + f" / n{'³' if power == -3 else '⁴'}"
    return scaled(text, Factor(found.value, power))


def form_of(cases: Sequence[Case], layer: int, close: float) -> Form | None:
    """The product that gives the gradient of a layer's weights (from 1), for any delta; None if there is none."""
    place = layer - 1
    seen = [case.weights[place] for case in cases]
    if any(value is None for value in seen):
        return None
    rule = cases[0].passed.rule
    own = [case.passed.layers[place][0] for case in cases]
    came = [np.asarray(value) for value in seen if value is not None]
    inputs = sources(cases, layer)
    decay = [rule.decay_of(case.n) * w + rule.sparse * np.sign(w) for case, w in zip(cases, own, strict=True)]
    rests = [value - more for value, more in zip(came, decay, strict=True)]
    beside = decayed(rule, layer)
    for n, (name, values) in enumerate(inputs):
        deltas = _recovered(cases, rests, values, close)
        if deltas is not None:
            return Form(f"{name}ᵀ {{delta}}", n == 0, deltas, beside)
    square = came[0].shape[0] == came[0].shape[1]
    if square and (deltas := _recovered(cases, [value.T for value in rests], inputs[0][1], close)):
        return Form(f"({inputs[0][0]}ᵀ {{delta}})ᵀ", False, deltas, beside)
    if rule.decay and (deltas := _recovered(cases, came, inputs[0][1], close)):
        return Form(f"{inputs[0][0]}ᵀ {{delta}}", False, deltas)
    turned = [value + more for value, more in zip(came, decay, strict=True)]
    if rule.decay and (deltas := _recovered(cases, turned, inputs[0][1], close)):
        return Form(f"{inputs[0][0]}ᵀ {{delta}}", False, deltas, beside.replace(" + ", " - "))
    return _added(cases, layer, came, own, inputs[0][1], close)


def decay_of(
    cases: Sequence[Case], layer: int, close: float, change: Callable[[Array], Array] = np.positive
) -> float | None:
    """The multiple of the weights, or of a change of them, in a gradient that is else a product of the right input.

    None if it is no such product.
    """
    if any(case.weights[layer - 1] is None for case in cases):
        return None
    came = [np.asarray(case.weights[layer - 1]) for case in cases]
    inputs = [case.passed.A[layer - 1] for case in cases]
    if _recovered(cases, came, inputs, close):
        return 0.0
    return _multiple(cases, came, [change(case.passed.layers[layer - 1][0]) for case in cases], inputs, close)


def _multiple(
    cases: Sequence[Case], came: Sequence[Array], values: Sequence[Array], inputs: Sequence[Array], close: float
) -> float | None:
    """The multiple of some values in the part of a gradient outside the space of the inputs."""
    beside, more = [], []
    for case, value, other, source in zip(cases, came, values, inputs, strict=True):
        if case.n < source.shape[1]:
            table = source.T
            project = np.eye(len(table)) - table @ np.linalg.pinv(table)
            beside.append(project @ value)
            more.append(project @ other)
    if len(beside) < 2 or any(np.max(np.abs(value)) < 1e-9 for value in more):
        return None
    numbers = combined(beside, [more], LOOSE * close)
    return numbers[0] if numbers else None


def _added(
    cases: Sequence[Case],
    layer: int,
    came: Sequence[Array],
    own: Sequence[Array],
    inputs: Sequence[Array],
    close: float,
) -> Form | None:
    """A product with an added multiple of the weights, which may be divided by the number of samples."""
    terms = [
        (f"W{layer}", list(own)),
        (f"sign(W{layer})", [np.sign(w) for w in own]),
        (f"W{layer}²", [w**2 for w in own]),
        (f"|W{layer}|", [np.abs(w) for w in own]),
        ("1", [np.ones_like(w) for w in own]),
    ]
    over = [(f"{name} / n", [v / c.n for v, c in zip(values, cases, strict=True)]) for name, values in terms[:-1]]
    for name, values in (*terms, *over):
        multiple = _multiple(cases, came, values, inputs, close)
        if multiple is None:
            continue
        rests = [value - multiple * other for value, other in zip(came, values, strict=True)]
        if deltas := _recovered(cases, rests, inputs, LOOSE * close):
            sign, size = ("-" if multiple < 0 else "+"), number(abs(multiple))
            term = size if name == "1" else name if size == "1" else f"{size} · {name}"
            return Form(f"{a(layer - 1)}ᵀ {{delta}}", False, deltas, f" {sign} {term}")
    return None


def _recovered(cases: Sequence[Case], came: Sequence[Array], inputs: Sequence[Array], close: float) -> Seen | None:
    """The delta with came = inputsᵀ · delta in each case; None unless each case that can tell agrees, at least two."""
    found: list[Array | None] = []
    for case, value, source in zip(cases, came, inputs, strict=True):
        if case.n >= source.shape[1] or value.shape[0] != source.shape[1]:
            found.append(None)
            continue
        solution, _rest, rank, _singular = np.linalg.lstsq(source.T, value, rcond=1e-6)
        if np.max(np.abs(source.T @ solution - value)) > LOOSE * close * np.max(np.abs(value), initial=0.0):
            return None
        found.append(solution * times(case) if rank == case.n else None)
    told = [delta for delta in found if delta is not None]
    return found if len(told) > 1 and any(np.any(delta) for delta in told) else None


def weights_alone(cases: Sequence[Case], layer: int, delta: Seen, close: float) -> str | None:
    """The formula of a gradient of weights that is no product with any delta, by the right delta."""
    place, rule = layer - 1, cases[0].passed.rule
    came = [case.weights[place] for case in cases]
    if any(value is None for value in came):
        return None
    seen = [np.asarray(value) for value in came if value is not None]
    if not any(np.any(value) for value in seen):
        return "0"
    if any(value is None for value in delta):
        return None
    known = [value for value in delta if value is not None]
    decay = [rule.decay_of(case.n) * case.passed.layers[place][0] for case in cases]
    plain = [case.passed.A[place].T @ value / times(case) for case, value in zip(cases, known, strict=True)]
    right = [p + d for p, d in zip(plain, decay, strict=True)]
    name = over_batch(f"{a(layer - 1)}ᵀ δ{layer}", rule.mean)
    sizes = [case.n for case in cases]
    found = []
    for meant, front in ((right, name),) if not rule.decay else ((right, name), (plain, name)):
        rests = seen if meant is right else [value - more for value, more in zip(seen, decay, strict=True)]
        found += [
            scaled(text.format(*[front] * text.count("{}")), factor)
            + (decayed(replace(rule, sparse=0.0), layer) if meant is plain else "")
            for text, factor in bent(rests, meant, sizes, close, rows=False)
        ]
    for text, values in (
        (f"({name}) · W{layer}", [r * c.passed.layers[place][0] for r, c in zip(right, cases, strict=True)]),
        (f"W{layer}", [c.passed.layers[place][0] for c in cases]),
    ):
        if factor := factor_of(seen, values, sizes, close):
            found.append(scaled(text, factor))
    return either(found) if 0 < len(found) <= MOST else None


def decayed(rule: Rule, layer: int) -> str:
    """The part of a gradient of weights that is the decay of the rule."""
    text = f" + {number(rule.decay)} · W{layer}" + " / n" * rule.spread if rule.decay else ""
    return text + (f" + {number(rule.sparse)} · sign(W{layer})" if rule.sparse else "")
