"""The lines of preprocess: its images and its labels."""

import ast
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls.filled_arrays import ended
from nnkata.katas.article.lines.calls.results import at_the_end, returned, unreturned
from nnkata.katas.article.lines.sources.statements import is_empty
from nnkata.katas.article.lines.sources.trees import tree
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import Frames, first_event
from nnkata.worker.tree import nodes

#: The numbers of a table with a row for each class.
CLASSES = 100


def preprocess(
    seen: Seen, images: Array, labels: Array, sources: Mapping[str, str]
) -> tuple[Place | None, Place | None]:
    """The lines of x and of y; None if they are right."""
    empty = {place for place in {e.place for e in seen.events} if is_empty(place, sources)}
    seen = replace(seen, events=tuple(e for e in seen.events if e.place not in empty))
    n, (x, y) = len(images), (oracle.pixels(images).astype(np.float32), oracle.one_hot(labels))
    came = seen.value if isinstance(seen.value, list | tuple) and len(seen.value) == 2 else (None, None)
    known = Known(1e-6).add(images.reshape(n, -1), x, y, labels, *labels)  # also with samples in columns
    for count, (image, row) in enumerate(zip(images, x, strict=True), 1):
        known.add(image.ravel(), row)
        rows = (np.arange(n) < count)[:, None]
        known.add(images.reshape(n, -1) * rows, x * rows)  # filled row by row
    done = np.zeros_like(y)
    for row, label in enumerate(labels):
        done[row] = y[row]
        known.add(done, y[row], np.eye(10)[int(label)])
    known.add(np.eye(10), np.arange(10), np.arange(n), y.astype(bool))
    found: list[Place | None] = []
    for value, right, sizes in ((came[0], x, {x.size, x[0].size}), (came[1], y, {y.size, y[0].size, n, CLASSES})):
        array = value if isinstance(value, np.ndarray) and value.shape == right.shape else None
        if array is not None and near(array, right, 1e-6) and (right is y or array.dtype == np.float32):
            found.append(None)
            continue
        other = y if right is x else x
        if isinstance(value, np.ndarray) and near(value, other, 1e-6):  # each is right, and one stands for both
            found.append(returned(seen))
            continue
        strange = first_event(seen, known, sizes, Frames())
        head = strange and ended(seen.events[strange[0]], known, sources)
        place = _shaped(seen, value, right) or head or (strange and strange[1])
        end = returned(seen) or unreturned(seen, sources) or at_the_end(seen, sources)
        found.append(place or _last_like(seen, value) or end)
    return found[0], found[1]


def undivided(seen: Seen, images: Array, sources: Mapping[str, str]) -> Place | None:
    """The line of a helper that divides an image and gives it back as it was: divided by 1."""
    rows = [image.ravel() for image in images]
    for event in seen.events:
        same = event.frame and event.name == "return" and any(row.size == event.value.size for row in rows)
        if same and any(near(event.value.ravel(), row) for row in rows):
            for node in nodes(tree(sources.get(event.place.file, ""))):
                if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and node.lineno == event.place.line:
                    return event.place
    return None


def _last_like(seen: Seen, value: object) -> Place | None:
    """The last line that assigned the value that was given back; else that of the helper that gave it back."""
    if not isinstance(value, np.ndarray):
        return None
    whole = value.size
    rows = value[:1] if value.ndim == 2 else value
    helper = (
        e.place
        for e in seen.events
        if e.frame and e.name == "return" and near(e.value, value if e.value.size == whole else rows)
    )
    same = (e.place for e in reversed(seen.events) if e.place.line and e.name != "return" and near(e.value, value))
    return next(same, None) or next(helper, None)


def _shaped(seen: Seen, came: object, right: NDArray[Any]) -> Place | None:
    """The first line with an array of the result's shape, if that is wrong; the return if the right array was there."""
    if not isinstance(came, np.ndarray) or came.shape == right.shape:
        return None
    if any(e.place.line and e.value.shape == right.shape and near(e.value, right, 1e-6) for e in seen.events):
        return returned(seen)
    shaped = [e for e in seen.events if e.place.line and e.value.shape == came.shape]
    like = [e for e in shaped if e.name != "return" and near(e.value, came)]
    taken = bool(like) and like[0] is shaped[0] and like[-1].name != like[0].name  # under another name, as it was
    return like[-1].place if taken else shaped[0].place if shaped else None
