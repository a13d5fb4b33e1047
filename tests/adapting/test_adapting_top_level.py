"""Networks whose weights lie at the top level of a file: in a dict, in lists, or put there by a function."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.adapt.files import foreign
from nnkata.katas.mlp.adapt.search import checked
from nnkata.katas.mlp.adapt.text import adapter
from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
HANDED = """
params = {"W1": matrix(784, 30), "W2": matrix(30, 10)}
def forward(X, params):
    a = np.tanh(X @ params["W1"])
    return {"A1": a, "A2": softmax(a @ params["W2"])}
def back(X, Y, params, cache):
    d = (cache["A2"] - Y) / m_batch
    return {"dW1": X.T @ (d @ params["W2"].T * (1 - cache["A1"] ** 2)), "dW2": cache["A1"].T @ d}
"""
#: One sample at a time; the way forward gives the loss and the digit as a one-hot row, and not its output.
LISTS = """
weights = [matrix(784, 20), matrix(20, 10)]
biases = [np.zeros(20), np.zeros(10)]
def forward_sample(sample, digit):
    h = np.tanh(sample @ weights[0] + biases[0])
    a = softmax((h @ weights[1] + biases[1])[None, :])[0]
    guess = np.zeros_like(a)
    guess[a.argmax()] = 1
    return -np.log(a[digit]), guess
def train_sample(sample, digit, rate=0.05):
    h = np.tanh(sample @ weights[0] + biases[0])
    d = softmax((h @ weights[1] + biases[1])[None, :])[0] - np.eye(10)[digit]
    FIRST
    e = weights[1] @ d * (1 - h * h)
    for n, slope in ((1, np.outer(h, d)), (0, np.outer(sample, e))):
        weights[n] = weights[n] - rate * slope
    biases[0] -= rate * e
    biases[1] -= rate * d
"""
FILLED = """
params = {}
def init_params(inputs, hidden, outputs):
    global count
    count = 0
    params["W1"], params["b1"] = matrix(inputs, hidden), np.zeros(hidden)
    params["W2"], params["b2"] = matrix(hidden, outputs), np.zeros(outputs)
def forward(x):
    global h
    h = np.tanh(x @ params["W1"] + params["b1"])
    return softmax(h @ params["W2"] + params["b2"])
def train_batch(x, y, lr):
    d = (forward(x) - y) / len(x)
    e = d @ params["W2"].T * (1 - h * h)
    params["W1"] = params["W1"] - lr * x.T @ e
    params["b1"] = params["b1"] - lr * e.sum(axis=0)
    params["W2"] = params["W2"] - lr * h.T @ d
    params["b2"] = params["b2"] - lr * d.sum(axis=0)
"""


def found(text: str, folder: Path) -> Recipe:
    """The recipe for a file of that text."""
    return recipe_of(COMMON + text, folder)


def test_parameters_in_a_dict_of_the_top_level_and_a_count_that_the_loop_sets(tmp_path: Path) -> None:
    recipe = found(HANDED, tmp_path)
    assert recipe["new"] == ["return {'params': {k: v.copy() for k, v in theirs.params.items()}}"]
    assert "theirs.m_batch = len(x)" in recipe["gradients"]
    assert recipe["alike"] is True


def test_lists_of_the_top_level_are_read_where_they_are(tmp_path: Path) -> None:
    recipe = found(LISTS.replace("FIRST", ""), tmp_path)
    assert recipe["new"] == ["return Live(theirs, ('weights', 'biases'))"]
    assert recipe["parameters"] == [f"net['{name}'][{n}]" for name in ("weights", "biases") for n in (0, 1)]
    assert "'forward_sample', 'a')" in recipe["output"]
    assert recipe["alike"] is True


def test_a_list_whose_weights_move_before_they_carry_the_error_back_is_not_called_right(tmp_path: Path) -> None:
    recipe = found(LISTS.replace("FIRST", "weights[1] = weights[1] - 9 * np.outer(h, d)"), tmp_path)
    assert recipe["gradients"]
    assert recipe["alike"] is False


def test_a_function_that_fills_a_dict_of_the_top_level_makes_the_network(tmp_path: Path) -> None:
    recipe = found(FILLED, tmp_path)
    assert recipe["new"] == ["theirs.init_params(784, 24, 10)", "return Live(theirs, ('params',))"]
    assert recipe["alike"] is True


def test_its_adapter_calls_the_function_once_and_names_the_arrays_where_they_lie(tmp_path: Path) -> None:
    recipe = checked({"recipe": found(FILLED, tmp_path), "troubles": {}})
    text = adapter(recipe, "nnkata adapt net.py", foreign(tmp_path / "net.py"))
    assert "\ntheirs.init_params(784, 24, 10)\n" in text
    assert "def new" not in text
    assert "return [theirs.params['W1'], theirs.params['b1'], theirs.params['W2'], theirs.params['b2']]" in text
    (tmp_path / "adapter.py").write_text(text, encoding="utf-8")
    made = runpy.run_path(str(tmp_path / "adapter.py"))
    assert [array.shape for array in made["parameters"](None)] == [(784, 24), (24,), (24, 10), (10,)]
    x, y = np.random.default_rng(1).random((3, 784)), np.eye(10)[:3]
    assert np.allclose(made["gradients"](None, x, y)[3], (made["output"](None, x) - y).mean(axis=0))


def test_a_function_that_fills_it_with_a_slope_left_out_is_not_called_right(tmp_path: Path) -> None:
    recipe = found(FILLED.replace(" * (1 - h * h)", ""), tmp_path)
    assert recipe["gradients"]
    assert recipe["alike"] is False


def test_a_script_with_its_weights_at_the_top_level_makes_networks_of_their_own(tmp_path: Path) -> None:
    text = """
def learn(X, Y, W1, W2):
    for i in range(1):
        h = np.tanh(X @ W1)
        out = softmax(h @ W2)
        d = (out - Y) / len(X)
        e = d @ W2.T * (1 - h ** 2)
        W1 = W1 - 0.1 * X.T @ e
        W2 = W2 - 0.1 * h.T @ d
W1, W2 = np.random.randn(784, 20) / 20, np.random.randn(20, 10) / 4
"""
    recipe = recipe_of(COMMON + text, tmp_path)
    assert recipe["alike"] is True
    assert recipe["new"][0].startswith("return deepcopy({name: made(")
