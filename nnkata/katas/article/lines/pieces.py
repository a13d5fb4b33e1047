"""The lines of the pieces that stand by themselves: activations, preprocess, initialization, update, accuracy."""

import ast
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.passes import innocent
from nnkata.seen import Array, Event, Frames, Known, Place, Seen, first_wrong, near


def returned(seen: Seen) -> Place | None:
    """The line at which the call itself returned."""
    return next((event.place for event in reversed(seen.events) if event.frame == 0 and event.name == "return"), None)


def maker(seen: Seen, right: Collection[int] = ()) -> Place | None:
    """The line that returned the call's result, in the innermost function that is not right in itself."""
    value = seen.value
    if not isinstance(value, np.ndarray):
        return returned(seen)
    same = (e.place for e in seen.events if e.name == "return" and e.frame not in right and near(e.value, value))
    return next(same, None) or returned(seen)


def made(seen: Seen, value: Array, size: int = 2) -> Place | None:
    """The line that first had a value."""
    return next((e.place for e in seen.events if e.place.line and e.value.size >= size and near(e.value, value)), None)


def activation(seen: Seen, z: Array, name: str) -> Place | None:
    """The line of sigmoid, of its derivative (`slope`) or of softmax, at a vector z."""
    known, small, shifted, s = Known(), np.exp(-np.abs(z)), z - z.max(), oracle.sigmoid(z)
    known.add(z, -z, np.abs(z), -np.abs(z))
    if name == "softmax":
        exps = [np.exp(z), np.exp(shifted)]
        known.add(shifted, *exps, oracle.softmax(z), np.log(oracle.softmax(z)))
    else:
        exps = [np.exp(z), np.exp(-z), small]
        known.add(z / 2, np.tanh(z / 2), 1 + np.tanh(z / 2), s, *exps, *(1 + e for e in exps))
        known.add(z >= 0, z < 0, z <= 0, z > 0, np.where(z < 0, small, 1.0), np.logaddexp(0, z), np.logaddexp(0, -z))
        known.add(np.maximum(z, 0), np.minimum(z, 0), z >= -700)
    if name == "slope":
        known.add(1 - s, s * (1 - s), *((1 + e) ** 2 for e in exps))
    right = innocent(seen)
    return first_wrong(seen, known, {z.size}, Frames(right)) or maker(seen, right)


def preprocess(seen: Seen, images: Array, labels: Array) -> tuple[Place | None, Place | None]:
    """The lines of x and of y; None where they are right."""
    n, (x, y) = len(images), (oracle.pixels(images), oracle.one_hot(labels))
    came = seen.value if isinstance(seen.value, list | tuple) and len(seen.value) == 2 else (None, None)
    known = Known(1e-6).add(images, x, y, labels)
    for image, row in zip(images, x, strict=True):
        known.add(image, row)
    done = np.zeros_like(y)
    for row, label in enumerate(labels):
        done[row] = y[row]
        known.add(done, y[row], np.eye(10)[int(label)])
    known.add(np.eye(10), np.arange(10), np.arange(n), y.astype(bool))
    right = [isinstance(v, np.ndarray) and near(v, w, 1e-6) for v, w in zip(came, (x, y), strict=True)]
    of_x = None if right[0] else _shaped(seen, came[0], x) or first_wrong(seen, known, {x.size, x[0].size})
    of_y = None if right[1] else _shaped(seen, came[1], y) or first_wrong(seen, known, {y.size, y[0].size, n})
    last = returned(seen)
    return of_x or (None if right[0] else last), of_y or (None if right[1] else last)


def _shaped(seen: Seen, came: object, right: NDArray[Any]) -> Place | None:
    """The line that first had an array of the result's shape, if that is not the right one."""
    if not isinstance(came, np.ndarray) or came.shape == right.shape:
        return None
    return next((e.place for e in seen.events if e.place.line and e.value.shape == came.shape), None)


def initialization(
    seen: Seen, weights: Mapping[str, Any], sizes: Sequence[int], sources: Mapping[str, str]
) -> Place | None:
    """The line that made the first weight matrix; where a shape is wrong, the line that took the wrong width."""
    heads = loops(seen, sources)
    if len(weights) < len(sizes) - 1 and heads:
        return heads[0]
    for layer, (_key, W) in enumerate(sorted(weights.items()), 1):
        wanted = (sizes[layer], sizes[layer - 1])
        if np.shape(W) != wanted:
            wrong = [side for side, right in zip(np.shape(W), wanted, strict=False) if side != right]
            numbers = [e for e in seen.events if e.place.line and e.value.size == 1 and wrong and e.value == wrong[0]]
            before = [e.place for e in numbers if "sizes" not in e.name]
            return before[0] if before else made(seen, np.asarray(W, np.float64))
    return made(seen, np.asarray(weights["W1"], np.float64)) if "W1" in weights else None


def seeding(sources: Mapping[str, str]) -> Place | None:
    """A line that seeds a generator."""
    for file, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "seed":
                return Place(file, node.lineno)
    return None


def update(
    seen: Seen,
    before: Mapping[str, Array],
    after: Mapping[str, Array],
    changes: Mapping[str, Array],
    rate: float,
    sources: Mapping[str, str],
) -> Place | None:
    """The line of an update that departs; that of its loop, where a matrix has not moved."""
    known = Known()
    for key, W in before.items():
        known.add(W, changes[key], rate * changes[key], -rate * changes[key], W - rate * changes[key])
    if place := changed_rate(seen, rate):
        return place
    heads = loops(seen, sources)
    still = [key for key in before if near(after[key], before[key], 1e-9)]
    if heads and 0 < len(still) < len(before):
        return heads[0]
    place = first_wrong(seen, known, {W.size for W in before.values()})
    last = [e.place for e in seen.events if e.place.line and e.name != "return" and e.place not in heads]
    return place or (last[-1] if last else None) or next(iter(heads), None) or returned(seen)


def changed_rate(seen: Seen, rate: float, skip: Collection[int] = ()) -> Place | None:
    """The line that changes the learning rate."""
    for event in seen.events:
        own = event.name.rpartition(".")[2] == "l_rate" and event.name.startswith("self.")
        if own and event.place.line and event.frame not in skip and float(event.value) != rate:
            return event.place
    return None


def loops(seen: Seen, sources: Mapping[str, str], skip: Collection[int] = ()) -> list[Place]:
    """The heads of the loops of the functions that ran, the outer before the inner."""
    ran = {frame.code for number, frame in enumerate(seen.frames) if number not in skip}
    found = []
    for file, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (Place(file, _head(node)), node.name) in ran:
                inner = [n for n in ast.walk(node) if isinstance(n, ast.For | ast.While)]
                found += [Place(file, n.lineno) for n in sorted(inner, key=lambda n: n.lineno)]
    return found


def _head(node: ast.FunctionDef) -> int:
    """The line that Python calls the first of a function: that of its first decorator, if it has one."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def accuracy(
    seen: Seen, xs: Array, outputs: Array, ys: Array, skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line of compute_accuracy, given the outputs of each sample; the frames of the forward pass do not count."""
    n, classes = ys.shape
    answers, labels = np.argmax(outputs, axis=1), np.argmax(ys, axis=1)
    hits = (answers == labels).astype(np.float64)
    if place := _counted(seen, hits, (hits, answers, labels), skip, sources):
        return place
    known = Known().add(xs, outputs, ys, *xs, *outputs, *ys, answers, labels, hits, hits.mean(), np.arange(n))
    known.add(*range(max(n, classes) + 1))
    for count in range(1, n + 1):
        known.add(hits[:count], answers[:count], outputs[:count])
    strange = first_wrong(seen, known, {1, n, n * classes, classes, *range(2, n)}, Frames(skip))
    return strange or _under(returned(seen), sources)


def _counted(
    seen: Seen, hits: Array, lists: Sequence[Array], skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line that counts something else than the hits, one sample after the other."""
    kept: dict[tuple[int, str], list[Event]] = {}
    for event in seen.events:
        if event.place.line and event.frame not in skip and event.value.size == 1 and event.name != "return":
            kept.setdefault((event.frame, event.name.partition("[")[0]), []).append(event)
    for (_frame, name), events in kept.items():
        values = np.array([float(event.value.ravel()[0]) for event in events])
        if "[" in events[0].name:
            if len(values) == len(hits) and not any(np.array_equal(values, one) for one in lists):
                return events[-1].place
        elif values[0] == 0 and values[-1] != hits.sum() and (place := _added(seen, name, sources)):
            return place
    return None


def _added(seen: Seen, name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that adds to a count, in the function that was called."""
    file, first = seen.frames[0].place
    for node in ast.walk(ast.parse(sources.get(file, ""))):
        if isinstance(node, ast.FunctionDef) and _head(node) == first:
            added = [n for n in ast.walk(node) if isinstance(n, ast.AugAssign) and ast.unparse(n.target) == name]
            return Place(file, added[0].lineno) if added else None
    return None


def _under(place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """Of a return of a constant, the condition that it stands under."""
    for node in ast.walk(ast.parse(sources.get(place.file, "") if place else "")):
        if not isinstance(node, ast.If) or place is None:
            continue
        for inner in node.body:
            constant = isinstance(inner, ast.Return) and isinstance(inner.value, ast.Constant)
            if constant and inner.lineno == place.line:
                return Place(place.file, node.lineno)
    return place


def within_with(place: Place, sources: Mapping[str, str]) -> Place:
    """Of the head of a with statement, at which Python leaves it, the line of the return within."""
    for node in ast.walk(ast.parse(sources.get(place.file, ""))):
        if isinstance(node, ast.With) and node.lineno == place.line:
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Return)]
            return Place(place.file, inner[-1].lineno) if inner else place
    return place


def raised(where: str) -> Place | None:
    """The place that an exception of the submission's names: `network.py, line 21`."""
    file, comma, line = where.rpartition(", line ")
    return Place(file, int(line)) if comma and line.isdecimal() and len(line) < 8 else None


def imported(name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that imports a module, by its top-level name."""
    for file, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and node.level == 0 else []
            if any(each.partition(".")[0] == name for each in names) and isinstance(node, ast.stmt):
                return Place(file, node.lineno)
    return None
