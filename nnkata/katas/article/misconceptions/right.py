"""The right network in small pieces, from the oracle's formulas: a misconception overrides one of them."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array

_streams = [np.random.default_rng()]


def rng() -> np.random.Generator:
    """The generator that all networks here draw from."""
    return _streams[0]


def reseed(seed: int) -> None:
    """Start it again, so that a run can be repeated."""
    _streams[0] = np.random.default_rng(seed)


@contextmanager
def drawing_from(generator: np.random.Generator) -> Iterator[None]:
    """Another generator for a while, so that draws from it leave the usual one unchanged."""
    usual, _streams[0] = _streams[0], generator
    try:
        yield
    finally:
        _streams[0] = usual


class Right:
    """A network that passes every clause about behaviour; float64, one method per formula."""

    def __init__(self, sizes: Sequence[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        self.sizes, self.epochs, self.l_rate = list(sizes), epochs, l_rate
        self.params = self.initialization()

    def initialization(self) -> dict[str, Array]:
        """Fresh weights."""
        return {f"W{i}": self.draw(self.sizes[i], self.sizes[i - 1]) for i in (1, 2, 3)}

    def draw(self, rows: int, columns: int) -> Array:
        """One weight matrix."""
        return rng().normal(0.0, oracle.scale(rows), (rows, columns))

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        """The activation of the hidden layers."""
        return oracle.sigmoid_derivative(x) if derivative else oracle.sigmoid(x)

    def softmax(self, x: Any) -> Any:
        """The activation of the output layer."""
        return oracle.softmax(x)

    def forward_pass(self, x_train: Any) -> Any:
        """One sample to probabilities; keeps the values for the way back."""
        self.A0 = np.asarray(x_train, dtype=np.float64)
        self.Z1 = self.params["W1"] @ self.A0
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = self.params["W2"] @ self.A1
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = self.params["W3"] @ self.A2
        self.A3 = self.output(self.Z3)
        return self.A3

    def output(self, logits: Array) -> Any:
        """The activation at the output."""
        return self.softmax(logits)

    def error(self, y_train: Any, output: Any) -> Any:
        """The derivative of the loss by Z3."""
        return np.asarray(output, np.float64) - np.asarray(y_train, np.float64)

    def slope(self, layer: int) -> Any:
        """The derivative of a hidden layer's activation at its pre-activation."""
        return self.sigmoid(self.Z1 if layer == 1 else self.Z2, derivative=True)

    def back(self, layer: int, delta: Any) -> Any:
        """The delta of a hidden layer from that of the next one."""
        return (self.params[f"W{layer + 1}"].T @ delta) * self.slope(layer)

    def gradient(self, layer: int, delta: Any, activations: Any) -> Any:
        """A layer's gradient from its delta and the activations of the layer before."""
        return np.dot(np.reshape(delta, (-1, 1)), np.reshape(activations, (1, -1)))  # by BLAS, quicker than np.outer

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        """The gradients of the latest forward pass."""
        delta3 = self.error(y_train, output)
        delta2 = self.back(2, delta3)
        delta1 = self.back(1, delta2)
        return {
            "W1": self.gradient(1, delta1, self.A0),
            "W2": self.gradient(2, delta2, self.A1),
            "W3": self.gradient(3, delta3, self.A2),
        }

    def update_network_parameters(self, changes_to_w: Any) -> None:
        """One step against the gradients."""
        for key, change in changes_to_w.items():
            self.params[key] -= self.l_rate * change

    def order(self, n: int) -> Iterable[int]:
        """The samples of one epoch."""
        return range(n)

    def visit(self, x: Any, y: Any) -> None:
        """One step on one sample."""
        self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))

    def epoch(self, x_train: Any, y_train: Any) -> None:
        """One pass over the training set."""
        for i in self.order(len(x_train)):
            self.visit(x_train[i], y_train[i])

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        """All epochs."""
        for _ in range(self.epochs):
            self.epoch(x_train, y_train)
            self.compute_accuracy(x_val, y_val)

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        """The fraction of samples that are right."""
        return oracle.hits([self.forward_pass(x) for x in x_val], y_val)
