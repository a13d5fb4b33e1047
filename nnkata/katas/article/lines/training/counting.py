"""The line of compute_accuracy that counts something other than hits, sample by sample."""

import ast
import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from nnkata.katas.article.lines.sources.trees import function_at, loop_at, tree
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen


def counted(
    seen: Seen, ys: Array, lists: Sequence[Array], skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line that counts something other than hits, sample by sample."""
    hits, kept = lists[0], dict[tuple[int, str], list[Event]]()
    for event in seen.events:
        if event.place.line and event.frame not in skip and event.value.size == 1 and event.name != "return":
            kept.setdefault((event.frame, event.name.partition("[")[0]), []).append(event)
    inverted = isinstance(seen.value, float) and near(np.array(seen.value), np.asarray(np.mean(1 - hits)))
    errors = [] if inverted else [1 - hits]  # may be counted, too
    sums = [np.cumsum(np.r_[start, one]) for one in (hits, *errors) for start in ([], [0.0])]
    totals = [one.sum() for one in (hits, *errors)]
    known = [*lists, *errors, *sums, np.arange(len(hits)), np.arange(len(hits) + 1)]
    if place := next((place for events in kept.values() if (place := _some(events, len(hits)))), None):
        return place
    if place := _judged(seen, lists, ys, skip) or _predicted(seen, lists, ys, skip):
        return place
    counts = []
    for (_frame, name), events in kept.items():
        values = np.array([float(event.value.ravel()[0]) for event in events])
        if "[" in events[0].name:
            if len(values) == len(hits) and not any(np.array_equal(values, one) for one in lists):
                return events[-1].place
        elif over := _written_over(events, values, hits):
            return over
        elif any(np.array_equal(values, _as_it_changes(one)) for one in known):
            continue
        elif values[0] != 0 and _counts(values) in (*totals, len(hits)):
            return events[0].place  # it begins with another number than zero
        elif len({event.place for event in events}) == 1 < len(events) and _classes(values, ys.shape[1] + 1):
            if not loop_at(events[0].place, sources):  # a loop over the classes goes through their numbers
                return events[0].place
        elif values[0] == 0 and values[-1] not in totals:
            counts.append(name)
    added = next((place for name in counts if (place := _added(seen, name, sources))), None)
    return added or _twice([*kept.values()], [_as_it_changes(one) for one in lists[1:]])


def after(seen: Seen, hits: Array, skip: Collection[int]) -> Place | None:
    """The line that makes another number of the right hits, or of their count, which are all there before it."""
    own = [e for e in seen.events if e.place.line and e.frame not in skip]
    counts = {float(hits.sum()), float(len(hits)), float(hits.mean())}
    whole = [
        n for n, e in enumerate(own) if np.array_equal(e.value.ravel(), hits) or (e.frame and _counts_all(e, hits))
    ]
    if not whole:
        return None
    below = own[whole[-1]]
    for event in own[whole[-1] + 1 :]:
        after_it = event.name == "return" or (event.frame == below.frame and event.place.line > below.place.line)
        if event.value.size == 1 and after_it and float(event.value.ravel()[0]) not in counts:
            return event.place
    return None


def _counts_all(event: Event, hits: Array) -> bool:
    return event.name == "return" and event.value.size == 1 and float(event.value.ravel()[0]) == hits.sum()


def _written_over(events: Sequence[Event], values: Array, hits: Array) -> Place | None:
    """The line that gives a count, which begins with zero, the hit of each sample in place of adding it."""
    began = len(events) > 2 and values[0] == 0 and events[0].place != events[1].place
    same = began and np.array_equal(values[1:], _as_it_changes(hits)) and hits.sum() != hits[-1]
    return events[1].place if same and len({event.place for event in events[1:]}) == 1 else None


def _twice(named: Sequence[Sequence[Event]], sides: Sequence[Array]) -> Place | None:
    """The line of the second of two names for one side of the comparison, where none has the other side."""
    series = [np.array([float(event.value.ravel()[0]) for event in events]) for events in named]
    of = [[n for n, values in enumerate(series) if np.array_equal(values, side)] for side in sides]
    both = next((one for one, other in (of, of[::-1]) if len(one) == 2 and not other), None)
    return named[both[1]][0].place if both else None


def _judged(seen: Seen, lists: Sequence[Array], ys: Array, skip: Collection[int]) -> Place | None:
    """The return of a function that is called for each sample and gives something other than hits or classes."""
    back: dict[tuple[Place, str], list[Event]] = {}
    for event in seen.events:
        if event.name == "return" and event.frame and event.frame not in skip:
            back.setdefault(seen.frames[event.frame].code, []).append(event)
    for events in back.values():
        if len(events) != len(ys) or not np.isin(np.concatenate([e.value.ravel() for e in events]), (0, 1)).all():
            continue
        told = all(_had(seen, event.frame, y) for event, y in zip(events, ys, strict=True))
        counted = all(_had(seen, event.frame, np.array([n]), given=True) for n, event in enumerate(events))
        values = [float(event.value.ravel()[0]) for event in events if event.value.size == 1]
        right = len(values) == len(ys) and any(np.array_equal(values, one) for one in lists)
        if (told or counted) and not right and not all(near(e.value, y) for e, y in zip(events, ys, strict=True)):
            return events[0].place
    return None


#: The name of a function that gives the number of a class.
PREDICTS = re.compile(r"predict|guess|classif|answer", re.IGNORECASE)


def _predicted(seen: Seen, lists: Sequence[Array], ys: Array, skip: Collection[int]) -> Place | None:
    """The return of a function that gives the number of another class than the likeliest for some samples."""
    back: dict[tuple[Place, str], list[Event]] = {}
    for event in seen.events:
        if event.name == "return" and event.frame and event.frame not in skip and event.value.size == 1:
            back.setdefault(seen.frames[event.frame].code, []).append(event)
    for events in back.values():
        values = np.array([float(event.value.ravel()[0]) for event in events])
        told = any(_had(seen, event.frame, y) for event in events for y in ys)
        named = values.max() > 1 or PREDICTS.search(seen.frames[events[0].frame].name)
        whole = len(events) == len(ys) and not told and named and _classes(values, ys.shape[1])
        if whole and not any(np.array_equal(values, one) for one in lists):
            return events[0].place
    return None


def _had(seen: Seen, number: int, value: Array, given: bool = False) -> bool:
    """Whether a frame had a value; or was `given` it."""
    own = (e for e in seen.events if e.frame == number and not (given and e.place.line))
    return any(e.value.size == value.size and near(e.value, value) for e in own)


def _as_it_changes(values: Array) -> Array:
    """A series as it is traced: a value that is the one before leaves no event."""
    return values[np.r_[True, np.diff(values) != 0]]


def _some(events: Sequence[Event], samples: int) -> Place | None:
    """The head of a loop over the numbers of samples that leaves some out: it has at least the half of them."""
    numbers = np.array([float(event.value.ravel()[0]) for event in events])
    one_line = len({event.place for event in events}) == 1
    last = numbers[-1] < samples and not np.array_equal(numbers, np.arange(samples))
    return events[0].place if one_line and last and 2 * (_counts(numbers) + 1) >= samples - 1 else None


def _counts(values: Array) -> int:
    """By how much a series of numbers goes up one by one; 0 if it does not."""
    return len(values) - 1 if np.all(np.diff(values) == 1) else 0


def _classes(values: Array, classes: int) -> bool:
    """Whether all are numbers of classes."""
    return bool(np.all(values == np.round(values)) and values.min() >= 0 and values.max() < classes)


def _added(seen: Seen, name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that adds to a count, in the called function."""
    called = seen.frames[0].place
    nodes = ast.walk(function_at(called, sources) or ast.Module([], []))
    added = [n for n in nodes if isinstance(n, ast.AugAssign | ast.Assign) and _adds(n, name)]
    if not added:
        return None
    value = added[0].value.right if isinstance(added[0].value, ast.BinOp) else added[0].value
    one = isinstance(value, ast.Constant) and value.value == 1
    holds = [n for n in ast.walk(tree(sources.get(called.file, ""))) if isinstance(n, ast.If) and added[0] in n.body]
    return Place(called.file, holds[0].lineno if one and holds else added[0].lineno)


def _adds(node: ast.AugAssign | ast.Assign, name: str) -> bool:
    """Whether a statement adds to a variable: `n += 1`, `n = n + 1`."""
    if isinstance(node, ast.AugAssign):
        return ast.unparse(node.target) == name
    if not isinstance(node.value, ast.BinOp) or not isinstance(node.value.op, ast.Add):
        return False
    return ast.unparse(node.targets[0]) == name == ast.unparse(node.value.left)
