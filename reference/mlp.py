"""A multilayer perceptron from scratch: minibatches, biases, ReLU, softmax, cross-entropy. It passes the kata `mlp`.

A batch is a matrix x of shape (n, 784), one sample per row; labels y are one-hot, (n, 10). Layer l computes
Z = A @ W + b and A' = ReLU(Z); the last one gives softmax(Z). The loss is the mean of -log of the right class's
probability, whose derivative by the last Z is (output - y) / n.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Network:
    """Widths from the input to the output; He initialization, which keeps the variance through ReLU layers."""

    def __init__(self, sizes: tuple[int, ...] = (784, 64, 10), rate: float = 0.3, batch: int = 32) -> None:
        self.rng = np.random.default_rng()
        self.rate, self.batch = rate, batch
        self.W = [self.rng.normal(0, np.sqrt(2 / n), (n, m)) for n, m in pairwise(sizes)]
        self.b = [np.zeros(m) for m in sizes[1:]]

    def forward(self, x: Floats) -> list[Floats]:
        """The input of each layer, (n, width) each; the last array is the output, (n, 10)."""
        A = [x]
        for W, b in zip(self.W[:-1], self.b[:-1], strict=True):
            A.append(np.maximum(0, A[-1] @ W + b))
        Z = A[-1] @ self.W[-1] + self.b[-1]
        e = np.exp(Z - Z.max(axis=1, keepdims=True))  # the same quotient, and e^Z stays finite
        return [*A, e / e.sum(axis=1, keepdims=True)]

    def backward(self, A: list[Floats], y: Floats) -> tuple[list[Floats], list[Floats]]:
        """The gradients of the weights and of the biases, in the shapes of both."""
        delta = (A[-1] - y) / len(y)
        dW: list[Floats] = []
        db: list[Floats] = []
        for layer in reversed(range(len(self.W))):
            dW.insert(0, A[layer].T @ delta)
            db.insert(0, delta.sum(axis=0))
            delta = delta @ self.W[layer].T * (A[layer] > 0)  # A is positive where Z is
        return dW, db

    def step(self, x: Floats, y: Floats) -> None:
        """One step down the slope of a batch."""
        dW, db = self.backward(self.forward(x), y)
        for parameter, gradient in zip([*self.W, *self.b], [*dW, *db], strict=True):
            parameter -= self.rate * gradient

    def train(self, x: Floats, y: Floats, epochs: int) -> None:
        """Epochs of minibatches in a random order; the last one may be smaller."""
        for _ in range(epochs):
            order = self.rng.permutation(len(x))
            for first in range(0, len(x), self.batch):
                some = order[first : first + self.batch]
                self.step(x[some], y[some])


# What the kata asks of a module: a few functions, whatever the network is.


def new() -> Network:
    """A fresh network."""
    return Network()


def parameters(net: Network) -> list[Floats]:
    """The live arrays."""
    return [*net.W, *net.b]


def output(net: Network, x: Floats) -> Floats:
    """The probabilities (n, 10) of the samples x (n, 784)."""
    return net.forward(x)[-1]


def gradients(net: Network, x: Floats, y: Floats) -> list[Floats]:
    """The slopes of the loss of a batch, in the order and shapes of the parameters."""
    dW, db = net.backward(net.forward(x), y)
    return [*dW, *db]


def step(net: Network, x: Floats, y: Floats) -> None:
    """One step on the batch x (n, 784), one-hot y (n, 10)."""
    net.step(x, y)


def train(net: Network, x: Floats, y: Floats, epochs: int) -> None:
    """Train for this number of epochs on x (n, 784) and one-hot y (n, 10)."""
    net.train(x, y, epochs)


def predict(net: Network, x: Floats) -> NDArray[np.intp]:
    """The class of each sample of x (n, 784): ints (n,)."""
    return np.asarray(output(net, x).argmax(axis=1))


def accuracy(net: Network, x: Floats, y: Floats) -> float:
    """The fraction of samples whose class is right."""
    return float(np.mean(predict(net, x) == y.argmax(axis=1)))
