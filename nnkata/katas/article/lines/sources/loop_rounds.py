"""The line that gives a loop too many or too few rounds: the number it starts at, its step, its limit, or its order."""

import ast
from collections.abc import Mapping, Sequence

import numpy as np

from nnkata.katas.article.lines.sources.trees import function_at, loop_at, tree
from nnkata.traces.place import Place
from nnkata.traces.trace import Event, Seen


def cause(seen: Seen, head: Place, meant: int, sources: Mapping[str, str]) -> Place | None:
    """The line that made a wrong value for the head of a loop; None if the head itself has it.

    `meant` is the right number of rounds. A loop over a function's own variables alone is searched.
    """
    loop = loop_at(head, sources)
    if loop is None:
        return None
    said = loop.test if isinstance(loop, ast.While) else loop.iter
    if there := counted_within(head, sources):
        return there
    own = {n for n, f in enumerate(seen.frames) if (node := function_at(f.place, sources)) and loop in ast.walk(node)}
    for name in dict.fromkeys(n.id for n in ast.walk(said) if isinstance(n, ast.Name)):
        events = [e for e in seen.events if e.frame in own and e.name == name and e.place.line and e.place != head]
        counted = any(
            isinstance(n, ast.AugAssign | ast.NamedExpr) and ast.unparse(n.target) == name for n in ast.walk(loop)
        )
        if events and name in _steps(said):
            if any(event.value.size == 1 and event.value != 1 for event in events):
                return events[-1].place
        elif events and (place := _count(events) if counted else _limit(events, meant)):
            return place
    return (_generated(loop, head, sources) or _data(loop, head, sources)) if isinstance(loop, ast.For) else None


def counted_within(head: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that counts the rounds of a `while`, by its head, in a loop within it."""
    loop = loop_at(head, sources)
    if not isinstance(loop, ast.While):
        return None
    ends = [n.test for n in loop.body if isinstance(n, ast.If) and isinstance(n.body[-1], ast.Break)]
    names = {n.id for said in (loop.test, *ends) for n in ast.walk(said) if isinstance(n, ast.Name)}
    within = (n for s in loop.body for n in ast.walk(s) if isinstance(n, ast.For | ast.While))
    counts = (n for one in within for n in ast.walk(one) if isinstance(n, ast.AugAssign))
    return next((Place(head.file, n.lineno) for n in counts if ast.unparse(n.target) in names), None)


def _steps(said: ast.expr) -> set[str]:
    """The names in the step of a range."""
    if not (isinstance(said, ast.Call) and ast.unparse(said.func) == "range" and len(said.args) == 3):
        return set()
    return {n.id for n in ast.walk(said.args[2]) if isinstance(n, ast.Name)}


def unfolded(heads: Sequence[Place], sources: Mapping[str, str]) -> list[Place]:
    """The loops without those that only go over the values of a generator of the file, if it has a loop of its own."""
    makers = {
        n.name
        for text in sources.values()
        for n in ast.walk(tree(text))
        if isinstance(n, ast.FunctionDef) and any(isinstance(inner, ast.Yield) for inner in ast.walk(n))
    }
    kept = []
    for head in heads:
        loop = loop_at(head, sources)
        called = [n.func for n in ast.walk(loop.iter) if isinstance(n, ast.Call)] if isinstance(loop, ast.For) else []
        if not any(ast.unparse(each).rpartition(".")[2] in makers for each in called):
            kept.append(head)
    return kept or [*heads]


def _generated(loop: ast.For, head: Place, sources: Mapping[str, str]) -> Place | None:
    """The loop within a generator of the file that gives a loop its rounds, if it is called with names alone."""
    call = loop.iter
    if not isinstance(call, ast.Call) or not all(isinstance(a, ast.Name | ast.Attribute) for a in call.args):
        return None
    name = ast.unparse(call.func).rpartition(".")[2]
    for function in ast.walk(tree(sources.get(head.file, ""))):
        if isinstance(function, ast.FunctionDef) and function.name == name:
            inner = [n for n in ast.walk(function) if isinstance(n, ast.For | ast.While)]
            if len(inner) == 1 and any(isinstance(n, ast.Yield) for n in ast.walk(inner[0])):
                return Place(head.file, inner[0].lineno)
    return None


def bound(seen: Seen, head: Place, n: int, sources: Mapping[str, str]) -> Place | None:
    """The line of the end of a part of n samples, in a loop whose numbers, at which the parts begin, are right."""
    loop = loop_at(head, sources)
    name = ast.unparse(loop.target) if isinstance(loop, ast.For) else ""
    starts = [
        float(e.value.ravel()[0]) for e in seen.events if e.place == head and e.name == name and e.value.size == 1
    ]
    width = starts[1] - starts[0] if len(starts) > 1 else 0.0
    if loop is None or not 0 < width <= n:
        return None
    first = starts[: int(-(-n // width))]
    if first != [width * k for k in range(len(first))] or starts[len(first) : len(first) + 1] > [0.0]:
        return None
    parts = [one for one in ast.walk(loop) if isinstance(one, ast.Slice) and one.upper]
    parts = [one for one in parts if name in _said(one.lower or one.upper)]
    ends = {ast.unparse(one.upper) for one in parts if isinstance(one.upper, ast.Name)}
    made = [one.lineno for one in loop.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) in ends]
    lines = {*made} if ends else {one.upper.lineno for one in parts if one.upper}
    return Place(head.file, lines.pop()) if len(lines) == 1 else None


def _said(node: ast.AST | None) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} if node else set()


def step(seen: Seen, head: Place, sources: Mapping[str, str]) -> Place | None:
    """The line of a `while` loop's own number where it does not go up by 1; None for another loop."""
    loop = loop_at(head, sources)
    if not isinstance(loop, ast.While):
        return None
    counted = {ast.unparse(n.target): n for n in ast.walk(loop) if isinstance(n, ast.AugAssign)}
    for name, node in counted.items():
        once = isinstance(node.value, ast.Constant) and node.value.value == 1
        numbers = [e.value for e in seen.events if e.name == name and e.value.size == 1]
        if numbers and not once and name in ast.unparse(loop.test):
            return Place(head.file, node.lineno)
    return None


def whole(head: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that made the pairs over which the loop at a line goes whole; None if there is no such loop."""
    loop = loop_at(head, sources)
    return _data(loop, head, sources) if isinstance(loop, ast.For) else None


def _data(loop: ast.For, head: Place, sources: Mapping[str, str]) -> Place | None:
    """The last line that made the values of a loop, if the loop takes it whole: by a name, zipped or counted."""
    names = [n for n in ast.walk(loop.iter) if isinstance(n, ast.Name)]
    whole = all(isinstance(n, ast.Name | ast.Call | ast.Load | ast.keyword | ast.Constant) for n in ast.walk(loop.iter))
    if not whole or any(name.id in ("range", "reversed") for name in names):
        return None
    within = [
        n for n in ast.walk(tree(sources.get(head.file, ""))) if isinstance(n, ast.FunctionDef) and loop in ast.walk(n)
    ]
    made = [
        node.lineno
        for function in within[-1:]
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and node.lineno < head.line
        if any(
            isinstance(n, ast.Name) and n.id in {name.id for name in names} for t in node.targets for n in ast.walk(t)
        )
    ]
    return Place(head.file, max(made)) if made else None


def _count(events: Sequence[Event]) -> Place | None:
    """The line of a number that does not start at 0, or that does not go up by 1."""
    values = [float(event.value.ravel()[0]) for event in events if event.value.size == 1]
    if len(values) < len(events):
        return None
    if values[0] != 0:
        return events[0].place
    steps = ((event, now - before) for event, now, before in zip(events[1:], values[1:], values, strict=False))
    return next((event.place for event, step in steps if step > 0 and step != 1), None)


def _limit(events: Sequence[Event], meant: int) -> Place | None:
    """The line of a limit, or of an order, that is not that of all rounds."""
    for event in events:
        flat = event.value.ravel()
        whole = flat.size and bool(np.all(flat == np.round(flat)) and flat.min() >= 0)
        if whole and event.value.size == 1 and flat[0] < 2 * meant and flat[0] != meant:
            return event.place
        if whole and event.value.ndim == 1 and 1 < flat.size < meant and flat.max() < meant:
            return event.place
    return None
