"""A second look at readings of train that a few small trainings leave open: batches, schedules, and early ends."""

from dataclasses import replace

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed, Probe
from nnkata.katas.article.reading.training import batches, say_train, schedule
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.schedule import LARGE, LEARNT, TINY, Trained
from nnkata.katas.article.reading.training.small_trainings import MEANT

#: Copies of a sample that are more than any usual batch.
MANY = 600
#: Parts of a set, which seven samples do not tell from a share of it or from a number of samples.
PARTS = {"x_train[0]": slice(1), "x_train[: n - 1]": slice(-1), "x_train[1:]": slice(1, None)}
#: An even number of samples that have a pixel each.
EVEN = LEARNT - 1
#: Names of a training that ends before its last epoch.
STOPS = ("stops-when-all-right", "stops-early", "epochs-capped")
#: More epochs than those that are counted first: a training that has ended makes no further steps in these.
FURTHER = 12, 25
#: Places near both ends of a large set.
ENDS = (0, 1, 2, 3, 30, 756, 1480, 1500, 1508, 1509, 1510, 1511)


def confirmed(observed: Observed, replay: Replay, once: Trained, one: Departure) -> Departure:
    """The departure; another reading, or no name, if a further training contradicts it. `once` is one epoch."""
    if one.name == "one-step-an-epoch":
        return _batches(observed, replay, once, one)
    if one.name == "one-epoch-too-few" and not _once_each(observed):
        return replace(one, name=None)
    if one.name == "rate-decayed-by-epoch":
        return _schedule(observed, once, one)
    if one.reading == say_train.sum_step() and not _one_sum(observed, replay):
        return replace(one, reading=say_train.sum_of_batches())
    for part in PARTS:
        if one.reading == say_train.visits(part) and not _of_many(observed, PARTS[part]):
            listed = ", ".join(
                "1" if moves else "0" for moves in np.isin(np.arange(LEARNT), np.arange(LEARNT)[PARTS[part]])
            )
            return replace(one, reading=say_train.times(listed), name=None)
    if one.reading and one.name in STOPS and (listed := _skipped(observed, replay)):
        return replace(one, reading=say_train.skips(listed), name=None)
    if one.reading and one.name in STOPS and (listed := _shorter(observed, replay)):
        return replace(one, reading=say_train.steps(listed, MEANT), name=None)
    if one.name == "stops-when-all-right" and _stops_anyway(observed, replay):
        return replace(one, name=None)
    return one


def _once_each(observed: Observed) -> bool:
    """Whether two epochs less one use each of an even number of samples: every other step does not."""

    def even(probe: Probe) -> tuple[Array, Array, Array, Array]:
        xs, ys, x_val, y_val = schedule.own_pixels(probe)
        return xs[:EVEN], ys[:EVEN], x_val, y_val

    done = schedule.train(observed, 308, (12, 6, 5, 4), TINY["float32"][0], 2, even)
    return done is None or done.moved is None or bool(np.any(done.moved["W1"] != 0, axis=0)[:EVEN].all())


def _of_many(observed: Observed, part: slice) -> bool:
    """Whether the samples of a large set that move the weights are this part of it."""
    done = schedule.train(observed, 305, (12, 6, 5, 4), 5e-4, 1, schedule.placed(ENDS))
    if done is None or done.moved is None:
        return False
    moved = np.any(done.moved["W1"] != 0, axis=0)
    return bool(np.array_equal(moved, np.isin(ENDS, np.arange(LARGE)[part])))


def _batches(observed: Observed, replay: Replay, once: Trained, one: Departure) -> Departure:
    """Of a larger set: batches of this number of samples, or all of it."""
    found = batches.read(observed, replay, once.probe.dtype)
    if found is None:
        return replace(one, reading=None, name=None)
    size, dropped = found
    return one if size == batches.SAMPLES else replace(one, reading=say_train.batches(size, dropped), name=None)


def _schedule(observed: Observed, once: Trained, one: Departure) -> Departure:
    """Of three epochs: a decay by the same factor each time, or a rate that follows another rule."""
    rates = []
    for epochs in (2, 3):
        done = schedule.train(observed, 301, once.probe.sizes, once.probe.rate, epochs, schedule.own_pixels)
        if done is None or done.moved is None or once.moved is None:
            return one
        first = once.moved["W1"]
        rates.append(float(np.vdot(done.moved["W1"], first) / np.vdot(first, first)) - 1)
    second, both = rates
    if abs(both - (second + second**2)) <= 6 * TINY[once.probe.dtype][1]:
        return one
    return replace(
        one, reading=say_train.scheduled(number_text(round(second, 3)), number_text(round(both, 3))), name=None
    )


def _one_sum(observed: Observed, replay: Replay) -> bool:
    """Whether many copies of a sample still make one step with the sum of their gradients."""
    done = schedule.train(observed, 309, (7, 6, 5, 4), 0.5 / MANY, 1, schedule.copies(MANY))
    if done is None or done.moved is None:
        return True
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], 1)
    if len(trace) < 2:
        return True
    step = trace[1]["W1"] - trace[0]["W1"]
    close = 1e-3 * MANY * float(np.max(np.abs(step), initial=0.0))
    return bool(np.max(np.abs(done.moved["W1"] - MANY * step)) <= close)


def _skipped(observed: Observed, replay: Replay) -> str:
    """The steps of a training that makes further ones in further epochs, though some are left out; '' if it does not.

    Such a training has not come to its end.
    """
    steps: list[int | None] = []
    for epochs in FURTHER:
        done = schedule.train(observed, 300, (7, 6, 5, 4), 0.5, epochs, schedule.copies(1))
        if done is None or done.after is None:
            return ""
        trace = replay.trace(done.probe, done.xs[0], done.ys[0], FURTHER[-1])
        steps.append(schedule.place(trace, done.after, done.probe.dtype))
    fewer, more = steps
    goes_on = fewer is not None and more is not None and fewer < more < FURTHER[-1]
    return f"n = 1, epochs = {FURTHER[-1]}: {more}" if goes_on else ""


def _shorter(observed: Observed, replay: Replay) -> str:
    """The steps of two epochs of which one is not complete; '' for whole epochs."""
    done = schedule.train(observed, 300, (7, 6, 5, 4), 0.5, 2, schedule.copies(4))
    if done is None or done.after is None:
        return ""
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], 8)
    steps = schedule.place(trace, done.after, done.probe.dtype)
    return f"n = 4, epochs = 2: {steps}" if steps is not None and steps % 4 else ""


def _stops_anyway(observed: Observed, replay: Replay) -> bool:
    """Whether train also ends early where no validation sample is ever right."""
    done = schedule.train(observed, 308, (7, 6, 5, 4), 0.5, 3, schedule.copies(2, label=schedule.NEVER))
    if done is None or done.after is None:
        return False
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], 6)
    return schedule.place(trace, done.after, done.probe.dtype) not in (6, None)
