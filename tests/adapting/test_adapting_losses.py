"""Networks that are handed a loss as an object: by their way back, or where they are made."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
LOSS_OBJECT = """
class LossError(Exception):
    pass
class MSE:
    def d(self, out, wanted): return 2 * (out - wanted)
class Net:
    def __init__(self):
        self.W1, self.W2 = matrix(784, 20), matrix(20, 10)
    def forward(self, x):
        self.x, self.a = x, np.tanh(x @ self.W1)
        self.out = self.a @ self.W2
        return self.out
    def backward(self, target, loss_fn):
        d = loss_fn.d(self.out, target)
        return self.x.T @ (d @ self.W2.T * (1 - self.a ** 2)), self.a.T @ d
"""


def test_a_loss_is_handed_as_an_object_of_its_class(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + LOSS_OBJECT, tmp_path)
    assert "theirs.MSE()" in str(recipe["gradients"])
    assert recipe["alike"] is True


#: The number of outputs is called by the targets.
MADE_WITH = """
class MeanSquares:
    def __call__(self, out, wanted): return ((out - wanted) ** 2).mean()
    def slope(self, out, wanted): return FACTOR * (out - wanted)
class Net:
    def __init__(self, inputs, hidden, targets, rate, loss_function):
        self.W1, self.W2, self.rate = matrix(inputs, hidden), matrix(hidden, targets), rate
        self.loss_function = loss_function
    def forward(self, x):
        self.x, self.a = x, np.tanh(x @ self.W1)
        self.out = self.a @ self.W2
        return self.out
    def backward(self, y):
        d = self.loss_function.slope(self.out, y)
        e = d @ self.W2.T * (1 - self.a ** 2)
        return self.x.T @ e, self.a.T @ d
"""


@pytest.mark.parametrize(("factor", "alike"), [("2", True), ("np.abs(out)", False)], ids=["right", "wrong"])
def test_a_network_is_made_with_an_object_of_the_files_loss(factor: str, alike: bool, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + MADE_WITH.replace("FACTOR", factor), tmp_path)
    assert recipe["new"] == ["return theirs.Net(784, 24, 10, 0.1, theirs.MeanSquares())"]
    assert recipe["alike"] is alike
