"""The line of a mistake in code whose right values come step by step: in loops, in columns, in one joined array."""

import json
from pathlib import Path

import pytest

from nnkata.katas.mlp.lines import mends
from tests.support import forks

COLUMNS = """\
import numpy as np

def leaky(z):
    return np.where(z > 0, z, 0.05 * z)

def slope(z):
    return np.where(z > 0, 1.0, 0.05)

class Net:
    def __init__(self):
        self.arrays = [np.random.randn(13, 8) / 3, np.zeros((13, 1)), np.random.randn(5, 13) / 4, np.zeros((5, 1))]

def new(): return Net()
def parameters(net): return net.arrays
def forward(net, x):
    W1, b1, W2, b2 = net.arrays
    z = W1 @ x + b1
    a = leaky(z)
    return z, a, 1 / (1 + np.exp(-(W2 @ a + b2)))
def output(net, x): return forward(net, x.T)[2].T
def gradients(net, x, y):
    x, y = x.T, y.T
    z, a, out = forward(net, x)
    m = x.shape[1]
    d2 = (out - y) / m
    d1 = (net.arrays[2].T @ d2) * slope(z)
    return [d1 @ x.T, d1.sum(axis=1, keepdims=True), d2 @ a.T, d2.sum(axis=1, keepdims=True)]
"""
LABELS = """\
import numpy as np

class Net:
    def __init__(self):
        self.arrays = [np.random.randn(9, 14) / 3, np.zeros(14), np.random.randn(14, 6) / 4, np.zeros(6)]

def new(): return Net()
def parameters(net): return net.arrays
def forward(net, x):
    W1, b1, W2, b2 = net.arrays
    h = np.tanh(x @ W1 + b1)
    return h, h @ W2 + b2
def output(net, x): return forward(net, x)[1]
def gradients(net, x, y):
    h, scores = forward(net, x)
    scores = scores - scores.max(axis=1, keepdims=True)
    powers = np.exp(scores)
    probs = powers / powers.sum(axis=1, keepdims=True)
    d = probs.copy()
    d[np.arange(len(x)), y.argmax(axis=1)] -= 1
    d /= len(x)
    dW2 = h.T @ d
    db2 = d.sum(axis=0)
    dh = d @ net.arrays[2].T * (1 - h ** 2)
    dW1 = x.T @ dh
    db1 = dh.sum(axis=0)
    return [dW1, db1, dW2, db2]
"""
LOOPS = """\
import numpy as np

class Net:
    def __init__(self):
        self.arrays = [np.random.randn(5, 8) / 3, np.zeros(8), np.random.randn(8, 4) / 4, np.zeros(4)]

def new(): return Net()
def parameters(net): return net.arrays
def one(net, x):
    W1, b1, W2, b2 = net.arrays
    h = 1 / (1 + np.exp(-(x @ W1 + b1)))
    return h, 1 / (1 + np.exp(-(h @ W2 + b2)))
def output(net, x): return np.array([one(net, row)[1] for row in x])
def gradients(net, x, y):
    sums = [np.zeros_like(array) for array in net.arrays]
    for row, label in zip(x, y):
        h, out = one(net, row)
        d2 = np.zeros(4)
        for k in range(4):
            d2[k] = (out[k] - label[k]) * out[k] * (1 - out[k])
        d1 = np.zeros(8)
        for j in range(8):
            back = 0.0
            for k in range(4):
                back += d2[k] * net.arrays[2][j, k]
            d1[j] = back * h[j] * (1 - h[j])
        for total, own in zip(sums, [np.outer(row, d1), d1, np.outer(h, d2), d2]):
            total += own
    return sums
"""
JOINED = """\
import numpy as np

class Net:
    def __init__(self):
        self.theta = np.random.randn(11 * 8 + 4 * 12) / 3

def split(theta): return theta[:88].reshape(11, 8), theta[88:].reshape(4, 12)
def parts(theta):
    one, two = split(theta)
    return [one[:, 1:], one[:, 0], two[:, 1:], two[:, 0]]
def new(): return Net()
def parameters(net): return parts(net.theta)
def ones(a): return np.hstack([np.ones((len(a), 1)), a])
def forward(net, x):
    one, two = split(net.theta)
    h = np.tanh(ones(x) @ one.T)
    return h, ones(h) @ two.T
def output(net, x): return forward(net, x)[1]
def gradients(net, x, y):
    one, two = split(net.theta)
    h, out = forward(net, x)
    d2 = out - y
    d1 = (d2 @ two)[:, 1:] * (1 - h ** 2)
    grad1 = d1.T @ ones(x) / len(x)
    grad2 = d2.T @ ones(h) / len(x)
    grad1[:, 1:] += 0.1 * one[:, 1:]
    grad2[:, 1:] += 0.1 * two[:, 1:]
    return parts(np.concatenate([grad1.ravel(), grad2.ravel()]))
"""

TRAINED = """\
import numpy as np

class Net:
    def __init__(self):
        self.arrays = [np.random.randn(23, 12) / 5, np.random.randn(12, 6) / 4]

def new(): return Net()
def parameters(net): return net.arrays
def forward(net, x):
    h = np.tanh(x @ net.arrays[0])
    e = np.exp(h @ net.arrays[1])
    return h, e / e.sum(axis=1, keepdims=True)
def output(net, x): return forward(net, x)[1]
def gradients(net, x, y):
    h, out = forward(net, x)
    d = (out - y) / len(x)
    return [x.T @ (d @ net.arrays[1].T * (1 - h ** 2)), h.T @ d]
def train(net, x, y, epochs):
    size = 5
    for epoch in range(epochs):
        order = np.random.permutation(len(x))
        for start in range(0, len(x), size):
            some = order[start:start + size]
            for array, gradient in zip(net.arrays, gradients(net, x[some], y[some])):
                array -= 0.1 * (gradient + 0.001 * array)
"""


def failed(network: str, old: str, new: str, stage: str, folder: Path) -> tuple[set[int | None], int]:
    """The lines of the failed clauses of a stage, and the line of the mistake."""
    assert network.count(old) == 1
    text = network.replace(old, new)
    (folder / "net.py").write_text(text, encoding="utf-8")
    words = ["check", "net.py", "--kata", "mlp", "--isolation", "process", "--format", "json", "--seed", "3"]
    done = forks.run([*words, "--stage", stage], folder)
    found = [c for stage in json.loads(done.stdout)["stages"] for c in stage["clauses"] if c["status"] == "failed"]
    return {clause["line"] for clause in found}, next(n for n, line in enumerate(text.splitlines(), 1) if new in line)


@pytest.mark.parametrize(
    ("network", "old", "new"),
    [
        (COLUMNS, "np.where(z > 0, 1.0, 0.05)", "np.where(z > 0, 1.0, z)"),
        (LABELS, "dW2 = h.T @ d", "dW2 = h.T @ (d * d)"),
        (LABELS, "-= 1", "-= 2 * len(x)"),
        (LOOPS, "back * h[j] * (1 - h[j])", "back * (1 - h[j] ** 2)"),
        (JOINED, "+= 0.1 * two[:, 1:]", "+= 0.1 * two[:, 1:].mean(axis=0)"),
    ],
    ids=["columns", "logits", "labels", "loops", "joined"],
)
def test_values_on_the_way_to_right_ones_are_no_wrong_values(network: str, old: str, new: str, tmp_path: Path) -> None:
    found, wanted = failed(network, old, new, "gradients", tmp_path)
    assert found == {wanted}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("range(0, len(x), size)", "range(0, len(x), 3 * size)"),
        ("range(epochs)", "range(1)"),
    ],
    ids=["skipped batches", "one epoch"],
)
def test_samples_left_out_and_epochs_ignored_have_their_line(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mends, "SECONDS", 5.0)  # a loaded machine tries fewer edits
    found, wanted = failed(TRAINED, old, new, "training", tmp_path)
    assert found == {wanted}
