"""Pure functions over an immutable tuple of weights, and a thin class around them: float32, einsum, shuffled."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


class Weights(NamedTuple):
    """One matrix a layer, all of one dtype."""

    W1: Array
    W2: Array
    W3: Array


class Activations(NamedTuple):
    """The input of each layer, and the output of the last."""

    a0: Array
    a1: Array
    a2: Array
    a3: Array


def preprocess(images: Any, labels: Any) -> tuple[Array, Array]:
    """Images to (n, 784) float32 in [0, 1], labels to one-hot (n, 10) float32."""
    grey = np.asarray(images)
    digits = np.asarray(labels).astype(int)
    x = np.divide(grey.reshape(grey.shape[0], 784), 255, dtype=np.float32, casting="unsafe")
    return x, (digits[:, None] == np.arange(10)).astype(np.float32)


def sigma(z: Array) -> Array:
    """The logistic function; the negative half through e^z, the positive half through e^-z."""
    positive = z >= 0
    e = np.exp(np.where(positive, -z, z))
    return np.where(positive, 1 / (1 + e), e / (1 + e))


def normalised(z: Array) -> Array:
    """Softmax over the last axis."""
    exps = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def forward(weights: Weights, x: Array) -> Activations:
    """x (..., 784): one sample or a batch."""
    a1 = sigma(np.einsum("ij,...j->...i", weights.W1, x, optimize=True))
    a2 = sigma(np.einsum("ij,...j->...i", weights.W2, a1, optimize=True))
    a3 = normalised(np.einsum("ij,...j->...i", weights.W3, a2, optimize=True))
    return Activations(x, a1, a2, a3)


def gradient(weights: Weights, at: Activations, error: Array) -> Weights:
    """The loss by each weight, for one sample; error (10,) is the loss by the last pre-activation."""
    d3 = error
    d2 = np.einsum("ij,i->j", weights.W3, d3) * at.a2 * (1 - at.a2)
    d1 = np.einsum("ij,i->j", weights.W2, d2) * at.a1 * (1 - at.a1)
    return Weights(d1[:, None] * at.a0, d2[:, None] * at.a1, d3[:, None] * at.a2)


def descended(weights: Weights, slope: Weights, rate: float) -> Weights:
    """New weights, one step downhill."""
    return Weights(*(w - rate * g for w, g in zip(weights, slope, strict=True)))


def floating(x: Any) -> Array:
    """An array of floats; ints become float64."""
    array = np.asarray(x)
    return array if np.issubdtype(array.dtype, np.floating) else array.astype(np.float64)


class DeepNeuralNetwork:
    """The article's interface to the functions above."""

    def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        """Keep the settings and draw the weights."""
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params: dict[str, Array] = self.initialization()
        self._latest: Activations | None = None

    @property
    def _weights(self) -> Weights:
        dtype = np.result_type(np.float32, *(self.params[key] for key in Weights._fields))
        return Weights(*(np.asarray(self.params[key], dtype) for key in Weights._fields))

    def initialization(self) -> dict[str, Array]:
        """Fresh float32 weights: standard normal times 1 / sqrt(rows)."""
        rng = np.random.default_rng()
        shapes = zip(self.sizes[1:], self.sizes[:-1], strict=True)
        drawn = (rng.standard_normal(shape, dtype=np.float32) / np.float32(shape[0] ** 0.5) for shape in shapes)
        return dict(zip(Weights._fields, drawn, strict=True))

    def sigmoid(self, x: Any, derivative: bool = False) -> Array:
        """The logistic function of each element, or its derivative there."""
        x = floating(x)
        return np.asarray(sigma(x) * sigma(-x)) if derivative else sigma(x)

    def softmax(self, x: Any) -> Array:
        """Probabilities that are proportional to e^x."""
        return normalised(floating(x))

    def forward_pass(self, x_train: Any) -> Array:
        """Probabilities (10,) of one sample (784,)."""
        weights = self._weights
        self._latest = forward(weights, np.array(x_train, weights.W1.dtype))
        return self._latest.a3.copy()

    def backward_pass(self, y_train: Any, output: Any) -> dict[str, Array]:
        """The gradient for the latest forward pass."""
        if self._latest is None:
            raise RuntimeError("no forward pass to go back over")
        weights = self._weights
        dtype = weights.W1.dtype
        at = Activations(*(a.astype(dtype) for a in self._latest))
        error = np.asarray(output, dtype) - np.asarray(y_train, dtype)
        return dict(gradient(weights, at, error)._asdict())

    def update_network_parameters(self, changes_to_w: Mapping[str, Array]) -> None:
        """A new dict of new weights; the old ones stay as they were."""
        weights = self._weights
        slope = Weights(*(np.asarray(changes_to_w[key], weights.W1.dtype) for key in Weights._fields))
        self.params = {**self.params, **descended(weights, slope, float(self.l_rate))._asdict()}

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        """The fraction of hits; 0.0 for no samples."""
        weights = self._weights
        x, y = np.asarray(x_val, weights.W1.dtype), np.asarray(y_val)
        if x.size == 0:
            return 0.0
        return float((forward(weights, x).a3.argmax(axis=-1) == y.argmax(axis=-1)).mean())

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        """`epochs` passes in a random order, a step a sample."""
        weights, rng, rate = self._weights, np.random.default_rng(), float(self.l_rate)
        x, y = np.asarray(x_train, weights.W1.dtype), np.asarray(y_train, weights.W1.dtype)
        began = perf_counter()
        for epoch in range(1, self.epochs + 1):
            for i in rng.permutation(len(x)):
                at = forward(weights, x[i])
                weights = descended(weights, gradient(weights, at, at.a3 - y[i]), rate)
            self.params = {**self.params, **weights._asdict()}
            accuracy = self.compute_accuracy(x_val, y_val)
            print(f"Epoch: {epoch}, Time Spent: {perf_counter() - began:.2f}s, Accuracy: {accuracy:.2%}")
