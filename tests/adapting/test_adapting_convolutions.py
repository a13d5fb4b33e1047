"""A network with weights of more than two dimensions is no multilayer perceptron."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

FILTERED = """
class Net:
    def __init__(self):
        self.filter = np.random.randn(1, 1, 3)
        self.W, self.V = matrix(784, 12), matrix(12, 10)
    def forward(self, x):
        y = sum(x * f for f in self.filter[0, 0]) USED
        self.x, self.h = y, np.tanh(y @ self.W)
        return softmax(self.h @ self.V)
    def backward(self, out, y):
        d = (out - y) / len(y)
        self.dW, self.dV = self.x.T @ (d @ self.V.T * (1 - self.h ** 2)), self.h.T @ d
"""


@pytest.mark.parametrize(("used", "judged"), [("", False), ("* 0 + x", True)])
def test_an_output_that_depends_on_a_filter_is_not_judged(used: str, judged: bool, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + FILTERED.replace("USED", used), tmp_path)
    assert ("gradients" in recipe) is judged
    if not judged:
        assert "more than two dimensions" in recipe["tried"]["output"][0]
