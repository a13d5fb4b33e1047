"""Lines where matrices are views of one vector, and functions write into arrays that they are given."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.edits import mends
from tests.support.pointed import is_found, line_of

VIEWS = """from functools import partial

import numpy as np


def scale(image, top=255.0):
    return np.float32(image) / np.float32(top)


def preprocess(images, labels):
    x = np.array(list(map(partial(scale, top=255.0), images)), dtype=np.float32).reshape(len(images), 784)
    return x, np.eye(10, dtype=np.float32)[[int(d) for d in labels]]


class Shape:
    def __init__(self, key, rows, columns, start):
        self.key, self.rows, self.columns, self.start = key, rows, columns, start

    @property
    def stop(self):
        return self.start + self.rows * self.columns

    def view(self, flat):
        return flat[self.start : self.stop].reshape(self.rows, self.columns)


def shapes_of(sizes):
    start, out = 0, []
    for i in range(1, len(sizes)):
        out.append(Shape(f"W{i}", sizes[i], sizes[i - 1], start))
        start = out[-1].stop
    return out


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.shapes = shapes_of(sizes)
        flat = np.concatenate([np.random.randn(s.rows * s.columns) / np.sqrt(s.rows) for s in self.shapes])
        self.params = {s.key: s.view(flat) for s in self.shapes}

    def sigmoid(self, x, derivative=False):
        x = np.asarray(x, dtype=float)
        out = np.zeros_like(x)
        high = x >= 0
        out[high] = 1 / (1 + np.exp(-x[high]))
        low = np.exp(x[~high])
        out[~high] = low / (1 + low)
        return self.slope_into(out, np.zeros_like(out)) if derivative else out

    def slope_into(self, a, out):
        np.subtract(1, a, out=out)
        np.multiply(out, a, out=out)
        return out

    def softmax(self, x):
        return self.softmax_into(np.asarray(x, dtype=float), np.full(np.shape(x), 7.5))

    def softmax_into(self, z, out):
        np.subtract(z, z.max(), out=out)
        np.exp(out, out=out)
        np.divide(out, out.sum(), out=out)
        return out

    def forward_pass(self, x_train):
        w1, w2, w3 = (self.params[s.key] for s in self.shapes)
        self.x, self.z1 = x_train, w1 @ x_train
        self.h1 = self.sigmoid(self.z1)
        self.z2 = w2 @ self.h1
        self.h2 = self.sigmoid(self.z2)
        return self.softmax(w3 @ self.h2)

    def backward_pass(self, y_train, output):
        g = np.zeros(self.shapes[-1].stop)
        d3 = output - y_train
        d2 = d3 @ self.params["W3"] * self.slope_into(self.h2, np.zeros_like(self.h2))
        d1 = d2 @ self.params["W2"] * self.slope_into(self.h1, np.zeros_like(self.h1))
        for shape, d, a in zip(self.shapes, (d1, d2, d3), (self.x, self.h1, self.h2)):
            g[shape.start : shape.stop] = np.kron(d, a)
        return {shape.key: shape.view(g) for shape in self.shapes}

    def update_network_parameters(self, changes_to_w):
        theta = np.concatenate([self.params[s.key].ravel() for s in self.shapes])
        g = np.concatenate([changes_to_w[s.key].ravel() for s in self.shapes])
        theta = theta - self.l_rate * g
        self.params.update({s.key: s.view(theta) for s in self.shapes})

    def compute_accuracy(self, x_val, y_val):
        hits = np.zeros(len(x_val), bool)
        for i in range(len(x_val)):
            hits[i] = self.forward_pass(x_val[i]).argmax() == y_val[i].argmax()
        return np.count_nonzero(hits) / hits.size

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            indices = list(range(len(x_train)))
            while indices:
                i = indices.pop()
                out = self.forward_pass(x_train[i])
                grads = self.backward_pass(y_train[i], out)
                self.update_network_parameters(grads)
            self.compute_accuracy(x_val, y_val)
"""


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("= np.kron(d, a)", "= np.kron(a, d)", "backward-2"),
        ("= np.kron(d, a)", "= np.kron(d, a - a.mean())", "backward-2"),
        ("theta - self.l_rate * g", "theta - self.l_rate * (g + 0.001 * theta)", "update-1"),
        ("s.view(theta) for s in self.shapes}", "s.view(theta) for s in self.shapes[1:]}", "update-1"),
        ("np.divide(out, out.sum(), out=out)", "np.divide(out, np.linalg.norm(out), out=out)", "activations-8"),
        ("self.slope_into(self.h2, np.zeros", "self.slope_into(self.z2, np.zeros", "backward-4"),
        ("out[high] = 1 / (1 + np.exp(-x[high]))", "out[high] = 1", "activations-1"),
        ("out[high] = 1 / (1 + np.exp(-x[high]))", "out[high] = 1", "activations-3"),
        ("return np.count_nonzero(hits) / hits.size", "return 1 - np.count_nonzero(hits) / hits.size", "training-9"),
        ("return np.count_nonzero(hits) / hits.size", "return np.count_nonzero(hits) / 100", "training-9"),
        ("map(partial(scale, top=255.0), images)", "map(partial(scale, top=256.0), images)", "preprocessing-4"),
        ("return self.softmax(w3 @ self.h2)", "return self", "forward-1"),
    ],
)
def test_the_line_is_that_of_what_is_viewed_or_written(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", VIEWS, right, wrong, clause)


def test_the_line_of_a_sample_is_not_one_of_the_way_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mends, "PROGRAMS", {})
    once = "        for _ in range(self.epochs):\n            indices = list(range(len(x_train)))\n"
    before = "        indices = list(range(len(x_train)))\n        for _ in range(self.epochs):\n"
    text = VIEWS.replace(once, before)
    loops = [n for n, line in enumerate(text.splitlines(), 1) if "indices = list" in line or "while indices" in line]
    assert line_of(tmp_path / "network.py", text, "training-3") in loops


def test_right_views_have_no_line(tmp_path: Path) -> None:
    clauses = ("preprocessing-4", "activations-8", "forward-1", "backward-2", "backward-4", "update-1", "training-9")
    assert all(line_of(tmp_path / "network.py", VIEWS, clause) is None for clause in clauses)
