"""Lines in networks whose layers know their neighbours, and compute by properties."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

LINKED = """import numpy as np


def logistic(t):
    return np.exp(-np.logaddexp(0.0, -t))


class Layer:
    def __init__(self, width, previous=None):
        self.width, self.previous, self.next = width, previous, None
        self.weights = self.value = None
        if previous is not None:
            previous.next = self

    @property
    def total(self):
        return self.weights.dot(self.previous.value)

    @property
    def is_output(self):
        return self.next is None

    @property
    def slope(self):
        return self.value * (1.0 - self.value)

    def fire(self):
        if self.is_output:
            scores = self.total
            powers = np.exp(scores - scores.max())
            self.value = powers / powers.sum()
        else:
            self.value = logistic(self.total)

    @property
    def blame(self):
        if self.is_output:
            return self.error
        return self.slope * self.next.weights.T.dot(self.next.blame)

    @property
    def change(self):
        return np.outer(self.blame, self.previous.value)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.chain = [Layer(sizes[0])]
        for width in sizes[1:]:
            self.chain.append(Layer(width, self.chain[-1]))
        self.params = self.initialization()

    def initialization(self):
        pairs = enumerate(self.chain[1:], 1)
        return {"W%d" % n: np.random.randn(one.width, one.previous.width) * one.width**-0.5 for n, one in pairs}

    def connect(self):
        for number, layer in enumerate(self.chain[1:], 1):
            layer.weights = self.params["W%d" % number]

    def sigmoid(self, x, derivative=False):
        y = logistic(np.asarray(x, dtype=float))
        return y * (1 - y) if derivative else y

    def softmax(self, x):
        powers = np.exp(x - np.max(x))
        return powers / powers.sum()

    def forward_pass(self, x_train):
        self.connect()
        self.chain[0].value = np.array(x_train)
        for layer in self.chain[1:]:
            layer.fire()
        return self.chain[-1].value

    def backward_pass(self, y_train, output):
        self.connect()
        self.chain[-1].error = output - y_train
        return {"W%d" % number: layer.change for number, layer in enumerate(self.chain[1:], 1)}
"""
CHAINED = """import numpy as np


class Value:
    def __init__(self, data):
        self.data = np.asarray(data, dtype=float)

    def into(self, weight):
        out = Value(weight @ self.data)
        return out

    def sigmoid(self):
        s = 1 / (1 + np.exp(-self.data))
        out = Value(s)
        return out


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{n}": np.random.randn(sizes[n], sizes[n - 1]) / sizes[n] ** 0.5 for n in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        s = Value(x).sigmoid().data
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        h = Value(x_train)
        h = h.into(self.params["W1"]).sigmoid()
        h = h.into(self.params["W2"]).sigmoid()
        h = h.into(self.params["W3"])
        return self.softmax(h.data)
"""


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("self.value = logistic(self.total)", "self.value = self.total", "forward-1"),
        ("self.value = powers / powers.sum()", "self.value = logistic(scores)", "forward-1"),
        ("return np.exp(-np.logaddexp(0.0, -t))", "return np.logaddexp(0.0, t)", "forward-1"),
        ("return self.value * (1.0 - self.value)", "return 1.0 - self.value", "backward-4"),
        ("return self.slope * self.next.weights.T.dot(self.next.blame)", "return self.slope * 0.5", "backward-4"),
        (
            "return self.slope * self.next.weights.T.dot(self.next.blame)",
            "return self.slope * self.next.weights.T.dot(self.next.value)",
            "backward-4",
        ),
    ],
)
def test_the_line_is_that_of_the_layer(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", LINKED, right, wrong, clause)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('self.params["W1"]).sigmoid()', 'self.params["W1"]).sigmoid().sigmoid()'),
        ('self.params["W2"]).sigmoid()', 'self.params["W2"])'),
        ('self.params["W3"])', 'self.params["W3"]).sigmoid()'),
    ],
)
def test_the_line_is_that_of_the_methods_that_follow_each_other(tmp_path: Path, right: str, wrong: str) -> None:
    is_found(tmp_path / "network.py", CHAINED, right, wrong, "forward-1")


def test_layers_of_a_right_network_have_no_line(tmp_path: Path) -> None:
    assert all(line_of(tmp_path / "network.py", LINKED, clause) is None for clause in ("forward-1", "backward-4"))
