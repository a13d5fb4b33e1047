"""Layers that no output shows: where Z3 = W3·A1, only the gradients can show the use of A2."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Pass, finite
from nnkata.katas.article.reading.passes import forward
from nnkata.katas.article.reading.passes.forward import RIGHT, Model
from nnkata.katas.article.reading.passes.own import NoValue


def hidden(model: Model) -> int:
    """The layer of which no later layer takes anything; 0 if there is none."""
    first, second = (model.layers[place][0] for place in (1, 2))
    if "{a}" not in second and "{z}" not in second:
        return 2
    return 1 if "{a}" not in first and "{z}" not in first and "A1" not in second and "Z1" not in second else 0


def variants(model: Model, passes: Sequence[Pass]) -> Iterator[Model]:
    """The same outputs with another form of the layer that they do not show, where its activations make a gradient."""
    layer = hidden(model)
    seen = _kept(passes, layer + 1) if layer else None
    if seen is None:
        return
    for choice in forward.choices(layer, RIGHT[layer - 1], model.own):
        layers = list(model.layers)
        layers[layer - 1] = choice
        other = replace(model, layers=(layers[0], layers[1], layers[2]))
        if _has(other, passes, layer, seen):
            yield other


def told_apart(models: Sequence[Model], passes: Sequence[Pass]) -> list[Model]:
    """Of models that fit equally those that no gradient contradicts, if one leaves open what the others assert."""
    layer = next((found for model in models if (found := hidden(model))), 0)
    seen = _kept(passes, layer + 1) if layer else None
    if seen is None:
        return list(models)
    return [model for model in models if hidden(model) == layer or _has(model, passes, layer, seen)]


def _has(model: Model, passes: Sequence[Pass], layer: int, seen: Sequence[Array | None]) -> bool:
    """Whether the activations of a layer have these directions."""
    for one, direction in zip(passes, seen, strict=True):
        try:
            case = model.case(one)
        except NoValue:
            return False
        if direction is None:
            continue
        if case is None or not forward.near(_length_one(case.a[layer]), direction, 10 * one.close):
            return False
    return True


def _kept(passes: Sequence[Pass], layer: int) -> list[Array | None] | None:
    """The direction of the rows of a gradient in each pass that has one; None if one is no product of two vectors."""
    found: list[Array | None] = []
    for seen in passes:
        gradient = finite(seen.changes.get(f"W{layer}"), (seen.sizes[layer], seen.sizes[layer - 1]))
        if gradient is None or not gradient.any():
            found.append(None)
            continue
        row = gradient[int(np.argmax(np.abs(gradient).sum(axis=1)))]
        direction = _length_one(row)
        if np.max(np.abs(gradient - np.outer(gradient @ direction, direction))) > seen.close * np.max(np.abs(gradient)):
            return None
        found.append(direction)
    return found if any(direction is not None for direction in found) else None


def _length_one(value: Array) -> Array:
    """The direction, the largest element positive."""
    length = float(np.linalg.norm(value)) or 1.0
    return value / (length if value[int(np.argmax(np.abs(value)))] > 0 else -length)
