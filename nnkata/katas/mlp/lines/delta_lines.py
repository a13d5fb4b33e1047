"""The line that makes a wrong delta, or hands a right function a wrong argument, from a trace of a way back."""

from collections.abc import Iterator, Sequence

import numpy as np

from nnkata.katas.mlp.functions import LOSSES, Array
from nnkata.katas.mlp.lines.pass_values import before, scales
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.reading import Batch
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Event, Seen

#: A slope below this share of its largest is too small to divide by.
SMALL = 1e-6


def before_slopes(wrong: Pass, slopes: Sequence[Array], batch: Batch) -> Iterator[Array]:
    """The deltas of a wrong pass before their slopes, where these are nowhere 0: code may make them first."""
    for delta, slope in zip(wrong.deltas(batch.y)[:-1], slopes, strict=True):
        if np.min(np.abs(slope)) > SMALL * np.max(np.abs(slope)):
            yield from (scale * delta / slope for scale in scales(wrong))


def without_slope(seen: Seen, events: Sequence[Event]) -> Place:
    """The line that should have multiplied the first of these values by a slope.

    That of the next function which makes the value again; else the last line of the same call that does, or of the
    function called there if it returned ones.
    """
    first = events[0]
    callers = {*seen.ancestors(first.frame)}
    alike = [event for event in events if near(event.value, first.value)]
    if (again := next((event for event in alike if event.frame not in callers), None)) is not None:
        return again.place
    last = [event for event in alike if event.frame == first.frame and event.name != "return"][-1:] or [first]
    ones = (e for e in seen.of_call(last[0]) if e.value.size == first.value.size and np.all(e.value == 1))
    return next(ones, last[0]).place


def delta_of(seen: Seen, event: Event, passed: Pass, right: Known) -> Place | None:
    """The line of the wrong delta of the output from which a value follows; None if a right delta was there."""
    sized = [one for one in before(seen, event) if one.value.size == passed.output.size and one.place.line]
    found = next((one for one in reversed(sized) if _follows(event.value, one, passed)), None)
    if found is None or any(one.value in right for one in sized):
        return None
    inner = (e for e in seen.of_call(found) if near(e.value, found.value))
    return next(inner, found).place


def of_other_loss(seen: Seen, other: Pass, own: Sequence[Pass], batch: Batch) -> Place | None:
    """The first line that makes the error of another loss than the module's own."""
    wrong, right = Known().add(*_errors(other, batch)), Known().add(*(e for one in own for e in _errors(one, batch)))
    made = (event for event in seen.events if event.place.line and event.value.size == other.output.size)
    return next((event.place for event in made if event.value in wrong and event.value not in right), None)


def _errors(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The derivatives of the loss by the outputs and by the last pre-activations, of the sum and of the mean."""
    with np.errstate(all="ignore"):
        error = LOSSES[passed.rule.loss].error(passed.output, passed.rule.wanted(batch.y))
    for scale in (passed.scale(), passed.rule.factor):
        yield from (scale * error, scale * passed.deltas(batch.y)[-1])


def _follows(value: Array, delta: Event, passed: Pass) -> bool:
    """Whether a value is a gradient of the last layer, or the error that comes back through it, by this delta."""
    shape = passed.output.shape
    rows = delta.value.reshape(shape) if delta.value.shape in (shape, shape[1:]) else delta.value.T
    if rows.shape != shape or not np.any(rows):
        return False
    weights = passed.layers[-1][0]
    with np.errstate(all="ignore"):
        made = (passed.A[-2].T @ rows, rows.sum(axis=0), rows @ weights.T)
    return value in Known().add(*(scale * one for one in made for scale in scales(passed)))


def of_caller(seen: Seen, event: Event, fine: Known) -> Place | None:
    """The line that called the function which returned this value, if another call of it returned a right one."""
    code = seen.frames[event.frame].code if event.frame > 0 else None
    returned = [one for one in seen.events if one.name == "return" and seen.frames[one.frame].code == code]
    own = any(one.frame == event.frame and near(one.value, event.value) for one in returned)
    others = (one for one in returned if one.frame != event.frame and np.any(one.value))
    return seen.call_of(event.frame) if own and any(one.value in fine for one in others) else None
