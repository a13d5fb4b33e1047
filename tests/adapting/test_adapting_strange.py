"""Strange networks in the search for an adapter: makers of weights, properties that raise, matrices, `__call__`."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.worker.adapting.source.script_loops import Block
from nnkata.worker.foreign_code.layer_chains import back, through
from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

#: Its way back needs a loss that only its training sets.
MAKES_WEIGHTS = """
class Net:
    def __init__(self):
        self.W, self.b = self.weight_init("Xavier")
    def weight_init(self, kind):
        return [matrix(784, 20), matrix(20, 1)], [np.random.rand(1, 20), np.random.rand(1, 1)]
    def forward(self, x):
        return 1 / (1 + np.exp(-np.tanh(x @ self.W[0] + self.b[0]) @ self.W[1] - self.b[1]))
"""
#: A pooling layer knows its shape only when it is part of a network; NumPy's matrices stay matrices.
RAISES = """
class Net:
    shape = None
    def __init__(self):
        self.W, self.V = np.asmatrix(matrix(784, 20)), np.asmatrix(matrix(20, 10))
    @property
    def depth(self):
        return self.shape[2]
    def forward(self, x):
        self.x = np.asmatrix(x)
        self.h = np.tanh(self.x * self.W)
        return 1 / (1 + np.exp(-self.h * self.V))
    def backward(self, y):
        d = self.forward(self.x) - y
        self.dV = self.h.T * d
        self.dW = self.x.T * np.multiply(d * self.V.T, 1 - np.power(self.h, 2))
        return self.dW, self.dV
"""


def found(folder: Path, text: str) -> Recipe:
    return recipe_of(COMMON + text, folder, "theirs.py")


def test_fresh_random_weights_are_no_gradients(tmp_path: Path) -> None:
    recipe = found(tmp_path, MAKES_WEIGHTS)
    assert recipe["output"]
    assert "gradients" not in recipe


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_a_property_that_raises_and_a_matrix_end_no_search(tmp_path: Path) -> None:
    assert found(tmp_path, RAISES)["alike"]


def test_a_layer_is_called_where_its_call_does_more_than_its_forward_pass() -> None:
    class Function:
        entered: Any = None

        def __call__(self, *args: Any) -> Any:
            self.entered = args[0]
            return self.forward(*args)

        def forward(self, x: Any) -> Any: ...

    class Layer(Function):
        def forward(self, x: Any) -> Any:
            return 2 * x

        def backward(self, error: Any) -> Any:
            return error * self.entered

    layers = [Layer(), Layer()]
    assert np.array_equal(through(layers, np.array([1.0, 3.0])), [4.0, 12.0])
    assert np.array_equal(back(layers, np.array([1.0, 1.0])), [2.0, 18.0])


@pytest.mark.parametrize(("given", "size"), [("a[None, :]", "1"), ("a", "1"), ("x.T", "len(x)")])
def test_a_script_that_gets_one_sample_divides_by_one(given: str, size: str) -> None:
    block = Block(3, 9, ("W",), ("X", "m"), ())
    assert next(block.calls(given, [], {"m": 60000})) == f"block(theirs, 3, 9, net, X={given}, m={size})"
