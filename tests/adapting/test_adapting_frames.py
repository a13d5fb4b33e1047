"""Kinds of public networks: a class for a list of layers, layers handed what entered them, data kept as attributes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.worker.foreign_code.layer_chains import back, slopes, through
from tests.adapting.adapted import Recipe, recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
FED = """
import numpy as np
def sigmoid(z, deriv=False):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s) if deriv else s
def squared_loss(out, wanted, deriv=False):
    return 2 * (out - wanted) if deriv else (out - wanted) ** 2
class Dense:
    def __init__(self, in_size, out_size, activation=sigmoid):
        self.W, self.b = np.random.randn(out_size, in_size) * 0.1, np.zeros((out_size, 1))
        self.activation = activation
    def feed(self, x):
        self.x, self.z = x, self.W @ x + self.b
        self.a = self.activation(self.z)
        return self.a
class Network:
    def __init__(self, layers=[]):
        self.layers = layers
    def feed(self, x):
        for layer in self.layers:
            x = layer.feed(x)
        return x
    def backprop(self, y, loss_f, lr=0.001):
        delta = loss_f(self.layers[-1].a, y, deriv=True)
        for layer in reversed(self.layers):
            delta = delta * layer.activation(layer.z, deriv=True)
            below = layer.W.T @ delta
            layer.W -= lr * delta @ layer.x.T
            layer.b -= lr * delta.sum(axis=1, keepdims=True)
            delta = below
"""
ADDED = """
import numpy as np
class Linear:
    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_in, n_out) / np.sqrt(n_in), np.zeros(n_out)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, slope):
        self.dW, self.db = self.x.T @ slope, slope.sum(axis=0)
        return slope @ self.W.T
class Relu:
    def forward(self, x):
        self.on = x > 0
        return x * self.on
    def backward(self, slope):
        return slope * self.on
class SquaredLoss:
    def gradient(self, out, wanted):
        return 2 * (out - wanted) / len(out)
class Model:
    def __init__(self):
        self.layers, self.loss = [], None
    def add(self, layer):
        self.layers.append(layer)
    def compile(self, loss):
        self.loss = loss
    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def backward(self, x, y):
        slope = self.loss.gradient(self.predict(x), y)
        for layer in reversed(self.layers):
            slope = layer.backward(slope)
"""
NAMED = """
import numpy as np
class Linear:
    def __init__(self, n_in, n_out):
        self.W, self.b = np.random.randn(n_in, n_out) / np.sqrt(n_in), np.zeros(n_out)
    def forwardpass(self, x):
        return x @ self.W + self.b
    def backwardpass(self, lr, activation_prev, delta):
        below = delta @ self.W.T
        self.W -= lr * activation_prev.T @ delta
        self.b -= lr * delta.sum(axis=0)
        return below
class Activation:
    def __init__(self, activation):
        self.tanh = {"tanh": True, "identity": False}[activation]
    def forwardpass(self, x):
        return np.tanh(x) if self.tanh else x
    def backwardpass(self, lr, activation_prev, delta):
        return delta * (1 - np.tanh(activation_prev) ** 2) if self.tanh else delta
"""
SOFTMAX_ON_LOGITS = """
def loss_gradient(out, wanted):
    e = np.exp(out - out.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True) - wanted) / len(out)
class Sigmoid:
    def forward(self, input):
        return 1 / (1 + np.exp(-input))
    def backward(self, input, grad_output):
        s = self.forward(input)
        return grad_output * s * (1 - s)
def train(network, X, y):
    values = [X]
    for layer in network:
        values.append(layer.forward(values[-1]))
    slope = loss_gradient(values[-1], np.eye(10)[y])
    for layer, entered in zip(network[::-1], values[-2::-1]):
        slope = layer.backward(entered, slope)
"""
ENTERED = """
import numpy as np
class Dense:
    def __init__(self, input_units, output_units, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.weights, self.biases = np.random.randn(input_units, output_units) * 0.05, np.zeros(output_units)
    def forward(self, input):
        return input @ self.weights + self.biases
    def backward(self, input, grad_output):
        below = grad_output @ self.weights.T
        self.weights = self.weights - self.learning_rate * input.T @ grad_output
        self.biases = self.biases - self.learning_rate * grad_output.sum(axis=0)
        return below
class ReLU:
    def forward(self, input):
        return np.maximum(0, input)
    def backward(self, input, grad_output):
        return grad_output * (input > 0)
"""
KEEPS_DATA = """
import numpy as np
class Net:
    def __init__(self, x, y, labels=None):
        self.x, self.y, self.labels = x, y, labels
        self.W1, self.W2 = np.random.randn(x.shape[1], 20) * 0.05, np.random.randn(20, 10) * 0.2
    def forward(self, x):
        self.a = np.tanh(x @ self.W1)
        e = np.exp(self.a @ self.W2)
        return e / e.sum(axis=1, keepdims=True)
    def backward(self, y_hat):
        delta = (y_hat - self.y) / len(self.y)
        dW2, dW1 = self.a.T @ delta, self.x.T @ (delta @ self.W2.T * (1 - self.a ** 2))
        self.W1 -= 0.01 * dW1
        self.W2 -= 0.01 * dW2
"""


def found(folder: Path, text: str) -> Recipe:
    return recipe_of(text, folder, "their_frame.py")


@pytest.mark.parametrize(
    ("text", "made", "way"),
    [
        (FED, "theirs.Network([theirs.Dense(784, 24", "net.backprop(y.T, theirs.squared_loss, lr=0.1)"),
        (ADDED, "for layer in (theirs.Linear(784, 24)", "net.backward(x, y)"),
        (KEEPS_DATA, "theirs.Net(", "net.backward(v)"),
    ],
)
def test_a_network_that_somebody_puts_together_is_found(tmp_path: Path, text: str, made: str, way: str) -> None:
    recipe = found(tmp_path, text)
    assert made in "\n".join(recipe["new"])
    assert (recipe["alike"], way in "\n".join(recipe["gradients"])) == (True, True), recipe


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (FED, "layer.W.T @ delta", "layer.W.T @ delta + 0.01"),
        (ADDED, "slope * self.on", "slope"),
        (KEEPS_DATA, "* (1 - self.a ** 2)", ""),
    ],
)
def test_a_mistake_in_one_is_no_reason_to_hide_its_gradients(tmp_path: Path, text: str, right: str, wrong: str) -> None:
    recipe = found(tmp_path, text.replace(right, wrong))
    assert (recipe["alike"], bool(recipe["gradients"])) == (False, True), recipe


def test_arrays_that_move_along_their_slopes_at_several_rates_are_left_to_the_author(tmp_path: Path) -> None:
    """It may be a mistake, or a rate for each layer, which is right."""
    recipe = found(tmp_path, FED.replace("layer.W.T @ delta", "layer.W.T @ delta * 2"))
    assert not recipe.get("gradients")
    assert "not at one rate: divide each by its own" in recipe["tried"]["gradients"][0]


def test_layers_that_are_handed_what_entered_them_are_gone_through(tmp_path: Path) -> None:
    recipe = found(tmp_path, ENTERED)
    assert recipe["alike"]
    assert "of=x" in recipe["gradients"][-1]


def test_a_rate_may_come_before_what_entered_and_an_activation_by_name(tmp_path: Path) -> None:
    recipe = found(tmp_path, NAMED)
    assert (recipe["alike"], "theirs.Activation('tanh')" in recipe["new"][-1]) == (True, True), recipe
    assert "of=x, lr=0.1" in recipe["gradients"][-1]


def test_layers_that_we_choose_end_in_logits_only_without_an_activation(tmp_path: Path) -> None:
    """Softmax of a sigmoid's output is a loss that nobody means: a network that we chose may not be judged by it."""
    recipe = found(tmp_path, ENTERED + SOFTMAX_ON_LOGITS)
    assert recipe["alike"]
    if "theirs.train(" in recipe["gradients"][-1]:
        assert "Sigmoid" not in recipe["new"][-1]


def test_layers_without_a_way_back_are_no_network(tmp_path: Path) -> None:
    text = ENTERED.partition("    def backward")[0] + "layer = Dense(3, 6)\nagain = Dense(6, 2)\n"
    recipe = found(tmp_path, text)
    assert ("new" in recipe, "output" in recipe) == (False, False), recipe


class Twice:
    """A layer of one factor; its way back is handed what entered, and gives its gradient after the error."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def forward(self, x: Any) -> Any:
        return x * self.factor

    def backward(self, x: Any, slope: Any) -> Any:
        return slope * self.factor, np.array([np.sum(x * slope)])


def test_what_entered_a_layer_is_computed_by_those_before_it() -> None:
    layers, x = [Twice(2.0), Twice(5.0)], np.array([[1.0, 3.0]])
    assert np.array_equal(through(layers, x), 10 * x)
    assert np.array_equal(back(layers, np.ones_like(x), of=x), np.full_like(x, 10.0))
    assert [float(g[0]) for g in slopes(layers, np.ones_like(x), of=x)] == [20.0, 8.0]
