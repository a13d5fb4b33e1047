"""Lines where functions give back functions for the way back, which a trace has no values of."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.edits import mends
from tests.support.pointed import is_found, line_of

PULLBACKS = """import numpy as np


def linear(w, a):
    def pull(g):
        return np.outer(g, a), w.T @ g

    return w @ a, pull


def logistic(z):
    s = np.exp(-np.logaddexp(0, -z))

    def pull(g):
        return g * s * (1.0 - s)

    return s, pull


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def predict(params, x):
    z1, dz1 = linear(params["W1"], x)
    h1, dh1 = logistic(z1)
    z2, dz2 = linear(params["W2"], h1)
    h2, dh2 = logistic(z2)
    z3, dz3 = linear(params["W3"], h2)

    def pull(g):
        w3, g = dz3(g)
        w2, g = dz2(dh2(g))
        g = dh1(g)
        return {"W1": dz1(g)[0], "W2": w2, "W3": w3}

    return softmax(z3), pull


def descend(rate):
    return lambda p, g: {key: p[key] - rate * g[key] for key in p}


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{n}": np.random.randn(sizes[n], sizes[n - 1]) / sizes[n] ** 0.5 for n in (1, 2, 3)}
        self.pull = None
        self.live = self.keep()

    def keep(self):
        return lambda: self.params

    def sigmoid(self, x, derivative=False):
        s, pull = logistic(np.asarray(x, dtype=float))
        return pull(np.ones_like(s)) if derivative else s

    def softmax(self, x):
        return softmax(np.asarray(x, dtype=float))

    def forward_pass(self, x_train):
        output, pull = predict(self.live(), x_train)
        self.pull = pull
        return output

    def backward_pass(self, y_train, output):
        return self.pull(output - y_train)

    def update_network_parameters(self, changes_to_w):
        self.params = descend(self.l_rate)(self.params, changes_to_w)

    def compute_accuracy(self, x_val, y_val):
        hits = [predict(self.params, x)[0].argmax() == y.argmax() for x, y in zip(x_val, y_val)]
        return sum(hits) / len(y_val)

    def train(self, x_train, y_train, x_val, y_val):
        def epoch(params, key):
            order = np.random.RandomState(key).permutation(len(x_train))
            for i in order:
                output, pull = predict(params, x_train[i])
                params = descend(self.l_rate)(params, pull(output - y_train[i]))
            return params

        for key in range(self.epochs):
            self.params = epoch(self.params, key)
            self.compute_accuracy(x_val, y_val)
"""
COPIED = "first = {k: W.copy() for k, W in self.params.items()}\n        return lambda: first"


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("pull(np.ones_like(s))", "pull(s)", "activations-3"),
        ("g = dh1(g)", "g = dh1(np.ones_like(g))", "backward-5"),
        ("self.pull = pull", "self.pull = self.pull or pull", "backward-9"),
        ("return lambda: self.params", COPIED, "forward-5"),
    ],
)
def test_the_line_is_that_of_the_call(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", PULLBACKS, right, wrong, clause)


def test_a_loop_of_a_function_within_train_is_the_inner_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mends, "PROGRAMS", {})  # an edit would find it, too, where nothing else is wrong
    is_found(tmp_path / "network.py", PULLBACKS, "for i in order:", "for i in order[::2]:", "training-2")


def test_right_pullbacks_have_no_line(tmp_path: Path) -> None:
    clauses = ("activations-3", "forward-5", "backward-5", "backward-9", "training-2")
    assert all(line_of(tmp_path / "network.py", PULLBACKS, clause) is None for clause in clauses)
