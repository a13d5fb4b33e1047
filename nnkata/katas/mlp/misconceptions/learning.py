"""Mistakes in learning: state carried over, steps, epochs."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Net, Right, rng


@misconception(
    formula="dW += …, never set to zero",
    hint="What is in the gradients' arrays when the second batch comes?",
    read="batches",
)
class GradientsPileUp(Right):
    """Gradients of earlier batches are added to those of the latest."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        own = super().gradients(net, x, y)
        net.kept = own if net.kept is None else [old + new for old, new in zip(net.kept, own, strict=True)]
        return [array.copy() for array in net.kept]


@misconception(
    formula="gradients of the first batch for ever",
    hint="When is what the forward pass keeps replaced?",
    read="batches",
)
class GradientsOfAnEarlierBatch(Right):
    """The gradients are those of an earlier batch: the kept values are not replaced."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        net.kept = net.kept or super().gradients(net, x, y)
        return [array.copy() for array in net.kept]


@misconception(
    formula="np.eye(labels.max() + 1)[labels]",
    hint="How many columns has a one-hot label if the batch has no 9? The network has ten outputs whatever comes.",
    read="batches",
)
class OneHotAsWideAsTheBatch(Right):
    """One-hot labels are as wide as the largest label of the batch, so that a batch without the last class fails."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        labels = np.asarray(y).argmax(axis=1)
        return super().gradients(net, x, np.eye(labels.max() + 1)[labels])


@misconception(
    formula="W moves while gradients are asked for",
    hint="Asking which way is down should not take a step. Where are the weights updated?",
    read="learning",
)
class GradientsMoveTheParameters(Right):
    """Asking for the gradients updates the parameters."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        found = super().gradients(net, x, y)
        for array, gradient in zip(net.arrays, found, strict=True):
            array -= self.rate * gradient
        return found


@misconception(
    formula="delta = y; delta -= …",
    hint="Another name for an array is not a copy. Which lines write into what was handed in?",
    read="batches",
)
class LabelsWrittenInto(Right):
    """The labels that are handed in are written into."""

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        found = super().gradients(net, x, y)
        y -= self.output(net, x)
        return found


@misconception(
    formula="x *= …, in place",
    hint="`x -= m` writes into the caller's array, `x = x - m` does not. Which one is meant?",
    read="batches",
)
class InputWrittenInto(Right):
    """The input that is handed in is written into."""

    def output(self, net: Net, x: Any) -> Any:
        found = super().output(net, x)
        x *= 0.5
        return found


@misconception(
    formula="W + rate · gradient",
    hint="The gradient points where the loss grows. Which way is down?",
    read="learning",
)
class StepsUp(Right):
    """A step goes along the gradient instead of against it: the loss grows."""

    rate = -0.2


@misconception(
    formula="b stays",
    hint="Biases have gradients too. Which arrays does the update go over?",
    read="learning",
)
class StepLeavesBiases(Right):
    """A step moves the weights and leaves the biases where they are."""

    def step(self, net: Net, x: Any, y: Any) -> None:
        for array, gradient in zip(net.arrays, self.gradients(net, x, y), strict=True):
            if array.ndim > 1:
                array -= self.rate * gradient


@misconception(
    formula="W = W - rate · gradient, of a local name",
    hint="Assigning to a name inside a function does not change what the caller holds. Who keeps the new array?",
    read="learning",
)
class StepMovesNothing(Right):
    """A step changes nothing that the network keeps."""

    def step(self, net: Net, x: Any, y: Any) -> None:
        self.gradients(net, x, y)


@misconception(
    formula="W3 moves, then the error goes back through the new W3",
    hint="All gradients belong to the same weights. Which ones does the error go back through after the first update?",
    read="learning",
)
class UpdatedBeforeCarriedBack(Right):
    """A layer's weights are updated before they carry the error to the layer below."""

    def step(self, net: Net, x: Any, y: Any) -> None:
        passed = self.through(net, x)
        delta = passed.error(np.asarray(y))
        for place in reversed(range(len(passed.layers))):
            weights, bias = net.arrays[2 * place], net.arrays[2 * place + 1]
            weights -= self.rate * passed.weight_gradient(place, delta)
            bias -= self.rate * passed.bias_gradient(place, delta)
            if place:
                delta = passed.back(place - 1, delta)


@misconception(
    formula="the last n mod b samples of an epoch are never used",
    hint="How many batches does `n // b` give, and which samples are in none of them?",
    read="batches",
)
class RestDropped(Right):
    """The last, incomplete batch of an epoch is dropped."""

    def order(self, n: int) -> Any:
        return np.arange(n)

    def batches(self, n: int) -> list[Any]:
        return [some for some in super().batches(n) if len(some) == self.batch]


@misconception(
    formula="batch i is rows i to i + b",
    hint="Where does the second batch begin?",
    read="batches",
)
class BatchesOverlap(Right):
    """Each batch begins one row after the last one, so that an epoch sees a few samples many times and most never."""

    def batches(self, n: int) -> list[Any]:
        return [np.arange(first, first + self.batch) for first in range(n // self.batch)]


@misconception(
    formula="the same b samples in every step",
    hint="Which line takes the next batch?",
    read="batches",
)
class FirstBatchOnly(Right):
    """Every step of an epoch uses the first batch."""

    def batches(self, n: int) -> list[Any]:
        return [np.arange(self.batch)] * (n // self.batch)


@misconception(
    formula="shuffle(x), y as it was",
    hint="An image and its label have to move together. What tells the label where its image went?",
    read="batches",
)
class ShuffledWithoutLabels(Right):
    """The images are shuffled and the labels are not."""

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for _ in range(epochs):
            super().train(net, x[rng().permutation(len(x))], y, 1)


@misconception(
    formula="random.shuffle(array)",
    hint="Python's shuffle swaps rows that are views of one array. What does NumPy offer for it?",
    read="batches",
)
class RowsDoubledByShuffle(Right):
    """random.shuffle on an array doubles some rows and loses others."""

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for _ in range(epochs):
            for i in range(len(x) - 1, 0, -1):
                j = int(rng().integers(0, i + 1))
                for rows in (x, y):
                    rows[i] = rows[j]  # the effect of a swap of two views
            super().train(net, x, y, 1)


@misconception(
    formula="train() begins with new weights",
    hint="What does the second call of train start from?",
    read="learning",
)
class StartsAgain(Right):
    """Training begins by making new parameters, so that nothing that was learnt before counts."""

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        for array, fresh in zip(net.arrays, self.new().arrays, strict=True):
            array[...] = fresh
        super().train(net, x, y, epochs)


@misconception(
    formula="one epoch, however many are asked for",
    hint="Which line repeats the loop over the batches, and how often? What ends it?",
    read="learning",
)
class EpochsIgnored(Right):
    """Training goes over the set as often whatever number of epochs is asked for."""

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(net, x, y, 1)


@misconception(
    formula="train() leaves every parameter",
    hint="Who keeps what the steps have learnt?",
    read="learning",
)
class TrainMovesNothing(Right):
    """Training changes nothing that the network keeps."""

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        super().train(Net([array.copy() for array in net.arrays]), x, y, epochs)
