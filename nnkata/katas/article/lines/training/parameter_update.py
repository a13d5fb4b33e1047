"""The line of an update at fault: its rate, its loop, its rows."""

import ast
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from nnkata.katas.article.lines.calls.results import at_the_end, returned
from nnkata.katas.article.lines.passes.gradient_keys import unlisted
from nnkata.katas.article.lines.sources import loop_rounds, statements
from nnkata.katas.article.lines.sources.statements import comprehensions, loops, that_ran
from nnkata.katas.article.lines.sources.trees import function_at, left, loop_at, parameters, tree
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.traces.wrong import first_wrong
from nnkata.worker.tree import nodes, spans


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
    if 0 < len(still) < len(before):
        heads = _moving(seen, [W for key, W in after.items() if key not in still], heads, sources) or heads
    heads = heads or comprehensions(seen, sources)
    if heads and 0 < len(still) < len(before):
        there = unlisted(seen, still[0], sources) or _cut_before(seen, heads[0], sources)
        return there or loop_rounds.step(seen, heads[0], sources) or left(heads[0], sources) or heads[0]
    if not heads and 0 < len(still) < len(before) and (recursion := statements.again(seen)):
        return recursion
    place = first_wrong(seen, known, {W.size for W in before.values()})
    last = [e for e in seen.events if e.place.line and e.name != "return" and e.place not in heads]
    new = [W - rate * changes[key] for key, W in before.items()]
    if not place and last and last[-1].frame and len(still) == len(before) and _in_an_object(last[-1], new):
        return last[-1].place
    if not place and last and last[-1].frame and len(still) == len(before):  # a helper made them, and nothing kept them
        return at_the_end(seen, sources)
    if not place and len(still) == len(before) and (stored := _stored(seen, sources)):
        return stored
    place = place or (last[-1].place if last else _in_loop(heads, sources)) or returned(seen)
    return place or at_the_end(seen, sources)


def made(seen: Seen, new: Array) -> bool:
    """Whether a helper of the update made this new matrix."""
    return any(e.frame and e.place.line and e.value.shape == new.shape and near(e.value, new) for e in seen.events)


def _in_an_object(event: Event, new: Sequence[Array]) -> bool:
    """Whether a right new matrix was given to an attribute of another object than the network."""
    apart = "." in event.name.partition("[")[0] and "params" not in event.name
    return apart and any(event.value.shape == W.shape and near(event.value, W) for W in new)


def _moving(seen: Seen, new: Sequence[Array], heads: Sequence[Place], sources: Mapping[str, str]) -> list[Place]:
    """The loops, or else comprehensions of the called function, around the lines with the matrices that have moved."""
    lines = {
        e.place for e in seen.events if e.place.line and any(e.value.shape == W.shape and near(e.value, W) for W in new)
    }
    loops_ = [(head, loop_at(head, sources)) for head in heads]
    around = [h for h, loop in loops_ if loop and any(h.file == one.file and spans(loop, one.line) for one in lines)]
    below = len(lines) == 1 and all(loop and loop.lineno < one.line for _h, loop in loops_ for one in lines)
    return (
        around[-1:]
        or [one for one in comprehensions(seen, sources) if one in lines][-1:]
        or ([*lines] if below else [])
    )


def _cut_before(seen: Seen, head: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that took a part of the values with which a loop's function was then called: `keys = keys[:2]`."""
    loop, callers = loop_at(head, sources), dict[Place, ast.FunctionDef]()
    for number, frame in enumerate(seen.frames):
        function = function_at(frame.place, sources)
        if frame.parent >= 0 and function and isinstance(loop, ast.For) and loop in ast.walk(function):
            said = {n.id for n in ast.walk(loop.iter) if isinstance(n, ast.Name)}
            caller = function_at(seen.frames[frame.parent].place, sources)
            if caller and said & parameters(function):
                callers[seen.call_of(number)] = caller
    for place, caller in callers.items():
        used = {n.id for n in ast.walk(caller) if isinstance(n, ast.Name) and n.lineno == place.line}
        for made in (n for n in caller.body if isinstance(n, ast.Assign) and isinstance(n.value, ast.Subscript)):
            part = isinstance(made.value, ast.Subscript) and isinstance(made.value.slice, ast.Slice)
            if part and ast.unparse(made.targets[0]) in used:
                return Place(place.file, made.lineno)
    return None


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
