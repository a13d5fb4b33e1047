"""Gradients that a network keeps beside its other values, where layers are equally wide and shapes tell nothing."""

from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
#: One sample at a time. The values of the layers come before the gradients, and look like those of the biases.
EQUAL = """
class Net:
    def __init__(self):
        widths = [784, 12, 12, 10]
        self.weights = [matrix(a, b) for a, b in zip(widths, widths[1:])]
        self.biases = [np.zeros(b) for b in widths[1:]]
    def forward(self, x):
        self.sums, self.values = [], [x]
        for w, b in zip(self.weights, self.biases):
            self.sums.append(self.values[-1] @ w + b)
            self.values.append(np.tanh(self.sums[-1]))
        return self.sums[-1]
    def backward(self, y):
        self.deltas, self.slopes = [self.sums[-1] - y], []
        for n in (2, 1):
            self.deltas.insert(0, self.weights[n] @ self.deltas[0] SLOPE)
        for n in (0, 1, 2):
            self.slopes.append(np.outer(self.values[n], self.deltas[n]))
"""


def found(slope: str, folder: Path) -> Recipe:
    """The recipe for the network with that slope of its hidden layers."""
    return recipe_of(COMMON + EQUAL.replace("SLOPE", slope), folder)


def test_the_gradients_of_equal_biases_are_not_exchanged(tmp_path: Path) -> None:
    recipe = found("* (1 - self.values[n] ** 2)", tmp_path)
    deltas = ", ".join(f"net.deltas[{n}]" for n in range(3))
    assert deltas in recipe["gradients"][-2]
    assert recipe["alike"] is True


def test_a_wrong_slope_of_equal_layers_is_not_called_right(tmp_path: Path) -> None:
    assert found("", tmp_path)["alike"] is False
