"""The lines of compute_accuracy: of its count, of its inputs, and of weights that it moves."""

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from nnkata.katas.article.lines.filling import filled
from nnkata.katas.article.lines.pieces import returned
from nnkata.katas.article.lines.source import function_at, loop_at, tree
from nnkata.katas.article.lines.statements import raised
from nnkata.katas.article.oracle import softmax
from nnkata.seen import Array, Event, Frames, Known, Place, Seen, first_wrong, near


def accuracy(
    seen: Seen, xs: Array, outputs: Array, ys: Array, skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line of compute_accuracy at fault, from each sample's outputs; frames of the forward pass are ignored."""
    n, classes = ys.shape
    if not seen.raised and (place := _ended(seen, xs, sources)):
        return place
    answers, labels = np.argmax(outputs, axis=1), np.argmax(ys, axis=1)
    hits = (answers == labels).astype(np.float64)
    if not seen.raised and (place := _counted(seen, ys, (hits, answers, labels), skip, sources)):
        return place
    known = Known().add(xs, outputs, ys, *xs, *outputs, *ys, answers, labels, hits, hits.mean(), np.arange(n))
    known.add(*range(max(n, classes) + 1))
    for k, right in enumerate(np.cumsum(np.r_[0.0, hits])):
        known.add(np.array([right, k - right]), np.array([k - right, right]))  # a table of hits and misses
    for count in range(1, n + 1):
        known.add(hits[:count], answers[:count], outputs[:count])
    whole = replace(seen, events=tuple(filled(seen, Known().add(hits, answers), blank=True)))
    whole = replace(whole, events=tuple(e for e in whole.events if not _is_logits(e.value, outputs)))
    strange = first_wrong(whole, known, {1, n, n * classes, classes, *range(2, n)}, Frames(skip))
    if seen.raised:
        return strange or raised(seen.raised[2])
    value = np.asarray(seen.value) if isinstance(seen.value, float | np.ndarray | np.generic) else np.zeros(2)
    if value.size == 1 and near(value, np.array(answers.mean())) and hits.mean() != answers.mean():
        kept = [e for e in seen.events if e.name.endswith("]") and e.value.size == 1 and e.place.line]
        listed = [e for e in kept if e.name.partition("[")[0] == kept[-1].name.partition("[")[0]]
        if len(listed) == n and np.array_equal([float(e.value.ravel()[0]) for e in listed], answers):
            return listed[-1].place  # it keeps the answers, and not whether they are right
    if strange in (None, returned(seen)):
        strange = _told(seen, n) or strange
    return strange or _under(returned(seen) or _last_line(seen.frames[0].place, sources), sources)


def _is_logits(value: Array, outputs: Array) -> bool:
    """Whether the softmax of a matrix, by its rows or its columns, is the outputs of all samples."""
    turned = (value, value.T) if value.ndim == 2 and value.size == outputs.size else ()
    return any(one.shape == outputs.shape and near(np.array([*map(softmax, one)]), outputs) for one in turned)


def _told(seen: Seen, n: int) -> Place | None:
    """The line that gives one name the wrong result, or the wrong number of hits of which it is the share."""
    value = float(seen.value) if isinstance(seen.value, int | float | np.generic) else 0.0
    named: dict[str, list[Event]] = {}
    for event in seen.events:
        if event.frame == 0 and event.place.line and event.name.isidentifier() and event.name != "return":
            named.setdefault(event.name, []).append(event)
    once = [e for events in named.values() for e in events if len(events) == 1 and e.value.size == 1]
    return next((e.place for e in once if value and float(e.value.ravel()[0]) in (value, round(value * n, 9))), None)


def _ended(seen: Seen, xs: Array, sources: Mapping[str, str]) -> Place | None:
    """In a loop that ended after some of the samples: its return under no condition, or the condition of a `while`."""
    function = function_at(seen.frames[0].place, sources)
    loops = [n for n in ast.walk(function) if isinstance(n, ast.For | ast.While)] if function else []
    had = {n for n, x in enumerate(xs) for e in seen.events if e.value.size == x.size and near(e.value, x)}
    if len(loops) != 1 or len(had) == len(xs):
        return None
    file = seen.frames[0].place.file
    back = [Place(file, n.lineno) for n in loops[0].body if isinstance(n, ast.Return)]
    return back[0] if back else Place(file, loops[0].lineno) if isinstance(loops[0], ast.While) else None


def passes(seen: Seen, outputs: Array) -> frozenset[int]:
    """The frames of functions that return the output of a sample, as a forward pass of their own does."""
    rows = Known().add(*outputs)
    size = outputs.shape[1]
    codes = {
        seen.frames[e.frame].code
        for e in seen.events
        if e.name == "return" and e.value.size == size and np.any(e.value) and e.value in rows
    }
    return seen.within(codes - {seen.frames[0].code})


def _last_line(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The last return of a function, or its last statement: where it gives back something other than numbers."""
    node = function_at(place, sources)
    if node is None:
        return None
    back = [n.lineno for n in ast.walk(node) if isinstance(n, ast.Return)]
    return Place(place.file, max(back) if back else node.body[-1].lineno)


def moving(seen: Seen, weights: Mapping[str, Array]) -> Place | None:
    """The line of the call itself that first had another matrix than the weights, or that called for one."""
    sizes = {W.size: W for W in weights.values()}
    for event in seen.events:
        W = sizes.get(event.value.size)
        if event.place.line and "params" in event.name and W is not None and not near(event.value, W):
            return seen.outermost(event)
    return None


def _counted(
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
        elif len({event.place for event in events}) == 1 < len(events) and _classes(values, ys.shape[1]):
            if not loop_at(events[0].place, sources):  # a loop over the classes goes through their numbers
                return events[0].place
        elif values[0] == 0 and values[-1] not in totals:
            counts.append(name)
    added = next((place for name in counts if (place := _added(seen, name, sources))), None)
    return added or _twice([*kept.values()], [_as_it_changes(one) for one in lists[1:]])


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
    added = [n for n in nodes if isinstance(n, ast.AugAssign) and ast.unparse(n.target) == name]
    if not added:
        return None
    one = isinstance(added[0].value, ast.Constant) and added[0].value.value == 1
    holds = [n for n in ast.walk(tree(sources.get(called.file, ""))) if isinstance(n, ast.If) and added[0] in n.body]
    return Place(called.file, holds[0].lineno if one and holds else added[0].lineno)


def _under(place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """For a return of a constant, the line of its condition."""
    for node in ast.walk(tree(sources.get(place.file, "") if place else "")):
        if not isinstance(node, ast.If) or place is None:
            continue
        for inner in node.body:
            constant = isinstance(inner, ast.Return) and isinstance(inner.value, ast.Constant)
            if constant and inner.lineno == place.line:
                return Place(place.file, node.lineno)
    return place
