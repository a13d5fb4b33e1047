"""The line of a training that takes wrong samples: another order or number, apart from their labels, another set."""

import ast
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from nnkata.katas.article.lines.sources.trees import function_at
from nnkata.katas.article.lines.training.steps import Task, numbered
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen


def order(seen: Seen, visits: Sequence[tuple[int, int]], n: int) -> Place | None:
    """The line that made an order by which the samples went, and which is not one of all n samples."""
    went = [sample for _call, sample in visits]
    rounds = {tuple(went[start : start + n]) for start in range(len(went))}
    for event in seen.events:
        held = event.place.line and event.value.shape == (n,)
        numbers = tuple(event.value.astype(int).tolist()) if held and _whole(event.value) else ()
        if numbers in rounds and sorted(numbers) != [*range(n)]:
            return event.place
    return None


def number(seen: Seen, visits: Sequence[tuple[int, int]], heads: Collection[Place]) -> Place | None:
    """The line that made the number of each sample that went, if it is no head of a loop."""
    found: Collection[tuple[Place, str]] | None = None
    starts = {event.frame: n for n, event in reversed([*enumerate(seen.events)])}
    for call, sample in visits:
        latest = dict[tuple[int, str], tuple[Place, Array]]()
        above = {*seen.ancestors(seen.frames[call].parent)}
        for event in seen.events[: starts.get(call, 0)]:
            if event.frame in above and event.place.line and event.value.size == 1:
                latest[event.frame, event.name] = event.place, event.value
        same = {(at, name) for (_frame, name), (at, value) in latest.items() if float(value.ravel()[0]) == sample}
        found = same if found is None else {one for one in found if one in same}
    lines = {place for place, _name in found or () if place not in heads}
    return lines.pop() if len(lines) == 1 else None


def alone(seen: Seen, visits: Sequence[tuple[int, int]], heads: Collection[Place]) -> Place | None:
    """The line that takes one and the same sample in each round of a loop whose own values differ."""
    number, sample = visits[0] if visits else (0, -1)
    given = [e.value for e in seen.events if e.frame == number and not e.place.line and e.value.size > 1]
    if len(visits) < 2 or {one for _call, one in visits} != {sample} or sample < 0 or not given:
        return None
    value = given[0]
    sets = (e.value for e in seen.events if e.place.line and e.value.ndim == value.ndim + 1)
    if any(len(one) > 1 and all(row.size == value.size and near(row, value) for row in one) for one in sets):
        return None  # a set of this sample alone was made before

    def has(frame: int) -> bool:
        own = (e.value for e in seen.events if e.frame == frame and not e.place.line)
        return any(one.size == value.size and near(one, value) for one in own)

    while (parent := seen.frames[number].parent) > 0 and has(parent):
        number = parent
    place = seen.call_of(number)
    above = [head for head in heads if head.file == place.file and head.line < place.line]
    own = [e for e in seen.events if above and e.frame == parent and e.place == max(above)]
    values = {name: {e.value.tobytes() for e in own if e.name == name} for name in {e.name for e in own}}
    told = (e.name for e in own if e.value.size == value.size and near(e.value, value))
    counts = (e.name for e in own if e.value.size == 1 and float(e.value.ravel()[0]) == sample)
    fixed = any(len(values[name]) == 1 for name in (*told, *counts))  # the loop itself gives this sample every time
    if fixed or not any(len(several) > 1 for several in values.values()):
        return None
    rounds = [n for n, e in enumerate(seen.events) if e.frame == parent and e.place == max(above)]
    named = [e for e in seen.events[rounds[0] :] if e.frame == parent and e.value.size == value.size]
    before = [e.place for e in named if max(above).line < e.place.line < place.line and near(e.value, value)]
    return before[0] if before else place


def _whole(values: Array) -> bool:
    return bool(np.all(np.isfinite(values)) and np.all(values == np.round(values)))


def other_set(seen: Seen, number: int, task: Task, measuring: Collection[int]) -> Place | None:
    """The line that hands the validation set to a function that goes over it, as if it were the training set; or that
    makes the only object of train with it."""
    above = [n for n in seen.ancestors(number) if n and n not in measuring]
    args = [
        e for e in seen.events if not e.place.line and e.value.shape == task.x_val.shape and near(e.value, task.x_val)
    ]
    given = [n for n in above if any(e.frame == n for e in args)]
    objects = [n for n, frame in enumerate(seen.frames) if frame.parent == 0 and frame.name == "__init__"]
    made = {seen.call_of(e.frame) for e in args if e.frame in objects and e.name.isidentifier()}
    trains = (e for e in seen.events if e.frame in objects and e.value.shape == task.xs.shape)
    if len(made) == 1 and not any(near(e.value, task.xs) for e in trains):
        return made.pop()
    return seen.call_of(given[-1]) if given else None


def _same_rows(value: Array, rows: Array) -> bool:
    return sorted(row.tolist() for row in value) == sorted(row.tolist() for row in rows)


def _mistaken(seen: Seen, task: Task, order: Sequence[int]) -> Place | None:
    """The line of train that takes the samples, or the labels, in another order than that made for both."""
    wrong = list[Place]()
    for rows in (task.xs, task.ys):
        given = [e for e in seen.events if not e.place.line and seen.frames[e.frame].parent == 0]
        sent = [e for e in given if numbered(rows, e.value) is not None][: len(order)]
        odd = [seen.call_of(e.frame) for e, number in zip(sent, order, strict=False) if not near(e.value, rows[number])]
        wrong += odd[:1]
    return wrong[0] if len(wrong) == 1 else None


def unpaired(seen: Seen, task: Task, sources: Mapping[str, str]) -> Place | None:
    """The line of train that puts the samples in another order, and not the labels, or that leaves one of them in the
    first order under a new name."""
    for rows, others in ((task.xs, task.ys), (task.ys, task.xs)):
        named = [e for e in seen.events if e.frame == 0 and e.place.line and e.value.shape == rows.shape]
        same = [e.place for e in named if near(e.value, rows)]
        moved = (e.value for e in seen.events if e.frame == 0 and e.place.line and e.value.shape == others.shape)
        if same and len(same) == len(named) and any(not near(value, others) for value in moved):
            return same[0]
    for event in seen.events:
        own = event.frame == 0 and event.place.line and event.value.shape == task.xs.shape
        order = [n for row in event.value if (n := numbered(task.xs, row)) is not None] if own else []
        if len(order) == len(task.xs) and order != sorted(order):
            labelled = [e for e in seen.events if e.frame == 0 and e.place.line and e.value.shape == task.ys.shape]
            labels = (e.value for e in labelled)
            if any(near(value, task.ys[order]) for value in labels):
                return _mistaken(seen, task, order)
            moved_too = [e.place for e in labelled if not near(e.value, task.ys) and _same_rows(e.value, task.ys)]
            return moved_too[-1] if moved_too else event.place
    function = function_at(seen.frames[0].place, sources)
    sets = [one.arg for one in function.args.args[1:3]] if function else []
    calls = [n for n in ast.walk(function) if isinstance(n, ast.Call) and n.args] if function else []
    alone = [n for n in calls if ast.unparse(n.func).endswith("shuffle") and ast.unparse(n.args[0]) in sets]
    return Place(seen.frames[0].place.file, alone[0].lineno) if len(alone) == 1 else None
