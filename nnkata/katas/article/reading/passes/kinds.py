"""The departures of the backward pass: one per kind of mistake, which several layers may share."""

import itertools
from collections.abc import Sequence

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import LEARNING, Departure, of
from nnkata.katas.article.reading.observed import finite
from nnkata.katas.article.reading.passes import backward, names
from nnkata.katas.article.reading.passes.backward import Layer
from nnkata.katas.article.reading.passes.gradients import text_of
from nnkata.katas.article.reading.passes.values import Case
from nnkata.language import _

#: The clauses of the stage that a departure at a layer can turn red: W3 first, then those behind it.
BACKWARD = {
    3: of("backward", 2, 3, *range(4, 11), 13) | LEARNING,
    2: of("backward", *range(4, 11), 13) | LEARNING,
    1: of("backward", *range(5, 11), 13) | LEARNING,
}
#: The ends of the names of a mistake that is made in one layer alone.
ONE_LAYER = ("-w1", "-w2", "-w3")
#: A gradient of another shape turns these red as well.
SHAPES = of("backward", 1) | LEARNING


def departures(layers: Sequence[Layer], cases: Sequence[Case], raised: bool) -> list[Departure]:
    """One departure for each kind of mistake: a kind that several layers share is one mistake."""
    kinds: dict[tuple[str | None, str], list[Layer]] = {}
    for layer in layers:
        for kind, part in _kinds(layer):
            kinds.setdefault((kind, part if kind is None else ""), []).append(layer)
    found = []
    for upper, lower in itertools.pairwise(layers):
        if other := _taken_for(upper, lower):
            texts = [text for layer, kind in other if (text := _text(layer, kind))]
            clauses = BACKWARD[upper.number] | (SHAPES if raised else frozenset())
            found.append(Departure("backward", clauses, _("; ").join(texts), raises=raised))
            for _layer, kind in other:
                kinds.pop((kind, ""), None)
    for (kind, _part), these in kinds.items():
        texts = [text for layer in these if (text := _text(layer, kind))]
        clauses = frozenset[str]().union(*(BACKWARD[layer.number] for layer in these))
        shaped = [case for case in cases for layer in these if not _fits(case, layer.number)]
        clauses = clauses | (SHAPES if shaped or raised else frozenset())
        clauses = clauses | of("backward") if raised else clauses
        clauses = clauses | of("backward", 11) if kind == "base moved" else clauses
        readable = kind is not None and len(texts) == len(these)
        first = these[0].delta
        error = (
            names.of_error(first)
            if first is not None and kind == _delta_kind(these[0]) and these[0].number == 3
            else None
        )
        name = error or names.of(kind or "", [layer.number for layer in these])
        if kind == "slope missing" and any(_has_slope_of(other, these) for other in layers):
            name = None  # it is applied, at another layer
        if name and name.endswith(ONE_LAYER) and any(other.form is None or other.unread for other in layers):
            name = None  # another layer may have it too
        if kind == "source own" and any((other or "").startswith("source ") for other, _p in kinds if other != kind):
            name = None  # other layers take the values of others: one cause that is not known
        found.append(
            Departure(
                "backward", clauses, _("; ").join(texts) if readable else None, name, raises=raised or bool(shaped)
            )
        )
    return found


def _taken_for(upper: Layer, lower: Layer) -> list[tuple[Layer, str]] | None:
    """One value V that stands for the activations of a layer, in the gradient above and in V (1 - V): one mistake.

    If V is A2, V (1 - V) is σ'(Z2).
    """
    if upper.form is None or lower.form is None or not lower.form.right or lower.delta is None:
        return None
    name = upper.form.kind.removeprefix("source:")
    alone = upper.delta is None and not upper.form.right and upper.form.kind.startswith("source:")
    slopes = {name, f"(1 - {name})"}, {name.replace("A", "σ'(Z") + ")"}
    if not alone or set(lower.delta.slopes) not in slopes:
        return None
    return [(upper, next(kind for kind, _p in _kinds(upper) if kind)), (lower, _delta_kind(lower))]


def _has_slope_of(lower: Layer, these: Sequence[Layer]) -> bool:
    """Whether the delta of another layer has the slope that one of these lacks."""
    slopes = lower.delta.slopes if lower.delta is not None else ()
    return any(f"σ'(Z{layer.number})" in slopes for layer in these)


def _fits(case: Case, number: int) -> bool:
    return finite(case.seen.changes.get(f"W{number}"), case.weight(number).shape) is not None


def _kinds(layer: Layer) -> list[tuple[str | None, str]]:
    """The mistakes of a layer, each with a key under which that of another layer is the same one; None if unread."""
    found: list[tuple[str | None, str]] = []
    if layer.form is None or layer.unread:
        found.append((None, str(layer.number)))
    elif not layer.form.right:
        kind = layer.form.kind
        if kind.startswith("source:"):
            kind = _source(kind.removeprefix("source:"), layer.number)
        elif kind.startswith("dot:"):
            kind = "scalar" if kind.removeprefix("dot:") in _own(layer.number) else f"dot {layer.number} {kind}"
        elif kind in ("other", "bent", "added", "none"):
            kind = f"{kind} {layer.form.text}".replace(f"W{layer.number}", "W").replace(text_of(layer.number), "A")
        found.append((kind, ""))
    if layer.delta is not None:
        found.append((_delta_kind(layer), ""))
    return found


def _own(number: int) -> tuple[str, ...]:
    return ("output", "A3") if number == 3 else (f"A{number}",)


def _source(name: str, number: int) -> str:
    if name == f"Z{number - 1}":
        return "source Z"
    return "source own" if name in _own(number) else f"source {number} {name}"


def _delta_kind(layer: Layer) -> str:
    """The change of a delta, without the layer's number where there is a rule."""
    delta, number = layer.delta, layer.number
    assert delta is not None
    if number == 3 or delta.plus or delta.bent or not delta.factor.one:
        return f"delta {number} {delta}"
    up = f"W{number + 1}"
    base = {f"{up}ᵀ·δ{number + 1}": "right", f"{up}·δ{number + 1}": "straight"}.get(delta.base, delta.base)
    if "already updated" in base:
        base = "moved"
    slopes = " ".join(delta.slopes).replace(f"Z{number}", "Z").replace(f"A{number}", "A")
    right = {"": "missing", "σ'(Z)": "right"}.get(slopes, slopes)
    return f"slope {right}" if base == "right" else f"base {base}" if right == "right" else f"delta {number} {delta}"


def _text(layer: Layer, kind: str | None) -> str | None:
    if kind is None or layer.form is None:
        return None
    name, up = f"δ{layer.number}", text_of(layer.number)
    if layer.delta is not None and kind == _delta_kind(layer):
        return say.formula(name, str(layer.delta), str(backward.meant(layer.number)))
    return say.formula(f"change[W{layer.number}]", layer.form.text.format(delta=name), f"{name} ⊗ {up}")
