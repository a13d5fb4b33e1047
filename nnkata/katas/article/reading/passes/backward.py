"""The backward pass, layer by layer from the output down: the departures, and their readings."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.reading import fit
from nnkata.katas.article.reading.fit import Factor
from nnkata.katas.article.reading.observed import finite
from nnkata.katas.article.reading.passes import deltas as delta_reading
from nnkata.katas.article.reading.passes import gradients
from nnkata.katas.article.reading.passes.bases import back_bases, error_bases
from nnkata.katas.article.reading.passes.deltas import (
    Delta,
    of_output_and_label,
    read_vector,
    with_another_slope,
    with_one_slope,
    with_something_added,
)
from nnkata.katas.article.reading.passes.gradients import Form, text_of
from nnkata.katas.article.reading.passes.values import DOT, Case, product


@dataclass(frozen=True)
class Layer:
    """The reading of one layer's gradient. `delta` is None if it is right.

    `form` is None if the gradient could not be read, `unread` is true if its delta could not.
    """

    number: int
    form: Form | None
    delta: Delta | None = None
    unread: bool = False

    @property
    def departs(self) -> bool:
        """Whether any part is wrong."""
        return self.form is None or not self.form.right or self.delta is not None or self.unread


def read(cases: Sequence[Case]) -> list[Layer]:
    """The three layers from the output down; `cases` are passes that gave three numeric gradients."""
    close = max(case.seen.close for case in cases)
    layers: list[Layer] = []
    known: list[dict[str, Array]] = [{"δ3": case.p - case.y} for case in cases]
    for number in (3, 2, 1):
        seen = [_value(case.seen.changes.get(f"W{number}")) for case in cases]
        seen = [None if value is None else _cleared(value, case) for value, case in zip(seen, cases, strict=True)]
        layer, used = _layer(cases, number, seen, known, close)
        as_meant = layer.delta is not None and layer.delta.base == f"{meant(number).base} as meant"
        rows = _in_rows(layers[-1]) if layer.unread and layers else None  # the delta itself may be whole
        gradient = layer.unread and bool(layers) and layers[-1] != _alone(layers[-1])  # only that of W may have it
        if as_meant or rows or gradient:
            name = f"δ{number + 1}"
            above = [{name: each[f"{name} as meant"]} | ({"δ3": each["δ3"]} if number == 1 else {}) for each in known]
            other, after = _layer(cases, number, seen, above, close)
            if as_meant or not other.unread:
                layers[-1] = Layer(number + 1, rows) if rows else _alone(layers[-1])
                layer, used = other, after
        layers.append(layer)
        known = used
    return _of_all(_of_gradients(_unproved(layers)))


def _unproved(layers: list[Layer]) -> list[Layer]:
    """A factor of a delta that no other layer shows, as the next delta comes from something else, is the gradient's."""
    following = itertools.pairwise(layers)
    alone = [lower.delta is not None and f"δ{upper.number}" not in lower.delta.base for upper, lower in following]
    changed = [_alone(layer) if one and _factor(layer) else layer for layer, one in zip(layers, alone, strict=False)]
    return [*changed, *layers[len(changed) :]]


#: The text of a delta of which some elements are 0.
IN, ELSEWHERE = " in ", ", 0 elsewhere"


def _in_rows(layer: Layer) -> Form | None:
    """The form of a gradient with some rows alone, for a delta that was read so; None for another delta."""
    base = layer.delta.base if layer.delta is not None else ""
    part = base.partition(IN)[2]
    return Form(f"{{delta}} ⊗ {text_of(layer.number)}{IN}{part}", "other") if base.endswith(ELSEWHERE) else None


def _alone(above: Layer) -> Layer:
    """A layer from whose right delta the next one goes on: only the gradient of that W has another one."""
    if above.unread or above.delta is None or above.form is None or not above.form.right:
        return above
    factor = _factor(above)
    delta = above.delta if factor is None else f"{factor}{{delta}}"
    return Layer(above.number, Form(f"{delta} ⊗ {text_of(above.number)}", "other"))


def _of_all(layers: list[Layer]) -> list[Layer]:
    """A factor of the last gradient is one of its delta, too; beside two that are the gradients' own, it is its own."""
    factor = _factor(layers[2])
    own = [layer.form is not None and layer.form.text.endswith(_own(layer)) for layer in layers[:2]]
    if factor is None or factor.one or not all(own):
        return layers
    return [*layers[:2], Layer(1, Form(f"{factor}{{delta}} ⊗ x", "other"))]


def _own(layer: Layer) -> str:
    """What stands behind the factor of a gradient that has one beside a right delta."""
    return f" · {{delta}} ⊗ {text_of(layer.number)}"


def _of_gradients(layers: list[Layer]) -> list[Layer]:
    """A factor undone by a later delta is one mistake in the gradients, not two."""
    for first in (0, 1):
        for last in range(first + 1, len(layers)):
            above, below = _factor(layers[first]), _factor(layers[last])
            if any(layer.departs for layer in layers[first + 1 : last]):
                break
            if above is None or below is None or not above.undone_by(below):
                continue
            for place in range(first, last):
                number = layers[place].number
                form = Form(f"{above}{{delta}} ⊗ {text_of(number)}", "other")
                layers[place] = Layer(number, form)
            layers[last] = Layer(layers[last].number, layers[last].form)
            break
    return layers


def _factor(layer: Layer) -> Factor | None:
    """The factor of a delta that is right but for it."""
    delta = layer.delta
    if delta is None or layer.form is None or not layer.form.right or delta.plus or delta.bent:
        return None
    usual = meant(layer.number)
    return delta.factor if (delta.base, delta.slopes) == (usual.base, usual.slopes) else None


def _cleared(value: Array, case: Case) -> Array:
    """Zero, if there is nothing but rounding: the mean of output - y is 0 in exact numbers."""
    return value if np.max(np.abs(value), initial=0.0) > NOTHING * case.seen.close else np.zeros_like(value)


#: The largest number that is rounding, in tolerances, which are relative to numbers near 1, as those of errors are.
NOTHING = 1e-2


def _value(value: object) -> Array | None:
    found = finite(value)
    return found.reshape(()) if found is not None and found.size == 1 else found


def meant(number: int) -> Delta:
    """The mathematically right delta of a layer."""
    if number == 3:
        return Delta("(output - y)")
    return Delta(f"W{number + 1}ᵀ·δ{number + 1}", (f"σ'(Z{number})",))


def _right(case: Case, number: int, above: Mapping[str, Array]) -> Array:
    """The delta that follows from the one above."""
    if number == 3:
        return case.p - case.y
    return (case.weight(number + 1).T @ above[f"δ{number + 1}"]) * case.own.slope(case.z[number])


def _layer(
    cases: Sequence[Case],
    number: int,
    came: Sequence[Array | None],
    above: Sequence[dict[str, Array]],
    close: float,
) -> tuple[Layer, list[dict[str, Array]]]:
    """One layer, and the deltas for comparing the next one, the observed one first."""
    name = f"δ{number}"
    right = [_right(case, number, known) for case, known in zip(cases, above, strict=True)]
    after = [{name: r} | _kept(known, number) for r, known in zip(right, above, strict=True)]
    if number == 2 and all(_bent(case) for case in cases):
        after = [one | {OWN_SLOPE: back} for one, back in zip(after, _usual(cases, number, above), strict=True)]
    seen = [value for value in came if value is not None]
    if len(seen) < len(cases):
        return Layer(number, None), after
    flat = [value.ndim == 2 for value in seen]
    form = gradients.matrix(cases, number, seen, close) if all(flat) else None
    if form is None or form.deltas is None:
        form = gradients.anything(cases, number, seen, [{name: r} for r in right], close)
        form = form or (gradients.decayed(cases, number, seen, close) if all(flat) else None)
        form = form or _of_another(cases, number, seen, above, close)
    if form is None or form.deltas is None:
        return Layer(number, form), after
    observed = list(form.deltas)
    if all(_near(u, r, close) for u, r in zip(observed, right, strict=True)):
        return Layer(number, form), after
    followed = [
        {name: u, f"{name} as meant": r} | _kept(k, number) for u, r, k in zip(observed, right, above, strict=True)
    ]
    if number < 3 and _of_its_own(cases, number, observed, above, close):
        return Layer(number, form), followed
    delta = _delta(cases, number, observed, above, right, close)
    other = None if delta else gradients.anything(cases, number, seen, [{name: r} for r in right], close)
    if other is not None:
        return Layer(number, other), after
    return Layer(number, form, delta, unread=delta is None), followed


def _of_another(
    cases: Sequence[Case], number: int, seen: Sequence[Array], above: Sequence[dict[str, Array]], close: float
) -> Form | None:
    """The delta of a layer above that was not brought back to this one, the gradient of another layer, or W itself."""
    rows = [*zip(above, cases, seen, strict=True)]
    for name in (n for n in above[0] if n in ("δ2", "δ3")):
        if all(name in known and _is_product(v, known[name], c.a[number - 1], close) for known, c, v in rows):
            return Form(f"{name} ⊗ {text_of(number)}", "other")
    others = {f"{name} ⊗ {text_of(upper)}": (name, upper) for name, upper in (("δ3", 3), ("δ2", 2)) if upper > number}
    for text, (name, upper) in others.items():
        if all(name in known and _is_product(v, known[name], c.a[upper - 1], close) for known, c, v in rows):
            return Form(text, "other")
    for other in (key for key in WEIGHTS if key != f"W{number}"):
        if all(_same(value, finite(case.seen.changes.get(other))) for case, value in zip(cases, seen, strict=True)):
            return Form(f"change[{other}]", "other")
    weights = [case.weight(number) for case in cases]
    if all(w.shape == value.shape and _near(value, w, close) for w, value in zip(weights, seen, strict=True)):
        return Form(f"W{number}", "other")
    return None


def _same(value: Array, other: Array | None) -> bool:
    return other is not None and np.array_equal(value, other)


def _is_product(value: Array, u: Array, v: Array, close: float) -> bool:
    made = np.outer(u, v)
    return made.shape == value.shape and _near(value, made, close)


def _of_its_own(
    cases: Sequence[Case], number: int, seen: Sequence[Array], above: Sequence[dict[str, Array]], close: float
) -> bool:
    """Whether a delta has the slope A (1 - A) under a wrong sigmoid: with the right sigmoid it would be right."""
    if not all(_bent(case) for case in cases):
        return False
    tries = [_usual(cases, number, above)]
    if all(OWN_SLOPE in known for known in above):
        tries.append(_usual(cases, number, above, OWN_SLOPE))
    return any(all(_near(u, value, close) for u, value in zip(seen, usual, strict=True)) for usual in tries)


#: The delta of layer 2 with the slope A (1 - A), if nothing distinguishes the two.
OWN_SLOPE = "δ2 by A2 (1 - A2)"


def _bent(case: Case) -> bool:
    return bool({"sigmoid", "slope"} & case.own.wrong)


def _usual(cases: Sequence[Case], number: int, above: Sequence[dict[str, Array]], name: str = "") -> list[Array]:
    """Each delta with the slope A (1 - A), from the one above."""
    found = []
    for case, known in zip(cases, above, strict=True):
        back = case.weight(number + 1).T @ known[name or f"δ{number + 1}"]
        found.append(back * case.a[number] * (1 - case.a[number]))
    return found


def _kept(known: Mapping[str, Array], number: int) -> dict[str, Array]:
    """The delta at the output remains a candidate: some networks use it in place of another."""
    return {"δ3": known["δ3"]} if number == 2 and "δ3" in known else {}


def _delta(
    cases: Sequence[Case],
    number: int,
    observed: Sequence[Array],
    above: Sequence[dict[str, Array]],
    right: Sequence[Array],
    close: float,
) -> Delta | None:
    if number == 3:
        bases = [error_bases(case) for case in cases]
        wanted: tuple[str, ...] = ()
    else:
        bases = [back_bases(case, number, known) for case, known in zip(cases, above, strict=True)]
        wanted = (f"σ'(Z{number})",)
    words = [case.vocabulary(number) for case in cases]
    found = read_vector(cases, observed, bases, words, wanted, close)
    usual = [next(iter(b.values())) for b in bases]
    found = found or with_one_slope(cases, observed, next(iter(bases[0])), usual, words, wanted, close)
    if found is None and number < 3:
        found = with_another_slope(cases, number, observed, next(iter(bases[0])), usual, close)
    if number == 3 and (found is None or len(found.slopes) > 1):
        found = of_output_and_label(cases, observed, close) or found
    if found is not None:
        return found
    more = [dict(b) | dict(w) | {"1": np.ones_like(r)} for b, w, r in zip(bases, words, right, strict=True)]
    found = with_something_added(cases, observed, meant(number), right, more, close)
    columns = [u[:, None] for u in observed], [r[:, None] for r in right]
    if found is None and number > 1 and (part := fit.rows(*columns, close)):
        found = Delta(f"{meant(number)}{IN}{part}{ELSEWHERE}")
    if found is not None or number == 3:
        return found
    for slopes in ((), *((name,) for name in words[0] if all(name in other for other in words))):
        terms = [value * product(dict(w), slopes, len(value)) for value, w in zip(usual, words, strict=True)]
        other = with_something_added(cases, observed, Delta(next(iter(bases[0])), slopes), terms, more, close)
        if other is not None:
            return other
    return None


def _near(one: Array, other: Array, close: float) -> bool:
    return bool(np.max(np.abs(one - other)) <= close * (np.max(np.abs(other)) or 1.0))


__all__ = ["DOT", "WEIGHTS", "Layer", "delta_reading", "meant", "read", "text_of"]
