"""Lines in networks of layer objects, of index loops, and of two counters: the value that was wrong first."""

from pathlib import Path

import pytest

from tests.support.pointed import line_of

TEXT = """import numpy as np


def preprocess(images, labels):
    x = np.asarray(images).reshape(-1, 784).astype(np.float32) / 255
    y = np.eye(10)[np.asarray(labels).astype(int)]
    return x, y


def column(v):
    return np.array(v, dtype=float).reshape(-1, 1)


def logistic(z):
    u = np.exp(-np.abs(z))
    return np.where(z < 0, u, 1.0) / (1 + u)


def logistic_prime(z):
    return logistic(z) * logistic(-z)


class Layer:
    def __init__(self, net, key, act, prime):
        self.net, self.key, self.act, self.prime = net, key, act, prime

    def forward(self, inp):
        self.inp = inp
        self.z = self.net.params[self.key] @ inp
        self.out = self.act(self.z)
        return self.out

    def backward(self, dout, grads):
        dz = dout * self.prime(self.z)
        grads[self.key] = dz @ self.inp.T
        return self.net.params[self.key].T @ dz


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()
        self.layers = [Layer(self, key, logistic, logistic_prime) for key in ("W1", "W2")]
        self.layers.append(Layer(self, "W3", self.softmax, np.ones_like))

    def initialization(self):
        rng, pairs = np.random.default_rng(), zip(self.sizes, self.sizes[1:])
        return {f"W{i}": rng.normal(size=(n, m)) / n**0.5 for i, (m, n) in enumerate(pairs, 1)}

    def sigmoid(self, x, derivative=False):
        return logistic_prime(x) if derivative else logistic(x)

    def softmax(self, x):
        exps = np.exp(x - x.max())
        return exps / exps.sum()

    def forward_pass(self, x_train):
        a = column(x_train)
        for layer in self.layers:
            a = layer.forward(a)
        return a.ravel()

    def backward_pass(self, y_train, output):
        grads = {}
        dout = column(output) - column(y_train)
        for layer in reversed(self.layers):
            dout = layer.backward(dout, grads)
        return grads

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def compute_accuracy(self, x_val, y_val):
        right = 0
        total = 0
        for i in range(len(x_val)):
            guess = np.argmax(self.forward_pass(x_val[i]))
            truth = np.argmax(y_val[i])
            if guess == truth:
                right += 1
            total += 1
        return right / total

    def train(self, x_train, y_train, x_val, y_val):
        n = len(x_train)
        for epoch in range(self.epochs):
            i = 0
            while i < n:
                output = self.forward_pass(x_train[i])
                grads = self.backward_pass(y_train[i], output)
                self.update_network_parameters(grads)
                i += 1
            print(self.compute_accuracy(x_val, y_val))
"""

WRONG = [
    ("dz = dout * self.prime(self.z)", "dz = dout * self.prime(self.out)", "backward-4"),
    ("return self.net.params[self.key].T @ dz", "return self.net.params[self.key].T @ dout", "backward-5"),
    ("output = self.forward_pass(x_train[i])", "output = self.forward_pass(2 * x_train[i])", "training-1"),
    ("output = self.forward_pass(x_train[i])", "output = self.forward_pass(x_train[i][::-1])", "training-1"),
    ("            i = 0\n            while", "            i = 1\n            while", "training-2"),
    ("                i += 1", "                i += 2", "training-2"),
    ("        n = len(x_train)", "        n = len(x_train) - 1", "training-2"),
    (
        "for i in range(len(x_val)):\n            guess",
        "for i in range(1, len(x_val)):\n            guess",
        "training-9",
    ),
    ("        total = 0", "        total = 1", "training-9"),
    ("        right = 0", "        right = 1", "training-9"),
    ("return right / total", "return 100 * right / total", "training-9"),
    ("if guess == truth", "if guess != truth", "training-9"),
]


@pytest.mark.parametrize(("right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    assert TEXT.count(right) == 1
    text = TEXT.replace(right, wrong)
    pairs = zip(TEXT.splitlines(), text.splitlines(), strict=True)
    changed = next(number for number, (one, other) in enumerate(pairs, 1) if one != other)
    assert line_of(tmp_path / "network.py", text, clause) == changed


@pytest.mark.parametrize("clause", ["backward-4", "training-2", "training-9"])
def test_a_right_network_of_these_kinds_has_no_line(tmp_path: Path, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXT, clause) is None
