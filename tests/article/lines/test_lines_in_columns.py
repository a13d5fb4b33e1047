"""Lines where samples stand in columns: of pixels, of samples and their labels, of counts, of an error."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

COLUMNS = """import numpy as np


def preprocess(images, labels):
    X = np.asarray(images, dtype=np.float32).reshape(len(images), -1).T
    X = X / 255
    Y = np.zeros((10, X.shape[1]), dtype=np.float32)
    Y[np.asarray(labels, dtype=int), np.arange(X.shape[1])] = 1
    return np.ascontiguousarray(X.T), np.ascontiguousarray(Y.T)


def sig(z):
    return 1 / (1 + np.exp(-z))


class Dense:
    def __init__(self, owner, key):
        self.owner, self.key = owner, key

    def forward(self, X):
        self.X = X
        return self.owner.params[self.key] @ X

    def backward(self, dY):
        self.dW = dY @ self.X.T
        return self.owner.params[self.key].T @ dY


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{n}": np.random.randn(sizes[n], sizes[n - 1]) / sizes[n] ** 0.5 for n in (1, 2, 3)}
        self.first, self.second, self.third = (Dense(self, key) for key in ("W1", "W2", "W3"))

    def sigmoid(self, x, derivative=False):
        s = sig(np.asarray(x, dtype=float))
        if derivative:
            return s * (1 - s)
        return s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        self.a1 = self.sigmoid(self.first.forward(np.asarray(x_train)[:, None]))
        self.z2 = self.second.forward(self.a1)
        return self.softmax(self.third.forward(self.sigmoid(self.z2)))[:, 0]

    def backward_pass(self, y_train, output):
        Y, P = y_train[:, None], output[:, None]
        back = self.third.backward(P - Y)
        slope = self.sigmoid(self.z2, True)
        back = self.second.backward(back * slope)
        self.first.backward(back * self.a1 * (1 - self.a1))
        return {"W1": self.first.dW, "W2": self.second.dW, "W3": self.third.dW}

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def compute_accuracy(self, x_val, y_val):
        right, total = 0, 0
        for x, y in zip(x_val, y_val):
            right += int(np.argmax(self.forward_pass(x)) == np.argmax(y))
            total += 1
        return right / total

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            order = list(np.random.permutation(len(x_train)))
            shuffled_x = x_train[order]
            shuffled_y = y_train[order]
            for j in range(len(x_train)):
                p = self.forward_pass(shuffled_x[j])
                grads = self.backward_pass(shuffled_y[j], p)
                self.update_network_parameters(grads)
"""


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("X = X / 255", "X = X / 225", "preprocessing-4"),
        ("X = X / 255", "X = X / np.linalg.norm(X, axis=0)", "preprocessing-4"),
        ("third.backward(P - Y)", "third.backward(Y - P)", "backward-2"),
        ("return s * (1 - s)", "return s * (1 - s) * 4", "backward-4"),
        ("total += 1", "total = len(y)", "training-9"),
        ("right += int(", "right = int(", "training-9"),
        ("== np.argmax(y))", "== np.max(y))", "training-9"),
        ("y_train[order]", "y_train[np.random.permutation(len(x_train))]", "training-5"),
        ("backward_pass(shuffled_y[j]", "backward_pass(y_train[j]", "training-5"),
        ("forward_pass(shuffled_x[j]", "forward_pass(shuffled_x[j - 1]", "training-5"),
    ],
)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", COLUMNS, right, wrong, clause)


def test_a_right_network_has_no_line(tmp_path: Path) -> None:
    for clause in ("preprocessing-4", "backward-4", "training-5", "training-9"):
        assert line_of(tmp_path / "network.py", COLUMNS, clause) is None
