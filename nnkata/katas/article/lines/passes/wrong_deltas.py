"""The line that made the delta, or the gradient, of a wrong matrix."""

import ast
from collections.abc import Collection, Mapping

import numpy as np

from nnkata.katas.article.lines.sources.trees import tree
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.worker.tree import nodes


def wrong_delta(
    seen: Seen,
    departed: list[str],
    factors: Mapping[str, tuple[Array, Array]],
    given: Known,
    backs: Collection[Array],
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
        if near(np.outer(left, a), gradient) and not taken and (found := first_line(seen, left)):
            if near(left, -delta):  # wrong where it was made
                return found
            if any(near(left, back) for back in backs if back.size == left.size) and (
                there := _taken(seen, left, gradient)
            ):
                return there
            if there := _dropped(seen, found[0], left, backs):
                return there
            return _renamed(seen, found[0], left, gradient) or found
        if near(np.outer(left, a), gradient) and near(left, -delta) and (handed := _given(seen, left)):
            return handed
    return first_line(seen, gradient)


def _given(seen: Seen, value: Array) -> tuple[int, Place] | None:
    """The line that computed a value in the arguments of a call."""
    for number, event in enumerate(seen.events):
        given = event.frame and not event.place.line and event.name.isidentifier()
        if given and event.value.size == value.size and near(event.value, value):
            return number, seen.call_of(event.frame)
    return None


def _taken(seen: Seen, value: Array, gradient: Array) -> tuple[int, Place] | None:
    """The line that called the function which made a gradient of a value, and gave it this value."""
    same = [e for e in seen.events if e.value.size == value.size and near(e.value, value)]
    if len({e.name for e in same if e.place.line and e.name.isidentifier() and e.name != "return"}) > 1:
        return None  # it got a second name before
    makers = {e.frame for e in seen.events if e.value.size == gradient.size and near(e.value, gradient)}
    for number, event in enumerate(seen.events):
        given = event.frame in makers and not event.place.line and event.frame and event.name.isidentifier()
        if given and event.value.size == value.size and near(event.value, value):
            return number, seen.call_of(event.frame)
    return None


def _dropped(seen: Seen, number: int, value: Array, backs: Collection[Array]) -> tuple[int, Place] | None:
    """The return of a function that got the error of the layer above, and gave back a value without it."""
    for frame in seen.ancestors(seen.events[number].frame):
        given = (e.value for e in seen.events if frame and e.frame == frame and not e.place.line)
        if any(one.size == back.size and near(one, back) for one in given for back in backs):
            own = ((n, e) for n, e in enumerate(seen.events) if e.frame == frame and e.name.startswith("return"))
            return next(((n, e.place) for n, e in own if e.value.size == value.size and near(e.value, value)), None)
    return None


def copied(seen: Seen, number: int, backs: Collection[Array], sources: Mapping[str, str]) -> tuple[int, Place] | None:
    """The line that gives a right value, an error before its slope, another name and no slope."""
    event = seen.events[number]
    if not any(event.value.size == back.size and near(event.value, back) for back in backs):
        return None
    for later, other in enumerate(seen.events[number + 1 :], number + 1):
        if other.frame == event.frame and other.place.line and near(other.value, event.value):
            for node in nodes(tree(sources.get(other.place.file, ""))):
                assigns = isinstance(node, ast.Assign | ast.AnnAssign) and node.lineno == other.place.line
                if assigns and ast.unparse(node).rpartition(" = ")[2] == event.name:
                    return later, other.place
    return None


def _renamed(seen: Seen, number: int, value: Array, gradient: Array) -> tuple[int, Place] | None:
    """The line of the called function that gave a helper's value another name, or passed it to that of the gradient."""
    if not seen.events[number].frame:
        return None
    named = [
        (n, e.place)
        for n, e in enumerate(seen.events)
        if e.frame == 0 and e.place.line and e.name.isidentifier() and e.name != "return"
        if e.value.size == value.size and near(e.value, value)
    ]
    handed = [
        (n, seen.call_of(e.frame))
        for n, e in enumerate(seen.events)
        if n > number and not e.place.line and e.frame and seen.frames[e.frame].parent == 0
        if e.value.size == value.size and near(e.value, value)
    ]
    makers = {e.frame for e in seen.events if e.value.size == gradient.size and near(e.value, gradient)}
    own = [one for one in handed if seen.events[one[0]].frame in makers]
    return named[-1] if len(named) > 1 else next(iter(own or handed), None)


def first_line(seen: Seen, value: Array) -> tuple[int, Place] | None:
    """The first line with a value, if that is not all zeros."""
    hits = (
        (number, event.place)
        for number, event in enumerate(seen.events)
        if event.place.line and event.value.size == value.size and near(event.value, value)
    )
    return next(hits, None) if np.any(value) else None
