"""Kinds of public networks: a class for a list of layers, layers handed what entered them, data kept as attributes."""

import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mlp.adapt.files import Foreign
from nnkata.katas.mlp.adapt.search import checked
from nnkata.katas.mlp.adapt.text import adapter
from nnkata.worker.adapting.search import search
from nnkata.worker.chained import back, slopes, through
from nnkata.worker.deadline import NEVER, TooLong, limited, until

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
ADAM = """
import numpy as np
class Net:
    def __init__(self, sizes=(784, 24, 10)):
        self.W = [np.random.randn(n, m) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
        self.momentum = [np.zeros_like(w) for w in self.W]
        self.variance = [np.zeros_like(w) for w in self.W]
    def forward(self, x):
        self.a = [x, np.tanh(x @ self.W[0])]
        return self.a[1] @ self.W[1]
    def backward(self, y, lr=0.001):
        d = self.a[1] @ self.W[1] - y
        for n in (1, 0):
            slope = self.a[n].T @ d
            d = d @ self.W[n].T * (1 - self.a[n] ** 2)
            self.momentum[n] = 0.9 * self.momentum[n] + 0.1 * slope
            self.variance[n] = 0.999 * self.variance[n] + 0.001 * slope ** 2
            self.W[n] = self.W[n] - lr * self.momentum[n] / (np.sqrt(self.variance[n]) + 1e-8)
"""
FROM_DATA = """
import numpy as np
with np.load("digits.npz") as f:
    images, labels = f["x_train"], f["y_train"]
layer = images.shape[1], 20, 15, 10
w0 = np.random.uniform(-0.1, 0.1, (layer[0], layer[1]))
w1 = np.random.uniform(-0.3, 0.3, (layer[1], layer[2]))
w2 = np.random.uniform(-0.3, 0.3, (layer[2], layer[3]))
def train(x, y):
    global w0, w1, w2
    a1 = np.tanh(x @ w0)
    a2 = np.tanh(a1 @ w1)
    out = a2 @ w2
    d2 = out - y
    d1 = d2 @ w2.T * (1 - a2 ** 2)
    d0 = d1 @ w1.T * (1 - a1 ** 2)
    w2 -= 0.1 * a2.T @ d2
    w1 -= 0.1 * a1.T @ d1
    w0 -= 0.1 * x.T @ d0
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
ELSEWHERE = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
    def forward(self, x):
        return np.tanh(x @ self.W1) @ self.W2
    def update(self, y):
        self.W1 += np.cos(y.sum() + np.arange(self.W1.size)).reshape(self.W1.shape)
        self.W2 += np.sin(y[0, 0] + np.arange(self.W2.size)).reshape(self.W2.shape)
    def backward(self, memory_of_clock):
        raise KeyError("clock")
"""


def found(folder: Path, text: str) -> dict[str, Any]:
    (folder / "their_frame.py").write_text(text, encoding="utf-8")
    recipe: dict[str, Any] = search(str(folder), ["their_frame.py"])["recipe"]
    return recipe


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


def test_a_running_mean_is_cleared_and_holds_a_tenth_of_the_gradient(tmp_path: Path) -> None:
    recipe = found(tmp_path, ADAM)
    assert "array[...] = 0" in recipe["gradients"][0]
    assert "net.momentum[0] / 0.1" in recipe["gradients"][-1]
    assert "0.1 of a new one in a running mean" in recipe["why_gradients"]


def test_the_widths_of_a_script_follow_from_its_data(tmp_path: Path) -> None:
    recipe = found(tmp_path, FROM_DATA)
    assert (recipe["alike"], len(recipe["parameters"])) == (True, 3), recipe
    assert "images=np.zeros((10, 784))" in recipe["new"][-1]


def test_layers_without_a_way_back_are_no_network(tmp_path: Path) -> None:
    text = ENTERED.partition("    def backward")[0] + "layer = Dense(3, 6)\nagain = Dense(6, 2)\n"
    recipe = found(tmp_path, text)
    assert ("new" in recipe, "output" in recipe) == (False, False), recipe


def test_labels_that_a_network_keeps_are_all_set(tmp_path: Path) -> None:
    """If one keeps those of its making, the step is that of other labels: such an adapter fails a right network."""
    assert "net.y = net.labels = y" in found(tmp_path, KEEPS_DATA)["gradients"]


def test_a_step_in_no_direction_of_a_loss_is_no_gradient_and_is_told(tmp_path: Path) -> None:
    recipe = found(tmp_path, ELSEWHERE)
    assert "gradients" not in recipe
    files = Foreign(tmp_path, (str(recipe["file"]),), (str(recipe["file"]),))
    text = adapter(checked({"recipe": recipe, "troubles": {}}), "nnkata adapt their_frame.py", files)
    assert "#   tried net.backward(" in text
    assert "KeyError: 'clock'" in text
    assert "none of its arrays is the slope of a usual loss" in text


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


def test_an_alarm_during_the_clearing_up_of_a_limit_leaves_no_timer() -> None:
    before = signal.getsignal(signal.SIGALRM)
    for pause in np.linspace(1e-3, 1.5e-3, 200):
        until(time.monotonic() + float(pause))
        try:
            with limited(20), limited(20):
                time.sleep(1.2e-3)
        except TooLong:
            pass
        finally:
            until(NEVER)
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0.0
    assert signal.getsignal(signal.SIGALRM) is before
    with limited(20):
        time.sleep(0.01)


GLOBAL_DATA = """
import numpy as np
train_x, train_y = np.load("x.npy"), np.load("y.npy")
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
    def forward(self, x):
        self.a = np.tanh(x @ self.W1)
        return self.a @ self.W2
    def backward(self):
        d = self.forward(train_x)
        d[np.arange(len(train_y)), train_y] -= 1
        return {"W1": train_x.T @ (d @ self.W2.T * (1 - self.a ** 2)), "W2": self.a.T @ d}
"""
METHODS = """
import numpy as np
class Net:
    def __init__(self, n_in, n_out, nonlinearity):
        self.nonlinearity = nonlinearity
        if nonlinearity not in ("tanh", "ramp"):
            raise ValueError(nonlinearity)
        self.W1, self.W2 = np.random.randn(n_in, 20) * 0.05, np.random.randn(20, n_out) * 0.2
    def forward(self, x):
        self.x, z = x, x @ self.W1
        self.a = np.tanh(z) if self.nonlinearity == "tanh" else np.maximum(z, 0)
        return self.a @ self.W2
    def error(self, method, out, y):
        if method == "SSE":
            return out - y
        raise ValueError(method)
    def back_prop(self, loss_method, y_hat, y):
        d = self.error(loss_method, y_hat, y)
        slope = 1 - self.a ** 2 if self.nonlinearity == "tanh" else self.a > 0
        return self.x.T @ (d @ self.W2.T * slope), self.a.T @ d
"""


def test_data_of_the_top_level_are_given_in_the_form_that_fits(tmp_path: Path) -> None:
    recipe = found(tmp_path, GLOBAL_DATA)
    assert recipe["alike"], recipe
    assert {"theirs.train_x = x", "theirs.train_y = y.argmax(1)"} <= set(recipe["gradients"])


def test_an_option_is_one_of_the_strings_with_which_it_is_compared(tmp_path: Path) -> None:
    recipe = found(tmp_path, METHODS)
    assert recipe["alike"], recipe
    assert recipe["new"] == ["return theirs.Net(784, 10, 'tanh')"]
    assert "net.back_prop('SSE', v, y)" in str(recipe["gradients"])


TURNS = """
import numpy as np
W1, W2 = np.random.randn(20, 784) * 0.05, np.random.randn(10, 20) * 0.2
def feed_forward(data):
    a1 = np.tanh(W1 @ data.T)
    return data.T, a1, W2 @ a1
def batch_descent(epochs, datasize, batch_size, learning_rate):
    global W1, W2
    for epoch in range(epochs):
        for i in range(0, datasize, batch_size):
            x, a1, out = feed_forward(train_images[i : i + batch_size])
            d = out - np.eye(10)[train_labels[i : i + batch_size]].T
            back = W2.T @ d * (1 - a1**2)
            W2 -= learning_rate * d @ a1.T
            W1 -= learning_rate * back @ x.T
"""


def test_rows_that_come_out_as_columns(tmp_path: Path) -> None:
    recipe = found(tmp_path, TURNS)
    assert (recipe["form"], recipe["output"]) == ("turned", "return theirs.feed_forward(x)[2].T")
    assert recipe["alike"], recipe
    assert "theirs.train_labels = y.argmax(1)" in recipe["gradients"]


CLASSES = """
import numpy as np
class Net:
    def __init__(self, sizes, loss="mse", output_activation=None):
        self.loss, self.output_activation = loss, output_activation
        self.W = [np.random.randn(n, m) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
    def forward(self, x):
        self.a = [x, np.tanh(x @ self.W[0])]
        z = self.a[1] @ self.W[1]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.a.append(e / e.sum(axis=1, keepdims=True) if self.output_activation == "softmax" else z)
        return self.a[-1]
    def backward(self, y):
        if self.loss == "cross_entropy":
            d = (self.a[-1] - y) / len(y)
        else:
            d = (self.a[-1] - y.reshape(-1, 1)) / len(y)
        return [self.a[0].T @ (d @ self.W[1].T * (1 - self.a[1] ** 2)), self.a[1].T @ d]
"""
BATCHES = """
import numpy as np
BATCH_SIZE = 100
w1, w2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
for i in range(0, 60000, BATCH_SIZE):
    x, y = X_train[i : i + BATCH_SIZE], y_train[i : i + BATCH_SIZE]
    a = np.tanh(x @ w1)
    out = a @ w2
    d = (out - y) / BATCH_SIZE
    dw2, dw1 = a.T @ d, x.T @ (d @ w2.T * (1 - a * a))
    w1 -= 0.1 * dw1
    w2 -= 0.1 * dw2
"""


def test_options_for_several_classes_are_tried_where_the_defaults_are_for_one_number(tmp_path: Path) -> None:
    recipe = found(tmp_path, CLASSES)
    assert recipe["new"] == ["return theirs.Net([784, 24, 10], loss='cross_entropy', output_activation='softmax')"]
    assert recipe["alike"]


def test_the_size_of_a_scripts_batches_is_that_of_the_batch(tmp_path: Path) -> None:
    """Else the gradient is divided by a size that the batch does not have, which is no fault of the script."""
    recipe = found(tmp_path, BATCHES)
    assert recipe["alike"], recipe
    assert "BATCH_SIZE=len(x)" in recipe["gradients"][0]
