"""All weights in one flat float64 vector, a loop over the layers, and `params` a dict of views into the vector.

A gradient step is then one subtraction of vectors. The price: whoever puts another array into `params` takes a view
out of it, so each method begins with `_collect`, which copies such an array into the vector and restores the view.
"""

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


def preprocess(images: Any, labels: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Images to (n, 784) float32 in [0, 1], labels to one-hot (n, 10) float32."""
    x = np.stack([np.ravel(image) for image in images]) if len(images) else np.empty((0, 784))
    y = np.zeros((len(x), 10), np.float32)
    y[np.arange(len(x)), np.asarray(labels).astype(int)] = 1
    return x.astype(np.float32) / np.float32(255), y


class DeepNeuralNetwork:
    """Layers of `sizes` units, the last softmax, the others sigmoid."""

    def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        """Lay out the vector and draw the weights."""
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self._shapes = {f"W{i}": (rows, columns) for i, (columns, rows) in enumerate(pairwise(sizes), start=1)}
        self._theta: Vector = np.concatenate([W.ravel() for W in self.initialization().values()])
        self._views = self._cut(self._theta)
        self.params: dict[str, NDArray[Any]] = dict(self._views)
        self._activations: list[Vector] = []

    def initialization(self) -> dict[str, Matrix]:
        """Fresh weights, apart from the vector: normal with variance 1 / rows."""
        rng = np.random.default_rng()
        return {key: rng.normal(scale=(1 / shape[0]) ** 0.5, size=shape) for key, shape in self._shapes.items()}

    def sigmoid(self, x: Any, derivative: bool = False) -> NDArray[Any]:
        """1 / (1 + e^-x), or its derivative; the dtype of x if that is floating, else float64.

        Where e^-x overflows, 1 / inf is the right answer, so that overflow is nothing to warn of.
        """
        x = np.asarray(x)
        if x.dtype.kind != "f":
            x = x.astype(np.float64)
        if derivative:
            return np.asarray(self.sigmoid(x) * self.sigmoid(-x))
        with np.errstate(over="ignore"):
            return np.asarray(np.reciprocal(1 + np.exp(-x)))

    def softmax(self, x: Any) -> NDArray[Any]:
        """e^x / sum(e^x) over a vector."""
        exps = np.exp(np.subtract(x, np.max(x)))
        return np.asarray(exps / exps.sum())

    def forward_pass(self, x_train: Any) -> Vector:
        """Probabilities (10,) of one sample (784,)."""
        self._collect()
        return self._forward(np.array(x_train, dtype=np.float64))

    def backward_pass(self, y_train: Any, output: Any) -> dict[str, Matrix]:
        """The gradient for the latest forward pass: views into one new vector."""
        if not self._activations:
            raise RuntimeError("no forward pass to go back over")
        self._collect()
        gradient = np.empty_like(self._theta)
        self._backward(np.asarray(output, np.float64) - np.asarray(y_train, np.float64), self._cut(gradient))
        return self._cut(gradient)

    def update_network_parameters(self, changes_to_w: dict[str, Any]) -> None:
        """One step for the whole vector, in place."""
        self._collect()
        self._theta -= self.l_rate * np.concatenate([np.ravel(changes_to_w[key]) for key in self._shapes])

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        """The fraction of hits; 0.0 for no samples. The latest forward pass stays."""
        self._collect()
        if len(x_val) == 0:
            return 0.0
        a = np.asarray(x_val, dtype=np.float64)
        *hidden, last = self._views.values()
        for W in hidden:
            a = self.sigmoid(a @ W.T)
        return float(np.count_nonzero((a @ last.T).argmax(axis=1) == np.argmax(y_val, axis=1)) / len(a))

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        """`epochs` passes from the last sample to the first, a step a sample, all in two vectors."""
        self._collect()
        gradient = np.empty_like(self._theta)
        parts = self._cut(gradient)
        start = time.monotonic()
        for epoch in range(self.epochs):
            for i in reversed(range(len(x_train))):
                output = self._forward(np.asarray(x_train[i], dtype=np.float64))
                self._backward(output - np.asarray(y_train[i], dtype=np.float64), parts)
                gradient *= self.l_rate
                self._theta -= gradient
            accuracy = self.compute_accuracy(x_val, y_val)
            print(f"Epoch: {epoch + 1}, Time Spent: {time.monotonic() - start:.2f}s, Accuracy: {accuracy:.2%}")

    def _cut(self, vector: Vector) -> dict[str, Matrix]:
        """Views of a vector as long as the weights are: one matrix a layer."""
        ends = np.cumsum([rows * columns for rows, columns in self._shapes.values()])
        parts = np.split(vector, ends[:-1])
        return {key: part.reshape(shape) for (key, shape), part in zip(self._shapes.items(), parts, strict=True)}

    def _collect(self) -> None:
        """Copy into the vector what others have put into `params`, and put the view back."""
        for key, view in self._views.items():
            if self.params[key] is not view:
                view[...] = self.params[key]
                self.params[key] = view

    def _forward(self, x: Vector) -> Vector:
        self._activations = [x]
        *hidden, last = self._views.values()
        for W in hidden:
            self._activations.append(self.sigmoid(W @ self._activations[-1]))
        return self.softmax(last @ self._activations[-1])

    def _backward(self, error: Vector, parts: dict[str, Matrix]) -> None:
        """Fill parts, one matrix a layer, from the last layer to the first."""
        for key, a in self._down():
            np.multiply(error[:, None], a, out=parts[key])
            error = (self._views[key].T @ error) * a * (1 - a)

    def _down(self) -> Iterator[tuple[str, Vector]]:
        """The layers from the last to the first, each with the activations that entered it."""
        return zip(reversed(self._views), reversed(self._activations), strict=True)
