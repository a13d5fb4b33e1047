"""Reads the formula of a bias's gradient, by its delta."""

from collections.abc import Sequence

import numpy as np

from nnkata.katas.mlp.formulas.arrays import LOOSE, NOTHING, over_batch, times
from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.formulas.delta_forms import MOST, Seen, either
from nnkata.katas.mlp.formulas.factors import Factor, alike, bent, combined, factor_of, scaled
from nnkata.katas.mlp.functions import Array
from nnkata.language import _


def bias_sum(cases: Sequence[Case], layer: int, delta: Seen, close: float) -> bool:
    """Whether the gradient of a layer's bias is the sum of this delta."""
    pairs = [
        (came, value.sum(axis=0) / times(case))
        for case, came, value in zip(cases, _biases(cases, layer), delta, strict=True)
        if came is not None and value is not None
    ]
    least = max((float(np.max(np.abs(right), initial=0.0)) for _came, right in pairs), default=0.0)
    return len(pairs) > 1 and all(
        came.shape == right.shape and bool(np.max(np.abs(came - right)) <= LOOSE * close * (least or 1.0))
        for came, right in pairs
    )


def _biases(cases: Sequence[Case], layer: int) -> Seen:
    return [case.biases[layer - 1] for case in cases]


def bias_of(
    cases: Sequence[Case], layer: int, delta: Seen, backs: Seen, others: Sequence[tuple[str, Seen]], close: float
) -> str | None:
    """The formula of the gradient of a layer's bias, by its delta; None if there is none.

    `backs` are the errors before the slope, `others` are the deltas of other layers.
    """
    chosen = [
        (case, came, value, back)
        for case, came, value, back in zip(cases, _biases(cases, layer), delta, backs, strict=True)
        if came is not None and value is not None
    ]
    if len(chosen) < 2:
        return None
    few = [case for case, _came, _value, _back in chosen]
    seen = [came for _case, came, _value, _back in chosen]
    known = [value for _case, _came, value, _back in chosen]
    mean, sizes, name = few[0].passed.rule.mean, [case.n for case in few], f"δ{layer}"
    scale = [times(case) for case in few]
    if not any(np.any(came) for came in seen):
        return "0"
    total = "[" + _("Σ {delta} over batch and layer").format(delta=name) + "]"
    nothing = all(abs(v.sum()) < NOTHING * np.abs(v).sum() for v in known)  # as the errors of a softmax add up to 0
    if nothing and all(np.ptp(came) == 0 and np.max(np.abs(came)) < NOTHING for came in seen):
        return over_batch(total, mean)
    bias: list[Array] = [np.asarray(case.passed.layers[layer - 1][1]) for case in few]
    candidates = _of_delta(name, total, known, seen)
    candidates.append((f"(Σ {name}) · b{layer}", [v.sum(axis=0) * b for v, b in zip(known, bias, strict=True)]))
    if all(back is not None for _c, _s, _k, back in chosen):
        over = f"Σ (δ{layer + 1} W{layer + 1}ᵀ)"
        candidates.append((over, [np.asarray(back).sum(axis=0) for _c, _s, _k, back in chosen]))
    for text, values in others:
        other = [v for v, case in zip(values, cases, strict=True) if case in few and v is not None]
        if len(other) == len(few):
            candidates.append((f"Σ {text}", [v.sum(axis=0) for v in other]))
    found = []
    for text, values in candidates:
        made = [value / s for value, s in zip(values, scale, strict=True)]
        factor = factor_of(seen, made, sizes, close)
        if factor is not None:
            found.append(over_batch(text, mean, factor))
            if text == f"Σ {name}":
                return found[0]
    if found:
        return either(found) if len(found) <= MOST else None
    sums = [v.sum(axis=0) / s for v, s in zip(known, scale, strict=True)]
    front = over_batch(f"Σ {name}", mean)
    if alike([np.asarray(s.shape) for s in seen], [np.asarray(s.shape) for s in sums], 0.1):
        if fits := bent(seen, sums, sizes, close, rows=False):
            return either([scaled(t.format(*[front] * t.count("{}")), f) for t, f in fits[:MOST]])
        if numbers := combined(seen, [sums, bias], close):
            sign = "-" if numbers[1] < 0 else "+"
            return f"{scaled(front, Factor(numbers[0]))} {sign} {scaled(f'b{layer}', Factor(abs(numbers[1])))}"
    return None


def _of_delta(name: str, total: str, known: Sequence[Array], seen: Sequence[Array]) -> list[tuple[str, list[Array]]]:
    """Formulas of the delta alone, with their values in each case."""
    return [
        (f"Σ {name}", [v.sum(axis=0) for v in known]),
        ("[" + _("the last row of {delta}").format(delta=name) + "]", [v[-1] for v in known]),
        ("[" + _("the first row of {delta}").format(delta=name) + "]", [v[0] for v in known]),
        (f"Σ |{name}|", [np.abs(v).sum(axis=0) for v in known]),
        (f"|Σ {name}|", [np.abs(v.sum(axis=0)) for v in known]),
        (f"Σ {name}²", [(v**2).sum(axis=0) for v in known]),
        (f"max {name}", [v.max(axis=0) for v in known]),
        (f"min {name}", [v.min(axis=0) for v in known]),
        (f"sign(Σ {name})", [np.sign(v.sum(axis=0)) for v in known]),
        (total, [np.full(c.shape, v.sum()) for v, c in zip(known, seen, strict=True)]),
        ("[" + _("Σ {delta} over the units").format(delta=name) + "]", [v.sum(axis=1) for v in known]),
    ]
