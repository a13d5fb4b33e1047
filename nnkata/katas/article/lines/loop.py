"""The line of train at fault: its samples, labels, number of steps, or changes of the weights."""

import ast
import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines import rounds
from nnkata.katas.article.lines.birth import beyond
from nnkata.katas.article.lines.pieces import changed_rate, loops, raised
from nnkata.katas.article.lines.source import function_at
from nnkata.seen import Array, Known, Place, Seen, near

Code = tuple[Place, str]
#: More rows than a weight matrix of the small network has that is trained on a large set.
MATRIX = 8


@dataclass(frozen=True)
class Calls:
    """The functions that run in only one kind of call of a step; and the rest."""

    forward: Collection[Code]
    backward: Collection[Code]
    update: Collection[Code]
    accuracy: Collection[Code]
    shared: Collection[Code]
    #: forward_pass, backward_pass and compute_accuracy themselves.
    front: Code
    back: Code
    measure: Code


@dataclass(frozen=True)
class Task:
    """The arguments of train: samples (n, sizes[0]), labels, those for validation, epochs, rate; and the weights before
    and after it."""

    xs: Array
    ys: Array
    x_val: Array
    y_val: Array
    epochs: int
    rate: float
    weights: Mapping[str, Array]
    after: Mapping[str, Array] | None = None


def _number(rows: Array, value: Array) -> int | None:
    """The number of the row equal to a value."""
    return next((n for n, row in enumerate(rows) if value.size == row.size and near(value, row)), None)


def train(seen: Seen, task: Task, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The line that departs if forward_pass, backward_pass, update and compute_accuracy are right."""
    measuring = seen.within(set(calls.accuracy) - {*calls.forward, *calls.shared})
    step = seen.within({*calls.forward, *calls.backward, *calls.update, *calls.shared})
    handed = changed_rate(seen, task.rate, skip=step) or _given(seen, task, calls, measuring)
    handed = handed or _measured(seen, task, calls) or _updated(seen, task, calls, measuring)
    if handed or seen.raised:
        samples = len(task.xs) - 1
        return handed or (beyond(seen, sources, samples) or raised(seen.raised[2]) if seen.raised else None)
    found = _again(seen, task, calls, measuring) or _loop(seen, task, calls, measuring, sources, step)
    if found or is_right(seen, task, calls, measuring):
        return found
    return _moved(seen, task, calls, measuring | step, sources)


def is_right(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> bool:
    """Whether the weights afterwards are those of one step for each visit, in their order, and for each epoch."""
    visits = [sample for _call, sample in _visits(seen, task, calls, measuring)]
    if task.after is None or not _all_in_each_epoch(visits, task):
        return False
    now = dict(task.weights)
    for sample in visits:
        now = oracle.step(now, oracle.gradients(now, task.xs[sample], task.ys[sample]), task.rate)
    return all(near(task.after[key], now[key]) for key in now)


def _all_in_each_epoch(visits: Sequence[int], task: Task) -> bool:
    """Whether each epoch visits each sample once."""
    n = len(task.xs)
    epochs = [sorted(visits[start : start + n]) for start in range(0, len(visits), n)]
    return epochs == [[*range(n)]] * task.epochs


def _roots(seen: Seen, codes: Collection[Code], measuring: Collection[int]) -> list[int]:
    """The calls of these functions from elsewhere, in order."""
    return [
        number
        for number, frame in enumerate(seen.frames)
        if frame.code in codes
        and number not in measuring
        and not any(seen.frames[n].code in codes for n in seen.ancestors(frame.parent))
    ]


def _handed(seen: Seen, number: int) -> list[Array]:
    """The arguments of a call, numbers among them."""
    return [e.value for e in seen.events if e.frame == number and e.place.line == 0]


def _arguments(seen: Seen, number: int) -> list[Array]:
    """The arguments of a call that are arrays of several numbers."""
    return [value for value in _handed(seen, number) if value.size > 1]


def _visits(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> list[tuple[int, int]]:
    """The samples that went forward, in order: the number of the call and of the sample; -1 for another value."""
    found = []
    for number in _roots(seen, calls.forward, measuring):
        numbers = [_number(task.xs, value) for value in _arguments(seen, number)]
        known = [n for n in numbers if n is not None]
        if known or any(value.size == task.xs.shape[1] for value in _arguments(seen, number)):
            found.append((number, known[0] if known else -1))
    return found


def _given(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> Place | None:
    """The line that passes something other than a sample, its label or the output."""
    for number in _roots(seen, [calls.front], measuring):
        sent = _handed(seen, number)
        if sent and sent[0].size != task.xs.shape[1]:
            return seen.call_of(number)
    visits = _visits(seen, task, calls, measuring)
    for number, sample in visits:
        if sample < 0:
            return _maker(seen, number, task, calls) or seen.call_of(number)
    for number in _roots(seen, [calls.back], measuring):
        before = [sample for call, sample in visits if call < number]
        given = _arguments(seen, number)
        outputs = [e.value for e in seen.events if before and e.frame in _latest(visits, number) and e.name == "return"]
        if before and given and not near(given[0], task.ys[before[-1]]):
            swapped = outputs and near(given[0], outputs[-1])
            return (None if swapped else _source(seen, number, given[0])) or seen.call_of(number)
        if len(given) > 1 and outputs and not near(given[1], outputs[-1]):
            return seen.call_of(number)
    return _error(seen, task, calls, visits, measuring)


def _error(
    seen: Seen, task: Task, calls: Calls, visits: Sequence[tuple[int, int]], measuring: Collection[int]
) -> Place | None:
    """The line that hands another vector than output - y to a function that goes back from there."""
    size = task.ys.shape[1]
    for number in _roots(seen, [code for code in calls.backward if code != calls.back], measuring):
        before = [sample for call, sample in visits if call < number]
        given = [v for v in _arguments(seen, number) if v.size == size]
        outputs = [e.value for e in seen.events if e.frame in _latest(visits, number) and e.name == "return"]
        if not before or not outputs or outputs[-1].size != size or not given:
            continue
        output, y = outputs[-1].ravel(), task.ys[before[-1]]
        if not any(near(value, right) for value in given for right in (output - y, y - output, y, output)):
            return seen.call_of(number)
    return None


def _updated(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> Place | None:
    """The line that updates with something other than the change of a weight matrix."""
    sizes = {W.size for W in task.weights.values()}
    for number in _roots(seen, calls.update, measuring):
        given = _handed(seen, number)
        if not any(value.size in sizes for value in given):
            return seen.call_of(number)
    return None


def _measured(seen: Seen, task: Task, calls: Calls) -> Place | None:
    """The line that measures the accuracy on another set than the validation set."""
    for number in _roots(seen, [calls.measure], ()):
        given = _handed(seen, number)
        if len(given) < 2 or not (near(given[0], task.x_val) and near(given[1], task.y_val)):
            return seen.call_of(number)
    return None


def _latest(visits: Sequence[tuple[int, int]], number: int) -> list[int]:
    return [call for call, _sample in visits if call < number][-1:]


def _maker(seen: Seen, number: int, task: Task, calls: Calls) -> Place | None:
    """The line that made the argument of a call that is no sample: by itself, or in a set of samples."""
    width = task.xs.shape[1]
    wrong = [v for v in _arguments(seen, number) if v.size == width]
    inside = seen.within({*calls.forward, *calls.shared, *calls.accuracy})
    before = next((n for n, event in enumerate(seen.events) if event.frame == number), 0)
    for event in seen.events[:before]:
        value = event.value
        if not wrong or not event.place.line or event.frame in inside:
            continue
        rows = value.reshape(-1, width) if value.size and value.size % width == 0 else ()
        if any(near(row, wrong[0]) for row in rows):
            return event.place
    return None


def _source(seen: Seen, number: int, value: Array) -> Place | None:
    """The line of the caller that took this value, the last before the call."""
    parent = seen.frames[number].parent
    first = next((n for n, e in enumerate(seen.events) if e.frame == number), 0)
    before = [e for e in seen.events[:first] if e.frame == parent and e.place.line]
    taken = [e.place for e in before if e.value.size == value.size and near(e.value, value)]
    return taken[-1] if taken else None


def _again(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> Place | None:
    """The line of a second forward pass of the same sample, from another line."""
    visits = _visits(seen, task, calls, measuring)
    for (first, sample), (second, same) in itertools.pairwise(visits):
        if sample == same and seen.call_of(first) != seen.call_of(second):
            return seen.call_of(second)
    return None


def _loop(
    seen: Seen, task: Task, calls: Calls, measuring: Collection[int], sources: Mapping[str, str], step: Collection[int]
) -> Place | None:
    """The head of the loop with too many or too few rounds; the outer one if each epoch is complete."""
    heads = loops(seen, sources, skip={*measuring, *step})
    visits = [sample for _call, sample in _visits(seen, task, calls, measuring)]
    n = len(task.xs)
    if not heads or _all_in_each_epoch(visits, task):
        return None
    if place := _cut_short(seen, sources) if len(visits) < task.epochs * n else _unordered(seen, n, sources):
        return place
    if not visits and not any(event.place == heads[0] for event in seen.events):
        return heads[0]  # not even the outer one ran
    whole = len(visits) not in (0, task.epochs * n) and all(visits.count(k) * n == len(visits) for k in range(n))
    whole = whole and len(_roots(seen, [calls.measure], ())) != task.epochs  # else each epoch is too long or too short
    if whole and len(visits) < task.epochs * n and (end := _end(seen, sources)):
        return end
    head = heads[0] if whole else heads[min(1, len(heads) - 1)]
    return rounds.cause(seen, head, task.epochs if whole else n, sources) or head


def _cut_short(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """A break or a return in a loop of train that stands under no condition."""
    for loop in (n for n in ast.walk(_function(seen, sources)) if isinstance(n, ast.For | ast.While)):
        for node in loop.body:
            if isinstance(node, ast.Break | ast.Return):
                return Place(seen.frames[0].place.file, node.lineno)
    return None


def _unordered(seen: Seen, n: int, sources: Mapping[str, str]) -> Place | None:
    """The line that made the order of a loop, if that is no order of all samples."""
    loops_ = [node for node in ast.walk(_function(seen, sources)) if isinstance(node, ast.For)]
    names = {inner.id for node in loops_ for inner in ast.walk(node.iter) if isinstance(inner, ast.Name)}
    for event in seen.events:
        order = np.sort(event.value.ravel())
        ordered = event.frame == 0 and event.place.line and event.name in names and order.size == n
        if ordered and not np.array_equal(order, np.arange(n)) and np.isin(order, np.arange(n)).all():
            return event.place
    return None


def _end(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The condition under which a loop of train ends before its time."""
    for loop in (n for n in ast.walk(_function(seen, sources)) if isinstance(n, ast.For | ast.While)):
        for node in ast.walk(loop):
            if isinstance(node, ast.If) and any(isinstance(s, ast.Break | ast.Return) for s in node.body):
                return Place(seen.frames[0].place.file, node.lineno)
    return None


def _function(seen: Seen, sources: Mapping[str, str]) -> ast.AST:
    """The source of train itself."""
    return function_at(seen.frames[0].place, sources) or ast.Module([], [])


def cut(seen: Seen, xs: Array, sources: Mapping[str, str]) -> Place | None:
    """The line that leaves out samples of a large set: the first that had fewer, else the head of the inner loop."""
    for event in seen.events:
        matrix = event.value.ndim == 2 and event.value.shape[1] == xs.shape[1]
        if (
            matrix
            and MATRIX < len(event.value) < len(xs)
            and event.frame == 0
            and event.place.line
            and near(event.value, xs[: len(event.value)])
        ):
            return event.place
    heads = [n.lineno for n in ast.walk(_function(seen, sources)) if isinstance(n, ast.For | ast.While)]
    return Place(seen.frames[0].place.file, sorted(heads)[:2][-1]) if heads else None


def _waits(seen: Seen, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The line that would update, where it was never come to: its condition, if it has one."""
    names = {name for _place, name in calls.update}
    function, file = _function(seen, sources), seen.frames[0].place.file
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
            inner: ast.AST = node
            while inner in parents and not isinstance(inner, ast.If):
                inner = parents[inner]
            return Place(file, inner.lineno if isinstance(inner, ast.If) else node.lineno)
    return None


def _moved(seen: Seen, task: Task, calls: Calls, inside: Collection[int], sources: Mapping[str, str]) -> Place | None:
    """The line outside the steps that makes its own change or weights; else the line that calls for a step."""
    gradients = Known().add(*task.weights.values())
    sizes = {W.size for W in task.weights.values()}
    for event in seen.events:
        if any(n in inside for n in seen.ancestors(event.frame)):
            gradients.add(event.value)
        elif event.place.line and event.value.size in sizes and event.value not in gradients:
            within = [n for n in seen.ancestors(event.frame) if seen.frames[n].name == "initialization"]
            return seen.call_of(within[-1]) if within else event.place  # right in itself: it is asked at a wrong time
    updates = _roots(seen, calls.update, [n for n in inside if seen.frames[n].code not in calls.update])
    if not updates and (waiting := _waits(seen, calls, sources)):
        return waiting
    backs = _roots(seen, calls.backward, ())
    last = updates or backs
    return seen.call_of(last[0]) if last else None
