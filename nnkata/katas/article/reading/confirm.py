"""A second look at readings of train that a few small trainings leave open: batches, schedules, and early ends."""

from dataclasses import replace

import numpy as np

from nnkata.katas.article.reading import say, schedule
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.replay import Replay
from nnkata.katas.article.reading.schedule import PLACES, TINY, Trained

#: The largest batch that is told from the share of a step in a set of 1,512 samples.
LARGEST = 512


def confirmed(observed: Observed, replay: Replay, once: Trained, one: Departure) -> Departure:
    """The departure; another reading, or no name, if a further training contradicts it. `once` is one epoch."""
    if one.name == "one-step-an-epoch":
        return _batches(observed, replay, once, one)
    if one.name == "rate-decayed-by-epoch":
        return _schedule(observed, once, one)
    if one.name == "stops-when-all-right" and _stops_anyway(observed, replay):
        return replace(one, name=None)
    return one


def _batches(observed: Observed, replay: Replay, once: Trained, one: Departure) -> Departure:
    """Of a large set: batches of so many samples, if each sample's share of its own step says so."""
    rate = TINY[once.probe.dtype][0]
    done = schedule.train(observed, 307, (12, 6, 5, 4), rate, 1, schedule.large)
    if done is None or done.moved is None:
        return one
    chosen = list(PLACES)
    moves = replay.moves(done.probe, done.xs[chosen], done.ys[chosen])
    if moves is None:
        return one
    shares = [
        float(done.moved["W1"][:, pixel] @ move["W1"][:, pixel] / (move["W1"][:, pixel] @ move["W1"][:, pixel] or 1.0))
        for pixel, move in enumerate(moves)
    ]
    usual = float(np.median(shares))
    size = round(1 / usual) if usual > 1 / (2 * LARGEST) else 0
    if not 1 < size <= LARGEST or abs(usual * size - 1) > 3 * TINY[once.probe.dtype][1]:
        return one
    dropped = len(done.xs) % size > 0 and abs(shares[-1]) < usual / 2
    return replace(one, reading=say.batches(size, dropped), name=None)


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
    return replace(one, reading=say.scheduled(number_text(round(second, 3)), number_text(round(both, 3))), name=None)


def _stops_anyway(observed: Observed, replay: Replay) -> bool:
    """Whether train also ends early where no validation sample is ever right."""
    done = schedule.train(observed, 308, (7, 6, 5, 4), 0.5, 3, schedule.copies(2, label=schedule.NEVER))
    if done is None or done.after is None:
        return False
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], 6)
    return schedule.place(trace, done.after, done.probe.dtype) not in (6, None)
