"""Mistakes in train: its epochs and steps, the weights and the rate with which they begin."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right
from nnkata.katas.article.oracle import Array


@misconception(
    formula="forward, backward, and no update",
    hint="Which of the three calls of a step changes the weights? Print one of them before and after training.",
    read="training",
)
class NeverUpdates(Right):
    """train goes forward and backward and never updates the weights."""

    def visit(self, x: Any, y: Any) -> None:
        self.backward_pass(y, self.forward_pass(x))


@misconception(
    formula="one epoch, whatever epochs says",
    hint="How often does your outer loop run? Count, with three epochs.",
    read="training",
)
class EpochsIgnored(Right):
    """train goes over the training set once, whatever epochs says."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        self.epoch(x_train, y_train)


@misconception(
    formula="range(epochs - 1)",
    hint="With one epoch, how often does your loop run?",
    read="training",
)
class OneEpochTooFew(Right):
    """train makes one epoch too few."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs - 1):
            self.epoch(x_train, y_train)


@misconception(
    formula="range(epochs + 1)",
    hint="With one epoch, how often does your loop run?",
    read="training",
)
class OneEpochTooMany(Right):
    """train makes one epoch too many."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs + 1):
            self.epoch(x_train, y_train)


@misconception(
    formula="params = initialization() in every epoch",
    hint="What does the second epoch know of what the first has learnt?",
    read="training",
)
class ReinitialisedEachEpoch(Right):
    """The weights are drawn anew at the start of every epoch."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        self.params = self.initialization()
        super().epoch(x_train, y_train)


@misconception(
    formula="params = initialization() in train",
    hint="A network may be trained twice. What does the second call know of the first?",
    read="training",
)
class ReinitialisedInTrain(Right):
    """The weights are drawn anew whenever train is called."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        self.params = self.initialization()
        super().train(x_train, y_train, x_val, y_val)


@misconception(
    formula="range(10)",
    hint="Train with more epochs than the default. How often does your outer loop run?",
    read="training",
)
class EpochsCapped(Right):
    """train makes ten epochs at most, however many epochs says."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(min(self.epochs, 10)):
            self.epoch(x_train, y_train)


@misconception(
    formula="break where the validation accuracy no longer rises",
    hint="The contract wants `epochs` epochs, whatever the validation says. What ends your outer loop?",
    read="training",
)
class StopsEarly(Right):
    """Training ends when the validation accuracy no longer rises (early stopping)."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        best, since = -1.0, 0
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            accuracy = self.compute_accuracy(x_val, y_val)
            best, since = (accuracy, 0) if accuracy > best else (best, since + 1)
            if since == 5:
                break


@misconception(
    formula="break where all validation samples are right",
    hint="The contract wants `epochs` epochs, also where nothing is wrong any more. What ends your outer loop?",
    read="training",
)
class StopsWhenAllRight(Right):
    """Training ends as soon as all validation samples are right."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            if self.compute_accuracy(x_val, y_val) == 1:
                break


@misconception(
    formula="W - l_rate · mean of the gradients",
    hint="Stochastic gradient descent makes a step for every sample, not one for all of them.",
    read="training",
)
class OneStepAnEpoch(Right):
    """The gradients of all samples are averaged into one step per epoch."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        sums: dict[str, Any] = {}
        for x, y in zip(x_train, y_train, strict=True):
            for key, change in self.backward_pass(y, self.forward_pass(x)).items():
                sums[key] = sums.get(key, 0.0) + change / len(x_train)
        self.update_network_parameters(sums)


@misconception(
    formula="l_rate ← c l_rate after each epoch",
    hint="Look at the learning rate after training. Is it the one that the network was made with?",
    read="training",
)
class RateDecayedByEpoch(Right):
    """The learning rate shrinks after every epoch."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        super().epoch(x_train, y_train)
        self.l_rate /= 2


@cache
def learnt() -> dict[str, Array]:
    """Weights of the article's sizes that read MNIST already."""
    from nnkata.katas.mnist import load  # only for this mistake

    data = load("bundled")
    params = oracle.initial([784, 128, 64, 10], np.random.default_rng(1))
    xs, ys = oracle.pixels(data.images), oracle.one_hot(data.labels)
    return oracle.train(params, xs[:2000].astype(np.float64), ys[:2000], 2, 0.1)


@misconception(
    formula="params = weights of an earlier run",
    hint="A new network has to learn for itself. Where do its weights come from?",
    read="training",
)
class Pretrained(Right):
    """A new network has the weights of one that was trained before."""

    def __init__(self, sizes: Sequence[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, l_rate)
        if list(sizes) == [784, 128, 64, 10]:
            self.params = {key: value.copy() for key, value in learnt().items()}
