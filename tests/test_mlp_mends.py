"""The lines of mistakes in the output, a step, a training, a loss or an accuracy; and names that are not given."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
NETWORK = """\
import numpy as np

RNG = np.random.default_rng(5)

def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

class Net:
    def __init__(self):
        self.W = [RNG.normal(size=(12, 9)) / 3, RNG.normal(size=(9, 3)) / 3]
        self.b = [np.zeros(9), np.zeros(3)]

    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W[0] + self.b[0])
        self.p = softmax(self.h @ self.W[1] + self.b[1])
        return self.p

    def backward(self, y):
        d = (self.p - y) / len(y)
        dz = d @ self.W[1].T * (1 - self.h ** 2)
        return [self.x.T @ dz, self.h.T @ d, dz.sum(axis=0), d.sum(axis=0)]

    def learn(self, x, y):
        self.forward(x)
        for p, g in zip(self.W + self.b, self.backward(y)):
            p -= 0.3 * g

    def fit(self, x, y, epochs):
        for epoch in range(epochs):
            order = RNG.permutation(len(x))
            for k in range(0, len(x), 8):
                some = order[k:k + 8]
                self.learn(x[some], y[some])

    def classes(self, x):
        return self.forward(x).argmax(axis=1)

def new(): return Net()
def parameters(net): return net.W + net.b
def output(net, x): return net.forward(x)
def gradients(net, x, y):
    net.forward(x)
    return net.backward(y)
def loss(net, x, y):
    p = net.forward(x)
    return -np.sum(y * np.log(p)) / len(x)
def step(net, x, y): net.learn(x, y)
def train(net, x, y, epochs): net.fit(x, y, epochs)
def predict(net, x): return net.classes(x)
def accuracy(net, x, y):
    hits = net.classes(x) == y.argmax(axis=1)
    return float(hits.mean())
"""


def failed(nnkata: Run, folder: Path, right: str, wrong: str, *stages: str) -> tuple[list[dict[str, Any]], int]:
    """The failed clauses of these stages, and the number of the changed line."""
    assert NETWORK.count(right) == 1
    network = NETWORK.replace(right, wrong)
    (folder / "net.py").write_text(network, encoding="utf-8")
    asked = [part for stage in stages for part in ("--stage", stage)]
    done = nnkata("check", "net.py", "--kata", "mlp", "--seed", "3", *asked, "--format", "json", cwd=folder)
    clauses = [clause for stage in json.loads(done.stdout)["stages"] for clause in stage["clauses"]]
    line = network[: network.index(wrong)].count("\n") + 1
    return [clause for clause in clauses if clause["status"] not in ("passed", "skipped")], line


@pytest.mark.parametrize(
    ("right", "wrong", "stages"),
    [
        ("return e / e.sum(axis=1, keepdims=True)", "return e / e.sum(axis=0, keepdims=True)", ["output"]),
        ("- self.h ** 2", "- self.h", ["gradients", "batches"]),
        ("p -= 0.3 * g", "p = p - 0.3 * g", ["step", "training"]),
        ("y[some])", "y[k:k + 8])", ["training"]),
        ("/ len(x)\n", "* len(x)\n", ["gradients"]),
        ("y.argmax(axis=1)", "y.argmin(axis=1)", ["accuracy"]),
    ],
)
def test_the_line_of_a_piece(right: str, wrong: str, stages: list[str], nnkata: Run, tmp_path: Path) -> None:
    found, line = failed(nnkata, tmp_path, right, wrong, *stages)
    assert found
    assert {clause["line"] for clause in found} == {line}


def test_the_line_of_a_mistake_that_raises_elsewhere(nnkata: Run, tmp_path: Path) -> None:
    found, line = failed(nnkata, tmp_path, "self.x, self.h = x,", "self.x, self.h = x[0],", "gradients")
    assert {clause["status"] for clause in found} == {"error"}
    assert {clause["line"] for clause in found} == {line}


@pytest.mark.parametrize(
    ("right", "wrong", "stages", "name"),
    [
        ("p -= 0.3 * g", "p[...] = 0.3 * g", ["step", "training"], {"steps-up", "starts-again"}),
        ("d @ self.W[1].T", "d @ self.W[1]", ["batches"], {"one-hot-as-wide-as-the-batch"}),
        ("argmax(axis=1)\n\ndef new", "argmax()\n\ndef new", ["accuracy"], {"accuracy-along-the-batch"}),
        (
            "            p -= 0.3 * g",
            "            if p.shape != (12, 9): p -= 0.3 * g",
            ["training"],
            {"shuffled-without-labels"},
        ),
        ("            p -= 0.3 * g", "            if p.shape != (3,): p -= 0.3 * g", ["step"], {"step-leaves-biases"}),
        ("p -= 0.3 * g", "p -= 0.3 * g / (1 - 0.9 ** 0)", ["training"], {"shuffled-without-labels"}),
    ],
)
def test_a_consequence_gets_no_name(
    right: str, wrong: str, stages: list[str], name: set[str], nnkata: Run, tmp_path: Path
) -> None:
    found, _line = failed(nnkata, tmp_path, right, wrong, *stages)
    assert found
    assert name.isdisjoint(clause["misconception"] for clause in found)


def test_answers_of_any_form_leave_a_verdict(nnkata: Run, tmp_path: Path) -> None:
    right, wrong = "    return net.backward(y)\n", "    return [[[[[[[['a', {}, 3]]]]]]]]\n"
    found, _line = failed(nnkata, tmp_path, right, wrong, "gradients", "step", "accuracy")
    assert {clause["line"] for clause in found} == {None}
