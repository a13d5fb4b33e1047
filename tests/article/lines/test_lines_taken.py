"""Lines beside helpers that give back a cache, get one number at a time, or are handed a value under a second name."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.steps.compare import Mismatch
from nnkata.subject import Subject, locate
from nnkata.subject.inprocess import InProcess

TEXT = """import math
import numpy as np


def hot(digit):
    row = np.zeros(10)
    row[int(digit)] = 1
    return row


def scaled(flat):
    return (flat / 255).astype(np.float32)


def preprocess(images, labels):
    flat = np.asarray(images).reshape(len(images), -1)
    return scaled(flat), np.array([hot(digit) for digit in labels])


def one(t):
    if t < 0:
        return math.exp(t) / (1 + math.exp(t))
    return 1 / (1 + math.exp(-t))


def bent(z):
    a = np.array([one(t) for t in z.ravel()]).reshape(z.shape)
    return a, a


def bent_back(da, cache):
    return da * cache * (1 - cache)


def affine(a, w):
    return w @ a, (a, w)


def affine_back(dz, cache):
    a, w = cache
    return w.T @ dz, np.outer(dz, a)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()
        self.x = None

    def initialization(self):
        inputs = self.sizes[0]
        first = self.sizes[1]
        second = self.sizes[2]
        outputs = self.sizes[3]
        w1 = np.random.randn(first, inputs) / math.sqrt(first)
        w2 = np.random.randn(second, first) / math.sqrt(second)
        w3 = np.random.randn(outputs, second) / math.sqrt(outputs)
        return {"W1": w1, "W2": w2, "W3": w3}

    def sigmoid(self, x, derivative=False):
        a, cache = bent(np.asarray(x))
        if derivative:
            return bent_back(np.ones_like(a), cache)
        return a

    def softmax(self, x):
        e = np.exp(x - x.max())
        return e / e.sum()

    def forward_pass(self, x_train):
        self.x = x_train
        a = x_train
        a_prev = a
        z1, self.c1 = affine(a_prev, self.params["W1"])
        a, self.s1 = bent(z1)
        a_prev = a
        z2, self.c2 = affine(a_prev, self.params["W2"])
        a, self.s2 = bent(z2)
        a_prev = a
        z3, self.c3 = affine(a_prev, self.params["W3"])
        return self.softmax(z3)

    def backward_pass(self, y_train, output):
        error = np.zeros(len(output))
        for k in range(len(output)):
            error[k] = output[k] - y_train[k]
        da2, w3 = affine_back(error, self.c3)
        dz2 = bent_back(da2, self.s2)
        da1, w2 = affine_back(dz2, self.c2)
        dz1 = bent_back(da1, self.s1)
        dx, w1 = affine_back(dz1, self.c1)
        return {"W1": np.outer(dz1, self.x), "W2": w2, "W3": w3}

    def stepped(self, changes):
        return {key: self.params[key] - self.l_rate * changes[key] for key in self.params}

    def update_network_parameters(self, changes_to_w):
        new = self.stepped(changes_to_w)
        for key in new:
            self.params[key] = new[key]

    def compute_accuracy(self, x_val, y_val):
        right = 0
        for k in range(len(x_val)):
            guess = np.argmax(self.forward_pass(x_val[k]))
            label = np.argmax(y_val[k])
            if guess == label:
                right += 1
        return right / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for x, y in zip(x_train, y_train):
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
THIRD = "        a_prev = a\n        z3, self.c3"
#: What stood there, what stands there, the clause, and the text of the line that is at fault then.
EDITS = [
    ("row[int(digit)] = 1", "row[int(digit)] = int(digit)", "preprocessing-6", "row[int(digit)]"),
    ("(flat / 255)", "(flat // 255)", "preprocessing-4", "(flat // 255)"),
    ("return 1 / (1 + math.exp(-t))", "return 1 / (2 + math.exp(-t))", "activations-1", "(2 + math"),
    ("second = self.sizes[2]", "second = self.sizes[1]", "initialization-1", "second = self"),
    (THIRD, THIRD.replace("= a\n", "= z2\n"), "forward-2", "a_prev = z2"),
    ("range(len(output))", "range(len(output) - 1)", "backward-2", "range(len(output) - 1)"),
    ("bent_back(da2, self.s2)", "bent_back(da2, self.s1)", "backward-4", "bent_back(da2, self.s1)"),
    ("dz1 = bent_back(da1, self.s1)", "dz1 = da1", "backward-5", "dz1 = da1"),
    ("        self.x = x_train", "        if self.x is None:\n            self.x = x_train", "backward-9", "if self.x"),
    (
        "            self.params[key] = new[key]",
        "            self.params[key] = new[key]\n            return",
        "update-1",
        "            return\n",
    ),
    ("guess = np.argmax(", "guess = np.argmin(", "training-9", "np.argmin("),
    ("if guess == label", "if guess != label", "training-9", "guess != label"),
    (
        "label = np.argmax(y_val[k])",
        "label = np.argmax(self.forward_pass(x_val[k]))",
        "training-9",
        "label = np.argmax(",
    ),
    ("self.forward_pass(x)))", "self.forward_pass(x)))\n                break", "training-4", "                break"),
]


def lines(folder: Path, text: str, clause: str) -> int | None:
    (folder / "network.py").write_text(text, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(folder / "network.py"))))
    found = lines_of(subject, 7, {"network.py": text}, {clause: Mismatch("a quantity", 0, 1)}).get(clause)
    return found and found.line


@pytest.mark.parametrize(("old", "new", "clause", "line"), EDITS)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, old: str, new: str, clause: str, line: str) -> None:
    assert TEXT.count(old) == 1, old
    wrong = TEXT.replace(old, new)
    assert lines(tmp_path, wrong, clause) == wrong[: wrong.index(line)].count("\n") + 1 + line.startswith("\n")


@pytest.mark.parametrize(
    "clause", sorted({clause for _old, _new, clause, _line in EDITS if "init" not in clause} | {"activations-13"})
)
def test_a_right_network_has_no_line(tmp_path: Path, clause: str) -> None:
    assert lines(tmp_path, TEXT, clause) is None


def test_the_line_of_an_overflow_within_a_line_is_that_of_its_exponential(tmp_path: Path) -> None:
    start = TEXT.index("        a, cache = bent(np.asarray(x))")
    end = TEXT.index("    def softmax")
    wrong = (
        TEXT[:start]
        + "        s = 1 / (1 + np.exp(-x))\n        return s * (1 - s) if derivative else s\n\n"
        + TEXT[end:]
    )
    assert lines(tmp_path, wrong, "activations-13") == wrong[: wrong.index("np.exp(-x)")].count("\n") + 1


LAYERS = """import numpy as np


def preprocess(images, labels):
    return None


class Affine:
    def forward(self, x):
        self.x = x
        return self.W @ x

    def backward(self, back):
        self.change = np.outer(back, self.x)
        return self.W.T @ back


class Bent:
    def __init__(self):
        self.out = None

    def forward(self, x):
        out = 0.5 + 0.5 * np.tanh(x / 2)
        self.out = out
        return out

    def backward(self, back):
        return back * self.out * (1 - self.out)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{i}": np.random.randn(sizes[i], sizes[i - 1]) / sizes[i] ** 0.5 for i in (1, 2, 3)}
        self.first, self.second, self.third = Affine(), Affine(), Affine()
        self.bent1, self.bent2 = Bent(), Bent()

    def sigmoid(self, x, derivative=False):
        bent = Bent()
        out = bent.forward(x)
        return bent.backward(1.0) if derivative else out

    def softmax(self, x):
        e = np.exp(x - x.max())
        return e / e.sum()

    def forward_pass(self, x_train):
        self.first.W = self.params["W1"]
        self.second.W = self.params["W2"]
        self.third.W = self.params["W3"]
        a = self.bent1.forward(self.first.forward(x_train))
        a = self.bent2.forward(self.second.forward(a))
        return self.softmax(self.third.forward(a))

    def backward_pass(self, y_train, output):
        back = self.third.backward(output - y_train)
        back = self.bent2.backward(back)
        back = self.second.backward(back)
        down = self.bent1.backward(back)
        self.first.backward(down)
        changes = {}
        for key, layer in (("W1", self.first), ("W2", self.second), ("W3", self.third)):
            changes[key] = layer.change
        return changes
"""


@pytest.mark.parametrize(
    ("old", "new", "clause", "line"),
    [
        ('self.second.W = self.params["W2"]', 'self.second.W = self.params["W3"]', "forward-2", "self.second.W ="),
        (
            "        self.out = out\n",
            "        if self.out is None:\n            self.out = out\n",
            "backward-9",
            "if self.out is None",
        ),
        ("self.first.backward(down)", "self.first.backward(back)", "backward-5", "self.first.backward(back)"),
    ],
)
def test_the_line_of_a_layer_object_is_that_of_the_mistake(
    tmp_path: Path, old: str, new: str, clause: str, line: str
) -> None:
    assert LAYERS.count(old) == 1, old
    wrong = LAYERS.replace(old, new)
    assert lines(tmp_path, wrong, clause) == wrong[: wrong.index(line)].count("\n") + 1
    assert lines(tmp_path, LAYERS, clause) is None
