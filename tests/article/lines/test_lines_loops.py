"""Lines beside helpers that fill and add up arrays, counts without +=, and a training that breaks off by itself."""

from pathlib import Path

import pytest

from nnkata.steps.compare import Mismatch
from tests.article.lines.test_lines_shapes import place

TEXT = """import numpy as np


def preprocess(images, labels):
    count = len(images)
    x = np.zeros((count, 784), dtype=np.float32)
    y = np.zeros((count, 10), dtype=np.float32)
    for k in range(count):
        pixels = np.asarray(images[k], dtype=np.float32).ravel()
        x[k, :] = pixels / np.float32(255)
        digit = int(labels[k])
        y[k, digit] = 1.0
    return x, y


def times(matrix, vector):
    result = np.zeros(len(matrix))
    for row in range(len(matrix)):
        result[row] = np.dot(matrix[row], vector)
    return result


def times_transposed(matrix, vector):
    result = np.zeros(matrix.shape[1])
    for row in range(len(matrix)):
        result += matrix[row] * vector[row]
    return result


def product(left, right):
    result = np.zeros((len(left), len(right)))
    for row in range(len(left)):
        result[row] = left[row] * right
    return result


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self.params = self.initialization()

    def initialization(self):
        params = {}
        for layer in range(1, len(self.sizes)):
            rows = self.sizes[layer]
            cols = self.sizes[layer - 1]
            W = np.zeros((rows, cols))
            for row in range(rows):
                W[row] = np.random.normal(0, np.sqrt(1 / rows), cols)
            params["W" + str(layer)] = W
        return params

    def sigmoid(self, x, derivative=False):
        x = np.asarray(x, dtype=float)
        tiny = np.exp(-np.abs(x))
        upper = 1 / (1 + tiny)
        lower = tiny / (1 + tiny)
        if derivative:
            return upper * lower
        return np.where(x >= 0, upper, lower)

    def softmax(self, x):
        top = np.max(x)
        exps = np.exp(np.asarray(x) - top)
        total = np.sum(exps)
        return exps / total

    def forward_pass(self, x_train):
        self.x = np.array(x_train, dtype=float)
        self.z1 = times(self.params["W1"], self.x)
        self.h1 = self.sigmoid(self.z1)
        self.z2 = times(self.params["W2"], self.h1)
        self.h2 = self.sigmoid(self.z2)
        self.z3 = times(self.params["W3"], self.h2)
        self.out = self.softmax(self.z3)
        return self.out

    def backward_pass(self, y_train, output):
        delta_out = output - y_train
        grad3 = product(delta_out, self.h2)
        err2 = times_transposed(self.params["W3"], delta_out)
        delta2 = err2 * self.sigmoid(self.z2, derivative=True)
        grad2 = product(delta2, self.h1)
        err1 = times_transposed(self.params["W2"], delta2)
        delta1 = err1 * self.sigmoid(self.z1, derivative=True)
        grad1 = product(delta1, self.x)
        gradients = {}
        gradients["W1"] = grad1
        gradients["W2"] = grad2
        gradients["W3"] = grad3
        return gradients

    def update_network_parameters(self, changes_to_w):
        for name in changes_to_w:
            new = np.array(self.params[name], dtype=float)
            for row in range(len(new)):
                new[row] = new[row] - self.l_rate * changes_to_w[name][row]
            self.params[name] = new

    def compute_accuracy(self, x_val, y_val):
        right = 0
        wrong = 0
        for k in range(len(x_val)):
            answer = self.forward_pass(x_val[k])
            if np.argmax(answer) == np.argmax(y_val[k]):
                right = right + 1
            else:
                wrong = wrong + 1
        if right + wrong == 0:
            return 0.0
        total = right + wrong
        return right / total

    def train(self, x_train, y_train, x_val, y_val):
        epoch = 0
        while True:
            if epoch >= self.epochs:
                break
            epoch += 1
            k = 0
            while k < len(x_train):
                answer = self.forward_pass(x_train[k])
                gradients = self.backward_pass(y_train[k], answer)
                self.update_network_parameters(gradients)
                k += 1
            self.compute_accuracy(x_val, y_val)
"""
#: What stood there, what stands there, the clause, and the text of the line that is at fault then.
EDITS = [
    (
        "range(len(matrix)):\n        result[row] =",
        "range(len(matrix) - 1):\n        result[row] =",
        "forward-2",
        "matrix) - 1)",
    ),
    ("total = np.sum(exps)", "total = np.mean(exps)", "forward-2", "total = np.mean"),
    ("lower = tiny / (1 + tiny)", "lower = tiny / (1 - tiny)", "backward-4", "lower = tiny"),
    ("product(delta_out, self.h2)", "product(delta_out, self.h1)", "backward-3", "product(delta_out, self.h1"),
    ("product(delta2, self.h1)", "product(err2, self.h1)", "backward-4", "product(err2"),
    ("err1 * self.sigmoid(self.z1", "err1 * self.sigmoid(self.h1", "backward-5", "self.sigmoid(self.h1, d"),
    ("== np.argmax(y_val[k])", "!= np.argmax(y_val[k])", "training-9", "!= np.argmax"),
    ("total = right + wrong", "total = len(y_val[0])", "training-9", "total = len"),
    ("if epoch >= self.epochs:", "if epoch > self.epochs:", "training-1", "if epoch > "),
    ("            epoch += 1\n            k = 0\n", "            k = 0\n", "training-3", "                epoch += 1"),
]


@pytest.mark.parametrize(("old", "new", "clause", "line"), EDITS)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, old: str, new: str, clause: str, line: str) -> None:
    assert TEXT.count(old) == 1, old
    wrong = TEXT.replace(old, new)
    if line not in wrong:
        wrong = wrong.replace("                k += 1\n", f"                k += 1\n{line}\n")
    there = wrong[: wrong.index(line)].count("\n") + 1
    assert place(tmp_path, wrong, clause, Mismatch("a quantity", 0, 1)) == there


@pytest.mark.parametrize("clause", ["forward-2", "backward-5", "update-1", "training-4", "training-9", "activations-3"])
def test_a_right_network_has_no_line(tmp_path: Path, clause: str) -> None:
    assert place(tmp_path, TEXT, clause, Mismatch("a quantity", 0, 1)) is None
