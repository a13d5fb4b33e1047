"""Parameters under a short name, and the author's own rate of training: that of a call, else the default."""

import textwrap
from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
HEAD = """
import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)
def init_params(layer_dims):
    p = {}
    for l in range(1, len(layer_dims)):
        p["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        p["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return p
def model_forward(X, p):
    A1 = np.maximum(0, p["W1"] @ X + p["b1"])
    return softmax(p["W2"] @ A1 + p["b2"]), (X, A1)
def forward(X, p):
    return model_forward(X, p)
def backward(AL, Y, cache, p):
    d2 = (AL - Y) / Y.shape[1]
    d1 = (p["W2"].T @ d2) * SLOPE
    return {"dW1": d1 @ cache[0].T, "db1": d1.sum(axis=1, keepdims=True),
            "dW2": d2 @ cache[1].T, "db2": d2.sum(axis=1, keepdims=True)}
"""
CLASS = """
class Net:
    def __init__(self, sizes):
        self.p = init_params(sizes)
    def forward(self, x):
        self.out, self.cache = model_forward(x, self.p)
        return self.out
    def backward(self, y):
        self.g = backward(self.out, y, self.cache, self.p)
        return self.g
    def fit(self, x, y, epochs, lr=DEFAULT):
        for _ in range(epochs):
            self.forward(x)
            for key, change in self.backward(y).items():
                self.p[key[1:]] -= lr * change
net = Net([784, 20, 10])
"""


def found(folder: Path, text: str, slope: str = "(cache[1] > 0)") -> Recipe:
    return recipe_of(textwrap.dedent(text).replace("SLOPE", slope), folder, "theirs.py")


def test_parameters_in_an_argument_called_p_are_found(tmp_path: Path) -> None:
    recipe = found(tmp_path, HEAD)
    assert recipe["output"] == "return theirs.forward(x.T, net)[0].T"
    assert "theirs.backward(v[0], y.T, v[1], net)" in str(recipe["gradients"])
    assert recipe["alike"] is True


def test_short_names_with_a_wrong_slope_do_not_fit(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD, slope="cache[1]")["alike"] is False


@pytest.mark.parametrize(
    ("default", "call", "rate"),
    [
        ("0.02", "", "0.02"),
        ("0.02", "net.fit(load(), labels(), 30, 0.5)\n", "0.5"),
        ("0.02", "net.fit(load(), labels(), epochs=30, lr=3)\n", "3"),
        ("0.02", "net.fit(load(), labels(), 30, rate)\n", "0.02"),
        ("None", "other.fit(1)\n", "0.1"),
    ],
)
def test_training_uses_the_authors_own_rate(tmp_path: Path, default: str, call: str, rate: str) -> None:
    recipe = found(tmp_path, HEAD + CLASS.replace("DEFAULT", default) + call)
    extras = recipe["extras"]
    assert isinstance(extras, dict)
    assert extras["train"] == [f"net.fit(x.T, y.T, epochs, lr={rate})"]


#: The layers are described at the top level, and each function is handed that description under its name.
DESCRIBED = """
import numpy as np
network = [{"units": 784}, {"units": 20, "squash": True}, {"units": 10, "squash": False}]
def initialize_parameters():
    return {
        f"W{n}": np.random.randn(a["units"], b["units"]) / np.sqrt(a["units"])
        for n, (a, b) in enumerate(zip(network, network[1:]), 1)
    }
def forward(X, network, parameters):
    cache = {"A0": X}
    for n in range(1, len(network)):
        X = X @ parameters[f"W{n}"]
        X = cache[f"A{n}"] = np.tanh(X) if network[n]["squash"] else X
    return X, cache
def backprop(output, y, network, parameters, cache, learn_rate=0.5):
    grad = np.exp(output) / np.exp(output).sum(axis=1, keepdims=True)
    grad[range(len(y)), y] -= 1
    for n in range(len(network) - 1, 0, -1):
        step = cache[f"A{n - 1}"].T @ grad / len(y)
        grad = grad @ parameters[f"W{n}"].T * (1 - cache[f"A{n - 1}"] ** 2)
        parameters[f"W{n}"] -= learn_rate * step
    return parameters
"""


def test_a_description_of_the_top_level_is_handed_on_under_its_name(tmp_path: Path) -> None:
    recipe = recipe_of(DESCRIBED, tmp_path)
    assert recipe["output"] == "return theirs.forward(x, theirs.network, net)[0]"
    assert recipe["alike"]
    assert "theirs.backprop(v[0], y.argmax(1), theirs.network, net, v[1], learn_rate=0.1)" in recipe["gradients"][-1]
