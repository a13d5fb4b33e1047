"""Reads a training of one epoch whatever the requested number: always, or until the accuracy or loss is good enough."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.departure import Departure
from nnkata.katas.article.reading.observed import Observed, Probe
from nnkata.katas.article.reading.training import say_train, schedule
from nnkata.katas.article.reading.training.replay import Replay
from nnkata.katas.article.reading.training.small_trainings import MEANT, departure

#: Epochs in which a sample that the network got wrong at first is right.
HUNDRED = 100


def one_epoch(observed: Observed, replay: Replay) -> Departure:
    """Whether it is always one epoch, or as many as the accuracy allows: wrong validation labels decide."""
    clauses = (3, 8, 15, 16)
    if (_kept(observed, replay, schedule.copies(1, label=schedule.NEVER)) or 0) > 1:
        share = _kept(observed, replay, schedule.nearly_right)
        if share is not None and share < HUNDRED:
            return departure(None, say_train.epochs_by_accuracy(share, HUNDRED), *clauses, mnist=False)
        return departure("stops-when-all-right", say_train.stops("n = 2, epochs = 3: 2"), *clauses, mnist=False)
    count = _kept(observed, replay, schedule.wrong_at_first)
    if count is None or count > 1:
        text = count and say_train.epochs_by_accuracy(count, HUNDRED)
        return departure(None, text or None, *clauses, mnist=False)
    if (count := _kept(observed, replay, _far_off, 309, 3)) and count > 1:
        return departure(None, say_train.stops("n = 2, epochs = 3: 2"), *clauses, mnist=False)
    return departure("epochs-ignored", say_train.steps("n", MEANT), *clauses)


def _far_off(probe: Probe) -> tuple[Array, Array, Array, Array]:
    """One sample whose loss is large, to train and to validate on."""
    xs = probe.rng.normal(0.0, 5.0, (300, probe.sizes[0]))
    outputs = oracle.outputs(probe.weights, xs)
    place, label = np.unravel_index(np.argmin(outputs), outputs.shape)
    x, y = xs[place : place + 1], np.eye(probe.sizes[3])[label : label + 1]
    return x, y, x, y


def _kept(observed: Observed, replay: Replay, data: Any, number: int = 306, epochs: int = HUNDRED) -> int | None:
    """The epochs, on one sample, whose steps are in the weights; None if it is no whole number."""
    done = schedule.train(observed, number, (7, 6, 5, 4), 0.05, epochs, data)
    if done is None or done.after is None:
        return None
    trace = replay.trace(done.probe, done.xs[0], done.ys[0], epochs)
    return schedule.place(trace, done.after, done.probe.dtype)
