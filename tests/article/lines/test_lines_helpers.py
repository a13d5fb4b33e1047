"""Lines where a helper is right and its call is wrong, a value is put under another key, or a loop ends too early."""

from pathlib import Path

import pytest

from tests.support.pointed import line_of

TEXT = """import numpy as np


def linear(W, a):
    return np.dot(W, a)


def gradient(delta, a):
    return np.outer(delta, a)


def back(W, delta, slope):
    return np.dot(W.T, delta) * slope


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        sizes = self.sizes
        return {f"W{i}": np.random.randn(sizes[i], sizes[i - 1]) / np.sqrt(sizes[i]) for i in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        s = np.exp(-np.logaddexp(0, -x))
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        exps = np.exp(x - np.max(x))
        return exps / exps.sum()

    def weighted(self, key, a):
        return linear(self.params[key], a)

    def forward_pass(self, x_train):
        self.A = [np.array(x_train, dtype=float)]
        self.A.append(self.sigmoid(linear(self.params["W1"], self.A[0])))
        self.A.append(self.sigmoid(self.weighted("W2", self.A[1])))
        return self.softmax(self.weighted("W3", self.A[2]))

    def backward_pass(self, y_train, output):
        deltas = [output - y_train]
        for key, a in zip(["W3", "W2"], self.A[:0:-1]):
            deltas.append(back(self.params[key], deltas[-1], a * (1 - a)))
        g3 = gradient(deltas[0], self.A[2])
        made = {"W1": gradient(deltas[2], self.A[0]), "W2": gradient(deltas[1], self.A[1])}
        return {**made, "W3": g3}

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def compute_accuracy(self, x_val, y_val):
        def right(pair):
            x, y = pair
            return np.argmax(self.forward_pass(x)) == np.argmax(y)

        return sum(map(right, zip(x_val, y_val))) / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            for x, y in zip(x_train, y_train):
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
#: The right text, the wrong one, and the clause.
WRONG = [
    ('linear(self.params["W1"]', 'linear(self.params["W2"]', "forward-2"),
    ('self.weighted("W3", self.A[2])', 'self.weighted("W2", self.A[2])', "forward-2"),
    ("return np.dot(W, a)", "return np.dot(W.T, a)", "forward-2"),
    ("return np.outer(delta, a)", "return np.outer(a, delta)", "backward-1"),
    ('["W3", "W2"], self.A', '["W3"], self.A', "backward-1"),
    ("return np.dot(W.T, delta) * slope", "return np.dot(W, delta) * slope", "backward-1"),
    ('"W2": gradient(', '"W1": gradient(', "backward-1"),
    ('{**made, "W3": g3}', '{**made, "W2": g3}', "backward-1"),
    ("return np.argmax(self.forward_pass(x)) ==", "return np.argmin(self.forward_pass(x)) ==", "training-9"),
    ("zip(x_val, y_val))) /", "zip(x_val, x_val))) /", "training-9"),
]


@pytest.mark.parametrize(("right", "wrong", "clause"), WRONG)
def test_the_line_is_that_of_the_wrong_call_or_of_the_wrong_helper(
    tmp_path: Path, right: str, wrong: str, clause: str
) -> None:
    assert TEXT.count(right) == 1
    line = TEXT[: TEXT.index(right)].count("\n") + 1
    assert line_of(tmp_path / "network.py", TEXT.replace(right, wrong), clause) == line


@pytest.mark.parametrize("clause", ["forward-2", "backward-1", "training-9"])
def test_a_right_network_with_helpers_has_no_line(tmp_path: Path, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXT, clause) is None
