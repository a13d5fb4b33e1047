"""Lines in tables of functions and of widths, in pairs made before a loop, behind decorators, and at a step's guard."""

from pathlib import Path

import pytest

from tests.support.pointed import line_of

TEXT = """import functools
import time

import numpy as np

SHAPES = {
    "W1": (1, 0),
    "W2": (2, 1),
    "W3": (3, 2),
}


def timed(function):
    @functools.wraps(function)
    def inner(self, *args):
        start = time.perf_counter()
        result = function(self, *args)
        self.seconds = time.perf_counter() - start
        return result

    return inner


def preprocess(images, labels):
    count = len(images)
    x = np.empty((count, 784), dtype=np.float32)
    np.divide(np.reshape(images, (count, 784)), 255, out=x, casting="unsafe")
    y = np.array([[float(int(label) == digit) for digit in range(10)] for label in labels])
    return x, y


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        params = {}
        for key, (r, c) in SHAPES.items():
            rows, columns = self.sizes[r], self.sizes[c]
            params[key] = np.random.randn(rows, columns) / np.sqrt(rows)
        return params

    def sigmoid(self, x, derivative=False):
        small = np.exp(-np.abs(x))
        return small / (1 + small) ** 2 if derivative else np.where(np.asarray(x) < 0, small, 1.0) / (1 + small)

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        a = np.asarray(x_train, dtype=float)
        self.steps = []
        for key, squash in zip(SHAPES, (self.sigmoid, self.sigmoid, self.softmax)):
            z = self.params[key] @ a
            self.steps.append((a, z))
            a = squash(z)
        return a

    def backward_pass(self, y_train, output):
        inputs = [a for a, z in self.steps]
        slopes = [self.sigmoid(z, derivative=True) for a, z in self.steps]
        deltas = [np.asarray(output) - np.asarray(y_train)]
        for key, slope in zip(("W3", "W2"), slopes[-2::-1]):
            deltas.insert(0, self.params[key].T @ deltas[0] * slope)
        return {key: np.outer(delta, a) for key, delta, a in zip(SHAPES, deltas, inputs)}

    def update_network_parameters(self, changes_to_w):
        layer = 1
        while (key := f"W{layer}") in changes_to_w:
            rate = self.l_rate
            self.params[key] = self.params[key] - rate * changes_to_w[key]
            layer += 1

    @timed
    def compute_accuracy(self, x_val, y_val):
        i = right = 0
        while i < len(x_val):
            right += int(np.argmax(self.forward_pass(x_val[i])) == np.argmax(y_val[i]))
            i += 1
        return right / i

    @timed
    def one_epoch(self, x_train, y_train):
        data = list(zip(x_train, y_train))
        for x, y in data:
            output = self.forward_pass(x)
            changes = self.backward_pass(y, output)
            self.update_network_parameters(changes)

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            self.one_epoch(x_train, y_train)
            print(self.compute_accuracy(x_val, y_val), self.seconds)
"""

WRONG = [
    ('"W2": (2, 1),', '"W2": (1, 2),', "initialization-1"),
    ("np.divide(np.reshape", "np.floor_divide(np.reshape", "preprocessing-4"),
    ("float(int(label) == digit)", "float(label == digit)", "preprocessing-7"),
    ("(self.sigmoid, self.sigmoid, self.softmax)", "(self.sigmoid, np.tanh, self.softmax)", "forward-2"),
    ("(self.sigmoid, self.sigmoid, self.softmax)", "(self.sigmoid, self.sigmoid, self.sigmoid)", "forward-2"),
    ("slopes[-2::-1]", "slopes[-1:0:-1]", "backward-4"),
    ("np.asarray(output) - np", "2 * np.asarray(output) - np", "backward-2"),
    ("layer += 1", "layer += 2", "update-1"),
    ("rate = self.l_rate", "rate = max(self.l_rate, 0.1)", "training-4"),
    ("while i < len(x_val):", "while i < min(8, len(x_val)):", "training-9"),
    ("list(zip(x_train, y_train))", "[(x, y_train[i - 1]) for i, x in enumerate(x_train)]", "training-5"),
    ("in range(self.epochs):", "in range(self.epochs + 1):", "training-1"),
    ("self.one_epoch(x_train, y_train)", "self.one_epoch(x_val, y_val)", "training-6"),
    ("            output = self.forward_pass(x)\n", "GUARD", "training-2"),
    ("right += int", "return int", "training-9"),
]
GUARD = """            output = self.forward_pass(x)
            if output[-1] < 0.2:
                continue
"""


@pytest.mark.parametrize(("right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    assert TEXT.count(right) == 1
    text = TEXT.replace(right, wrong.replace("GUARD", GUARD))
    pairs = zip(TEXT.splitlines(), text.splitlines(), strict=False)
    changed = next(number for number, (one, other) in enumerate(pairs, 1) if one != other)
    assert line_of(tmp_path / "network.py", text, clause) == changed


@pytest.mark.parametrize("clause", ["preprocessing-7", "forward-2", "backward-4", "training-2", "training-9"])
def test_a_right_network_of_these_kinds_has_no_line(tmp_path: Path, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXT, clause) is None


CALLS = """import numpy as np


class Layer:
    def __init__(self, key, squash):
        self.key, self.squash = key, squash

    def forward(self, params, a):
        self.z = params[self.key] @ a
        return self.squash(self.z)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{i}": np.random.randn(sizes[i], sizes[i - 1]) for i in (1, 2, 3)}
        self.layers = [
            Layer("W1", self.sigmoid),
            Layer("W2", self.sigmoid),
            Layer("W3", self.softmax),
        ]

    def sigmoid(self, x, derivative=False):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        return np.exp(x) / np.exp(x).sum()

    def forward_pass(self, x_train):
        a = x_train
        for layer in self.layers:
            a = layer.forward(self.params, a)
        return a
"""


@pytest.mark.parametrize(
    ("right", "wrong"), [('"W2", self.sigmoid', '"W2", np.tanh'), ("self.softmax)", "self.sigmoid)")]
)
def test_a_layer_made_with_another_function_is_found_where_it_is_made(tmp_path: Path, right: str, wrong: str) -> None:
    assert CALLS.count(right) == 1
    found = line_of(tmp_path / "network.py", CALLS.replace(right, wrong), "forward-2")
    assert found == 1 + CALLS[: CALLS.index(right)].count("\n")
    assert line_of(tmp_path / "network.py", CALLS, "forward-2") is None
    inside = CALLS.replace("return self.squash(self.z)", "return self.squash(2 * self.z)")
    assert line_of(tmp_path / "network.py", inside, "forward-2") == 10
