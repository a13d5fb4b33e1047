"""Lines in networks of loose functions, and in those whose layers have the name or the kind of their activation."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

LOOSE = """import numpy as np


def preprocess(images, labels):
    x = np.reshape(np.asarray(images, np.float32), (len(images), 784)) / np.float32(255)
    y = np.zeros((len(labels), 10), np.float32)
    y[np.arange(len(labels)), np.asarray(labels, int)] = 1
    return x, y


def logistic(z):
    bounded = np.clip(z, -500.0, 500.0)
    return 1 / (1 + np.exp(-bounded))


def logistic_slope(z):
    s = logistic(z)
    return s * (1 - s)


def normalized(x):
    z = np.array(x, dtype=float)
    z -= np.amax(z)
    np.exp(z, z)
    total = 0.0
    for one in z:
        total = total + one
    return z / total


def carried(w, delta):
    back = np.zeros(w.shape[1])
    for row, one in zip(w, delta):
        back += row * one
    return back


def error(p, y):
    return p - y


def product(d, h):
    return np.outer(d, h)


def hidden_error(w, delta, z):
    return carried(w, delta) * logistic_slope(z)


def drawn(columns, rows):
    return np.random.randn(rows, columns) * np.sqrt(1.0 / rows)


def stepped(weights, changes, rate):
    new = {}
    for name in weights:
        step = rate * changes[name]
        new[name] = weights[name] - step
    return new


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        a, b, c, d = self.sizes
        return {
            "W1": drawn(a, b),
            "W2": drawn(b, c),
            "W3": drawn(c, d),
        }

    def sigmoid(self, x, derivative=False):
        return logistic_slope(x) if derivative else logistic(x)

    def softmax(self, x):
        return normalized(x)

    def forward_pass(self, x_train):
        self.x = x_train
        self.z1 = self.params["W1"] @ self.x
        self.h1 = logistic(self.z1)
        self.z2 = self.params["W2"] @ self.h1
        self.h2 = logistic(self.z2)
        return normalized(self.params["W3"] @ self.h2)

    def gradients(self, y, p):
        d3 = error(p, y)
        d2 = hidden_error(self.params["W3"], d3, self.z2)
        d1 = hidden_error(self.params["W2"], d2, self.z1)
        return {"W1": product(d1, self.x), "W2": product(d2, self.h1), "W3": product(d3, self.h2)}

    def backward_pass(self, y_train, output):
        return self.gradients(y_train, output)

    def update_network_parameters(self, changes_to_w):
        self.params = stepped(self.params, changes_to_w, self.l_rate)

    def compute_accuracy(self, x_val, y_val):
        return sum(np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)) / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for start in range(0, len(x_train), 1):
                end = start + 1
                for x, y in zip(x_train[start:end], y_train[start:end]):
                    self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("-500.0, 500.0)", "-5.0, 5.0)", "activations-1"),
        ("-500.0, 500.0)", "-5.0, 5.0)", "forward-1"),
        ("s = logistic(z)", "s = z", "activations-3"),
        ("z -= np.amax(z)", "z /= np.amax(z)", "activations-8"),
        ("total = total + one", "total = one", "activations-8"),
        ("    return back", "        return back", "backward-4"),
        ("error(p, y)\n        d2", "error(y, p)\n        d2", "backward-2"),
        ("product(d2, self.h1)", "product(d2, self.z1)", "backward-4"),
        ("return carried(w, delta) * logistic_slope(z)", "return carried(w, delta)", "backward-4"),
        ('"W2": drawn(b, c)', '"W2": drawn(c, b)', "initialization-1"),
        ("step = rate * changes[name]", "step = rate * changes[name].mean()", "update-1"),
        ("self.params = stepped(", "stepped(", "update-1"),
        ("end = start + 1", "end = start + 2", "training-4"),
    ],
)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", LOOSE, right, wrong, clause)


#: What both of the next networks have beside their layers.
REST = """
    def initialization(self):
        widths = zip(self.sizes[1:], self.sizes)
        return {f"W{n}": np.random.randn(a, b) / np.sqrt(a) for n, (a, b) in enumerate(widths, 1)}

    def sigmoid(self, x, derivative=False):
        s = 1 / (1 + np.exp(-np.clip(x, -500.0, 500.0)))
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def update_network_parameters(self, changes_to_w):
        for key in self.params:
            step = self.l_rate * changes_to_w[key]
            self.params[key] = self.params[key] - step

    def compute_accuracy(self, x_val, y_val):
        return sum(np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)) / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            order = np.random.permutation(len(x_train))
            xs, ys = x_train[order], y_train[order]
            for i in range(len(xs)):
                x = xs[i]
                out = self.forward_pass(x)
                self.update_network_parameters(self.backward_pass(ys[i], out))
"""
TOLD = (
    """import numpy as np


def build(sizes):
    layers = []
    for i in range(3):
        layers.append(dict(
            key=f"W{i + 1}",
            act="softmax" if i == len(sizes) - 2 else "sigmoid",
        ))
    return layers


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate, self.layers = sizes, epochs, l_rate, build(sizes)
        self.acts = {"sigmoid": self.sigmoid, "softmax": self.softmax}
        self.params = self.initialization()

    def forward_pass(self, x_train):
        value = x_train
        for layer in self.layers:
            layer["a"] = value
            layer["z"] = self.params[layer["key"]] @ value
            activation = self.acts[layer["act"]]
            value = activation(layer["z"])
        return value

    def backward_pass(self, y_train, output):
        delta, changes = output - y_train, {}
        for i in (2, 1, 0):
            layer = self.layers[i]
            changes[layer["key"]] = np.outer(delta, layer["a"])
            if i > 0:
                delta = self.params[layer["key"]].T @ delta * self.sigmoid(self.layers[i - 1]["z"], True)
        return changes
"""
    + REST
)
KINDS = (
    """from dataclasses import dataclass

import numpy as np


@dataclass
class Layer:
    name: str
    kind: str
    x: object = None
    a: object = None


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.layers = [
            Layer("W1", "bent"),
            Layer("W2", "bent"),
            Layer("W3", "shares"),
        ]
        self.params = self.initialization()

    def run(self, layer, x):
        layer.x = x
        z = self.params[layer.name] @ x
        match layer.kind:
            case "bent":
                layer.a = self.sigmoid(z)
            case "shares":
                layer.a = self.softmax(z)
        return layer.a

    def forward_pass(self, x_train):
        value = x_train
        for layer in self.layers:
            value = self.run(layer, value)
        return value

    def backward_pass(self, y_train, output):
        delta, changes = output - y_train, {}
        for above, layer in zip([None, *self.layers[:0:-1]], self.layers[::-1]):
            if above is not None:
                delta = self.params[above.name].T @ delta * layer.a * (1 - layer.a)
            changes[layer.name] = np.outer(delta, layer.x)
        return changes
"""
    + REST
)


@pytest.mark.parametrize(
    ("text", "right", "wrong", "clause"),
    [
        (TOLD, "i == len(sizes) - 2", "i == len(sizes) - 3", "forward-1"),
        (TOLD, "            self.params[key] = ", "        self.params[key] = ", "update-1"),
        (TOLD, "x = xs[i]", "x = xs[0]", "training-4"),
        (KINDS, '"W1", "bent"', '"W1", "shares"', "forward-1"),
        (KINDS, '"W3", "shares"', '"W3", "bent"', "forward-1"),
    ],
)
def test_the_line_is_that_of_the_layers(tmp_path: Path, text: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", text, right, wrong, clause)


@pytest.mark.parametrize("text", [LOOSE, TOLD, KINDS])
def test_a_right_network_has_no_line(tmp_path: Path, text: str) -> None:
    clauses = ("forward-1", "backward-4", "update-1", "training-4")
    assert [line_of(tmp_path / "network.py", text, clause) for clause in clauses] == [None] * len(clauses)
