"""Reads whether an epoch goes over the samples sorted by their labels: the steps of copies are in no order."""

from collections.abc import Iterator, Sequence
from itertools import permutations, product

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.observed import Observed, Probe
from nnkata.katas.article.reading.training import schedule
from nnkata.katas.article.reading.training.schedule import Trained

#: The labels of eight samples in two trainings. A random order is sorted by one of these in 8 of 10,000 draws, in both
#: in 6 of 10 million.
LABELS = ((2, 0, 3, 1, 0, 2, 1, 3), (1, 3, 0, 2, 3, 1, 2, 0))
#: Labels of four samples, no two alike.
FOUR = (2, 0, 3, 1)
#: A rate at which another order gives other weights, by far more than rounding.
RATE = 0.5


def by_label(observed: Observed) -> bool:
    """Whether right steps go over both sets in the order of their labels, up or down."""
    for number, labels in enumerate(LABELS, 320):
        done = schedule.train(observed, number, (7, 6, 5, 4), RATE, 1, _samples(labels))
        if (
            done is None
            or done.after is None
            or not any(_makes(done, [(i, i) for i in order]) for order in _orders(labels))
        ):
            return False
    return True


def number_of_steps(observed: Observed) -> str:
    """The number that stands for that of the sample in two epochs over four samples: of two samples, each makes four
    steps, with its own labels or with those in order."""
    n, epochs = len(FOUR), 2
    done = schedule.train(observed, 322, (7, 6, 5, 4), RATE, epochs, _samples(FOUR))
    if done is None or done.after is None:
        return ""
    each = [(epoch, i) for epoch in range(epochs) for i in range(n)]
    ways = {
        "epoch": (each, [(epoch, epoch) for epoch, _i in each]),
        "step % epochs": ([(step % epochs, step % epochs) for step in range(epochs * n)],),
    }
    return next((text for text, orders in ways.items() for pairs in orders if _makes(done, pairs)), "")


def _samples(labels: Sequence[int]) -> object:
    def data(probe: Probe) -> tuple[Array, Array, Array, Array]:
        xs, ys = probe.rng.random((len(labels), probe.sizes[0])), oracle.one_hot(labels, probe.sizes[3])
        return xs, ys.astype(np.float64), xs[:2], ys[:2].astype(np.float64)

    return data


def _orders(labels: Sequence[int]) -> Iterator[list[int]]:
    """The orders in which labels rise, or fall; those of the same label in any order among themselves."""
    groups = [[i for i, label in enumerate(labels) if label == value] for value in sorted(set(labels))]
    for chosen in product(*(permutations(group) for group in groups)):
        yield [i for group in chosen for i in group]
        yield [i for group in chosen[::-1] for i in group]


def _makes(done: Trained, pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether steps on samples with labels, by their numbers, lead to the weights in that order."""
    now = done.probe.weights
    for sample, label in pairs:
        now = oracle.step(now, oracle.gradients(now, done.xs[sample], done.ys[label]), RATE)
    assert done.after is not None
    return schedule.place([now], done.after, done.probe.dtype) == 0
