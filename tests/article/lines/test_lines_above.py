"""Lines above the one with the first wrong array: a number, a filling, a name that another line takes, a call."""

from pathlib import Path

import pytest

from tests.support.pointed import line_of

TEXT = """import numpy as np


def preprocess(images, labels):
    x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / 255
    y = np.eye(10)[np.asarray(labels).astype(int)]
    return x, y


def logistic(v):
    positive = v >= 0
    result = np.empty(np.shape(v))
    result[positive] = 1 / (1 + np.exp(-v[positive]))
    grown = np.exp(v[~positive])
    result[~positive] = grown / (1 + grown)
    return result


def bell(v):
    up = logistic(v)
    down = logistic(-v)
    return up * down


def matrix(rows, columns, scale):
    drawn = np.random.standard_normal((rows, columns))
    return scale * drawn


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        made = {}
        for i in (1, 2):
            rows, columns = self.sizes[i], self.sizes[i - 1]
            made[f"W{i}"] = matrix(rows, columns, scale=rows**-0.5)
        bound = np.sqrt(3 / self.sizes[3])
        made["W3"] = np.random.uniform(-bound, bound, (self.sizes[3], self.sizes[2]))
        return made

    def sigmoid(self, x, derivative=False):
        return bell(x) if derivative else logistic(x)

    def softmax(self, x):
        top = np.max(x)
        exps = np.exp(x - top)
        total = np.sum(exps, keepdims=True)
        return exps / total

    def measured(self, a):
        for key in ("W1", "W2"):
            a = logistic(self.params[key] @ a)
        return self.softmax(self.params["W3"] @ a)

    def forward_pass(self, x_train):
        self.a, self.z = [x_train], []
        for key in ("W1", "W2", "W3"):
            self.z.append(self.params[key] @ self.a[-1])
            self.a.append(logistic(self.z[-1]))
        self.a[-1] = self.softmax(self.z[-1])
        return self.a[-1]

    def backward_pass(self, y_train, output):
        d3 = output - y_train
        d2 = (d3 @ self.params["W3"]) * bell(self.z[1])
        d1 = (d2 @ self.params["W2"]) * bell(self.z[0])
        return {f"W{i}": np.outer(d, a) for i, (d, a) in enumerate(zip((d1, d2, d3), self.a), 1)}

    def update_network_parameters(self, changes_to_w):
        eta = 1.0 * self.l_rate
        self.params = {key: W - eta * changes_to_w[key] for key, W in self.params.items()}

    def compute_accuracy(self, x_val, y_val):
        wrong = 0
        truth = np.argmax(y_val, axis=1)
        for k in range(len(x_val)):
            wrong += int(np.argmax(self.measured(x_val[k])) != truth[k])
        return 1 - wrong / len(x_val)

    def learn(self, pair):
        x, y = pair
        output = self.forward_pass(x)
        self.update_network_parameters(self.backward_pass(y, output))

    def epoch(self, pairs, number):
        count = len(pairs)
        for n in range(count):
            self.learn(pairs[n])

    def train(self, x_train, y_train, x_val, y_val):
        for number in range(self.epochs):
            pairs = list(zip(x_train, y_train))
            self.epoch(pairs, number)
"""
#: The right text, the wrong one, and the clause.
WRONG = [
    ("scale=rows**-0.5", "scale=columns**-0.5", "initialization-7"),
    ("scale=rows**-0.5", "scale=1 / rows", "initialization-7"),
    ("return scale * drawn", "return scale * drawn + 0.5", "initialization-6"),
    ("drawn = np.random.standard_normal(", "drawn = np.random.random_sample(", "initialization-6"),
    ("= matrix(rows, columns", "= matrix(columns, rows", "initialization-1"),
    ("standard_normal((rows, columns))", "standard_normal((columns, rows))", "initialization-1"),
    ("bound = np.sqrt(3 / self.sizes[3])", "bound = np.sqrt(1 / self.sizes[3])", "initialization-7"),
    ("(-bound, bound, ", "(-2 * bound, 2 * bound, ", "initialization-7"),
    ("= grown / (1 + grown)", "= 1 / (1 + grown)", "activations-1"),
    ("= 1 / (1 + np.exp(-v[positive]))", "= 1 / (1 + np.exp(v[positive]))", "activations-1"),
    ("down = logistic(-v)", "down = logistic(v)", "activations-3"),
    ("bell(self.z[1])", "bell(self.a[2])", "backward-4"),
    ("total = np.sum(exps, keepdims=True)", "total = np.linalg.norm(exps, keepdims=True)", "activations-8"),
    ("total = np.sum(exps, keepdims=True)", "total = np.max(exps, keepdims=True)", "activations-8"),
    ("return exps / total", "return x / total", "activations-8"),
    ("self.a[-1] = self.softmax(self.z[-1])", "self.a[-1] = self.softmax(self.a[-1])", "forward-2"),
    ("eta = 1.0 * self.l_rate", "eta = 0.5 * self.l_rate", "update-1"),
    ("W - eta * changes_to_w[key] for", "W - eta * changes_to_w[key] / 2 for", "update-1"),
    ("wrong = 0", "wrong = 1", "training-9"),
    ("wrong += int(np.argmax", "wrong += int(np.argmin", "training-9"),
    ("for n in range(count)", "for n in range(number, count)", "training-2"),
    ("            self.learn(pairs[n])", "            self.learn(pairs[n]), self.learn(pairs[n])", "training-2"),
    ("count = len(pairs)", "count = min(len(pairs), 500)", "training-17"),
    ("self.learn(pairs[n])", "self.learn((pairs[n - 1][0], pairs[n][1]))", "training-5"),
    ("output = self.forward_pass(x)", "output = self.measured(x)", "training-1"),
    ("np.argmax(y_val, axis=1)", "np.argmax(y_val, axis=0)", "training-9"),
]


@pytest.mark.parametrize(("right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    assert TEXT.count(right) == 1
    line = TEXT[: TEXT.index(right)].count("\n") + 1
    assert line_of(tmp_path / "network.py", TEXT.replace(right, wrong), clause) == line


@pytest.mark.parametrize(
    "clause", ["activations-1", "activations-3", "activations-8", "backward-4", "update-1", "training-9"]
)
def test_a_right_network_of_this_kind_has_no_line(tmp_path: Path, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXT, clause) is None
