"""The lines of mistakes in the output, a step, a training, a loss or an accuracy; and names that are not given."""

from pathlib import Path

import mlp_clauses
import numpy as np
import pytest

from nnkata.katas.mlp.lines.locate import places
from nnkata.subject import Raised, Subject, locate
from nnkata.subject.inprocess import InProcess

pytestmark = pytest.mark.usefixtures("whole_search")

NETWORK = """\
import numpy as np

RNG = np.random.default_rng(5)

def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

class Net:
    def __init__(self):
        self.W = [RNG.normal(size=(40, 9)) / 3, RNG.normal(size=(9, 3)) / 3]
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


def failed(folder: Path, right: str, wrong: str, *stages: str) -> tuple[dict[str, Exception], set[int | None], int]:
    """The failed clauses of these stages, the lines that they are told, and the number of the changed line."""
    assert NETWORK.count(right) == 1
    network = NETWORK.replace(right, wrong)
    path = folder / "net.py"
    path.write_text(network, encoding="utf-8")
    np.random.seed(20)
    subject = Subject(InProcess.open(locate(f"{path}:Net")))
    played = ((tag, result) for tag, result in mlp_clauses.played(subject, 3) if tag.rpartition("-")[0] in stages)
    errors = {tag: result for tag, result in played if isinstance(result, Exception)}
    found = places(subject, 3, {path.name: network}, errors)
    told = {found[tag].line if tag in found else None for tag in errors}
    return errors, told, network[: network.index(wrong)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "stages"),
    [
        ("return e / e.sum(axis=1, keepdims=True)", "return e / e.sum(axis=0, keepdims=True)", ["output"]),
        ("- self.h ** 2", "- self.h", ["gradients", "batches"]),
        ("p -= 0.3 * g", "p = p - 0.3 * g", ["step", "training"]),
        ("y[some])", "y[k:k + 8])", ["training"]),
        ("/ len(x)\n", "* len(x)\n", ["gradients"]),
        ("hits.mean()", "hits.sum()", ["accuracy"]),
    ],
)
def test_the_line_of_a_piece(right: str, wrong: str, stages: list[str], tmp_path: Path) -> None:
    errors, told, line = failed(tmp_path, right, wrong, *stages)
    assert errors
    assert told == {line}


def test_the_line_of_a_mistake_that_raises_elsewhere(tmp_path: Path) -> None:
    errors, told, line = failed(tmp_path, "self.x, self.h = x,", "self.x, self.h = x[0],", "gradients")
    assert {type(error) for error in errors.values()} == {Raised}
    assert told == {line}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # numbers become nan
@pytest.mark.parametrize(
    ("right", "wrong", "stages", "name"),
    [
        ("p -= 0.3 * g", "p[...] = 0.3 * g", ["step", "training"], {"steps-up", "starts-again"}),
        ("d @ self.W[1].T", "d @ self.W[1]", ["batches"], {"one-hot-as-wide-as-the-batch"}),
        ("argmax(axis=1)\n\ndef new", "argmax()\n\ndef new", ["accuracy"], {"accuracy-along-the-batch"}),
        (
            "            p -= 0.3 * g",
            "            if p.shape != (40, 9): p -= 0.3 * g",
            ["training"],
            {"shuffled-without-labels"},
        ),
        ("            p -= 0.3 * g", "            if p.shape != (3,): p -= 0.3 * g", ["step"], {"step-leaves-biases"}),
        ("p -= 0.3 * g", "p -= 0.3 * g / (1 - 0.9 ** 0)", ["training"], {"shuffled-without-labels"}),
    ],
)
def test_a_consequence_gets_no_name(right: str, wrong: str, stages: list[str], name: set[str], tmp_path: Path) -> None:
    errors, _told, _line = failed(tmp_path, right, wrong, *stages)
    assert errors
    assert name.isdisjoint(name for error in errors.values() for name in mlp_clauses.names(error))


def test_answers_of_any_form_leave_a_failure_without_a_line(tmp_path: Path) -> None:
    errors, told, _line = failed(tmp_path, "return float(hits.mean())", "return [['a'], {'b': hits}]", "accuracy")
    assert errors
    assert told == {None}
