"""The search for an adapter, in this process: each kind of network is found, and a wrong one is not called right."""

import json
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from nnkata.cli import main
from nnkata.grading.bundle import bundle
from nnkata.grading.course.find import Found
from nnkata.worker.foreign import mean_of
from tests.adapting.adapted import Recipe, recipe_of
from tests.support import forks

HEAD = """
import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
"""
MADE = """
class Net:
    def __init__(self, inputs=784, hidden=20, outputs=10):
        self.W1, self.b1 = np.random.randn(inputs, hidden) * 0.05, np.zeros(hidden)
        self.W2, self.b2 = np.random.randn(hidden, outputs) * 0.05, np.zeros(outputs)
        self.dW1, self.db1 = np.zeros_like(self.W1), np.zeros_like(self.b1)
        self.dW2, self.db2 = np.zeros_like(self.W2), np.zeros_like(self.b2)
    def forward(self, x):
        self.x = x
        self.h = np.maximum(0, x @ self.W1 + self.b1)
        self.out = softmax(self.h @ self.W2 + self.b2)
        return self.out
"""
PILED = """
    def backward(self, y):
        d = (self.out - y) / len(y)
        self.dW2 += self.h.T @ d
        self.db2 += d.sum(axis=0)
        d = (d @ self.W2.T) * (self.h > 0)
        self.dW1 += self.x.T @ d
        self.db1 += d.sum(axis=0)
"""
TWO_CALLS = """
    def backward(self, output, target):
        d = target - output
        self.dW2, self.db2 = self.h.T @ d, d.sum(axis=0)
        d = (d @ self.W2.T) * (self.h > 0)
        self.dW1, self.db1 = self.x.T @ d, d.sum(axis=0)
    def apply_gradients(self, rate):
        for name in ("W1", "b1", "W2", "b2"):
            setattr(self, name, getattr(self, name) + rate * getattr(self, "d" + name))
"""
OF_ERROR = """
    def backward(self, dj_da, learning_rate):
        d = dj_da / len(self.x)
        back = (d @ self.W2.T) * (self.h > 0)
        self.W2 -= learning_rate * self.h.T @ d
        self.b2 -= learning_rate * d.sum(axis=0)
        self.W1 -= learning_rate * self.x.T @ back
        self.b1 -= learning_rate * back.sum(axis=0)
"""
TESTED = """
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 16) * 0.05, np.random.randn(16, 10) * 0.05
        self.rate, self.piled, self.output = 1, [], np.zeros(10)
    def get_output(self, x, label, test=False):
        h = np.tanh(x @ self.W1)
        self.output = softmax(h @ self.W2)
        if not test:
            d = self.output - np.eye(10)[label]
            self.piled.append((np.outer(x, (self.W2 @ d) * (1 - h * h)), np.outer(h, d)))
        return int(self.output.argmax())
    def update(self):
        self.W1 -= self.rate * sum(a for a, _ in self.piled) / len(self.piled)
        self.W2 -= self.rate * sum(b for _, b in self.piled) / len(self.piled)
        self.piled = []
"""
LISTS = """
def init_params():
    W = [np.random.randn(12, 784) * 0.05, np.random.randn(10, 12) * 0.05]
    B = [np.zeros((12, 1)), np.zeros((10, 1))]
    return W, B
def feedforward(X, weights, biases):
    a1 = np.tanh(weights[0] @ X + biases[0])
    return a1, softmax((weights[1] @ a1 + biases[1]).T).T
def backprop(X, Y, weights, a1, a2):
    d = (a2 - np.eye(10)[Y].T) / Y.size
    dW2, db2 = d @ a1.T, d.sum(axis=1, keepdims=True)
    d = (weights[1].T @ d) * (1 - a1 ** 2)
    return d @ X.T, dW2, d.sum(axis=1, keepdims=True), db2
"""


#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")


def found(folder: Path, text: str, name: str = "their_net.py") -> Recipe:
    return recipe_of(HEAD + textwrap.dedent(text), folder, name)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (MADE + PILED, "array[...] = 0"),
        (MADE + TWO_CALLS, "net.apply_gradients(0.1)"),
        (MADE + OF_ERROR, "net.backward(v - y, 0.1)"),
        (TESTED, "net.update()"),
        (LISTS, "theirs.backprop("),
    ],
    ids=["piled up", "two calls", "of the error", "tested", "lists by other names"],
)
def test_a_right_network_of_this_kind_is_found_whole(tmp_path: Path, text: str, wanted: str) -> None:
    recipe = found(tmp_path, text)
    assert recipe["alike"]
    assert wanted in "\n".join(recipe["gradients"])


def test_a_network_of_this_kind_with_a_wrong_slope_is_not_called_right(tmp_path: Path) -> None:
    assert not found(tmp_path, (MADE + TWO_CALLS).replace("(self.h > 0)", "1.0"))["alike"]


def test_outputs_are_computed_in_test_mode(tmp_path: Path) -> None:
    assert "test=True" in found(tmp_path, TESTED)["output"]


def test_a_file_whose_name_begins_with_numpy_is_not_numpy(tmp_path: Path) -> None:
    assert found(tmp_path, MADE + OF_ERROR, name="numpy_network.py")["alike"]


def test_cupy_is_replaced_by_numpy(tmp_path: Path) -> None:
    text = (HEAD + MADE + OF_ERROR).replace("import numpy as np", "import cupy as np")
    assert recipe_of(text, tmp_path)["alike"]


def test_gradients_that_reuse_one_array_are_still_averaged() -> None:
    kept = np.zeros(2)

    def one(a: Any, b: Any) -> list[Any]:
        kept[...] = a * b
        return [kept]

    x, y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0], [2.0]])
    assert np.array_equal(mean_of(one, x, y)[0], [3.5, 5.0])


@pytest.mark.parametrize(
    ("text", "told"),
    [("def net(x):\n    return x\n", True), ("def net(x)\n    return x\n", False)],
    ids=["of another interface", "not Python here"],
)
def test_check_mentions_adapt_if_it_can_help(tmp_path: Path, text: str, told: bool) -> None:
    path = tmp_path / "theirs.py"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path), "--isolation", "process"])
    assert done.exit_code == 2
    assert ("nnkata adapt" in done.stderr) is told


def test_check_mentions_adapt_for_a_file_without_the_katas_functions(tmp_path: Path) -> None:
    path = tmp_path / "theirs.py"
    path.write_text("def forward(x):\n    return x\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(path), "--isolation", "process", "--kata", "mlp"])
    assert done.exit_code == 2
    assert "none of the functions of the contract: new, parameters, output, gradients" in done.stderr
    assert "there are forward" in done.stderr
    assert "nnkata adapt" in done.stderr
    path.write_text("def parameters(net):\n    return []\n", encoding="utf-8")  # unfinished, and not foreign
    done = CliRunner().invoke(
        main, ["check", str(path), "--isolation", "process", "--kata", "mlp", "--upto", "parameters"]
    )
    assert done.exit_code == 2
    assert "it lacks output, gradients, without which nothing can be judged; write:" in done.stderr
    path.write_text("from nnkata.worker.foreign import load\ndef new(): return []\n", encoding="utf-8")  # an adapter
    done = CliRunner().invoke(main, ["check", str(path), "--isolation", "process", "--kata", "mlp"])
    assert done.exit_code == 2
    assert "it lacks parameters, output, gradients" in done.stderr
    assert "nnkata adapt" not in done.stderr


def test_the_skeleton_of_the_second_kata_states_its_next_command(tmp_path: Path) -> None:
    done = forks.run(["init", "my.py", "--kata", "mlp"], tmp_path)
    assert "nnkata check my.py --upto parameters --kata mlp" in done.stdout
    assert "preprocess" not in done.stdout


NOTEBOOK = {
    "cells": [{"cell_type": "code", "source": "x = 1", "metadata": {}, "outputs": [], "execution_count": None}],
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
}


def test_a_notebook_that_an_adapter_loads_is_graded_with_it(tmp_path: Path) -> None:
    (tmp_path / "adapter.py").write_text('theirs = load("net.ipynb")\nclass DeepNeuralNetwork: ...\n', encoding="utf-8")
    for name in ("net.ipynb", "other.ipynb"):
        (tmp_path / name).write_text(json.dumps(NOTEBOOK), encoding="utf-8")
    files = bundle(Found("jones", tmp_path)).files
    assert "net.ipynb" in files
    assert "other.ipynb" not in files
