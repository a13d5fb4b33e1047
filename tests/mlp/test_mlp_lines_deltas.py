"""The line of a wrong error or slope, of a right function with a wrong argument, and of labels paired wrongly."""

from pathlib import Path

import pytest

from tests.mlp.test_mlp_lines_way import failed

#: Squared error through sigmoids, in columns, with a loss of its own; the layers are in a loop.
LOOPED = """\
import numpy as np

SIZES = [11, 9, 7, 4]

def sigmoid(z): return 1 / (1 + np.exp(-z))
def prime(a):
    return a * (1 - a)
class Net:
    def __init__(self):
        pairs = list(zip(SIZES, SIZES[1:]))
        self.W = [np.random.randn(m, n) / np.sqrt(n) for n, m in pairs]
        self.b = [np.zeros((m, 1)) for n, m in pairs]
        self.rng = np.random.default_rng(0)
def new(): return Net()
def parameters(net): return [net.W, net.b]
def forward(net, x):
    found = [x.T]
    for W, b in zip(net.W, net.b):
        found.append(sigmoid(W @ found[-1] + b))
    return found
def output(net, x): return forward(net, x)[-1].T
def loss(net, x, y): return ((output(net, x) - y) ** 2).sum() / (2 * len(x))
def gradients(net, x, y):
    A, m = forward(net, x), len(x)
    dW, db = [], []
    dA = (A[-1] - y.T) / m
    for l in (2, 1, 0):
        dZ = dA * prime(A[l + 1])
        dW.insert(0, dZ @ A[l].T)
        db.insert(0, dZ.sum(axis=1, keepdims=True))
        dA = net.W[l].T @ dZ
    return [dW, db]
def step(net, x, y):
    dW, db = gradients(net, x, y)
    for n in range(3):
        net.W[n] -= 0.5 * dW[n]
        net.b[n] -= 0.5 * db[n]
def train(net, x, y, epochs):
    for _ in range(epochs):
        order = net.rng.permutation(len(x))
        for k in range(0, len(x), 8):
            rows = order[k:k + 8]
            step(net, x[rows], y[rows])
def accuracy(net, x, y):
    right = 0
    for guess, label in zip(output(net, x).argmax(1), y.argmax(1)):
        right += guess == label
    return right / len(y)
"""

#: Operations with a way back each, as in an engine of gradients: the loss takes logits, so that no output is made.
TAPE = """\
import numpy as np

class Net:
    def __init__(self):
        self.arrays = [np.random.randn(13, 9) / 3, np.random.randn(9, 6) / 3]
def new(): return Net()
def parameters(net): return net.arrays
def as_wide_as(grad, value):
    return grad if grad.shape == value.shape else grad.sum(axis=0)
def product(a, b):
    return a @ b, lambda grad: (as_wide_as(grad @ b.T, a), as_wide_as(a.T @ grad, b))
def relu(z):
    made = np.maximum(z, 0)
    def back(grad):
        passed = grad * (made > 0)
        return as_wide_as(passed, z)
    return made, back
def entropy(z, y):
    low = z - z.max(axis=1, keepdims=True)
    logs = low - np.log(np.exp(low).sum(axis=1, keepdims=True))
    def back():
        error = np.exp(logs) - y
        return error / len(y)
    return -(y * logs).sum() / len(y), back
def output(net, x):
    e = np.exp(np.maximum(x @ net.arrays[0], 0) @ net.arrays[1])
    return e / e.sum(axis=1, keepdims=True)
def gradients(net, x, y):
    z, of_first = product(x, net.arrays[0])
    a, of_relu = relu(z)
    logits, of_second = product(a, net.arrays[1])
    loss, of_loss = entropy(logits, y)
    grad, second = of_second(of_loss())
    _, first = of_first(of_relu(grad))
    return [first, second]
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("error = np.exp(logs) - y", "error = logs - y"),
        ("error = np.exp(logs) - y", "error = np.exp(logs) + y"),
        ("passed = grad * (made > 0)", "passed = grad * (grad > 0)"),
        ("passed = grad * (made > 0)", "passed = 1 * grad"),
    ],
    ids=["logarithms", "sum", "mask of the error", "no slope"],
)
def test_the_line_is_found_where_no_output_is_made(old: str, new: str, tmp_path: Path) -> None:
    found, wanted = failed(TAPE, old, new, "gradients", tmp_path)
    assert found == {wanted}


@pytest.mark.parametrize(
    ("old", "new", "stage"),
    [
        ("dA = (A[-1] - y.T) / m", "dA = 2 * (A[-1] - y.T) / m", "gradients"),
        ("dZ = dA * prime(A[l + 1])", "dZ = dA * prime(A[l + 1]) if l < 2 else dA", "gradients"),
        ("dZ = dA * prime(A[l + 1])", "dZ = dA if l < 2 else dA * prime(A[l + 1])", "gradients"),
        ("dA = net.W[l].T @ dZ", "dA = net.W[l].T @ dZ / m", "gradients"),
        ("dA = net.W[l].T @ dZ", "dA = net.W[l].T @ dA", "gradients"),
        ("return a * (1 - a)", "return sigmoid(a) * (1 - sigmoid(a))", "gradients"),
        ("return a * (1 - a)", "return np.ones_like(a)", "gradients"),
        ("dA = (A[-1] - y.T) / m", "dA = (A[-1] - y.T) / m**2", "gradients"),
        ("net.b[n] -= 0.5 * db[n]", "net.b[n] -= 0.5 * db[n][::-1]", "step"),
        ("step(net, x[rows], y[rows])", "step(net, x[rows], y[k:k + 8])", "training"),
        ("return right / len(y)", "return right", "accuracy"),
    ],
    ids=[
        *(
            "the loss's factor",
            "no slope at the output",
            "no slope within",
            "mean at each layer",
            "error without slope",
        ),
        *("a right function's argument", "a slope of ones", "mean twice", "one array's step", "labels of others"),
        "a count",
    ],
)
def test_the_line_is_that_of_the_wrong_term(old: str, new: str, stage: str, tmp_path: Path) -> None:
    found, wanted = failed(LOOPED, old, new, stage, tmp_path)
    assert found == {wanted}
