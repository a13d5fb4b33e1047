"""Reads a learning rate that is right for two epochs and another one later: trainings of one epoch more each time."""

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import MOST, Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.training import say_train, schedule
from nnkata.katas.article.reading.training.replay import flat
from nnkata.katas.article.reading.training.schedule import TINY, Trained

CLAUSES = of("training", 3, 4, 5, 6, 8, 12, *range(15, MOST)) | of("mnist", 2, 4)
#: Epochs up to which trainings are compared, and the intervals that are looked for: two changes of each fit in.
EPOCHS, INTERVALS = 6, (2, 3)


def read(observed: Observed, once: Trained) -> Departure | None:
    """A step decay every two or three epochs, or the lengths of all trainings up to six epochs; None if all are right.

    `once` is a training of one epoch, at a rate that hardly moves the weights.
    """
    lengths = _lengths(observed, once)
    if lengths is None:
        return None
    close = 3 * TINY[once.probe.dtype][1]
    rates = np.diff(lengths, prepend=0.0)
    if np.max(np.abs(rates - 1)) <= close:
        return None
    for every in INTERVALS:
        factor = float(rates[every])
        if np.max(np.abs(rates - factor ** (np.arange(EPOCHS) // every))) <= close:
            text = say_train.every(number_text(round(factor, 3)), every)
            return Departure("training", CLAUSES, say.formula("l_rate", text, "l_rate"))
    listed = ", ".join(number_text(float(np.round(length, 2))) for length in lengths)
    return Departure("training", CLAUSES, say_train.lengths(listed, ", ".join(map(str, range(1, EPOCHS + 1)))))


def _lengths(observed: Observed, once: Trained) -> Array | None:
    """The length of each training in epochs at the rate of the first; None if one goes another way."""
    if once.moved is None:
        return None
    first, found = flat(once.moved), [1.0]
    for epochs in range(2, EPOCHS + 1):
        done = schedule.train(observed, 301, once.probe.sizes, once.probe.rate, epochs, schedule.own_pixels)
        if done is None or done.moved is None:
            return None
        moved = flat(done.moved)
        found.append(float(moved @ first / (first @ first)))
        rest = np.max(np.abs(moved - found[-1] * first))
        if not rest <= 3 * epochs * TINY[once.probe.dtype][1] * np.max(np.abs(first)):
            return None
    return np.array(found)
