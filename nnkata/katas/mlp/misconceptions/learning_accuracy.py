"""Mistakes in the measurement of a network: the predicted classes and the accuracy."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Net, Right


@misconception(
    formula="argmin",
    hint="The class of a sample is that of its largest output. Which one is picked?",
    read="accuracy",
)
class PredictsTheSmallest(Right):
    """predict gives the class with the smallest output."""

    def predict(self, net: Net, x: Any) -> Any:
        return self.output(net, x).argmin(axis=1)

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return float(np.mean(self.output(net, x).argmax(axis=1) == y.argmax(axis=1)))


@misconception(
    formula="accuracy of the last batch",
    hint="What is divided by what, and over which samples?",
    read="accuracy",
)
class AccuracyOfTheLastBatch(Right):
    """The accuracy is that of the last samples alone."""

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return super().accuracy(net, x[-self.batch :], y[-self.batch :])


@misconception(
    formula="100 · right / n",
    hint="A fraction lies between 0 and 1. What is yours multiplied with?",
    read="accuracy",
)
class AccuracyAsPercentage(Right):
    """The accuracy is a percentage instead of a fraction."""

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return 100 * super().accuracy(net, x, y)


@misconception(
    formula="mean of (round(P) == y) over all elements",
    hint="Nine of ten zeros are easily right. What is compared: rows, or their elements?",
    read="accuracy",
)
class AccuracyByElements(Right):
    """The accuracy compares single elements with the one-hot labels, where a constant answer scores 90 %."""

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return float(np.mean(np.round(self.output(net, x)) == y))


@misconception(
    formula="argmax(axis=0)",
    hint="Which axis of the output runs over the classes?",
    read="accuracy",
)
class AccuracyAlongTheBatch(Right):
    """The accuracy compares, for each class, the sample with the largest output."""

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return float(np.mean(self.output(net, x).argmax(axis=0) == y.argmax(axis=0)))


@misconception(
    formula="the number of samples that are right",
    hint="A count grows with the set. What makes it a fraction?",
    read="accuracy",
)
class AccuracyAsCount(Right):
    """The accuracy is the number of samples that are right, not their fraction."""

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        return len(x) * super().accuracy(net, x, y)
