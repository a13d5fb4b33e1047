"""The lines of the pieces that stand by themselves: activations, preprocess, initialization, update, accuracy."""

import ast
from collections.abc import Collection, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.seen import Array, Frames, Known, Place, Seen, first_wrong, near


def returned(seen: Seen) -> Place | None:
    """The line at which the call itself returned."""
    return next((event.place for event in reversed(seen.events) if event.frame == 0 and event.name == "return"), None)


def maker(seen: Seen) -> Place | None:
    """The line that returned what the call returned, in the innermost function."""
    value = seen.value
    if not isinstance(value, np.ndarray):
        return returned(seen)
    return next((e.place for e in seen.events if e.name == "return" and near(e.value, value)), None)


def made(seen: Seen, value: Array, size: int = 2) -> Place | None:
    """The line that first had a value."""
    return next((e.place for e in seen.events if e.place.line and e.value.size >= size and near(e.value, value)), None)


def activation(seen: Seen, z: Array) -> Place | None:
    """The line of sigmoid, with or without derivative, or of softmax, at a vector z."""
    known = Known()
    shifted, small = z - z.max(), np.exp(-np.abs(z))
    exps = [np.exp(v) for v in (z, -z, shifted)] + [small]
    s = oracle.sigmoid(z)
    known.add(
        z, -z, np.abs(z), -np.abs(z), shifted, z / 2, np.tanh(z / 2), 1 + np.tanh(z / 2), s, 1 - s, s * (1 - s), *exps
    )
    known.add(*(1 + e for e in exps), *(e / e.sum() for e in exps), *((1 + e) ** 2 for e in exps))
    known.add(z >= 0, z < 0, z <= 0, z > 0, np.where(z < 0, small, 1.0), np.logaddexp(0, z), np.logaddexp(0, -z))
    known.add(np.maximum(z, 0), np.minimum(z, 0), z >= -700, oracle.softmax(z), np.log(oracle.softmax(z)))
    return first_wrong(seen, known, {z.size}) or maker(seen)


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
    of_x = None if right[0] else first_wrong(seen, known, {x.size, x[0].size}) or returned(seen)
    of_y = None if right[1] else first_wrong(seen, known, {y.size, y[0].size, n}) or returned(seen)
    return of_x, of_y


def initialization(seen: Seen, weights: Mapping[str, Array], key: str) -> Place | None:
    """The line that made a weight matrix."""
    return made(seen, weights[key])


def seeding(sources: Mapping[str, str]) -> Place | None:
    """A line that seeds a generator."""
    for file, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "seed":
                return Place(file, node.lineno)
    return None


def update(
    seen: Seen, before: Mapping[str, Array], changes: Mapping[str, Array], rate: float, sources: Mapping[str, str]
) -> Place | None:
    """The line of an update that departs; that of its loop, where a matrix has not moved."""
    known = Known()
    for key, W in before.items():
        known.add(W, changes[key], rate * changes[key], -rate * changes[key], W - rate * changes[key])
    if place := changed_rate(seen, rate):
        return place
    place = first_wrong(seen, known, {W.size for W in before.values()})
    return place or next(iter(loops(seen, sources)), None) or returned(seen)


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


def accuracy(seen: Seen, outputs: Array, ys: Array, skip: Collection[int]) -> Place | None:
    """The line of compute_accuracy, given the outputs of each sample; the frames of the forward pass do not count."""
    n, classes = ys.shape
    hits = np.argmax(outputs, axis=1) == np.argmax(ys, axis=1)
    known = Known().add(
        outputs, ys, *outputs, *ys, np.argmax(outputs, axis=1), np.argmax(ys, axis=1), hits, hits.mean()
    )
    known.add(*range(max(n, classes) + 1), np.arange(n))
    for count in range(1, n + 1):
        known.add(hits[:count], np.argmax(outputs, axis=1)[:count], outputs[:count])
    sizes = {1, n, n * classes, classes, *range(2, n)}
    return first_wrong(seen, known, sizes, Frames(skip)) or returned(seen)


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
