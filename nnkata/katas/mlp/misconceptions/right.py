"""The right module in small pieces, from the oracle's formulas: a misconception overrides one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.oracle import Layer, Pass, Rule

_stream = [np.random.default_rng(0)]


def rng() -> np.random.Generator:
    """The generator of all networks here."""
    return _stream[0]


@contextmanager
def drawing_from(generator: np.random.Generator) -> Iterator[None]:
    """Use another generator inside, so that the usual one does not change."""
    usual, _stream[0] = _stream[0], generator
    try:
        yield
    finally:
        _stream[0] = usual


def reseed(seed: int) -> None:
    """Restart the generator, so that a run can be repeated."""
    _stream[0] = np.random.default_rng(seed)


class Net:
    """A network: weights (in, out) and biases (out,) in turn."""

    def __init__(self, arrays: list[Array]) -> None:
        self.arrays = arrays
        self.kept: list[Array] | None = None  # for mistakes that carry something over
        self.moment: list[Array] | None = None


class Right:
    """A module that passes every clause; float64. `widths` have two equal hidden layers, so that all mistakes fit."""

    widths: tuple[int, ...] = (12, 8, 8, 8)
    rule = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy")
    way: type[Pass] = Pass
    rate = 0.2
    batch = 5

    def new(self) -> Net:
        """A new network: He initialization, biases of zero."""
        arrays: list[Array] = []
        for fan_in, width in zip(self.widths, self.widths[1:], strict=False):
            arrays += [self.draw(fan_in, width), np.zeros(width)]
        return Net(arrays)

    def draw(self, fan_in: int, width: int) -> Array:
        """Draw one weight matrix, (in, out)."""
        return rng().normal(0.0, np.sqrt(2.0 / fan_in), (fan_in, width))

    def parameters(self, net: Net) -> Any:
        """The live arrays."""
        return net.arrays

    def layers(self, net: Net) -> list[Layer]:
        """The arrays as the oracle's layers."""
        return list(zip(net.arrays[::2], net.arrays[1::2], strict=True))

    def through(self, net: Net, x: Any) -> Pass:
        """A forward pass of a batch."""
        return self.way(self.rule, self.layers(net), np.asarray(x))

    def output(self, net: Net, x: Any) -> Any:
        """The probabilities, (n, k)."""
        return self.through(net, x).output

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        """The slopes of the loss, in the parameters' order."""
        return [array for pair in self.through(net, x).gradients(y) for array in pair]

    def step(self, net: Net, x: Any, y: Any) -> None:
        """Make one step downhill on a batch."""
        for array, gradient in zip(net.arrays, self.gradients(net, x, y), strict=True):
            array -= self.rate * gradient

    def order(self, n: int) -> Any:
        """The samples of an epoch."""
        return rng().permutation(n)

    def batches(self, n: int) -> list[Any]:
        """The samples of each batch of an epoch."""
        order = self.order(n)
        return [order[first : first + self.batch] for first in range(0, n, self.batch)]

    def train(self, net: Net, x: Any, y: Any, epochs: int) -> None:
        """Train for `epochs` passes over the set."""
        for _ in range(epochs):
            for some in self.batches(len(x)):
                self.step(net, x[some], y[some])

    def predict(self, net: Net, x: Any) -> Any:
        """The class of each sample."""
        return self.output(net, x).argmax(axis=1)

    def accuracy(self, net: Net, x: Any, y: Any) -> Any:
        """The fraction of right answers."""
        return float(np.mean(self.predict(net, x) == np.asarray(y).argmax(axis=1)))
