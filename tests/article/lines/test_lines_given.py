"""Lines where a helper's result is remembered, a constructor hands on other settings, or a function drops its error."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

TEXT = """from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np


@lru_cache(maxsize=None)
def identity(n):
    return np.eye(n, dtype=np.float32)


@cache
def shape(sizes, layer):
    return sizes[layer], sizes[layer - 1]


@cache
def deviation(rows):
    return (1 / rows) ** 0.5


def preprocess(images, labels):
    x = np.asarray(images, dtype=np.float32).reshape(len(images), 784) / 255
    return x, identity(10)[np.asarray(labels).astype(int)]


@dataclass
class Step:
    into: np.ndarray
    z: np.ndarray
    a: np.ndarray


def squash(z):
    s = np.exp(-np.logaddexp(0, -z))

    def pull(d):
        return d * s * (1 - s)

    return s, pull


class Base:
    def __init__(self, sizes, epochs, l_rate):
        self.sizes = tuple(sizes)
        self.epochs = epochs
        self.l_rate = l_rate
        self.params = self.initialization()

    def initialization(self):
        return {f"W{i}": deviation(shape(self.sizes, i)[0]) * np.random.randn(*shape(self.sizes, i)) for i in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        s, pull = squash(x)
        return pull(1) if derivative else s

    def softmax(self, x):
        e = np.exp(x - x.max())
        return e / e.sum()

    def forward_pass(self, x_train):
        self.steps, self.pulls, a = [], [], x_train
        for i in (1, 2, 3):
            z = self.params[f"W{i}"] @ a
            out, pull = (self.softmax(z), None) if i == 3 else squash(z)
            self.steps.append(Step(into=a, z=z, a=out))
            self.pulls.append(pull)
            a = out
        return a

    def backward_pass(self, y_train, output):
        changes, d = {}, output - y_train
        for i in (3, 2, 1):
            changes[f"W{i}"] = np.outer(d, self.steps[i - 1].into)
            if i > 1:
                d = self.pulls[i - 2](self.params[f"W{i}"].T @ d)
        return changes


class DeepNeuralNetwork(Base):
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        super().__init__(sizes, epochs, l_rate)
"""
#: The right text, the wrong one, and the clause.
WRONG = [
    ("return np.eye(n, dtype=np.float32)", "return np.eye(n, dtype=np.float32)[::-1]", "preprocessing-6"),
    ("return sizes[layer], sizes[layer - 1]", "return sizes[layer - 1], sizes[layer]", "initialization-1"),
    ("return (1 / rows) ** 0.5", "return (1 / rows) ** 2", "initialization-7"),
    ("deviation(shape(self.sizes, i)[0])", "deviation(shape(self.sizes, i)[1])", "initialization-7"),
    ("super().__init__(sizes, epochs, l_rate)", "super().__init__(sizes, 12, l_rate)", "initialization-4"),
    ("super().__init__(sizes, epochs, l_rate)", "super().__init__(sizes, l_rate, epochs)", "initialization-4"),
    ("super().__init__(sizes, epochs, l_rate)", "super().__init__(sizes, l_rate, epochs)", "initialization-5"),
    ("self.l_rate = l_rate", "self.l_rate = 0.001", "initialization-4"),
    ("epochs=10, l_rate", "epochs=12, l_rate", "initialization-5"),
    ("return d * s * (1 - s)", "return s * (1 - s)", "backward-4"),
    ("self.steps[i - 1].into)", "self.steps[i - 1].a)", "backward-2"),
]


@pytest.mark.parametrize(("right", "wrong", "clause"), WRONG)
def test_the_line_is_that_of_the_edit(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TEXT, right, wrong, clause)


@pytest.mark.parametrize("clause", ["preprocessing-6", "initialization-5", "backward-4"])
def test_a_right_network_with_remembered_results_has_no_line(tmp_path: Path, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXT, clause) is None


OWN = (
    TEXT.partition("@dataclass")[0]
    + """def squash(z):
    return np.exp(-np.logaddexp(0, -z))


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{i}": np.random.randn(sizes[i], sizes[i - 1]) for i in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        s = squash(x)
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        e = np.exp(x - x.max())
        return e / e.sum()

    def forward_pass(self, x_train):
        a1 = self.sigmoid(self.params["W1"] @ x_train)
        return self.softmax(self.params["W3"] @ self.sigmoid(self.params["W2"] @ a1))

    def compute_accuracy(self, x_val, y_val):
        hidden = self.sigmoid(x_val @ self.params["W1"].T)
        second = self.sigmoid(hidden @ self.params["W2"].T)
        scores = second @ self.params["W3"].T
        return np.mean(scores.argmax(axis=1) == y_val.argmax(axis=1))
"""
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('self.sigmoid(x_val @ self.params["W1"].T)', 'x_val @ self.params["W1"].T'),
        ('self.sigmoid(x_val @ self.params["W1"].T)', 'np.tanh(x_val @ self.params["W1"].T)'),
        ('self.sigmoid(hidden @ self.params["W2"].T)', 'np.maximum(hidden @ self.params["W2"].T, 0)'),
        ('self.sigmoid(hidden @ self.params["W2"].T)', 'hidden @ self.params["W2"].T'),
        ("scores.argmax(axis=1)", "scores.argmin(axis=1)"),
    ],
)
def test_the_line_of_an_accuracy_with_a_forward_pass_of_its_own(tmp_path: Path, right: str, wrong: str) -> None:
    is_found(tmp_path / "network.py", OWN, right, wrong, "training-19")
    assert line_of(tmp_path / "network.py", OWN, "training-19") is None


LISTS = OWN.replace(
    '{f"W{i}": np.random.randn(sizes[i], sizes[i - 1]) for i in (1, 2, 3)}', "self.initialization()"
) + (
    """
    def initialization(self):
        draws = [np.random.standard_normal(shape) for shape in zip(self.sizes[1:], self.sizes)]
        scaled = [draw / np.sqrt(len(draw)) for draw in draws]
        return dict(zip(["W1", "W2", "W3"], scaled))
"""
)


STEPS = OWN.replace(
    "        e = np.exp(x - x.max())\n        return e / e.sum()",
    "        logs = x - x.max()\n        logs = logs - np.log(np.sum(np.exp(logs)))\n        return np.exp(logs)",
).replace("a1 = self.sigmoid(", "_, a1 = self.layer(") + (
    """
    def layer(self, z):
        return z, self.sigmoid(z)
"""
)


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("return np.exp(logs)", "return logs", "activations-8"),
        ("_, a1 = self.layer", "a1, _ = self.layer", "forward-2"),
    ],
)
def test_the_line_of_a_return_without_powers_and_of_exchanged_results(
    tmp_path: Path, right: str, wrong: str, clause: str
) -> None:
    is_found(tmp_path / "network.py", STEPS, right, wrong, clause)


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("np.random.standard_normal(shape)", "np.random.random_sample(shape)", "initialization-6"),
        ("draw / np.sqrt(len(draw))", "draw / np.sqrt(draw.size)", "initialization-7"),
        ("draw / np.sqrt(len(draw))", "draw ** 0.5 / len(draw)", "initialization-1"),
    ],
)
def test_the_line_of_weights_that_are_drawn_in_one_list_and_scaled_in_another(
    tmp_path: Path, right: str, wrong: str, clause: str
) -> None:
    is_found(tmp_path / "network.py", LISTS, right, wrong, clause)


ORDERED = TEXT.replace(
    "class DeepNeuralNetwork(Base):\n",
    """class DeepNeuralNetwork(Base):
    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def compute_accuracy(self, x_val, y_val):
        return np.mean([self.forward_pass(x).argmax() == y.argmax() for x, y in zip(x_val, y_val)])

    def order(self, n):
        return np.random.permutation(np.arange(n))

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            for i in self.order(len(x_train)):
                output = self.forward_pass(x_train[i])
                self.update_network_parameters(self.backward_pass(y_train[i], output))

""",
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("np.arange(n))", "np.arange(1, n))"), ("self.order(len(x_train))", "self.order(len(x_train) - 1)")],
)
def test_the_line_of_an_order_that_leaves_samples_out(tmp_path: Path, right: str, wrong: str) -> None:
    is_found(tmp_path / "network.py", ORDERED, right, wrong, "training-1")
    assert line_of(tmp_path / "network.py", ORDERED, "training-1") is None
