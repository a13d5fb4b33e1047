"""The line of train that gives a step other samples, labels, outputs or changes."""

from collections.abc import Collection, Mapping, Sequence

from nnkata.katas.article.lines.sources import loop_rounds
from nnkata.katas.article.lines.sources.statements import loops
from nnkata.katas.article.lines.sources.trees import bound_inside
from nnkata.katas.article.lines.training import taken_samples
from nnkata.katas.article.lines.training.steps import (
    Calls,
    Task,
    arguments,
    handed,
    latest,
    numbered,
    roots,
    went_forward,
)
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen


def wrong_argument(
    seen: Seen, task: Task, calls: Calls, measuring: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line that passes something other than a sample, its label or the output."""
    for number in roots(seen, [calls.front], measuring):
        sent = handed(seen, number)
        if sent and sent[0].size != task.xs.shape[1]:
            return seen.call_of(number)
    visits = went_forward(seen, task, calls, measuring)
    heads = loop_rounds.unfolded(loops(seen, sources, skip=measuring), sources)
    epochs = [visits[start : start + len(task.xs)] for start in range(0, len(visits), len(task.xs))]
    fixed = len(visits) == task.epochs * len(task.xs) and all(len({k for _call, k in one}) == 1 for one in epochs)
    if fixed and (same := taken_samples.alone(seen, epochs[0], heads)):
        return same
    for number, sample in visits:
        if sample < 0:
            if other := taken_samples.other_set(seen, number, task, measuring):
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
            if apart := taken_samples.unpaired(seen, task, sources):
                return apart
            label, (index, there) = numbered(task.ys, given[0]), _index(seen, latest(visits, number)[0], task, sources)
            orderly = [sample for _call, sample in visits] == [*range(len(task.xs))] * task.epochs
            told = label is not None and label == index != before[-1] and not orderly
            if told and _by_index(seen, task, calls, visits, measuring, sources):  # the label is that of the index
                line = _source(seen, latest(visits, number)[0], task.xs[before[-1]])
                return line if line and there == seen.call_of(latest(visits, number)[0]) else there
            taken_here = None if swapped else _source(seen, number, given[0])
            if taken_here and (made := _yielded(seen, taken_here, given[0]) or loop_rounds.whole(taken_here, sources)):
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


def unrecorded_output(seen: Seen, task: Task, calls: Calls) -> Place | None:
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


def wrong_update(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> Place | None:
    """The line that updates with something other than the change of a weight matrix."""
    sizes = {W.size for W in task.weights.values()}
    for number in roots(seen, calls.update, measuring):
        given = handed(seen, number)
        makes_step = len(given) == 1 and given[0].size == 1 and float(given[0].ravel()[0]) == task.rate  # sgd(l_rate)
        if not makes_step and not any(value.size in sizes for value in given):
            return seen.call_of(number)
    return None


def wrong_validation(seen: Seen, task: Task, calls: Calls) -> Place | None:
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
