"""The lines of preprocess and update, and of values that a call writes, returns or raises."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.article import oracle
from nnkata.katas.article.lines import rounds, statements
from nnkata.katas.article.lines.filed import unlisted
from nnkata.katas.article.lines.filling import ended
from nnkata.katas.article.lines.source import function_at, left, tree
from nnkata.katas.article.lines.statements import comprehensions, loops, that_ran
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import Frames, first_event, first_wrong
from nnkata.worker.tree import nodes


def returned(seen: Seen) -> Place | None:
    """The line at which the call itself returned."""
    return next((event.place for event in reversed(seen.events) if event.frame == 0 and event.name == "return"), None)


def unreturned(seen: Seen, sources: Mapping[str, str], number: int = 0) -> Place | None:
    """The statement of the function because of which a call gave nothing back: the last one, which is no return, or a
    return without a value."""
    node = function_at(seen.frames[number].place, sources)
    if seen.value is not None or seen.raised or node is None:
        return None
    file = seen.frames[number].place.file
    handed_on = {n.lineno for n in ast.walk(node) if isinstance(n, ast.Return) and isinstance(n.value, ast.Call)}
    for inner in (n for n, frame in enumerate(seen.frames) if frame.parent == number and frame.line in handed_on):
        if not any(e.frame == inner and e.name.startswith("return") for e in seen.events):
            return unreturned(seen, sources, inner)
    ends = next((statement for statement in node.body if isinstance(statement, ast.Return)), None)
    if ends is None:
        return Place(file, node.body[-1].lineno)
    every = [ends] if _bare(ends) else [n for n in ast.walk(node) if isinstance(n, ast.Return) and _bare(n)]
    return Place(file, every[0].lineno) if len(every) == 1 else None


def _bare(statement: ast.Return) -> bool:
    """Whether it returns nothing, or None by its name."""
    return statement.value is None or (isinstance(statement.value, ast.Constant) and statement.value.value is None)


def maker(seen: Seen, right: Collection[int] = ()) -> Place | None:
    """The line that returned the call's result, in the innermost function that is wrong itself; or that gave the
    returned name this value in place of another one."""
    value = seen.value
    if not isinstance(value, np.ndarray):
        return returned(seen)
    backs = [e for e in seen.events if e.name == "return" and e.frame not in right and near(e.value, value)]
    for back in backs[:1]:
        own = [e for e in seen.events if e.frame == back.frame and e.place.line and e.name != "return"]
        same = [e for e in own if near(e.value, value)]
        anew = [e for e in own if same and e.name == same[-1].name]
        return same[-1].place if len(anew) > 1 and anew[-1] is same[-1] else back.place
    return returned(seen)


def made(seen: Seen, value: Array, size: int = 2) -> Place | None:
    """The first line with a value."""
    return next((e.place for e in seen.events if e.place.line and e.value.size >= size and near(e.value, value)), None)


def written(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The line that writes into an argument of the call, if one has changed."""
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
    for node in nodes(tree(sources.get(place.file, ""))):
        if getattr(node, "lineno", 0) != place.line:
            continue
        put = isinstance(node, ast.Assign) and any(isinstance(t, ast.Subscript) for t in node.targets)
        if put or isinstance(node, ast.AugAssign) or (isinstance(node, ast.keyword) and node.arg == "out"):
            return True
    return False


def _written_in(seen: Seen, name: str, sources: Mapping[str, str]) -> Iterator[Place]:
    """The statements in the functions that ran which change a variable of that name where it is."""
    for file, node in that_ran(seen.codes(), sources):
        for inner in ast.walk(node):
            if isinstance(inner, ast.AugAssign) and ast.unparse(inner.target).partition("[")[0] == name:
                yield Place(file, inner.lineno)


#: The functions that make an array of any numbers.
EMPTY = re.compile(r"\b(empty|empty_like)$")
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
        end = returned(seen) or unreturned(seen, sources) or _at_the_end(seen, sources)
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


def is_empty(place: Place, sources: Mapping[str, str]) -> bool:
    """Whether a line only makes an array whose numbers nobody has written: np.empty."""
    made = (n for n in nodes(tree(sources.get(place.file, ""))) if isinstance(n, ast.Assign) and n.lineno == place.line)
    return any(isinstance(n.value, ast.Call) and EMPTY.search(ast.unparse(n.value.func)) for n in made)


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
    if place := _own_rate(seen, before, after, changes, rate):
        return place
    heads = loops(seen, sources)
    steps = [(before[key], after[key], rate * changes[key]) for key in before]
    if heads and any(_some_rows(*step) or _some_rows(*(one.T for one in step)) for step in steps):
        return heads[-1]
    still = [key for key in before if near(after[key], before[key], 1e-9)]
    heads = heads or comprehensions(seen, sources)
    if heads and 0 < len(still) < len(before):
        there = unlisted(seen, still[0], sources)
        return there or rounds.step(seen, heads[0], sources) or left(heads[0], sources) or heads[0]
    if not heads and 0 < len(still) < len(before) and (recursion := statements.again(seen)):
        return recursion
    place = first_wrong(seen, known, {W.size for W in before.values()})
    last = [e for e in seen.events if e.place.line and e.name != "return" and e.place not in heads]
    if not place and last and last[-1].frame and len(still) == len(before):  # a helper made them, and nothing kept them
        return _at_the_end(seen, sources)
    if not place and len(still) == len(before) and (stored := _stored(seen, sources)):
        return stored
    place = place or (last[-1].place if last else _in_loop(heads, sources)) or returned(seen)
    return place or _at_the_end(seen, sources)


def _own_rate(
    seen: Seen, before: Mapping[str, Array], after: Mapping[str, Array], changes: Mapping[str, Array], rate: float
) -> Place | None:
    """The line of a number that stands for the rate, where each step is that number times its change."""
    moved = {key: after[key] - W for key, W in before.items()}
    shares = [float(np.sum(moved[key] * changes[key]) / np.sum(changes[key] ** 2)) for key in before]
    whole = all(near(moved[key], share * changes[key], 1e-4) for key, share in zip(before, shares, strict=True))
    for event in seen.events if whole and shares[0] and near(np.array(shares), np.full(3, shares[0])) else ():
        own = (event.place.line or event.frame) and event.name.isidentifier() and event.value.size == 1
        if own and abs(abs(float(event.value.ravel()[0])) - abs(shares[0])) < 1e-5 * abs(shares[0]):
            there = event.place if event.place.line else seen.call_of(event.frame)
            return there if abs(abs(shares[0]) - rate) > 1e-5 * rate else None
    return None


def _stored(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The only line of the functions that ran which stores an element of params, under no condition."""
    found = []
    for file, node in that_ran(seen.codes(), sources):
        held = {inner for n in ast.walk(node) if isinstance(n, ast.If | ast.Match) for inner in ast.walk(n)}
        for inner in ast.walk(node):
            targets = inner.targets if isinstance(inner, ast.Assign) else []
            targets = [inner.target] if isinstance(inner, ast.AugAssign) else targets
            if any(isinstance(t, ast.Subscript) and ast.unparse(t.value).endswith("params") for t in targets):
                found += [None if inner in held else Place(file, targets[0].lineno)]
    return found[0] if len(found) == 1 else None


def _at_the_end(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The last statement of the called function."""
    node = function_at(seen.frames[0].place, sources)
    return Place(seen.frames[0].place.file, node.body[-1].lineno) if node else None


def _in_loop(heads: Sequence[Place], sources: Mapping[str, str]) -> Place | None:
    """The last statement of the innermost loop, which assigns nothing; None without a loop."""
    for node in nodes(tree(sources.get(heads[-1].file, "") if heads else "")):
        if isinstance(node, ast.For | ast.While) and node.lineno == heads[-1].line:
            return Place(heads[-1].file, node.body[-1].lineno)
    return None


def _some_rows(before: Array, after: Array, step: Array) -> bool:
    """Whether some rows of a matrix have made their step, and the others are where they were."""
    right = [near(now, then - move) for now, then, move in zip(after, before, step, strict=True)]
    still = [near(now, then, 1e-9) for now, then in zip(after, before, strict=True)]
    return any(right) and any(still) and all(r or s for r, s in zip(right, still, strict=True))


def changed_rate(seen: Seen, rate: float, skip: Collection[int] = ()) -> Place | None:
    """The line that changes the learning rate."""
    for event in seen.events:
        own = event.name.rpartition(".")[2] == "l_rate" and event.name.startswith("self.")
        if own and event.place.line and event.frame not in skip and float(event.value) != rate:
            return event.place
    return None
