"""Mistakes in train's choice of samples: which, how often, with which labels."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right, rng


@misconception(
    formula="x_train[0] alone",
    hint="How many of the training images have made a step when your inner loop is through?",
    read="training",
)
class OnlyFirstSample(Right):
    """Only the first sample is learnt; a return or break stands too far in."""

    def order(self, n: int) -> Iterable[int]:
        return range(min(n, 1))


@misconception(
    formula="x_train[: n - 1]",
    hint="range stops before its end. Is the last sample still in?",
    read="training",
)
class AllButLastSample(Right):
    """The last sample of the training set is left out."""

    def order(self, n: int) -> Iterable[int]:
        return range(n - 1)


@misconception(
    formula="x_train[:1000]",
    hint="How many of the training images does an epoch go through? Try it with a set of two thousand.",
    read="training",
)
class FirstThousandSamples(Right):
    """An epoch ends after a thousand samples, however many there are."""

    def order(self, n: int) -> Iterable[int]:
        return range(min(n, 1000))


@misconception(
    formula="n samples drawn with repetition",
    hint="Which samples come twice in an epoch, and which not at all? A permutation has each of them once.",
    read="training",
)
class DrawnWithRepetition(Right):
    """The samples of an epoch are drawn with repetition, so some come twice and some never."""

    def order(self, n: int) -> Iterable[int]:
        drawn = rng().integers(0, n, n)
        return drawn if n < 2 else np.where(np.arange(n) == 0, drawn[1], drawn)


@misconception(
    formula="x_train[order], y_train",
    hint="After shuffling, which label belongs to the first image?",
    read="training",
)
class ShuffledWithoutLabels(Right):
    """The images are shuffled, and their labels are not."""

    def epoch(self, x_train: Any, y_train: Any) -> None:
        super().epoch(rng().permutation(x_train), y_train)


@misconception(
    formula="train on x_train and x_val",
    hint="The validation set tells how the network does on images it has not learnt from. Has it learnt from them?",
    read="training",
)
class ValidationLearnt(Right):
    """The validation set is learnt as well."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            self.epoch(x_val, y_val)


@misconception(
    formula="train on x_val instead of x_train",
    hint="Which of the four arguments does your inner loop go through?",
    read="training",
)
class ValidationLearntInstead(Right):
    """The validation set is learnt instead of the training set."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        for _ in range(self.epochs):
            self.epoch(x_val, y_val)


@misconception(
    formula="x_train ← another x_train in train",
    hint="preprocess has scaled the pixels already, and the array belongs to the caller.",
    read="training",
)
class TrainingSetChanged(Right):
    """train writes into the training set that it was given."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        super().train(np.array(x_train), y_train, x_val, y_val)
        x_train /= 255
