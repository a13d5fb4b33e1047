"""The line of a mistake in networks whose right values have other forms: single samples, gates, smoothed labels."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.mlp.test_mlp_lines import judged

Run = Callable[..., Any]
SINGLE = """\
import numpy as np

def swish(z):
    return z / (1 + np.exp(-z))

def slope(z):
    s = 1 / (1 + np.exp(-z))
    return s + z * s * (1 - s)

class Net:
    def __init__(self):
        self.W = [np.random.randn(30, 12) / 5, np.random.randn(12, 6) / 4]
        self.b = [np.zeros(12), np.zeros(6)]

    def one(self, x, y):
        z = x @ self.W[0] + self.b[0]
        a = swish(z)
        e = np.exp(a @ self.W[1] + self.b[1])
        out = e / e.sum()
        d = out - (0.9 * y + 0.1 / 6)
        back = self.W[1] @ d
        dz = back * slope(z)
        return out, [np.outer(x, dz), np.outer(a, d), dz, d]

    def forward(self, x):
        return np.array([self.one(row, 0)[0] for row in x])

    def backward(self, x, y):
        found = [self.one(a, b)[1] for a, b in zip(x, y)]
        return dict(zip(("dW1", "dW2", "db1", "db2"), (sum(one) for one in zip(*found))))
"""
BATCH = """\
import numpy as np

def slope(t, z):
    u = 0.7978845608 * (1 + 3 * 0.044715 * z ** 2)
    return 0.5 * (1 + t) + 0.5 * z * (1 - t ** 2) * u

class Net:
    def __init__(self):
        self.W = [np.random.randn(30, 12) / 5, np.random.randn(12, 6) / 4]
        self.b = [np.zeros(12), np.zeros(6)]

    def forward(self, x):
        self.z = x @ self.W[0] + self.b[0]
        self.t = np.tanh(0.7978845608 * (self.z + 0.044715 * self.z ** 3))
        self.a = 0.5 * self.z * (1 + self.t)
        s = self.a @ self.W[1] + self.b[1]
        e = np.exp(s - s.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def smooth(self, y):
        return y * 0.9 + 0.1 / 6

    def backward(self, x, y):
        d = (self.forward(x) - self.smooth(y)) / len(x)
        dz = d @ self.W[1].T * slope(self.t, self.z)
        return {"dW1": x.T @ dz, "dW2": self.a.T @ d, "db1": dz.sum(0), "db2": d.sum(0)}
"""


@pytest.mark.parametrize(
    ("network", "old", "new", "line"),
    [
        (SINGLE, "return s + z * s * (1 - s)", "return s + z * s * s * (1 - s)", 8),
        (BATCH, "0.5 * z * (1 - t ** 2) * u", "0.5 * z * (1 - t ** 3) * u", 5),
    ],
    ids=["of single samples", "of a batch"],
)
def test_right_parts_of_a_slope_and_of_labels_are_no_wrong_values(
    network: str, old: str, new: str, line: int, nnkata: Run, tmp_path: Path
) -> None:
    assert network.count(old) == 1
    failed = [c for c in judged(nnkata, tmp_path, network.replace(old, new)) if c["clause"].startswith("gradients")]
    assert {clause["line"] for clause in failed} == {line}
