"""The lines of sigmoid, of its derivative, and of softmax."""

import ast
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from nnkata.katas.article.lines.calls.filled_arrays import filled
from nnkata.katas.article.lines.calls.results import made, maker, returned
from nnkata.katas.article.lines.passes import right_values
from nnkata.katas.article.lines.passes.right_functions import innocent
from nnkata.katas.article.lines.sources.trees import function_at, tree
from nnkata.katas.article.oracle import sigmoid, sigmoid_derivative, softmax
from nnkata.traces.known import CLOSE, Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.traces.wrong import Frames, first_event
from nnkata.worker.tree import nodes


def activation(seen: Seen, z: Array, name: str) -> Place | None:
    """The line of sigmoid, of its derivative (`slope`) or of softmax, at a vector z."""
    known = right_values.of_softmax(z) if name == "softmax" else right_values.of_sigmoid(z, name == "slope")
    right = innocent(seen)
    whole = replace(seen, events=tuple(filled(seen, known)))
    if name == "sigmoid":
        known.add(sigmoid(np.abs(z)), sigmoid(-np.abs(z)))  # both sides are chosen from them
    number = _number(whole, z, right) if name == "softmax" else None
    if name != "softmax" and (single := _of_a_number(seen, z, name == "slope")):
        return single
    strange = min(filter(None, (first_event(whole, known, {z.size}, Frames(right)), number)), default=None)
    if strange and name == "sigmoid" and (part := wrong_part(seen, sigmoid(z))):
        return part
    if strange or seen.raised:
        return strange[1] if strange else None
    place = _fed(seen, z) or _single(seen, z) or _taken_twice(seen, z, right)
    if place is None and name != "softmax" and isinstance(seen.value, np.ndarray) and not near(seen.value, sigmoid(z)):
        return made(seen, seen.value)
    if name == "softmax" and isinstance(seen.value, np.ndarray) and near(seen.value, np.log(softmax(z))):
        return place or returned(seen)  # the logarithms are right, and their powers are missing
    return place or maker(seen, right)


def wrong_part(seen: Seen, right: Array) -> Place | None:
    """The line that last wrote the wrong elements of the result, where other lines wrote right ones."""
    if not isinstance(seen.value, np.ndarray) or seen.value.shape != right.shape or seen.value.dtype.kind != "f":
        return None
    wrong = ~np.isclose(seen.value, right, CLOSE, 0.0)
    same = [e for e in seen.events if e.place.line and e.value.shape == right.shape and e.name != "return"]
    made = {(e.frame, e.name): e.place for e in reversed(same)}  # where the array was made, with any numbers
    same = [e for e in same if e.place != made[e.frame, e.name]]
    first = next((e for e in same if near(e.value[wrong], seen.value[wrong])), None) if wrong.any() else None
    if first is None or wrong.all() or near(first.value[~wrong], right[~wrong]):
        return None
    own = [e for e in seen.events if (e.frame, e.name) == (first.frame, first.name)]
    before = own[next(n for n, e in enumerate(own) if e is first) - 1].value
    part = before.shape == first.value.shape and np.any(first.value == before)
    return first.place if part else None


def _single(seen: Seen, z: Array) -> Place | None:
    """The innermost return of a single number in place of a vector, if a function made it."""
    if not isinstance(seen.value, int | float | np.ndarray) or np.size(seen.value) != 1 or z.size == 1:
        return None
    value = np.asarray(seen.value, np.float64)
    back = (e for e in seen.events if e.frame and e.name == "return" and e.value.size == 1)
    return next((e.place for e in back if near(e.value.ravel(), value.ravel())), None)


def times(seen: Seen, z: Array) -> Place | None:
    """The call that hands another vector than ones to a function which multiplies it by the slope at z."""
    slope = sigmoid_derivative(z)
    for event in seen.events:
        if event.name.startswith("return") and event.frame and event.value.size == z.size:
            own = (e for e in seen.events if e.frame == event.frame and not e.place.line and e.value.size == z.size)
            if any(near(e.value * slope, event.value) and not near(e.value, z) for e in own):
                return None if near(event.value, slope) else seen.call_of(event.frame)
    return None


def unasked(seen: Seen, z: Array, sources: Mapping[str, str]) -> Place | None:
    """The condition by which a function that was asked for the slope gave the sigmoid, without its branch for it."""
    function = function_at(seen.frames[0].place, sources)
    if function is None or not isinstance(seen.value, np.ndarray) or not near(seen.value, sigmoid(z)):
        return None
    flags = {arg.arg for arg in function.args.args[-1:]}
    back = {e.place.line for e in seen.events if e.frame == 0 and e.name == "return"}
    file = seen.frames[0].place.file
    for node in ast.walk(function):
        asks = node.test if isinstance(node, ast.If) else node.subject if isinstance(node, ast.Match) else None
        if asks is None or flags.isdisjoint(n.id for n in ast.walk(asks) if isinstance(n, ast.Name)):
            continue
        if isinstance(node, ast.Match):
            return Place(file, node.cases[0].pattern.lineno)
        if not isinstance(node, ast.If):
            continue
        within = any(node.lineno < line <= (node.body[-1].end_lineno or 0) for line in back)
        if not within or _is_given(node.test):
            return Place(file, node.lineno)
    return None


def _is_given(test: ast.expr) -> bool:
    """Whether a condition asks if something is not None, which True and False both are."""
    match test:
        case ast.Compare(ops=[ast.IsNot() | ast.NotEq()], comparators=[ast.Constant(value=None)]):
            return True
    return False


def _of_a_number(seen: Seen, z: Array, slope: bool) -> Place | None:
    """The line that returned a wrong number, in a function that gets the elements of z one by one."""
    for number in range(1, len(seen.frames)):
        own = [e for e in seen.events if e.frame == number]
        given = [e.value for e in own if not e.place.line and e.value.size == 1]
        back = [e for e in own if e.name == "return" and e.value.size == 1]
        if len(back) == 1 and given and any(float(one.ravel()[0]) in z for one in given):
            ways = [right_values.of_sigmoid(one.ravel(), slope) for one in given]
            if not np.any(back[0].value) or not any(back[0].value in known for known in ways):
                return back[0].place
    return None


def _number(seen: Seen, z: Array, right: Collection[int]) -> tuple[int, Place] | None:
    """The first number, a sum or a largest one, that is on no right way to softmax(z)."""
    exps = [np.exp(z), np.exp(z - z.max())]
    totals = [total for e in exps for total in (e.sum(), np.log(e.sum()), 1 / e.sum())]
    known = Known().add(z.max(), -z.max(), z.min(), z.mean(), z.size, *totals)
    own = [
        (number, event)
        for number, event in enumerate(seen.events)
        if event.place.line and event.name.isidentifier() and event.name != "return" and event.frame not in right
    ]
    names = [(event.frame, event.name) for _number, event in own]
    for number, event in own:
        once = names.count((event.frame, event.name)) == 1  # else it goes over the elements
        if event.value.size == 1 and once and event.value not in known:
            return number, event.place
    return None


def _taken_twice(seen: Seen, z: Array, right: Collection[int]) -> Place | None:
    """The second of two names of one function for the same vector, such as σ(x) where σ(-x) is meant."""
    kept: list[Event] = []
    for event in seen.events:
        if event.place.line and event.name.isidentifier() and event.name != "return" and event.value.size == z.size:
            same = [e for e in kept if e.frame == event.frame and e.name != event.name and near(e.value, event.value)]
            if same and event.frame not in right and same[0].place != event.place:
                return event.place
            kept.append(event)
    return None


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


def exponential(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The only line that ran and has an exponential, for a function that is right but for an overflow within a line."""
    ran = {e.place for e in seen.events if e.place.line}
    found = {
        Place(file, node.lineno)
        for file, text in sources.items()
        for node in nodes(tree(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "exp"
    }
    return min(found & ran) if len(found & ran) == 1 else None


def reshaped(seen: Seen, shape: tuple[int, ...]) -> Place | None:
    """The line that first had as many numbers as the result should have, in another shape than it should have."""
    if isinstance(seen.value, np.ndarray) and seen.value.shape == shape:
        return None
    size = int(np.prod(shape))
    return next(
        (e.place for e in seen.events if e.place.line and e.value.size == size and e.value.shape != shape), None
    )
