"""Gradients that the number of samples divides in part, or twice: one sample at a time would hide the mistake."""

from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

NET = """
class Net:
    def __init__(self):
        self.W, self.b = matrix(784, 12), np.zeros((1, 12))
        self.V, self.c = matrix(12, 10), np.zeros((1, 10))
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W + self.b)
        return softmax(self.h @ self.V + self.c)
    def backward(self, out, y):
        n = len(y)
        d = OUTPUT
        e = d @ self.V.T * (1 - self.h ** 2)
        self.dV, self.dc = self.h.T @ d WEIGHTS, d.sum(axis=0, keepdims=True) BIASES
        self.dW, self.db = self.x.T @ e WEIGHTS, e.sum(axis=0, keepdims=True) BIASES
    def step(self, lr=0.5):
        self.W, self.b, self.V, self.c = (
            self.W - lr * self.dW, self.b - lr * self.db, self.V - lr * self.dV, self.c - lr * self.dc)
"""


def found(folder: Path, output: str, weights: str, biases: str) -> Recipe:
    text = NET.replace("OUTPUT", output).replace("WEIGHTS", weights).replace("BIASES", biases)
    return recipe_of(COMMON + text, folder)


@pytest.mark.parametrize(
    ("output", "weights", "biases", "alike"),
    [
        ("out - y", "/ n", "/ n", True),
        ("out - y", "", "", True),
        ("out - y", "/ n", "", False),
        ("out - y", "", "/ n", False),
        ("(out - y) / n", "/ n", "/ n", True),
    ],
    ids=["mean", "sum", "biases-summed", "weights-summed", "mean-twice"],
)
def test_the_batch_is_judged_as_a_whole(output: str, weights: str, biases: str, alike: bool, tmp_path: Path) -> None:
    recipe = found(tmp_path, output, weights, biases)
    assert (recipe["form"], recipe["alike"]) == ("rows", alike)
    assert "mean_of" not in "".join(recipe["gradients"])
