"""The lines of compute_accuracy: of its count, of its inputs, and of weights that it moves."""

import ast
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls.filled_arrays import filled
from nnkata.katas.article.lines.calls.results import returned
from nnkata.katas.article.lines.sources.statements import loops
from nnkata.katas.article.lines.sources.trees import function_at, tree
from nnkata.katas.article.lines.training import counting, taken_samples
from nnkata.katas.article.lines.training.steps import numbered
from nnkata.katas.article.oracle import softmax
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Event, Seen
from nnkata.traces.wrong import Frames, first_wrong


def accuracy(
    seen: Seen, xs: Array, outputs: Array, ys: Array, skip: Collection[int], sources: Mapping[str, str]
) -> Place | None:
    """The line of compute_accuracy at fault, from each sample's outputs; frames of the forward pass are ignored."""
    n, classes = ys.shape
    if place := _cut(seen, xs) or _alone(seen, xs, skip, sources):
        return place
    if not seen.raised and (place := _ended(seen, xs, sources)):
        return place
    answers, labels = np.argmax(outputs, axis=1), np.argmax(ys, axis=1)
    hits = (answers == labels).astype(np.float64)
    if not seen.raised and (place := counting.counted(seen, ys, (hits, answers, labels), skip, sources)):
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
        return strange or Place.stated(seen.raised[2])
    value = np.asarray(seen.value) if isinstance(seen.value, float | np.ndarray | np.generic) else np.zeros(2)
    if value.size == 1 and near(value, np.array(answers.mean())) and hits.mean() != answers.mean():
        kept = [e for e in seen.events if e.name.endswith("]") and e.value.size == 1 and e.place.line]
        listed = [e for e in kept if e.name.partition("[")[0] == kept[-1].name.partition("[")[0]]
        if len(listed) == n and np.array_equal([float(e.value.ravel()[0]) for e in listed], answers):
            return listed[-1].place  # it keeps the answers, and not whether they are right
    if strange in (None, returned(seen)):
        strange = _told(seen, n, float(hits.sum())) or strange
    return strange or _under(returned(seen) or _last_line(seen.frames[0].place, sources), sources)


def _cut(seen: Seen, xs: Array) -> Place | None:
    """The line that hands a helper the first samples alone."""
    for event in seen.events:
        rows = event.value.ndim == 2 and event.value.shape[1] == xs.shape[1] and 1 < len(event.value) < len(xs)
        given = rows and event.frame and not event.place.line and seen.frames[event.frame].parent == 0
        if given and near(event.value, xs[: len(event.value)]):
            return seen.call_of(event.frame)
    return None


def _alone(seen: Seen, xs: Array, skip: Collection[int], sources: Mapping[str, str]) -> Place | None:
    """The line that goes forward with the same sample in each round of a loop."""
    visits = []
    for number in (n for n in skip if seen.frames[n].parent not in skip):
        own = (e.value for e in seen.events if e.frame == number and not e.place.line and e.value.size == xs[0].size)
        visits += [(number, sample) for value in own if (sample := numbered(xs, value)) is not None]
    return taken_samples.alone(seen, sorted(visits), loops(seen, sources, skip)) if len(visits) == len(xs) else None


def second_pass(seen: Seen, weights: Mapping[str, Array], xs: Array, sigmoid: Collection[int]) -> Place | None:
    """The line of a hidden layer that a forward pass of its own computes otherwise; frames of sigmoid are ignored."""
    traces = [oracle.forward(weights, x) for x in xs]
    hidden = [np.array([getattr(trace, name) for trace in traces]) for name in ("z1", "a1", "z2", "a2")]
    known = Known().add(xs, *xs, *hidden)
    for layer in hidden:
        known.add(*layer)
    sizes = {layer.size for layer in hidden} | {layer.shape[1] for layer in hidden}
    for z, a in (hidden[:2], hidden[2:]):
        before, after = Known().add(z, *z), Known().add(a, *a)
        sized = [e for e in seen.events if e.value.size in (z.size, z.shape[1]) and np.any(e.value)]
        bare = [e for e in sized if e.place.line and e.frame not in sigmoid and e.value in before]
        if bare and not any(e.value in after for e in sized):
            return bare[0].place  # it goes on without the activation
    return first_wrong(seen, known, sizes, Frames(sigmoid))


def _is_logits(value: Array, outputs: Array) -> bool:
    """Whether the softmax of a matrix, by its rows or its columns, is the outputs of all samples."""
    turned = (value, value.T) if value.ndim == 2 and value.size == outputs.size else ()
    return any(one.shape == outputs.shape and near(np.array([*map(softmax, one)]), outputs) for one in turned)


def _told(seen: Seen, n: int, right: float) -> Place | None:
    """The line that gives one name the wrong result, or the wrong number of hits of which it is the share.

    Or the wrong number by which that of the `right` ones is divided.
    """
    value = float(seen.value) if isinstance(seen.value, int | float | np.generic) else 0.0
    named: dict[str, list[Event]] = {}
    for event in seen.events:
        if event.frame == 0 and event.place.line and event.name.isidentifier() and event.name != "return":
            named.setdefault(event.name, []).append(event)
    once = [events[-1] for events in named.values() if len({e.place for e in events}) == len(events) < 3]
    once = [e for e in once if e.value.size == 1]
    wrong = {value, round(value * n, 9)} | ({round(right / value, 9)} - {float(n)} if value else set())
    return next((e.place for e in once if value and round(float(e.value.ravel()[0]), 9) in wrong), None)


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
