"""The line at fault for an exception: that of a call, if the function that raised is right in another call."""

import ast
import re
from collections.abc import Mapping

import numpy as np

from nnkata.katas.article.lines.sources import origin
from nnkata.katas.article.lines.sources.statements import is_empty
from nnkata.katas.article.lines.sources.trees import function_at, tree
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.traces.wrong import right_elsewhere
from nnkata.worker.tree import nodes, spans


def thrown(seen: Seen, known: Known, sources: Mapping[str, str]) -> Place | None:
    """The line that raised; for a helper that gave a right value in another call, the line that called it."""
    place = own = Place.stated(seen.raised[2]) if seen.raised else None
    number = next((n for n in reversed(range(len(seen.frames))) if _spans(seen, n, place, sources)), 0)
    while place and number:
        called_wrongly = _unfit(seen, known, number) or _by_key(seen, known, number, sources)
        if not (called_wrongly or right_elsewhere(seen, known, number)):
            break
        number, place = seen.frames[number].parent, seen.call_of(number)
    if place is None:
        return None
    if there := _uncalled(seen, place, sources) or _single(seen, number):
        return there
    if there := _iterator(seen, place, sources):
        return there
    if there := _of_no_shape(seen, known, place, sources):
        return there
    if there := _of_another_size(seen, known, number, place, sources):
        return there
    for vector in _vectors(seen, known, place, own):
        if (there := origin.renamed(seen, place, vector, sources)) != place:
            return there
    return place


def _single(seen: Seen, number: int) -> Place | None:
    """The return that gave a single number where the function that raised, in a frame, takes a vector."""
    if seen.raised is None or "does not have enough dimensions" not in seen.raised[1]:
        return None
    first = next((n for n, e in enumerate(seen.events) if e.frame == number), 0)
    given = [e.value for e in seen.events if e.frame == number and not e.place.line and e.value.size == 1]
    parent = seen.frames[number].parent
    for event in reversed(seen.events[:first]):
        if event.name == "return" and event.frame and seen.frames[event.frame].parent == parent:
            same = any(np.array_equal(event.value.ravel(), one.ravel()) for one in given)
            return event.place if same else None
    return None


def caller(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The line that raised; for a helper with an array of the wrong shape that gave something back in another call, the
    line that called it."""
    place = Place.stated(seen.raised[2]) if seen.raised else None
    number = next((n for n in reversed(range(len(seen.frames))) if _spans(seen, n, place, sources)), 0)
    same = {n for n, frame in enumerate(seen.frames) if frame.code == seen.frames[number].code and n != number}
    back = any(e.frame in same and e.name == "return" for e in seen.events)
    unfit = seen.raised and UNFIT.search(seen.raised[1])
    return seen.call_of(number) if number and back and unfit else place


#: Messages of a function that stands where a value is meant.
FUNCTION = re.compile(r"'(?:function|method|builtin_function_or_method|type)'|does not have enough dimensions")


def _uncalled(seen: Seen, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that gave a function the name of a value, without a call, where a line takes it for the value."""
    if seen.raised is None or not FUNCTION.search(seen.raised[1]):
        return None
    valued = {e.place for e in seen.events}
    lines = (Place(place.file, line) for line in origin.named(place, sources))
    return next((line for line in lines if line not in valued), None)


#: Python's words for a generator, a zip or a map that stands for a list.
ITERATOR = re.compile(r"'(?:generator|zip|map|filter|enumerate|reversed)' object is not subscriptable|has no len\(\)")


def _iterator(seen: Seen, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The only line that gives a generator the name by which a line takes its elements."""
    if seen.raised is None or not ITERATOR.search(seen.raised[1]):
        return None
    every = [*nodes(tree(sources.get(place.file, "")))]
    taken = {ast.unparse(n.value) for n in every if isinstance(n, ast.Subscript) and n.lineno == place.line}
    made = [n for n in every if isinstance(n, ast.Assign) and any(ast.unparse(t) in taken for t in n.targets)]
    return Place(place.file, made[0].lineno) if len(made) == 1 else None


#: NumPy's words for two arrays that do not fit.
UNFIT = re.compile(r"broadcast|not aligned|mismatch in its core|incompatible dimensions")


def _of_no_shape(seen: Seen, known: Known, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that made a matrix which no right network has, as a column minus a row does, where arrays do not fit."""
    unfit = seen.raised is not None and UNFIT.search(seen.raised[1])
    made = (e for e in seen.events if unfit and e.place.line and e.value.ndim == 2 and len(e.value) > 1)
    square = (e for e in made if e.value.shape[0] == e.value.shape[1] and e.place != place)
    strange = (e.place for e in square if e.value not in known)
    return next((one for one in strange if not is_empty(one, sources)), None)


def _of_another_size(seen: Seen, known: Known, number: int, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that took a right vector by a computed index, where two vectors do not fit and this is one of them."""
    sizes = {int(size) for size in re.findall(r"\((\d+),\)", seen.raised[1])} if seen.raised else set()
    taken = origin.by_index(place, sources) if len(sizes) == 2 else {}
    last = {e.name: e for e in seen.events if e.frame == number and e.name in taken and e.place == taken[e.name]}
    found = [e.place for e in last.values() if e.value.size in sizes and e.value in known]
    return found[0] if len(found) == 1 else None


def _unfit(seen: Seen, known: Known, number: int) -> bool:
    """Whether a function was given right arrays that do not fit: a matrix and a vector, or vectors of two layers."""
    own = (e for e in seen.events if e.frame == number and not e.place.line)
    given = [e.value for e in own if "['" not in e.name and "." not in e.name and e.value in known]
    sides = [value.shape for value in given if value.ndim == 2 and 1 not in value.shape]
    vectors = [value.size for value in given if value.size == max(value.shape, default=0) > 1]
    if not sides and len(given) == len(vectors):
        return len(set(vectors)) > 1
    return len(sides) == 1 and any(size not in sides[0] for size in vectors)


def _vectors(seen: Seen, known: Known, place: Place, own: Place | None) -> list[Array]:
    """The right vectors that a line passed to the function that raised."""
    called = [n for n, frame in enumerate(seen.frames) if n and seen.call_of(n) == place] if place != own else []
    given = (e.value for e in seen.events if e.frame in called[-1:] and not e.place.line and e.value in known)
    return [value for value in given if value.size == max(value.shape, default=0) > 1]


def _spans(seen: Seen, number: int, place: Place | None, sources: Mapping[str, str]) -> bool:
    """Whether a line stands in the function of a frame."""
    node = function_at(seen.frames[number].place, sources)
    inside = node is not None and place is not None and place.file == seen.frames[number].place.file
    return bool(node and place and inside and spans(node, place.line))


def _by_key(seen: Seen, known: Known, number: int, sources: Mapping[str, str]) -> bool:
    """Whether a function that was right before gets its weights by an argument that is no number, such as a key."""
    frame = seen.frames[number]
    node = function_at(frame.place, sources)
    names = [a.arg for a in node.args.args if a.arg != "self"] if node else []
    given = {e.name.partition("[")[0] for e in seen.events if e.frame == number and not e.place.line}
    others = {n for n, other in enumerate(seen.frames) if other.code == frame.code and n != number}
    back = (e.value for e in seen.events if e.frame in others and e.name == "return" and e.value.size > 1)
    return bool(names) and not given.issuperset(names) and any(value in known for value in back)


def first_round(seen: Seen, delta3: Array, W3: Array, sources: Mapping[str, str]) -> Place | None:
    """The loop of backward_pass, by its head, that begins with another layer's object than the last one's.

    Its first round hands on δ3, and NumPy complains of a number that is no side of W3, or of two vectors.
    """
    function = function_at(seen.frames[0].place, sources)
    last = max((n for n, frame in enumerate(seen.frames) if frame.parent == 0), default=0)
    shapes = (
        [tuple(map(int, re.findall(r"\d+", one))) for one in re.findall(r"\(([\d, ]+)\)", seen.raised[1])]
        if seen.raised
        else []
    )
    told = {int(one) for one in re.findall(r"(?:size|from) (\d+)", seen.raised[1])} if seen.raised else set()
    vectors = len(shapes) == 2 and all(len(shape) == 1 for shape in shapes)
    beside = bool(told | {side for shape in shapes for side in shape} - {delta3.size}) and not (
        (told | {side for shape in shapes for side in shape}) <= {*W3.shape}
    )
    given = [e.value for e in seen.events if e.frame == last and e.place.line == 0 and near(e.value, delta3)]
    if function is None or not last or not given or not (vectors or beside):
        return None
    line = seen.frames[last].line
    for loop in (n for n in ast.walk(function) if isinstance(n, ast.For)):
        once = [
            n for n, f in enumerate(seen.frames) if f.parent == 0 and loop.lineno < f.line <= (loop.end_lineno or 0)
        ]
        if loop.lineno < line <= (loop.end_lineno or 0) and len(once) == 1 and not isinstance(loop.target, ast.Tuple):
            return Place(seen.frames[0].place.file, loop.lineno)
    return None


def numbers(place: Place, taken: Place | None, sources: Mapping[str, str]) -> bool:
    """Whether a line makes the number by which another line right after it takes an element that is not there."""
    every = [*nodes(tree(sources.get(place.file, "")))]
    made = {
        n.id
        for one in every
        if isinstance(one, ast.Assign) and one.lineno == place.line
        for t in one.targets
        for n in ast.walk(t)
        if isinstance(n, ast.Name)
    }
    subscripts = (n.slice for n in every if isinstance(n, ast.Subscript) and taken and n.lineno == taken.line)
    return bool(made & {n.id for one in subscripts for n in ast.walk(one) if isinstance(n, ast.Name)})
