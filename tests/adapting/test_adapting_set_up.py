"""Networks that the author's own calls set up after the constructor, and that other calls set up anew."""

from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
#: One sample at a time. `sequential` fails for samples only after it has forgotten the widths.
SET_UP = """
class Net:
    def __init__(self):
        self.losses = {"bce": lambda out, y: out - y, "mse": lambda out, y: (out - y) * out * (1 - out)}
    def sequential(self, widths):
        self.widths, self.weights = [], []
        self.widths = [int(width) for width in widths]
        self.weights = [matrix(a, b) for a, b in zip(self.widths, self.widths[1:])]
    def use_loss(self, name):
        self.slope = self.losses[name]
    def forward(self, x):
        if len(x) != self.widths[0]:
            raise ValueError("other inputs")
        self.values = [np.asarray(x)]
        for matrix_ in self.weights:
            self.values.append(1 / (1 + np.exp(-self.values[-1] @ matrix_)))
        return self.values[-1]
    def backprop(self, y):
        d = self.slope(self.values[-1], y)
        self.grads = [np.outer(self.values[1], d)]
        d = self.weights[1] @ d SLOPE
        self.grads.insert(0, np.outer(self.values[0], d))
    def fit(self, X, Y, epochs, rate=0.05):
        for x, y in zip(X, Y):
            self.forward(x)
            self.backprop(y)
            self.weights = [w - rate * g for w, g in zip(self.weights, self.grads)]
def main():
    model = Net()
    model.sequential([3, 5, 1])
    model.use_loss("bce")
    model.fit([[0, 1, 1], [1, 1, 1]], [[1], [0]], epochs=9)
"""


def found(slope: str, folder: Path) -> Recipe:
    """The recipe for the network with that slope of its hidden layer."""
    return recipe_of(COMMON + SET_UP.replace("SLOPE", slope), folder)


def test_the_authors_calls_set_the_network_up_and_a_trial_that_spoils_it_is_undone(tmp_path: Path) -> None:
    recipe = found("* self.values[1] * (1 - self.values[1])", tmp_path)
    assert recipe["new"][0].startswith("return made(theirs, 'model', ")
    assert recipe["parameters"] == ["net.weights[0]", "net.weights[1]"]
    assert recipe["alike"] is True


def test_a_wrong_network_that_is_set_up_is_not_called_right(tmp_path: Path) -> None:
    assert found("", tmp_path)["alike"] is False
