"""The line of train at fault: its samples, labels, number of steps, or changes of the weights."""

import ast
from collections.abc import Collection, Mapping, Sequence

from nnkata.katas.article import oracle
from nnkata.katas.article.lines import epochs, rounds, taken
from nnkata.katas.article.lines.birth import beyond
from nnkata.katas.article.lines.pieces import changed_rate
from nnkata.katas.article.lines.source import bound_inside, function_at
from nnkata.katas.article.lines.statements import loops
from nnkata.katas.article.lines.steps import (
    Calls,
    Task,
    all_in_each_epoch,
    arguments,
    handed,
    latest,
    numbered,
    roots,
    went_forward,
)
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen


def train(seen: Seen, task: Task, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The line that departs if forward_pass, backward_pass, update and compute_accuracy are right."""
    measuring = seen.within(set(calls.accuracy) - {*calls.forward, *calls.shared})
    step = seen.within({*calls.forward, *calls.backward, *calls.update, *calls.shared})
    wrong = changed_rate(seen, task.rate, skip=step) or _given(seen, task, calls, measuring, sources)
    wrong = wrong or _measured(seen, task, calls) or _updated(seen, task, calls, measuring)
    if seen.raised and (unrecorded := _unrecorded(seen, task, calls)):
        return unrecorded
    if wrong or seen.raised:
        samples = len(task.xs) - 1
        return wrong or (beyond(seen, sources, samples) or Place.stated(seen.raised[2]) if seen.raised else None)
    found = epochs.again(seen, task, calls, measuring, sources) or epochs.over(
        seen, task, calls, measuring, sources, step
    )
    found = (found and _ordered(seen, found, len(task.xs))) or found
    if found or is_right(seen, task, calls, measuring):
        return found
    return changed_rate(seen, task.rate) or _moved(seen, task, calls, (measuring, step), sources)


def _ordered(seen: Seen, place: Place, n: int) -> Place | None:
    """The return of a helper that `place` asked for the order of n samples, and that left some out."""
    for number, frame in enumerate(seen.frames):
        if frame.parent < 0 or seen.call_of(number) != place:
            continue
        own = [e for e in seen.events if e.frame == number]
        given = any(not e.place.line and e.value.size == 1 and e.value == n for e in own)
        back = [e for e in own if e.name == "return" and e.value.ndim == 1]
        if given and back and {*back[0].value} < {*range(n)}:
            return back[0].place
    return None


def is_right(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> bool:
    """Whether the weights afterwards are those of one step for each visit, in their order, and for each epoch."""
    visits = [sample for _call, sample in went_forward(seen, task, calls, measuring)]
    if task.after is None or not all_in_each_epoch(visits, task):
        return False
    now = dict(task.weights)
    for sample in visits:
        now = oracle.step(now, oracle.gradients(now, task.xs[sample], task.ys[sample]), task.rate)
    return all(near(task.after[key], now[key]) for key in now)


def _given(
    seen: Seen, task: Task, calls: Calls, measuring: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line that passes something other than a sample, its label or the output."""
    for number in roots(seen, [calls.front], measuring):
        sent = handed(seen, number)
        if sent and sent[0].size != task.xs.shape[1]:
            return seen.call_of(number)
    visits = went_forward(seen, task, calls, measuring)
    heads = rounds.unfolded(loops(seen, sources, skip=measuring), sources)
    if len(visits) == task.epochs * len(task.xs) and (same := taken.alone(seen, visits, heads)):
        return same
    for number, sample in visits:
        if sample < 0:
            if other := taken.other_set(seen, number, task, measuring):
                return other
            sent, place = arguments(seen, number), seen.call_of(number)
            above = _passed(seen, number, sent[0]) if sent and seen.frames[number].parent > 0 else place
            return above if above != place else _maker(seen, number, task, calls) or place
    if 0 < len(visits) < len(roots(seen, [calls.back], measuring)):  # it went forward before the loop
        return seen.call_of(visits[-1][0])
    backs = roots(seen, [calls.back], measuring)
    for number in backs or _with_labels(seen, roots(seen, calls.backward, measuring), task):
        before = [sample for call, sample in visits if call < number]
        given = arguments(seen, number)
        outputs = [e.value for e in seen.events if before and e.frame in latest(visits, number) and e.name == "return"]
        if before and given and not near(given[0], task.ys[before[-1]]):
            swapped = outputs and near(given[0], outputs[-1])
            if apart := taken.unpaired(seen, task, sources):
                return apart
            label, (index, there) = numbered(task.ys, given[0]), _index(seen, latest(visits, number)[0], task, sources)
            orderly = [sample for _call, sample in visits] == [*range(len(task.xs))] * task.epochs
            told = label is not None and label == index != before[-1] and not orderly
            if told and _by_index(seen, task, calls, visits, measuring, sources):  # the label is that of the index
                line = _source(seen, latest(visits, number)[0], task.xs[before[-1]])
                return line if line and there == seen.call_of(latest(visits, number)[0]) else there
            taken_here = None if swapped else _source(seen, number, given[0])
            if taken_here and (made := _yielded(seen, taken_here, given[0]) or rounds.whole(taken_here, sources)):
                return made
            return taken_here or (seen.call_of(number) if swapped else _passed(seen, number, given[0]))
        if len(given) > 1 and outputs and not near(given[1], outputs[-1]):
            return seen.call_of(number)
    return _error(seen, task, calls, visits, measuring)


def _with_labels(seen: Seen, numbers: Sequence[int], task: Task) -> Sequence[int]:
    """The calls of a function that is given a label first in each of them; none if it is given something else."""
    given = [arguments(seen, number) for number in numbers]
    return numbers if all(args and numbered(task.ys, args[0]) is not None for args in given) else ()


def _passed(seen: Seen, number: int, value: Array) -> Place:
    """The line that called a function with a value; beyond functions that were given it themselves."""
    parent = seen.frames[number].parent
    given = any(
        e.frame == parent and not e.place.line and e.value.size == value.size and near(e.value, value)
        for e in seen.events
    )
    if given and parent > 0:
        return _passed(seen, parent, value)
    return _source(seen, number, value) or seen.call_of(number)


def _index(seen: Seen, number: int, task: Task, sources: Mapping[str, str]) -> tuple[int | None, Place]:
    """The last number of a sample that a caller had before a call, and the line from which that one called."""
    place = seen.call_of(number)
    first = next((n for n, e in enumerate(seen.events) if e.frame == number), 0)
    while (parent := seen.frames[number].parent) >= 0:
        place = seen.call_of(number)
        own = [e for e in seen.events[:first] if e.frame == parent and e.place.line and e.value.size == 1]
        values = [e.value for e in own if e.name not in bound_inside(e.place, sources)]
        whole = [int(v.ravel()[0]) for v in values if float(v.ravel()[0]) in range(len(task.xs))]
        if whole:
            return whole[-1], place
        number = parent
    return None, place


def _by_index(
    seen: Seen,
    task: Task,
    calls: Calls,
    visits: Sequence[tuple[int, int]],
    measuring: Collection[int],
    sources: Mapping[str, str],
) -> bool:
    """Whether the label of each step is that of the index; the number of the epoch is it in the first one alone."""
    for number in roots(seen, [calls.back], measuring):
        given, before = arguments(seen, number), latest(visits, number)
        if given and before and numbered(task.ys, given[0]) != _index(seen, before[0], task, sources)[0]:
            return False
    return True


def _unrecorded(seen: Seen, task: Task, calls: Calls) -> Place | None:
    """The line that made the output for a call of backward_pass without a call of forward_pass before."""
    for number in roots(seen, [calls.back], ())[:1]:
        outputs = [
            v for v in arguments(seen, number) if v.size == task.ys.shape[1] and not any(near(v, y) for y in task.ys)
        ]
        if outputs and not any(n < number for n in roots(seen, [calls.front], ())):
            return _source(seen, number, outputs[0]) or seen.call_of(number)
    return None


def _error(
    seen: Seen, task: Task, calls: Calls, visits: Sequence[tuple[int, int]], measuring: Collection[int]
) -> Place | None:
    """The line that hands another vector than output - y to a function that goes back from there."""
    size = task.ys.shape[1]
    for number in roots(seen, [code for code in calls.backward if code != calls.back], measuring):
        before = [sample for call, sample in visits if call < number]
        given = [v for v in arguments(seen, number) if v.size == size]
        outputs = [e.value for e in seen.events if e.frame in latest(visits, number) and e.name == "return"]
        if not before or not outputs or outputs[-1].size != size or not given:
            continue
        output, y = outputs[-1].ravel(), task.ys[before[-1]]
        if not any(near(value, right) for value in given for right in (output - y, y - output, y, output)):
            return seen.call_of(number)
    return None


def _updated(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> Place | None:
    """The line that updates with something other than the change of a weight matrix."""
    sizes = {W.size for W in task.weights.values()}
    for number in roots(seen, calls.update, measuring):
        given = handed(seen, number)
        if not any(value.size in sizes for value in given):
            return seen.call_of(number)
    return None


def _measured(seen: Seen, task: Task, calls: Calls) -> Place | None:
    """The line that measures the accuracy on another set than the validation set."""
    for number in roots(seen, [calls.measure], ()):
        given = handed(seen, number)
        if len(given) < 2 or not (near(given[0], task.x_val) and near(given[1], task.y_val)):
            return seen.call_of(number)
    return None


def _maker(seen: Seen, number: int, task: Task, calls: Calls) -> Place | None:
    """The line that made the argument of a call that is no sample: by itself, or in a set of samples."""
    width = task.xs.shape[1]
    wrong = [v for v in arguments(seen, number) if v.size == width]
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
    held = dict[str, Event]()  # what each name has then
    for event in seen.events[:first]:
        if event.frame == parent and event.place.line:
            held.pop(event.name, None)
            held[event.name] = event
    same = [e.place for e in held.values() if e.value.size == value.size and near(e.value, value)]
    return same[-1] if same else None


def _yielded(seen: Seen, place: Place, value: Array) -> Place | None:
    """The line of a generator that gave a value to the loop at a line."""
    inside = {n for n in range(1, len(seen.frames)) if seen.call_of(n) == place}
    back = (e for e in seen.events if e.frame in inside and e.name == "return")
    return next((e.place for e in back if e.value.size == value.size and near(e.value, value)), None)


def _waits(seen: Seen, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The line that would update, where it was never come to: its condition, if it has one."""
    names = {name for _place, name in calls.update}
    function, file = epochs.function(seen, sources), seen.frames[0].place.file
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
            inner: ast.AST = node
            while inner in parents and not isinstance(inner, ast.If):
                inner = parents[inner]
            return Place(file, inner.lineno if isinstance(inner, ast.If) else node.lineno)
    return None


def _guarded(seen: Seen, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The condition on which a sample goes without the update: above its line, or before it with a return."""
    names = {name for _place, name in calls.update}
    for place in dict.fromkeys(frame.place for frame in seen.frames):
        function = function_at(place, sources)
        asks = [
            n.lineno
            for n in (ast.walk(function) if function else ())
            if isinstance(n, ast.Call) and ast.unparse(n.func).rpartition(".")[2] in names
        ]
        for node in (n for n in (ast.walk(function) if function and asks else ()) if isinstance(n, ast.If)):
            held = node.lineno < asks[0] <= (node.end_lineno or 0)
            left = node.lineno < asks[0] and isinstance(node.body[-1], ast.Return | ast.Continue)
            if held or left:
                return Place(place.file, node.lineno)
    return None


def _moved(
    seen: Seen, task: Task, calls: Calls, parts: tuple[Collection[int], Collection[int]], sources: Mapping[str, str]
) -> Place | None:
    """The line outside the steps that makes its own change or weights; else the line that calls for a step.

    `parts` are the frames of the measuring and of the steps.
    """
    measuring, inside = parts[0], {*parts[0], *parts[1]}
    gradients = Known().add(*task.weights.values())
    sizes = {W.size for W in task.weights.values()}
    for event in seen.events:
        if any(n in inside for n in seen.ancestors(event.frame)):
            gradients.add(event.value)
        elif event.place.line and event.value.size in sizes and event.value not in gradients:
            within = [n for n in seen.ancestors(event.frame) if seen.frames[n].name == "initialization"]
            return seen.call_of(within[-1]) if within else event.place  # right in itself: it is asked at a wrong time
    updates = roots(seen, calls.update, [n for n in inside if seen.frames[n].code not in calls.update])
    if not updates and (waiting := _waits(seen, calls, sources)):
        return waiting
    if len(updates) < len(went_forward(seen, task, calls, measuring)) and (guard := _guarded(seen, calls, sources)):
        return guard
    backs = roots(seen, calls.backward, ())
    last = updates or backs
    more = len(updates) > len(went_forward(seen, task, calls, measuring)) > 0
    return seen.call_of(last[1 if more else 0]) if last else None
