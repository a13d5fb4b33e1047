"""Lines where a value, a function or a sample is handed to a user of it: calls, conditions, generators, unpacking."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

TEXT = """import numpy as np


def preprocess(images, labels):
    x = np.asarray(images).reshape(-1, 784).astype(np.float32) / 255
    return x, np.eye(10)[np.asarray(labels).astype(int)]


def samples(xs, ys):
    for i in range(len(xs)):
        yield xs[i], ys[i]


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()
        self.stack = []

    def initialization(self):
        a, b, c, d = self.sizes
        W1 = np.random.normal(0, np.sqrt(1 / b), (b, a))
        W2 = np.random.normal(0, np.sqrt(1 / c), (c, b))
        W3 = np.random.normal(0, np.sqrt(1 / d), (d, c))
        return dict(W1=W1, W2=W2, W3=W3)

    def sigmoid(self, x, derivative=False):
        e = np.exp(-np.abs(x))
        return e / (1 + e) ** 2 if derivative else np.where(np.asarray(x) < 0, e, 1.0) / (1 + e)

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def push(self, key, vector, squash):
        total = self.params[key] @ vector
        self.stack.append((vector, total, squash(total)))

    def forward_pass(self, x_train):
        self.stack = []
        self.push("W1", np.array(x_train), self.sigmoid)
        self.push("W2", self.stack[-1][2], self.sigmoid)
        self.push("W3", self.stack[-1][2], self.softmax)
        return self.stack[-1][2]

    def errors(self, error):
        (x, z1, a1), (_, z2, a2), _ = self.stack
        for i, a, z in ((3, a2, z2), (2, a1, z1), (1, x, None)):
            yield i, np.outer(error, a)
            if i > 1:
                error = self.params[f"W{i}"].T @ error
                error = error * self.sigmoid(z, derivative=True)

    def backward_pass(self, y_train, output):
        return {f"W{i}": gradient for i, gradient in self.errors(output - y_train)}

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def compute_accuracy(self, x_val, y_val):
        return sum(np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)) / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for x, y in samples(x_train, y_train):
                output = self.forward_pass(x)
                self.update_network_parameters(self.backward_pass(y, output))
"""
FLAT = """        n = len(x_train)
        for step in range(self.epochs * n):
            i = step % n
            output = self.forward_pass(x_train[i])
            self.update_network_parameters(self.backward_pass(y_train[i], output))
"""
BRANCHES = """    def forward_pass(self, x_train):
        a, self.stack = np.array(x_train), []
        for n in (1, 2, 3):
            z = self.params[f"W{n}"] @ a
            if n < 3:
                out = self.sigmoid(z)
            else:
                out = self.softmax(z)
            self.stack.append((a, z, out))
            a = out
        return a
"""
IN_ONE = TEXT[: TEXT.index("        for epoch")] + FLAT
IN_TWO = TEXT[: TEXT.index("    def push")] + BRANCHES + TEXT[TEXT.index("\n    def errors") :]
WRONG = [
    (TEXT, "np.sqrt(1 / d), (d", "np.sqrt(1 / c), (d", "initialization-7"),
    (TEXT, '"W3", self.stack[-1][2]', '"W3", self.stack[-1][1]', "forward-2"),
    (TEXT, '"W2", self.stack[-1][2], self.sigmoid', '"W2", self.stack[-1][2], np.tanh', "forward-2"),
    (TEXT, 'self.params[f"W{i}"].T @', 'np.abs(self.params[f"W{i}"]).T @', "backward-4"),
    (TEXT, "(x, z1, a1), (_, z2, a2), _", "(x, a1, z1), (_, a2, z2), _", "backward-2"),
    (TEXT, "in range(len(xs)):", "in range(1, len(xs)):", "training-2"),
    (IN_ONE, "i = step % n", "i = step // self.epochs", "training-8"),
    (IN_ONE, "range(self.epochs * n)", "range(self.epochs * n - 1)", "training-1"),
    (IN_TWO, "if n < 3:", "if n < 2:", "forward-2"),
    (IN_TWO, "out = self.sigmoid(z)", "out = np.tanh(z)", "forward-2"),
]


@pytest.mark.parametrize(("text", "right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, text: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", text, right, wrong, clause)


@pytest.mark.parametrize("text", [TEXT, IN_ONE, IN_TWO])
def test_a_right_network_of_these_kinds_has_no_line(tmp_path: Path, text: str) -> None:
    for clause in ("forward-2", "backward-4", "training-2"):
        assert line_of(tmp_path / "network.py", text, clause) is None
