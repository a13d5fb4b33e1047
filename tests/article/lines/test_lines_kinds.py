"""Lines beside which a neighbour was told: rows left out, products that nobody takes, right helpers, other shapes."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.steps.compare import Mismatch
from nnkata.subject import Subject, locate
from nnkata.subject.inprocess import InProcess

TEXT = """import numpy as np


def preprocess(images, labels):
    digits = np.asarray(labels).astype(int)
    x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / 255
    y = np.eye(10)[digits]
    return x, y


def slope(z):
    return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        n0, n1, n2, n3 = self.sizes
        rng = np.random.default_rng()
        made = {}
        made["W1"] = rng.normal(size=(n1, n0)) / np.sqrt(n1)
        made["W2"] = rng.normal(size=(n2, n1)) / np.sqrt(n2)
        made["W3"] = rng.normal(size=(n3, n2)) / np.sqrt(n3)
        return {key: value for key, value in made.items()}

    def sigmoid(self, x, derivative=False):
        up = np.exp(np.minimum(x, 0))
        down = np.exp(-np.maximum(x, 0))
        if derivative:
            return up * down / (up + down) ** 2
        return up / (up + down)

    def softmax(self, x, derivative=False):
        exps = np.exp(x - x.max())
        if derivative:
            return exps / exps.sum() * (1 - exps / exps.sum())
        return exps / exps.sum()

    def forward_pass(self, x_train):
        w = self.params
        self.a0 = np.array(x_train, dtype=float)
        self.z1 = w["W1"] @ self.a0
        self.a1 = self.sigmoid(self.z1)
        self.z2 = w["W2"] @ self.a1
        self.a2 = self.sigmoid(self.z2)
        self.z3 = w["W3"] @ self.a2
        return self.softmax(self.z3)

    def backward_pass(self, y_train, output):
        w = self.params
        error = output - y_train
        w3 = np.outer(error, self.a2)
        error = w["W3"].T @ error
        error *= slope(self.z2)
        w2 = np.outer(error, self.a1)
        error = w["W2"].T @ error
        error *= slope(self.z1)
        return {"W1": np.outer(error, self.a0), "W2": w2, "W3": w3}

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            for row in range(len(change)):
                self.params[key][row] -= self.l_rate * change[row]

    def compute_accuracy(self, x_val, y_val):
        right = 0
        for x, y in zip(x_val, y_val):
            if np.argmax(self.forward_pass(x)) == np.argmax(y):
                right += 1
        return right / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            order = np.random.permutation(len(x_train))
            for i in order:
                output = self.forward_pass(x_train[i])
                changes = self.backward_pass(y_train[i], output)
                self.update_network_parameters(changes)
            self.compute_accuracy(x_val, y_val)
"""
LAST = "                self.update_network_parameters(changes)\n"
#: What stood there, what stands there, the clause, and the text of the line that is at fault then.
EDITS = [
    ("    return x, y", "    return x, y.argmax(axis=1)", "preprocessing-6", "return x, y.argmax"),
    ("/ np.sqrt(n2)", "/ n2", "initialization-7", '"W2"'),
    ("/ np.sqrt(n3)", "* 0.01", "initialization-7", '"W3"'),
    ("default_rng()", "default_rng(3)", "initialization-9", "default_rng(3)"),
    ("return up / (up", "return down / (up", "activations-1", "return down / (up"),
    ("return up * down", "return up * up * down", "activations-3", "return up * up"),
    ("return self.softmax(self.z3)", "return self.softmax(self.z3)[:, None]", "forward-1", "[:, None]"),
    (
        "error = output - y_train",
        "error = (output - y_train) * self.softmax(self.z3, True)",
        "backward-2",
        "self.z3, True)",
    ),
    ("slope(self.z2)", "slope(self.a2)", "backward-4", "slope(self.a2)"),
    ("np.outer(error, self.a2)", "np.outer(output, self.a2)", "backward-2", "np.outer(output"),
    ("error *= slope(self.z1)", "error * slope(self.z1)", "backward-5", "error * slope"),
    ("range(len(change))", "range(1)", "update-1", "range(1)"),
    ("== np.argmax(y):", "!= np.argmax(y):", "training-9", "!= np.argmax(y)"),
    ("right += 1", "right += 2", "training-9", "right += 2"),
    ("return right / len(x_val)", "return str(right / len(x_val))", "training-9", "return str("),
    ("np.random.permutation(len(x_train))", "np.zeros(len(x_train), int)", "training-4", "np.zeros(len(x_train)"),
    (LAST, LAST + "                break\n", "training-4", "break"),
    ("        error = output - y_train", "        return\n        error = output - y_train", "backward-2", "return\n"),
    (
        "        error = output",
        "        if len(output):\n            return None\n        error = output",
        "backward-2",
        "None",
    ),
    ("        return self.softmax(self.z3)", "        self.softmax(self.z3)", "forward-1", "self.softmax(self.z3)"),
    (
        "            order =",
        "            self.params = self.initialization()\n            order =",
        "training-3",
        "self.params = self.init",
    ),
]


@pytest.mark.parametrize(("old", "new", "clause", "line"), EDITS)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, old: str, new: str, clause: str, line: str) -> None:
    assert TEXT.count(old) == 1, old
    wrong = TEXT.replace(old, new)
    (tmp_path / "network.py").write_text(wrong, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(tmp_path / "network.py"))))
    found = lines_of(subject, 7, {"network.py": wrong}, {clause: Mismatch("a quantity", 0, 1)}).get(clause)
    assert found is not None
    here = [number for number, text in enumerate(wrong.splitlines(keepends=True), 1) if line in text]
    assert found.line == (here[-1] if "initialization()" in new else here[0])


def test_a_right_network_has_no_line(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(TEXT, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(tmp_path / "network.py"))))
    clauses = ("forward-1", "backward-5", "update-1", "training-4", "training-9", "activations-3")
    errors: dict[str, BaseException] = {clause: Mismatch("a quantity", 0, 1) for clause in clauses}
    assert lines_of(subject, 7, {"network.py": TEXT}, errors) == {}
