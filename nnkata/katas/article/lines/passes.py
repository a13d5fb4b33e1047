"""The lines of the forward and the backward pass: what a right network comes past on a sample."""

import ast
from collections.abc import Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.seen import Array, Frames, Known, Place, Seen, first_wrong, near

#: Functions that are known to be wrong, each with the line.
Wrong = Mapping[tuple[Place, str], Place]


def innocent(seen: Seen) -> frozenset[int]:
    """The frames that return the sigmoid, its derivative or the softmax of what they were given."""
    found = set()
    for number in range(len(seen.frames)):
        given = [e.value for e in seen.events if e.frame == number and e.place.line == 0 and e.value.size > 1]
        came = [e.value for e in seen.events if e.frame == number and e.name == "return"]
        if len(came) == 1 and any(_is_bent(came[0], z) for z in given):
            found.add(number)
    return frozenset(found)


def _is_bent(value: Array, z: Array) -> bool:
    flat = z.ravel()
    bent = (oracle.sigmoid(flat), oracle.sigmoid_derivative(flat), oracle.softmax(flat))
    return any(near(value, one) for one in bent)


def widths(weights: Mapping[str, Array]) -> set[int]:
    """The numbers of elements that count: of each layer's vectors, and of each matrix."""
    sides = {side for W in weights.values() for side in W.shape}
    return sides | {W.size for W in weights.values()}


def on_the_way(weights: Mapping[str, Array], x: Array) -> Known:
    """What a right forward pass comes past."""
    trace = oracle.forward(weights, x)
    return Known().add(*trace, *weights.values())


def forward(seen: Seen, weights: Mapping[str, Array], x: Array, wrong: Wrong) -> Place | None:
    """The line of the forward pass that departs first."""
    return first_wrong(seen, on_the_way(weights, x), widths(weights), Frames(innocent(seen), wrong))


def backward(
    seen: Seen,
    weights: Mapping[str, Array],
    x: Array,
    y: Array,
    output: Array,
    wrong: Wrong,
    sources: Mapping[str, str],
) -> Place | None:
    """The line of the backward pass that departs first, after a right forward pass."""
    known, trace = on_the_way(weights, x), oracle.forward(weights, x)
    delta1, delta2, delta3 = oracle.deltas(weights, trace, y, output)
    right = oracle.gradients(weights, x, y, output)
    known.add(y, output, delta3, -delta3, delta2, delta1, *right.values())
    known.add(weights["W3"].T @ delta3, weights["W2"].T @ delta2)
    for a in (trace.a1, trace.a2):
        known.add(a * (1 - a), 1 - a)
    for delta, W in ((delta3, weights["W3"]), (delta2, weights["W2"])):
        known.add(delta[:, None] * W)
    place = first_wrong(seen, known, widths(weights), Frames(innocent(seen), wrong))
    departed = [key for key in ("W3", "W2", "W1") if _departs(seen.value, key, right[key])]
    return _entry(place, departed, sources) if place else _returned(seen, departed, sources)


def differs(seen: Seen, weights: Mapping[str, Array], x: Array, y: Array, output: object) -> bool:
    """Whether a gradient is not what the mathematics gives."""
    right = oracle.gradients(weights, x, y, np.asarray(output, np.float64))
    return any(_departs(seen.value, key, right[key]) for key in right)


def _departs(value: object, key: str, right: Array) -> bool:
    came = value.get(key) if isinstance(value, dict) else None
    return not isinstance(came, np.ndarray) or came.shape != right.shape or not near(came, right)


def _returned(seen: Seen, departed: list[str], sources: Mapping[str, str]) -> Place | None:
    """Where nothing of a known size is wrong: the line that returned."""
    if not departed:
        return None
    last = next((e.place for e in reversed(seen.events) if e.frame == 0 and e.name == "return"), None)
    return _entry(last, departed, sources) if last else None


def _entry(place: Place, departed: list[str], sources: Mapping[str, str]) -> Place:
    """In a dict that is written in one statement over several lines: the line of the first entry that departs."""
    tree = ast.parse(sources.get(place.file, ""))
    for node in ast.walk(tree):
        start, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        if not (start <= place.line <= end and start < end):
            continue
        if isinstance(node, ast.Dict):
            entries = {k.value: v for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant)}
        elif isinstance(node, ast.Call):
            entries = {k.arg: k.value for k in node.keywords}
        else:
            continue
        for key in departed:
            if key in entries:
                return Place(place.file, entries[key].lineno)
    return place
