"""The lines of values that a call writes, returns, or does not return."""

import ast
from collections.abc import Collection, Iterator, Mapping

import numpy as np

from nnkata.katas.article.lines.sources.statements import that_ran
from nnkata.katas.article.lines.sources.trees import function_at, tree
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.worker.tree import nodes


def returned(seen: Seen) -> Place | None:
    """The line at which the call itself returned."""
    return next((event.place for event in reversed(seen.events) if event.frame == 0 and event.name == "return"), None)


def only_return(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The only return of the called function, where its result is no array, so that the trace has no value."""
    node = function_at(seen.frames[0].place, sources)
    if node is None or seen.raised or isinstance(seen.value, np.ndarray | float | int | dict | list | tuple):
        return None
    ends = [n.lineno for n in ast.walk(node) if isinstance(n, ast.Return)]
    return Place(seen.frames[0].place.file, ends[0]) if len(ends) == 1 else None


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


def at_the_end(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The last statement of the called function."""
    node = function_at(seen.frames[0].place, sources)
    return Place(seen.frames[0].place.file, node.body[-1].lineno) if node else None
