"""The lines of the forward and the backward pass at fault, by the values of a right network on a sample."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.seen import Array, Frames, Known, Place, Seen, first_event, near

#: Functions known to be wrong, each with the line.
Wrong = Mapping[tuple[Place, str], Place]
#: The name of a stored weight matrix.
KEPT = re.compile(r"\bparams\['(W\d)'\]$")


#: The name of a function for the derivative alone: sigmoid_prime, d_sigmoid, slope.
SLOPE = re.compile(r"prime|deriv|slope|grad|^d_|^dsig|_d$|_back", re.IGNORECASE)


#: A source as a tree, which nobody changes: many questions of one verdict go through the same file. `locate` forgets
#: them, as a tree takes fifty times the memory of its source (CPython 3.11).
tree = lru_cache(maxsize=64)(ast.parse)


def innocent(seen: Seen, right: Collection[tuple[Place, str]] = ()) -> frozenset[int]:
    """The frames that return the sigmoid, its derivative or the softmax of their argument.

    They are the innermost, and those around them of functions that are known to be `right`.
    """
    found = set()
    for number in range(1, len(seen.frames)):
        given = [e.value for e in seen.events if e.frame == number and e.place.line == 0]
        came = [e.value for e in seen.events if e.frame == number and e.name == "return"]
        asked = any(v.size == 1 and float(v.ravel()[0]) == 1.0 for v in given)  # derivative=True
        slope = asked or bool(SLOPE.search(seen.frames[number].name))
        if len(came) == 1 and any(z.size > 1 and _is_bent(came[0], z, slope) for z in given):
            found.add(number)
    around = {seen.frames[number].parent for number in found}
    return frozenset(found - {number for number in around if number < 0 or seen.frames[number].code not in right})


def _is_bent(value: Array, z: Array, derivative: bool) -> bool:
    flat = z.ravel()
    bent = (oracle.sigmoid_derivative(flat),) if derivative else (oracle.sigmoid(flat), oracle.softmax(flat))
    return any(near(value, one) for one in bent)


def widths(weights: Mapping[str, Array]) -> set[int]:
    """The relevant numbers of elements: of each layer's vectors, and of each matrix."""
    sides = {side for W in weights.values() for side in W.shape}
    return sides | {W.size for W in weights.values()}


def on_the_way(weights: Mapping[str, Array], x: Array) -> Known:
    """The values of a right forward pass."""
    return Known().add(*oracle.forward(weights, x), *weights.values())


def unpacked(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """The line that confuses weight matrices, or writes another value in place of one."""
    taken: dict[tuple[int, Place], list[str]] = {}
    for event in seen.events:
        if not event.place.line:
            continue
        if (kept := KEPT.search(event.name)) and kept[1] in weights and not near(event.value, weights[kept[1]]):
            return event.place
        key = next((key for key, W in weights.items() if W.size == event.value.size and near(event.value, W)), None)
        if key and not kept and "[" not in event.name:
            taken.setdefault((event.frame, event.place), []).append(key)
    for (frame, place), keys in taken.items():
        loop = any(e.frame == frame and e.place == place and e.name != "return" for e in seen.events) and len(keys) < 2
        if not loop and len(set(keys)) < len(keys) <= len(WEIGHTS):
            return place
    return None


def forward(
    seen: Seen,
    weights: Mapping[str, Array],
    x: Array,
    functions: tuple[Wrong, Collection[tuple[Place, str]]],
    before: Array | None = None,
) -> Place | None:
    """The line of the forward pass that departs first; `before` is the sample before it, whose values may be there.

    `functions` are those known to be wrong, and those known to be right.
    """
    wrong, fine = functions
    if place := unpacked(seen, weights) or _elsewhere(seen, oracle.forward(weights, x)):
        return place
    known, inside = on_the_way(weights, x), Frames(innocent(seen, fine), wrong)
    found = None
    if before is not None:
        kept = Known().add(*oracle.forward(weights, before), *oracle.forward(weights, x), *weights.values())
        found = first_event(seen, kept, widths(weights), inside)
    shapes = {W.shape for W in weights.values()} | {W.shape[::-1] for W in weights.values()}
    misshapen = _is_array(seen.value) and np.size(seen.value) not in widths(weights)  # a product of two matrices
    odd = {e.value.size for e in seen.events if misshapen and e.value.ndim == 2 and e.value.shape not in shapes}
    found = found or first_event(seen, known, widths(weights) | odd, inside)
    if found is None:
        return _taken_for(seen, np.asarray(seen.value), len(seen.events)) if _is_array(seen.value) else None
    number, place = found
    value, trace = seen.events[number].value, oracle.forward(weights, x)
    for key, right in (("W1", trace.a0), ("W2", trace.a1), ("W3", trace.a2)):
        for other in trace:
            fits = other is not right and other.size == right.size and weights[key].shape[0] == value.size
            if fits and near(weights[key] @ other, value):  # right for its input, which is another value
                there = _taken_for(seen, other, number)
                return there or place
    return place


def _elsewhere(seen: Seen, trace: oracle.Trace) -> Place | None:
    """For a missing key named after a value: the line that put this value under another key."""
    key = seen.raised[1].strip("'") if seen.raised and seen.raised[0] == "KeyError" else ""
    value = trace._asdict().get(key.lower())
    if value is None:
        return None
    put = (e.place for e in seen.events if e.place.line and e.name.endswith("']") and near(e.value, value))
    return next(put, None)


def _is_array(value: object) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _taken_for(seen: Seen, value: Array, before: int) -> Place | None:
    """The second line with a value, which took it for another."""
    inside = innocent(seen)
    returns = [e.frame for e in seen.events if e.name == "return"]
    there = [
        e
        for e in seen.events[:before]
        if e.place.line and e.value.size == value.size and near(e.value, value)
        if not any(number in inside for number in seen.ancestors(e.frame))
    ]
    back = [e.frame for e in there if e.name == "return"]  # of a function that gives several, it is one by right
    lines = dict.fromkeys(
        e.place for e in there if e.name != "return" or returns.count(e.frame) == 1 or back.count(e.frame) > 1
    )
    return list(lines)[1] if len(lines) > 1 else None


def backward(
    seen: Seen,
    weights: Mapping[str, Array],
    x: Array,
    y: Array,
    output: Array,
    functions: tuple[Wrong, Collection[tuple[Place, str]]],
    sources: Mapping[str, str],
) -> Place | None:
    """The line of the backward pass that departs first, after a right forward pass; `functions` as in `forward`."""
    wrong, fine = functions
    if place := unpacked(seen, weights):
        return place
    known, trace = on_the_way(weights, x), oracle.forward(weights, x)
    delta1, delta2, delta3 = oracle.deltas(weights, trace, y, output)
    right = oracle.gradients(weights, x, y, output)
    known.add(y, output, delta3, -delta3, delta2, delta1, *right.values())
    known.add(weights["W3"].T @ delta3, weights["W2"].T @ delta2)
    known.add(*(term for a in (trace.a1, trace.a2, output, trace.output) for term in (a * (1 - a), 1 - a)))
    known.add(trace.z3 - trace.z3.max(), np.exp(trace.z3 - trace.z3.max()), np.exp(trace.z3))  # softmax once more
    known.add(delta3[:, None] * weights["W3"], delta2[:, None] * weights["W2"])
    departed = [key for key in reversed(WEIGHTS) if _departs(seen.value, key, right[key])]
    sides = {side for W in weights.values() for side in W.shape}  # a matrix may not be filled yet
    came = seen.value if isinstance(seen.value, dict) else {}
    misshapen = any(key in came and np.shape(came[key]) != right[key].shape for key in departed)
    shapes = {W.shape for W in weights.values()} | {W.shape[::-1] for W in weights.values()}
    odd = (
        {e.value.size for e in seen.events if e.value.ndim == 2 and e.value.shape not in shapes} if misshapen else set()
    )
    sizes = sides | widths(weights) | odd if misshapen else sides
    strange = first_event(seen, known, sizes, Frames(innocent(seen, fine), wrong))
    factors = {"W3": (delta3, trace.a2), "W2": (delta2, trace.a1), "W1": (delta1, trace.a0)}
    shown = _shown(seen, departed, factors, Known().add(y, output, *trace))
    found = min(filter(None, (strange, shown, _misfiled(seen, departed, right))), default=None)
    found = found or _nothing(seen, departed, weights)
    if found is None:
        found = (0, place) if (place := _last(seen)) and departed else None
    if found is None:
        return None
    missing = any(key not in came for key in departed)
    if head := _of_no_layer(seen, None if missing else found[1], sources):
        return head
    return _skipped(seen, found[1], sources) or entry(found[1], departed, sources)


def _nothing(seen: Seen, departed: list[str], weights: Mapping[str, Array]) -> tuple[int, Place] | None:
    """The first line that had a delta of zeros, else a gradient of zeros, where the first wrong gradient is zero."""
    came = seen.value.get(departed[0]) if departed and isinstance(seen.value, dict) else None
    if not isinstance(came, np.ndarray) or np.any(came):
        return None
    W = weights[departed[0]]
    for size in (W.shape[0], W.size):
        for number, event in enumerate(seen.events):
            if event.place.line and event.value.size == size and not np.any(event.value):
                return number, event.place
    return None


def _of_no_layer(seen: Seen, place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """The head of a loop, around a line if there is one, whose number was that of no layer."""
    for head, numbers in numbered(seen, seen.frames[0].place.file, place and place.line, sources):
        if any(not 0 <= number <= len(WEIGHTS) for number in numbers):
            return head
    return None


def numbered(
    seen: Seen, file: str, line: int | None, sources: Mapping[str, str]
) -> Iterator[tuple[Place, list[float]]]:
    """The heads of the `for` loops of a file, around a line if there is one, each with the numbers it went through."""
    for node in ast.walk(tree(sources.get(file, ""))):
        if isinstance(node, ast.For) and (line is None or node.lineno < line <= (node.end_lineno or 0)):
            head, name = Place(file, node.lineno), ast.unparse(node.target)
            values = [e.value for e in seen.events if e.place == head and e.name == name and e.value.size == 1]
            yield head, [float(value.ravel()[0]) for value in values]


def _skipped(seen: Seen, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The condition before a line of a loop that never held, where its block makes a value that the line takes."""
    ran = {event.place for event in seen.events}
    for loop in ast.walk(tree(sources.get(place.file, ""))):
        if not isinstance(loop, ast.For | ast.While):
            continue
        at = next((n for n, s in enumerate(loop.body) if s.lineno <= place.line <= (s.end_lineno or 0)), 0)
        taken = {n.id for n in ast.walk(loop.body[at]) if isinstance(n, ast.Name)}
        for before in reversed(loop.body[:at]):
            if isinstance(before, ast.If) and not before.orelse:
                names = {n.id for s in before.body for n in ast.walk(s) if _is_stored(n)}  # type: ignore[attr-defined]
                lines = range(before.body[0].lineno, (before.end_lineno or 0) + 1)
                if names & taken and not any(Place(place.file, line) in ran for line in lines):
                    return Place(place.file, before.lineno)
    return None


def _is_stored(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def differs(seen: Seen, weights: Mapping[str, Array], x: Array, y: Array, output: object) -> bool:
    """Whether a gradient differs from the mathematics."""
    right = oracle.gradients(weights, x, y, np.asarray(output, np.float64))
    return any(_departs(seen.value, key, right[key]) for key in right)


def _departs(value: object, key: str, right: Array) -> bool:
    came = value.get(key) if isinstance(value, dict) else None
    return not isinstance(came, np.ndarray) or came.shape != right.shape or not near(came, right)


def _shown(
    seen: Seen, departed: list[str], factors: Mapping[str, tuple[Array, Array]], given: Known
) -> tuple[int, Place] | None:
    """The first line with the delta of the first wrong gradient, or with that gradient itself.

    A delta that is one of the `given` values, such as the output, was made by no line here: the gradient's took it.
    """
    came = seen.value.get(departed[0]) if departed and isinstance(seen.value, dict) else None
    if not isinstance(came, np.ndarray) or came.dtype.kind != "f":
        return None
    delta, a = factors[departed[0]]
    gradient = np.asarray(came, np.float64)
    if came.shape == (delta.size, a.size):
        left = gradient @ a / float(a @ a)
        taken = near(left, delta) or left in given
        if near(np.outer(left, a), gradient) and not taken and (found := _had(seen, left)):
            return found
    return _had(seen, gradient)


def _had(seen: Seen, value: Array) -> tuple[int, Place] | None:
    """The first line with a value, if that is not all zeros."""
    hits = (
        (number, event.place)
        for number, event in enumerate(seen.events)
        if event.place.line and event.value.size == value.size and near(event.value, value)
    )
    return next(hits, None) if np.any(value) else None


def _misfiled(seen: Seen, departed: list[str], right: Mapping[str, Array]) -> tuple[int, Place] | None:
    """The line that puts a right gradient under another key."""
    missing = [key for key in departed if isinstance(seen.value, dict) and key not in seen.value]
    for number, event in enumerate(seen.events):
        if event.place.line and event.name.endswith("']") and "params" not in event.name:
            for key in missing:
                if not event.name.endswith(f"['{key}']") and near(event.value, right[key]):
                    return number, event.place
    back = [(n, e.place) for n, e in enumerate(seen.events) if e.name == "return" and e.value.ndim == 2]
    return next((found for found in back for key in missing if near(seen.events[found[0]].value, right[key])), None)


def _last(seen: Seen) -> Place | None:
    return next((e.place for e in reversed(seen.events) if e.frame == 0 and e.name == "return"), None)


def entry(place: Place, departed: list[str], sources: Mapping[str, str]) -> Place:
    """In a dict written as one statement over several lines: the line of the first entry that departs."""
    for entries, doubled in _dicts(place, sources):
        for key in departed:
            if key in entries:
                return Place(place.file, entries[key][-1])
        if doubled:
            return Place(place.file, doubled)
        if departed and len(entries) == len(departed):  # all under other names
            return Place(place.file, min(min(lines) for lines in entries.values()))
    return place


def _dicts(place: Place, sources: Mapping[str, str]) -> Iterator[tuple[dict[str, list[int]], int]]:
    """The dict displays around a line: the lines of each key, and the line of a repeated key."""
    for node in ast.walk(tree(sources.get(place.file, ""))):
        start, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
        if not (start <= place.line <= end and start < end):
            continue
        pairs: list[tuple[object, int]] = []
        if isinstance(node, ast.Dict):
            pairs = [
                (k.value, v.lineno) for k, v in zip(node.keys, node.values, strict=True) if isinstance(k, ast.Constant)
            ]
        elif isinstance(node, ast.Call):
            pairs = [(k.arg, k.value.lineno) for k in node.keywords]
        entries: dict[str, list[int]] = {}
        for key, line in pairs:
            entries.setdefault(str(key), []).append(line)
        if entries:
            twice = [lines for lines in entries.values() if len(lines) > 1]
            yield entries, twice[0][0] if twice else 0
