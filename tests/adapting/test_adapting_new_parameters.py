"""Functions that give the parameters after a step, and change none; and outputs under keys that are made of data."""

from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
MADE = """
def init_weights():
    return matrix(784, 20), matrix(20, 10)
def forward(x, W1, W2):
    return softmax(np.tanh(x @ W1) @ W2)
"""
#: Each gradient has a function of its own.
TUPLE = """
def last(x, y, W1, W2):
    return np.tanh(x @ W1).T @ (forward(x, W1, W2) - y)
def first(x, y, W1, W2):
    return x.T @ ((forward(x, W1, W2) - y) @ W2.T * (1 - np.tanh(x @ W1) ** 2))
def update(x, y, W1, W2, lr):
    return W1 - lr * first(x, y, W1, W2), W2 - lr * last(x, y, W1, W2)
W1, W2 = init_weights()
"""
DICT = """
def init_params():
    return {"W1": matrix(784, 20), "W2": matrix(20, 10)}
def forward(x, params):
    return softmax(np.tanh(x @ params["W1"]) @ params["W2"])
def train_step(x, y, params, learning_rate):
    h, d = np.tanh(x @ params["W1"]), forward(x, params) - y
    e = d @ params["W2"].T * (1 - h * h)
    return {"W1": params["W1"] - learning_rate * x.T @ e, "W2": params["W2"] - learning_rate * h.T @ d}
"""
#: The number of a layer, for which labels were handed in, is a part of the key.
KEYED = """
class Layer:
    def __init__(self, previous, current):
        self.W, self.mean, self.values = matrix(previous, current), np.zeros((previous, current)), {}
    def forward(self, l, X):
        self.values[f"Z{l}"] = X @ self.W
        return self.values
    def backward(self, error):
        return error @ self.W.T
"""


def found(text: str, folder: Path) -> Recipe:
    """The recipe for a file of that text."""
    return recipe_of(COMMON + text, folder)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MADE + TUPLE, "return [(net['W1'] - g[0]) / 0.1, (net['W2'] - g[1]) / 0.1]"),
        (DICT, "return [(net['W1'] - g['W1']) / 0.1, (net['W2'] - g['W2']) / 0.1]"),
    ],
    ids=["tuple", "dict"],
)
def test_the_step_is_read_from_the_parameters_after_it(text: str, line: str, tmp_path: Path) -> None:
    recipe = found(text, tmp_path)
    assert recipe["gradients"][-1] == line
    assert recipe["why_gradients"] == "the step that the parameters take, divided by 0.1"
    assert recipe["alike"] is True


def test_a_wrong_step_is_not_called_right(tmp_path: Path) -> None:
    recipe = found(DICT.replace(" * (1 - h * h)", ""), tmp_path)
    assert "learning_rate" not in str(recipe["gradients"])
    assert recipe["alike"] is False


def test_a_key_that_is_made_of_data_names_no_output(tmp_path: Path) -> None:
    assert "['Z[" not in found(KEYED, tmp_path)["output"]
