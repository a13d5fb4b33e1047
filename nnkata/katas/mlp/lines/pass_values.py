"""The values of a right pass, and the forms in which code may have them."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, LOSSES, Array, sigmoid, softmax
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.reading import Batch
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Event, Seen

#: The least cosine of a step and its gradient.
PARALLEL = 0.9999
#: The numbers of GELU's form with tanh (Hendrycks and Gimpel, 2016).
ROOT, CUBE = float(np.sqrt(2 / np.pi)), 0.044715
#: The relative difference of numbers that are one.
EVEN = 1e-9
#: That of rates that are one: the rounding of float32 moves beside the parameters.
SAME_RATE = 1e-3


def handed_back(seen: Seen, event: Event) -> bool:
    """Whether a function returned the argument that it was given."""
    given = (e for e in seen.events if e.frame == event.frame and e.place.line == 0 and e.name.isidentifier())
    return any(near(e.value, event.value) for e in given)


def made_at(seen: Seen, event: Event) -> Place:
    """The line that made a value: of an object that keeps what it is handed, the line that hands it over."""
    kept = event.name.startswith("self.") and handed_back(seen, event)
    return (seen.call_of(event.frame) if kept else None) or event.place


def same_in_rows(one: Array, other: Array) -> bool:
    """Whether two arrays have the same elements, in rows or in columns."""
    return one.size == other.size and (near(one, other) or (other.ndim > 1 and near(one, other.T)))


def answer_of(seen: Seen, passed: Pass) -> Array | None:
    """The output of a pass if code made it; else the last sums if it made those, as where a loss takes logits."""
    both = (passed.output, passed.Z[-1])
    return next((one for one in both if any(same_in_rows(event.value, one) for event in seen.events)), None)


def rows_alike(matrix: Array) -> bool:
    """Whether all rows of a matrix are equal."""
    return bool(np.all(matrix == matrix[:1]))


def reordered(seen: Seen, whole: Array) -> list[tuple[Event, list[int]]]:
    """The values with all rows of another one, or all columns of its transpose, in another order; with that order."""
    sized = (event for event in seen.events if event.value.ndim == 2 and event.value.size == whole.size)
    found = [(event, _rows(event.value, whole)) for event in sized]
    return [(event, order) for event, order in found if order != sorted(order)]


def unlike_rows(seen: Seen, x: Array, y: Array) -> Place | None:
    """The line of the first call that is handed samples with labels of other samples."""
    for number in range(1, len(seen.frames)):
        given = [e.value for e in seen.events if e.frame == number and e.place.line == 0]
        samples, labels = (next((rows for value in given if (rows := _rows(value, of))), None) for of in (x, y))
        if samples and labels and len(samples) == len(labels) and samples != labels:
            return seen.call_of(number)
    return None


def _rows(value: Array, whole: Array) -> list[int]:
    """The rows of a matrix that are those of another value, or its columns; none if it has others."""
    for rows in (value, value.T) if value.ndim == 2 else (value[None],) if value.ndim == 1 else ():
        if rows.shape[1:] == whole.shape[1:]:
            found = [int(np.argmin(np.abs(whole - row).max(axis=1))) for row in rows]
            if found and np.array_equal(whole[found], rows):
                return found
    return []


def before(seen: Seen, event: Event) -> list[Event]:
    """The events before one of them."""
    return list(takewhile(lambda one: one is not event, seen.events))


def on_the_way(seen: Seen, events: Sequence[Event], fine: Known) -> bool:
    """Whether the call that made the first of these events, or its caller, goes on to a right value of its size.

    A value that was there before, such as an attribute that is read again, leads nowhere.
    """
    first = events[0]
    frames = {first.frame, seen.frames[first.frame].parent}
    there = Known().add(*(one.value for one in before(seen, first) if one.value.size == first.value.size))
    late = (e for e in events if e.frame in frames and e.value.size == first.value.size)
    return any(e.value in fine and e.value not in there for e in late)


def along(move: Array, gradient: Array) -> bool:
    """Whether a move is a multiple of a gradient."""
    length = float(np.linalg.norm(move)) * float(np.linalg.norm(gradient))
    return bool(length) and abs(float((move * gradient).sum())) > PARALLEL * length


def odd_moves(arrays: Sequence[tuple[Array, Array, Array]]) -> list[int]:
    """The arrays, each before and after a step and with its gradient, that moved in another way than the others.

    Those that did not go down their gradient; else those whose rate is not the commonest one, or is 1 where two rates
    are as common.
    """
    moves = [(after - before, gradient) for before, after, gradient in arrays]
    strange = [n for n, (move, gradient) in enumerate(moves) if not np.any(move) or not along(move, gradient)]
    rates = [float((move * gradient).sum() / (gradient * gradient).sum()) for move, gradient in moves]
    if strange := strange or [n for n, rate in enumerate(rates) if rate > 0]:
        return strange
    alike = [np.isclose(rates, rate, rtol=SAME_RATE).sum() for rate in rates]
    likely = [(-int(count), abs(rate + 1) < SAME_RATE) for count, rate in zip(alike, rates, strict=True)]
    return [n for n, one in enumerate(likely) if one > min(likely)] or list(range(len(arrays)))


def back(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The errors that come back through each layer's weights, before the slope."""
    for delta, (weights, _bias) in zip(passed.deltas(batch.y)[1:], passed.layers[1:], strict=True):
        yield from (scale * (delta @ weights.T) for scale in scales(passed))


def of_outputs(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The derivative of the loss by the outputs, before the slope of their function, and that by the labels."""
    with np.errstate(all="ignore"):
        error = LOSSES[passed.rule.loss].error(passed.output, passed.rule.wanted(batch.y))
    yield from (sign * scale * error for scale in scales(passed) for sign in (1, -1))


def of_slopes(passed: Pass) -> Iterator[Array]:
    """The parts of the slopes of a pass's gated activations."""
    for name, z in zip(passed.rule.hidden, passed.Z, strict=False):
        yield from parts_of_slope(name, z)


def parts_of_slope(name: str, z: Array) -> Iterator[Array]:
    """The parts of the slope of a gated activation, Z times a gate: the gate, what is left of 1, and tanh's of GELU."""
    if name == "GELU":
        share = ACTIVATIONS[name].value(z) / z
        curve = np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
        yield from (share, curve, z * curve)
    elif name.startswith("GELU"):
        inner = ROOT * (z + CUBE * z**3)
        curve = np.tanh(inner)
        yield from (inner, curve, 0.5 * (1 + curve), 1 - curve**2, ROOT * (1 + 3 * CUBE * z**2))
    elif name == "swish":
        gate = sigmoid(z)
        yield from (gate, 1 - gate, gate * (1 - gate), z * gate)


def of_logits(passed: Pass) -> Iterator[Array]:
    """The parts of a softmax of the last sums, also of one after a linear output."""
    if passed.rule.output == "softmax" or (passed.rule.output == "linear" and "logits" in passed.rule.loss):
        z = passed.Z[-1]
        below = z - z.max(axis=1, keepdims=True)
        shares = softmax(z)
        yield from (below, np.exp(below), np.exp(z), shares, np.log(shares), sigmoid(z))


def of_margins(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The parts of a hinge loss's error, for linear outputs: the right score, the margins, those that count."""
    if passed.rule.output == "linear" and passed.output.shape[1] > 1:
        right = (passed.output * batch.y).sum(axis=1, keepdims=True)
        margins = passed.output - right + 1
        active = (margins > 0) * (1 - batch.y)
        yield from (right, margins, np.maximum(margins, 0), active, active.sum(axis=1, keepdims=True))


def of_labels(value: Array, y: Array) -> bool:
    """Whether a value has one number for each label of 0 and one for each of 1, such as smoothed labels."""
    for rows in (value, value.T) if value.shape != y.shape else (value,):
        if rows.shape == y.shape:
            parts = [rows[y == label] for label in (0, 1)]
            return all(len(part) and np.ptp(part) <= EVEN * np.abs(part).max() for part in parts)
    return False


def joined(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The gradients of each layer, with its bias as the first or the last row of the weights."""
    for weights, bias in passed.gradients(batch.y):
        if bias is not None:
            for both in ((np.reshape(bias, (1, -1)), weights), (weights, np.reshape(bias, (1, -1)))):
                yield from (scale * np.vstack(both) for scale in scales(passed))


def scales(passed: Pass) -> set[float]:
    """The factors of a sum over the batch, of a mean, and of the rule's own loss, with and without its mean."""
    return {1.0, 1.0 / passed.n, passed.scale(), passed.rule.factor}


def values(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The deltas and gradients of a pass, of the sum and of the mean over the batch."""
    arrays: Sequence[Array] = [
        *passed.deltas(batch.y),
        *(np.asarray(array) for pair in passed.gradients(batch.y) for array in pair if array is not None),
    ]
    for array in arrays:
        for scale in scales(passed):
            yield scale * array
            if array.size > 1 and np.all(array == array.flat[0]):  # a sum over the layer, before it is broadcast
                yield np.asarray(scale * array.flat[0])
