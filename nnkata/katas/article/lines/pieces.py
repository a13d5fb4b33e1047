"""The lines of the independent pieces: activations, preprocess, initialization, update, accuracy."""

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.passes import innocent, tree
from nnkata.seen import Array, Event, Frames, Known, Place, Seen, first_wrong, near


def returned(seen: Seen) -> Place | None:
    """The line at which the call itself returned."""
    return next((event.place for event in reversed(seen.events) if event.frame == 0 and event.name == "return"), None)


def maker(seen: Seen, right: Collection[int] = ()) -> Place | None:
    """The line that returned the call's result, in the innermost function that is wrong itself."""
    value = seen.value
    if not isinstance(value, np.ndarray):
        return returned(seen)
    same = (e.place for e in seen.events if e.name == "return" and e.frame not in right and near(e.value, value))
    return next(same, None) or returned(seen)


def made(seen: Seen, value: Array, size: int = 2) -> Place | None:
    """The first line with a value."""
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
    strange = first_wrong(seen, known, {z.size}, Frames(right))
    if strange or seen.raised:
        return strange
    return _fed(seen, z) or maker(seen, right)


def _fed(seen: Seen, z: Array) -> Place | None:
    """The line that takes something smaller for z, or hands it to the function that gives the result."""
    at_first = {(e.frame, e.name) for e in seen.events if e.place.line == 0 and e.value.size == z.size}
    for event in seen.events:
        if event.place.line and event.value.size < z.size and (event.frame, event.name) in at_first:
            return event.place
    value = seen.value
    if not isinstance(value, np.ndarray | float):
        return None
    made = [e.frame for e in seen.events if e.name == "return" and near(e.value, np.asarray(value))]
    for number in made[:1]:
        given = [e.value.size for e in seen.events if e.frame == number and e.place.line == 0]
        if number and given and max(given) < z.size:
            return seen.call_of(number)
    return None


def at_large(seen: Seen) -> Place | None:
    """The line that first had a number that is not finite, where the result has one."""
    if not isinstance(seen.value, np.ndarray) or seen.value.dtype.kind != "f" or np.isfinite(seen.value).all():
        return None
    return next((e.place for e in seen.events if e.place.line and not np.isfinite(e.value).all()), None)


def reshaped(seen: Seen, shape: tuple[int, ...]) -> Place | None:
    """The line that first had as many numbers as the result should have, in another shape than it should have."""
    if isinstance(seen.value, np.ndarray) and seen.value.shape == shape:
        return None
    size = int(np.prod(shape))
    return next(
        (e.place for e in seen.events if e.place.line and e.value.size == size and e.value.shape != shape), None
    )


def written(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The line that writes into an argument of the call, where one is not as it was."""
    if not seen.changed:
        return None
    at_first = {e.name: e.value for e in seen.events if e.frame == 0 and e.place.line == 0}
    for event in seen.events:
        old = at_first.get(event.name, at_first.get(event.name.partition("[")[0]))
        if event.place.line and old is not None and old.shape == event.value.shape and _writes(event.place, sources):
            return event.place
    return next((place for name in at_first for place in _written_in(seen, name, sources)), None)


def _writes(place: Place, sources: Mapping[str, str]) -> bool:
    """Whether a statement on a line changes an array where it is: x -= 1, x[...] = 1, out=x."""
    for node in ast.walk(tree(sources.get(place.file, ""))):
        if getattr(node, "lineno", 0) != place.line:
            continue
        put = isinstance(node, ast.Assign) and any(isinstance(t, ast.Subscript) for t in node.targets)
        if put or isinstance(node, ast.AugAssign) or (isinstance(node, ast.keyword) and node.arg == "out"):
            return True
    return False


def _written_in(seen: Seen, name: str, sources: Mapping[str, str]) -> Iterator[Place]:
    """The statements in the functions that ran which change a variable of that name where it is."""
    for file, node in _that_ran(seen.codes(), sources):
        for inner in ast.walk(node):
            if isinstance(inner, ast.AugAssign) and ast.unparse(inner.target).partition("[")[0] == name:
                yield Place(file, inner.lineno)


def preprocess(seen: Seen, images: Array, labels: Array) -> tuple[Place | None, Place | None]:
    """The lines of x and of y; None if they are right."""
    n, (x, y) = len(images), (oracle.pixels(images).astype(np.float32), oracle.one_hot(labels))
    came = seen.value if isinstance(seen.value, list | tuple) and len(seen.value) == 2 else (None, None)
    known = Known(1e-6).add(images, x, y, labels)
    for image, row in zip(images, x, strict=True):
        known.add(image, row)
    done = np.zeros_like(y)
    for row, label in enumerate(labels):
        done[row] = y[row]
        known.add(done, y[row], np.eye(10)[int(label)])
    known.add(np.eye(10), np.arange(10), np.arange(n), y.astype(bool))
    found: list[Place | None] = []
    for value, right, sizes in ((came[0], x, {x.size, x[0].size}), (came[1], y, {y.size, y[0].size, n})):
        array = value if isinstance(value, np.ndarray) and value.shape == right.shape else None
        if array is not None and near(array, right, 1e-6) and (right is y or array.dtype == np.float32):
            found.append(None)
            continue
        other = y if right is x else x
        if isinstance(value, np.ndarray) and near(value, other, 1e-6):  # each is right, and one stands for both
            found.append(returned(seen))
            continue
        place = _shaped(seen, value, right) or first_wrong(seen, known, sizes)
        found.append(place or _last_like(seen, value) or returned(seen))
    return found[0], found[1]


def _last_like(seen: Seen, value: object) -> Place | None:
    """The last line that assigned the value that was given back."""
    if not isinstance(value, np.ndarray):
        return None
    same = (e.place for e in reversed(seen.events) if e.place.line and e.name != "return" and near(e.value, value))
    return next(same, None)


def _shaped(seen: Seen, came: object, right: NDArray[Any]) -> Place | None:
    """The first line with an array of the result's shape, if that is wrong."""
    if not isinstance(came, np.ndarray) or came.shape == right.shape:
        return None
    return next((e.place for e in seen.events if e.place.line and e.value.shape == came.shape), None)


def update(
    seen: Seen,
    before: Mapping[str, Array],
    after: Mapping[str, Array],
    changes: Mapping[str, Array],
    rate: float,
    sources: Mapping[str, str],
) -> Place | None:
    """The line of an update that departs; that of its loop if a matrix has not moved."""
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
    for file, node in _that_ran(ran, sources):
        inner = [n for n in ast.walk(node) if isinstance(n, ast.For | ast.While)]
        found += [Place(file, n.lineno) for n in sorted(inner, key=lambda n: n.lineno)]
    return found


def _that_ran(
    codes: Collection[tuple[Place, str]], sources: Mapping[str, str]
) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions among these codes, each with its file."""
    for file, text in sources.items():
        for node in ast.walk(tree(text)):
            if isinstance(node, ast.FunctionDef) and (Place(file, _head(node)), node.name) in codes:
                yield file, node


def function_at(place: Place, sources: Mapping[str, str]) -> ast.FunctionDef | None:
    """The function of which this is the first line for Python."""
    nodes = ast.walk(tree(sources.get(place.file, "")))
    return next((n for n in nodes if isinstance(n, ast.FunctionDef) and _head(n) == place.line), None)


def _head(node: ast.FunctionDef) -> int:
    """A function's first line for Python: that of its first decorator, if it has one."""
    return min([node.lineno, *(d.lineno for d in node.decorator_list)])


def accuracy(
    seen: Seen, xs: Array, outputs: Array, ys: Array, skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line of compute_accuracy at fault, from each sample's outputs; frames of the forward pass are ignored."""
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


def moving(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """The line of the call itself that first had another matrix than the weights, or that called for one."""
    sizes = {W.size: W for W in weights.values()}
    for event in seen.events:
        W = sizes.get(event.value.size)
        if event.place.line and "params" in event.name and W is not None and not near(event.value, W):
            number, place = event.frame, event.place
            while number > 0:
                number, place = seen.frames[number].parent, seen.call_of(number)
            return place
    return None


def _counted(
    seen: Seen, hits: Array, lists: Sequence[Array], skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line that counts something other than hits, sample by sample."""
    kept: dict[tuple[int, str], list[Event]] = {}
    for event in seen.events:
        if event.place.line and event.frame not in skip and event.value.size == 1 and event.name != "return":
            kept.setdefault((event.frame, event.name.partition("[")[0]), []).append(event)
    for (_frame, name), events in kept.items():
        values = np.array([float(event.value.ravel()[0]) for event in events])
        if "[" in events[0].name:
            if len(values) == len(hits) and not any(np.array_equal(values, one) for one in lists):
                return events[-1].place
        elif values[0] != 0 and len(values) > 1 and values[-1] - values[0] == hits.sum():
            return events[0].place  # it begins with another number than zero
        elif values[0] == 0 and values[-1] != hits.sum() and (place := _added(seen, name, sources)):
            return place
    return None


def _added(seen: Seen, name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that adds to a count, in the called function."""
    called = seen.frames[0].place
    nodes = ast.walk(function_at(called, sources) or ast.Module([], []))
    added = [n for n in nodes if isinstance(n, ast.AugAssign) and ast.unparse(n.target) == name]
    return Place(called.file, added[0].lineno) if added else None


def _under(place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """For a return of a constant, the line of its condition."""
    for node in ast.walk(tree(sources.get(place.file, "") if place else "")):
        if not isinstance(node, ast.If) or place is None:
            continue
        for inner in node.body:
            constant = isinstance(inner, ast.Return) and isinstance(inner.value, ast.Constant)
            if constant and inner.lineno == place.line:
                return Place(place.file, node.lineno)
    return place


def within_with(place: Place, sources: Mapping[str, str]) -> Place:
    """For the head of a with statement, at which Python leaves it, the line of the return within."""
    for node in ast.walk(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.With) and node.lineno == place.line:
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Return)]
            return Place(place.file, inner[-1].lineno) if inner else place
    return place


def raised(where: str) -> Place | None:
    """The place in the submission's exception: `network.py, line 21`."""
    file, comma, line = where.rpartition(", line ")
    return Place(file, int(line)) if comma and line.isdecimal() and len(line) < 8 else None


def imported(name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that imports a module, by its top-level name."""
    for file, text in sources.items():
        for node in ast.walk(tree(text)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and node.level == 0 else []
            if any(each.partition(".")[0] == name for each in names) and isinstance(node, ast.stmt):
                return Place(file, node.lineno)
    return None
