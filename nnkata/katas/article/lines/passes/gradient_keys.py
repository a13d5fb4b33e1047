"""The line because of which a gradient is missing, or stands under the key of another."""

import ast
from collections.abc import Mapping, Sequence

import numpy as np

from nnkata.katas.article.lines.sources.trees import function_at, tree
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.worker.tree import nodes


def misfiled(seen: Seen, departed: list[str], right: Mapping[str, Array]) -> tuple[int, Place] | None:
    """The line that puts a right gradient under another key."""
    if departed and (there := _keys_exchanged(seen, right)):
        return 0, there
    missing = [key for key in departed if isinstance(seen.value, dict) and key not in seen.value]
    for number, event in enumerate(seen.events):
        if event.place.line and event.name.endswith("']") and "params" not in event.name:
            for key in missing:
                if not event.name.endswith(f"['{key}']") and near(event.value, right[key]):
                    return number, event.place
    for number, event in enumerate(seen.events):
        if event.name == "return" and event.value.ndim == 2 and any(near(event.value, right[key]) for key in missing):
            return number, _kept(seen, event) or _within(seen, event)
    return None


def _within(seen: Seen, made: Event) -> Place:
    """The line that put a value into the result, in the function that made the result, which others gave back as it
    was."""
    inner, place = _innermost(seen, 0), made.place
    if inner not in seen.ancestors(made.frame):
        return seen.outermost(made)
    number = made.frame
    while number != inner:
        number, place = seen.frames[number].parent, seen.call_of(number)
    back = last(seen) if inner else None
    return back or place


def _keys_exchanged(seen: Seen, right: Mapping[str, Array]) -> Place | None:
    """The line that gives right gradients the keys of one another: by its key, by its name, or with the return."""
    came = seen.value if isinstance(seen.value, dict) else {}
    taken = {key: [other for other in right if _is(came.get(key), right[other])] for key in right}
    if sorted(other for found in taken.values() for other in found) != sorted(right):
        return None
    for event in seen.events:
        for key, (other,) in taken.items():
            told = event.name.endswith(f"['{key}']") or (event.name.isidentifier() and event.name.endswith(key[-1]))
            if event.place.line and other != key and told and near(event.value, right[other]):
                return event.place
    for three in zip(seen.events, seen.events[1:], seen.events[2:], strict=False):  # put into a tuple at once
        once = len({e.place for e in three}) == 1 and three[0].name.endswith("[0]")
        if once and all(any(near(e.value, one) for one in right.values()) for e in three):
            return three[0].place
    return last(seen)


def _is(value: object, right: Array) -> bool:
    return isinstance(value, np.ndarray) and value.shape == right.shape and near(value, right)


def _kept(seen: Seen, made: Event) -> Place | None:
    """The line that gives the result back, where a helper's value has a name of its own before."""
    named = (e for e in seen.events if e.frame == 0 and e.place.line and e.name.isidentifier() and e.name != "return")
    return last(seen) if made.frame and any(near(e.value, made.value) for e in named) else None


def lost(seen: Seen, right: Mapping[str, Array], missing: Sequence[str]) -> Place | None:
    """The return of a function that gives back gradients, and not the missing one that it has made."""
    sizes = {gradient.size for gradient in right.values()}
    for gradient in (right[key] for key in missing):
        same = [e for e in seen.events if e.value.size == gradient.size and near(e.value, gradient)]
        for made in same[:1]:
            back = [e for e in seen.events if e.frame == made.frame and e.name == "return" and e.value.size in sizes]
            if back and not any(e.frame == made.frame and e.name == "return" for e in same):
                return back[-1].place
    return None


def last(seen: Seen, number: int = 0) -> Place | None:
    """The line of the last return; of the innermost one, where functions give back the result of another one."""
    number = _innermost(seen, number)
    own = [e.place for e in seen.events if e.frame == number and e.name.startswith("return")]
    return own[-1] if own else None


def _innermost(seen: Seen, number: int) -> int:
    """The call that made the result of a call, where functions give back the result of another one."""
    own = [e for e in seen.events if e.frame == number and e.name.startswith("return")]
    for inner in (n for n, frame in enumerate(seen.frames) if own and frame.parent == number):
        at = [n for n, e in enumerate(seen.events) if e.frame == inner and e.name.startswith("return")]
        same = [seen.events[n] for n in at]
        once = at[-1:] == [n + len(at) - 1 for n in at[:1]]  # a generator gives one value after the other
        alike = once and len(same) == len(own) and seen.call_of(inner) == own[-1].place
        if alike and all(near(one.value, other.value) for one, other in zip(same, own, strict=True)):
            return _innermost(seen, inner)
    return number


def misshapen(changes: object, weights: Mapping[str, Array]) -> bool:
    """Whether a gradient has another shape than its matrix, so that arrays further down do not fit."""
    came = changes if isinstance(changes, dict) else {}
    return any(key in came and np.shape(came[key]) != W.shape for key, W in weights.items())


def cut_short(place: Place, sources: Mapping[str, str], other: Place | None) -> Place | None:
    """Where a line zips lists of different lengths, the line on which the shortest is written; else the `other`."""
    every = nodes(tree(sources.get(place.file, "")))
    written = {
        ast.unparse(n.targets[0]): n.value
        for n in every
        if isinstance(n, ast.Assign) and isinstance(n.value, ast.List | ast.Tuple) and len(n.targets) == 1
    }
    for call in (n for n in every if isinstance(n, ast.Call) and n.lineno == place.line):
        if ast.unparse(call.func) != "zip":
            continue
        given = [written.get(ast.unparse(one), one) for one in call.args]
        lists = sorted((n for n in given if isinstance(n, ast.List | ast.Tuple)), key=lambda n: len(n.elts))
        if len(lists) > 1 and len(lists[0].elts) < len(lists[1].elts):
            return Place(place.file, lists[0].lineno)
    return other


def unlisted(seen: Seen, key: str, sources: Mapping[str, str]) -> Place | None:
    """The line that lists names of weight matrices, for the called function, without a key that is missing then."""
    function = function_at(seen.frames[0].place, sources)
    file = seen.frames[0].place.file
    every = [*ast.walk(function)] if function else []
    used = {ast.unparse(n).rpartition(".")[2] for n in every if isinstance(n, ast.Name | ast.Attribute)}
    made = (n for n in nodes(tree(sources.get(file, ""))) if isinstance(n, ast.Assign))
    own = [n for n in every if isinstance(n, ast.List | ast.Tuple)]
    named = [n.value for n in made if used & {ast.unparse(target) for target in n.targets}]
    found = {n.lineno for n in (*own, *named) if isinstance(n, ast.List | ast.Tuple) and _names_but(n, key)}
    told = any(isinstance(n, ast.Constant) and n.value == key for n in every)
    if len(found) == 1 and not told:
        return Place(file, found.pop())
    zips = [Place(file, n.lineno) for n in every if isinstance(n, ast.Call) and ast.unparse(n.func) == "zip"]
    return next((there for one in zips if (there := cut_short(one, sources, None))), None)


def _names_but(listed: ast.List | ast.Tuple, key: str) -> bool:
    """Whether a list has two or more names of weight matrices and nothing else, without one of them."""
    said = [n.value for n in listed.elts if isinstance(n, ast.Constant)]
    return len(said) == len(listed.elts) > 1 and key not in said and {*WEIGHTS}.issuperset(said)
