"""Lines of the order and the number of samples, of samples apart from their labels, of loops in a method of train."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

pytestmark = pytest.mark.usefixtures("whole_search")

HEAD = """import numpy as np


def preprocess(images, labels):
    x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / 255
    return x, np.eye(10, dtype=np.float32)[np.asarray(labels).astype(int)]


class Pairs:
    def __init__(self, xs, ys):
        self.xs, self.ys = xs, ys


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        pairs = zip(self.sizes, self.sizes[1:])
        return {f"W{k}": np.random.randn(m, n) / np.sqrt(m) for k, (n, m) in enumerate(pairs, 1)}

    def sigmoid(self, x, derivative=False):
        s = 0.5 + 0.5 * np.tanh(np.asarray(x) / 2)
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        self.x = x_train
        self.h1 = self.sigmoid(self.params["W1"] @ self.x)
        self.h2 = self.sigmoid(self.params["W2"] @ self.h1)
        return self.softmax(self.params["W3"] @ self.h2)

    def backward_pass(self, y_train, output):
        d3 = output - y_train
        d2 = self.params["W3"].T @ d3 * self.h2 * (1 - self.h2)
        d1 = self.params["W2"].T @ d2 * self.h1 * (1 - self.h1)
        return {"W1": np.outer(d1, self.x), "W2": np.outer(d2, self.h1), "W3": np.outer(d3, self.h2)}

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def compute_accuracy(self, x_val, y_val):
        return np.mean([self.forward_pass(x).argmax() == y.argmax() for x, y in zip(x_val, y_val)])

    def learn(self, x, y):
        changes = self.backward_pass(y, self.forward_pass(x))
        self.update_network_parameters(changes)

"""
PLAIN = """    def order(self, n):
        return np.random.permutation(n)

    def train(self, x_train, y_train, x_val, y_val):
        n = len(x_train)
        for epoch in range(self.epochs):
            drawn = self.order(n)
            x_order = x_train[drawn]
            y_order = y_train[drawn]
            for step in range(n):
                self.learn(x_order[step], y_order[step])
            print(epoch, self.compute_accuracy(x_val, y_val))
"""
HOOKS = """    def run(self, pairs, x_val, y_val):
        steps = 0
        for epoch in range(self.epochs):
            for i in range(len(pairs.xs)):
                k = i % len(pairs.xs)
                last = steps % len(pairs.xs) == 0
                self.learn(pairs.xs[k], pairs.ys[k])
                steps += 1
            score = self.compute_accuracy(x_val, y_val)
            if steps > 10**9:
                return
            print(epoch, score, last)

    def train(self, x_train, y_train, x_val, y_val):
        pairs = Pairs(x_train, y_train)
        self.run(pairs, x_val, y_val)
"""


@pytest.mark.parametrize(
    ("train", "right", "wrong", "clause"),
    [
        (PLAIN, "np.random.permutation(n)", "np.random.randint(n, size=n)", "training-4"),
        (PLAIN, "np.random.permutation(n)", "np.zeros(n, dtype=int)", "training-4"),
        (HOOKS, "k = i % len(pairs.xs)\n", "k = i // 2\n", "training-4"),
        (PLAIN, "y_order = y_train[drawn]", "y_order = y_train", "training-5"),
        (PLAIN, "x_order = x_train[drawn]", "x_order = x_train", "training-5"),
        (HOOKS, "if steps > 10**9:", "if steps >= len(pairs.xs):", "training-3"),
        (HOOKS, "Pairs(x_train, y_train)", "Pairs(x_val, y_val)", "training-6"),
    ],
)
def test_the_line_is_the_one_that_takes_other_samples(
    tmp_path: Path, train: str, right: str, wrong: str, clause: str
) -> None:
    is_found(tmp_path / "network.py", HEAD + train, right, wrong, clause)


def test_the_line_is_that_of_the_second_step_on_a_sample(tmp_path: Path) -> None:
    step = "        self.update_network_parameters(changes)\n"
    text = HEAD.replace(step, 2 * step) + PLAIN
    second = text[: text.index(2 * step)].count("\n") + 2
    assert line_of(tmp_path / "network.py", text, "training-1") == second


def test_the_line_is_that_of_the_helper_that_divides_by_1(tmp_path: Path) -> None:
    text = (HEAD + PLAIN).replace(
        "def preprocess(images, labels):\n"
        "    x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / 255\n",
        "def scaled(pixels, white=1.0):\n    return pixels / white\n\n\ndef preprocess(images, labels):\n"
        "    x = np.zeros((len(images), 784), np.float32)\n    for i in range(len(images)):\n"
        "        x[i] = scaled(np.asarray(images[i], dtype=float).ravel())\n",
    )
    line = text[: text.index("    return pixels / white")].count("\n") + 1
    assert line_of(tmp_path / "network.py", text, "preprocessing-4") == line
