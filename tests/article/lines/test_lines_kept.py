"""Lines of values kept in another's place, of loops back over other layers, of constants, choices, conditions."""

from pathlib import Path

import pytest

from tests.article.lines import test_lines_samples as samples
from tests.support.pointed import is_found, line_of

TEXT = """from dataclasses import dataclass

import numpy as np

WHITE = 255.0


def preprocess(images, labels, classes=10):
    x = np.asarray(images).reshape(len(images), -1) / np.float32(WHITE)
    table = np.eye(10)
    y = np.zeros((len(labels), classes))
    for row, label in enumerate(labels):
        y[row] = table[int(label)]
    return x.astype(np.float32), y


@dataclass
class Cache:
    x: np.ndarray
    z1: np.ndarray
    a1: np.ndarray
    z2: np.ndarray
    a2: np.ndarray


class Rule:
    def __init__(self, rate):
        self.rate = rate

    def step(self, W, change):
        return W - self.rate * change


class Dense:
    def __init__(self, net, key):
        self.net, self.key = net, key

    def forward(self, x):
        self.x = x
        return self.net.params[self.key] @ x

    def backward(self, d):
        self.net.changes[self.key] = np.outer(d, self.x)
        return d @ self.net.params[self.key]


class Bend:
    def __init__(self, net):
        self.net = net

    def forward(self, z):
        self.z = z
        return self.net.sigmoid(z)

    def backward(self, d):
        return d * self.net.sigmoid(self.z, derivative=True)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()
        self.layers = [Dense(self, "W1"), Bend(self), Dense(self, "W2"), Bend(self), Dense(self, "W3")]

    def initialization(self):
        sizes = self.sizes
        return {f"W{i}": np.random.randn(sizes[i], sizes[i - 1]) / np.sqrt(sizes[i]) for i in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        s = np.exp(-np.logaddexp(0, -x))
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        exps = np.exp(x - np.max(x))
        return exps / exps.sum()

    def forward_pass(self, x_train):
        self.changes = {}
        value = x_train
        for layer in self.layers:
            value = layer.forward(value)
        return self.softmax(value)

    def backward_pass(self, y_train, output):
        d = output - y_train
        for layer in self.layers[::-1]:
            d = layer.backward(d)
        return self.changes

    def update_network_parameters(self, changes_to_w):
        rule = Rule(self.l_rate)
        self.params.update(
            {
                key: rule.step(W, changes_to_w[key])
                for key, W in self.params.items()
            }
        )

    def compute_accuracy(self, x_val, y_val):
        return np.mean([self.forward_pass(x).argmax() == y.argmax() for x, y in zip(x_val, y_val)])

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            order = np.random.permutation(len(x_train))
            X, Y = x_train[order], y_train[order]
            for i in range(len(X)):
                self.learn(X[i], Y[i])

    def learn(self, x, y):
        self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
#: Other forms of the two passes: a cache of named values, and loops with numbers.
CACHED = """    def forward_pass(self, x_train):
        z1 = self.params["W1"] @ x_train
        a1 = self.sigmoid(z1)
        z2 = self.params["W2"] @ a1
        a2 = self.sigmoid(z2)
        self.cache = Cache(x_train, z1, a1, z2, a2)
        return self.softmax(self.params["W3"] @ a2)

    def backward_pass(self, y_train, output):
        c, d3 = self.cache, output - y_train
        d2 = (self.params["W3"].T @ d3) * self.sigmoid(c.z2, derivative=True)
        d1 = (self.params["W2"].T @ d2) * self.sigmoid(c.z1, derivative=True)
        return {"W1": np.outer(d1, c.x), "W2": np.outer(d2, c.a1), "W3": np.outer(d3, c.a2)}

"""
NUMBERED = """    def forward_pass(self, x_train):
        self.a, self.z = [x_train], [None]
        for i in range(1, 4):
            act = self.softmax if i == 3 else self.sigmoid
            z = self.params[f"W{i}"] @ self.a[i - 1]
            self.z.append(z)
            self.a.append(act(z))
        return self.a[-1]

    def backward_pass(self, y_train, output):
        made = [np.zeros(W.shape) for W in self.params.values()]
        d = output - y_train
        made[2] = np.outer(d, self.a[2])
        for i in range(2, 0, -1):
            z = self.z[i]
            d = (d @ self.params[f"W{i + 1}"]) * self.sigmoid(z, derivative=True)
            made[i - 1] = np.outer(d, self.a[i - 1])
        return {f"W{i + 1}": change for i, change in enumerate(made)}

"""
START, END = TEXT.index("    def forward_pass"), TEXT.index("    def update_network")
TEXTS = {
    "objects": TEXT,
    "cached": TEXT[:START] + CACHED + TEXT[END:],
    "numbered": TEXT[:START] + NUMBERED + TEXT[END:],
}
#: The form of the passes, the right text, the wrong one, and the clause.
WRONG = [
    ("objects", "WHITE = 255.0", "WHITE = 256.0", "preprocessing-4"),
    ("objects", "/ np.float32(WHITE)", "/ np.float32(2 * WHITE)", "preprocessing-4"),
    ("objects", "table = np.eye(10)", "table = np.eye(10)[::-1]", "preprocessing-6"),
    ("objects", "table = np.eye(10)", "table = np.eye(10) - 0.1", "preprocessing-6"),
    ("objects", "self.x = x", "self.x = 0.5 * x", "backward-3"),
    ("objects", "np.outer(d, self.x)", "0.5 * np.outer(d, self.x)", "backward-3"),
    ("objects", "in self.layers[::-1]", "in self.layers[:0:-1]", "backward-1"),
    ("objects", "in self.layers[::-1]", "in self.layers", "backward-1"),
    ("objects", "in self.layers[::-1]", "in self.layers[-2::-1]", "backward-1"),
    ("objects", "key: rule.step(W, ", "key: rule.step(2 * W, ", "update-1"),
    ("objects", "rule = Rule(self.l_rate)", "rule = Rule(0.1 * self.l_rate)", "update-1"),
    ("objects", "return W - self.rate", "return W - 2 * self.rate", "update-1"),
    ("objects", "y_train[order]", "y_train[:]", "training-5"),
    ("objects", "self.learn(X[i], Y[i])", "self.learn(X[i], Y[0])", "training-5"),
    ("objects", "in self.params.items()", "in list(self.params.items())[1:]", "update-1"),
    ("cached", "Cache(x_train, z1, a1, z2, a2)", "Cache(x_train, z2, a1, z1, a2)", "backward-4"),
    ("cached", "Cache(x_train, z1, a1, z2, a2)", "Cache(x_train, z1, a1, z2, a1)", "backward-3"),
    ("cached", "np.outer(d3, c.a2)", "np.outer(d3, c.z2)", "backward-3"),
    ("cached", "x_train, z1, a1, z2, a2)", "x_train, z1, z1, z2, a2)", "backward-4"),
    ("numbered", "if i == 3 else", "if i >= 2 else", "forward-2"),
    ("numbered", "self.z.append(z)", "self.z.append(2 * z)", "backward-4"),
    ("numbered", "range(2, 0, -1)", "range(2, 1, -1)", "backward-5"),
    ("numbered", "z = self.z[i]", "z = self.z[i - 1]", "backward-4"),
]


@pytest.mark.parametrize(("form", "right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, form: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TEXTS[form], right, wrong, clause)


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("clause", ["preprocessing-6", "forward-2", "backward-3", "update-1", "training-5"])
def test_a_right_network_has_no_line(tmp_path: Path, form: str, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXTS[form], clause) is None


MEMORY = """
    def forward_pass(self, x_train):
        memory, a_now = [], np.asarray(x_train)
        for layer in TABLE:
            a_before = a_now
            z_now = self.params[layer["name"]] @ a_before
            a_now = BENDS[layer["bend"]](z_now)
            memory.append({"a": a_before, "z": z_now})
        self.memory = memory
        return a_now

    def backward_pass(self, y_train, output):
        changes, delta = {}, output - y_train
        for index in reversed(range(len(TABLE))):
            layer = TABLE[index]
            changes[layer["name"]] = delta.reshape(-1, 1) * self.memory[index]["a"].reshape(1, -1)
            if index == 0:
                break
            below = TABLE[index - 1]
            error = self.params[layer["name"]].T @ delta
            delta = error * SLOPES[below["bend"]](self.memory[index - 1]["z"])
        return changes

"""
TOP = """
TABLE = [{"name": "W1", "bend": "s"}, {"name": "W2", "bend": "s"}, {"name": "W3", "bend": "m"}]


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


BENDS = {"s": sigmoid, "m": softmax}
SLOPES = {"s": slope}


class DeepNeuralNetwork:"""


@pytest.mark.usefixtures("whole_search")
@pytest.mark.parametrize(("old", "new"), [('"z": z_now}', '"z": a_now}'), ('{"a": a_before,', '{"a": a_now,')])
def test_the_line_is_that_of_a_table_which_keeps_another_value(tmp_path: Path, old: str, new: str) -> None:
    start, end = samples.HEAD.index("    def forward_pass"), samples.HEAD.index("    def update_network")
    text = (samples.HEAD[:start] + MEMORY.lstrip("\n") + samples.HEAD[end:] + samples.PLAIN).replace(
        "\nclass DeepNeuralNetwork:", TOP
    )
    is_found(tmp_path / "network.py", text, old, new, "backward-4")
