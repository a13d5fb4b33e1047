"""The search for an adapter if a network is a list of layers, or is made with the author's own sizes."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.worker.deadline import NEVER, ends
from nnkata.worker.foreign_code.definitions import loaded
from nnkata.worker.foreign_code.layer_chains import back, through
from tests.adapting.adapted import recipe_of

pytestmark = pytest.mark.usefixtures("modules_as_before")

DENSE = """
import numpy as np
class Dense:
    def __init__(self, inputs, outputs):
        self.w, self.b = np.random.randn(outputs, inputs) * 0.05, np.zeros((outputs, 1))
    def forward(self, given):
        self.given = given
        return self.w @ given + self.b
    def backward(self, slope, learning_rate):
        below = self.w.T @ slope
        self.w -= learning_rate * slope @ self.given.T
        self.b -= learning_rate * slope
        return below
class Tanh:
    def forward(self, given):
        self.out = np.tanh(given)
        return self.out
    def backward(self, slope, learning_rate):
        return slope * (1 - self.out ** 2)
"""
IN_A_LIST = """
def mse(wanted, out): return np.mean((wanted - out) ** 2)
def mse_prime(wanted, out): return 2 * (out - wanted) / out.size
def predict(layers, given):
    for layer in layers:
        given = layer.forward(given)
    return given
def train(network, loss, loss_prime, x_train, y_train, epochs=1000, learning_rate=0.01):
    for epoch in range(epochs):
        for x, y in zip(x_train, y_train):
            slope = loss_prime(y, predict(network, x))
            for layer in reversed(network):
                slope = layer.backward(slope, learning_rate)
network = [Dense(784, 16), Tanh(), Dense(16, 10), Tanh()]
train(network, mse, mse_prime, open("mnist.csv"), None)
"""
KEPT = """
import numpy as np
class LayerDense:
    def __init__(self, n_inputs, n_neurons):
        self.weights, self.biases = 0.05 * np.random.randn(n_inputs, n_neurons), np.zeros((1, n_neurons))
    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases
    def backward(self, dvalues):
        self.dweights, self.dbiases = self.inputs.T @ dvalues, dvalues.sum(axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T
class ReLU:
    def forward(self, inputs):
        self.inputs = inputs
        self.output = np.maximum(0, inputs)
    def backward(self, dvalues):
        self.dinputs = dvalues * (self.inputs > 0)
class SoftmaxLoss:
    def forward(self, inputs, y_true):
        e = np.exp(inputs - inputs.max(axis=1, keepdims=True))
        self.output = e / e.sum(axis=1, keepdims=True)
        return -np.log((self.output * y_true).sum(axis=1)).mean()
    def backward(self, dvalues, y_true):
        self.dinputs = (dvalues - y_true) / len(dvalues)
"""
VARIABLES = """
if __name__ == "__main__":
    dense1 = LayerDense(784, 16)
    activation1 = ReLU()
    dense2 = LayerDense(16, 10)
    loss_activation = SoftmaxLoss()
"""
OWN_SIZES = """
import numpy as np
from scipy.special import expit
layer_dims = [784, 16, 12, 10]
def init_with_moments(layer_dims):
    parameters, v = {}, {}
    for n in range(1, len(layer_dims)):
        parameters[f"W{n}"] = np.random.randn(layer_dims[n - 1], layer_dims[n]) * 0.05
        v[f"W{n}"] = np.zeros_like(parameters[f"W{n}"])
    return parameters, v
def forward_propagation(X, parameters):
    A1 = expit(X @ parameters["W1"])
    A2 = expit(A1 @ parameters["W2"])
    return expit(A2 @ parameters["W3"]), {"A1": A1, "A2": A2}
def backward_propagation(X, Y, parameters, cache):
    A1, A2 = cache["A1"], cache["A2"]
    d3 = expit(A2 @ parameters["W3"]) - Y
    d2 = (d3 @ parameters["W3"].T) * A2 * (1 - A2)
    d1 = (d2 @ parameters["W2"].T) * A1 * (1 - A1)
    return {"dW1": X.T @ d1, "dW2": A1.T @ d2, "dW3": A2.T @ d3}
"""
OF_DICTS = """
import numpy as np
NN_ARCHITECTURE = [{"input_dim": 2, "output_dim": 1, "activation": "sigmoid"}]
def init_layers(nn_architecture, seed=99):
    values = {}
    for n, layer in enumerate(nn_architecture, 1):
        values[f"W{n}"] = np.random.randn(layer["output_dim"], layer["input_dim"]) * 0.1
    return values
def full_forward_propagation(X, params_values, nn_architecture):
    memory, A = {"A0": X}, X
    for n, layer in enumerate(nn_architecture, 1):
        Z = params_values[f"W{n}"] @ A
        A = np.maximum(0, Z) if layer["activation"] == "relu" else 1 / (1 + np.exp(-Z))
        memory[f"A{n}"] = A
    return A, memory
def full_backward_propagation(Y_hat, Y, memory, params_values, nn_architecture):
    grads, d = {}, (Y_hat - Y) / Y.shape[1]
    for n in range(len(nn_architecture), 0, -1):
        grads[f"dW{n}"] = d @ memory[f"A{n - 1}"].T
        d = (params_values[f"W{n}"].T @ d) * (memory[f"A{n - 1}"] > 0)
    return grads
"""
#: The same with a softmax, and without a sigmoid.
OF_SOFTMAX_DICTS = (
    OF_DICTS.replace("1 / (1 + np.exp(-Z))", 'KNOWN[layer["activation"]](Z)')
    .replace(
        "def init_layers",
        "def softmax(Z): return np.exp(Z) / np.exp(Z).sum(axis=0)\nKNOWN = {'softmax': softmax}\ndef init_layers",
    )
    .replace('"sigmoid"', '"softmax"')
)


def found(folder: Path, text: str) -> dict[str, Any]:
    recipe = recipe_of(text, folder, "their_layers.py")
    assert ends() == NEVER, "the end of a search is its own"
    return recipe


@pytest.mark.parametrize(
    ("text", "made", "way"),
    [
        (DENSE + IN_A_LIST, "made(theirs, 'network'", "theirs.train(net, theirs.mse, theirs.mse_prime"),
        (KEPT + VARIABLES, "('dense1', 'activation1', 'dense2', 'loss_activation')", "back(net, v, y_true=y)"),
        (DENSE, "[theirs.Dense(784, 24), theirs.Tanh(), theirs.Dense(24, 10)", "learning_rate=0.1)), 0.1)"),
        (OWN_SIZES, "theirs.init_with_moments(theirs.layer_dims)", "theirs.backward_propagation("),
        (OF_DICTS, "'input_dim': 784", "theirs.full_backward_propagation("),
        (OF_SOFTMAX_DICTS, "'activation': 'softmax'", "theirs.full_backward_propagation("),
    ],
    ids=["in a list", "in variables", "of classes alone", "of its own sizes", "of dicts", "of dicts with a softmax"],
)
def test_a_right_network_of_this_kind_is_found_whole(tmp_path: Path, text: str, made: str, way: str) -> None:
    recipe = found(tmp_path, text)
    assert recipe["alike"]
    assert made in "\n".join(recipe["new"])
    assert way in "\n".join(recipe["gradients"])


def test_sizes_that_default_to_none_are_passed(tmp_path: Path) -> None:
    text = OWN_SIZES.replace("layer_dims = [784, 16, 12, 10]", "").replace("(layer_dims):", "(layer_dims=None):")
    shallow = text.replace(
        'A2 = expit(A1 @ parameters["W2"])\n    return expit(A2 @ parameters["W3"])',
        "A2 = A1\n    return expit(A1 @ parameters['W2'])",
    )
    shallow = shallow.replace('d3 = expit(A2 @ parameters["W3"])', 'd2 = expit(A1 @ parameters["W2"])')
    shallow = shallow.replace('    d2 = (d3 @ parameters["W3"].T) * A2 * (1 - A2)\n', "").replace(
        ', "dW3": A2.T @ d3', ""
    )
    recipe = found(tmp_path, shallow)
    assert recipe["alike"]
    assert "layer_dims=[784, 24, 10]" in "\n".join(recipe["new"])


OF_ONE_SAMPLE = """
import numpy as np
from scipy.special import expit
class Net:  # MNIST
    def __init__(self, inputs=784, hidden=12, outputs=10):
        self.w, self.v = np.random.randn(hidden, inputs) * 0.05, np.random.randn(outputs, hidden) * 0.05
        self.lr = 0.2
    def query(self, inputs):
        return expit(self.v @ expit(self.w @ np.array(inputs, ndmin=2).T))
    def train(self, inputs, targets):
        x, t = np.array(inputs, ndmin=2).T, np.array(targets, ndmin=2).T
        h = expit(self.w @ x)
        d = expit(self.v @ h) - t
        back = (self.v.T @ d) * h * (1 - h)
        self.v -= self.lr * d @ h.T
        self.w -= self.lr * back @ x.T
n = Net()
"""


def test_one_step_on_a_sample_is_called_no_training(tmp_path: Path) -> None:
    recipe = found(tmp_path, OF_ONE_SAMPLE)
    assert recipe["alike"]
    assert "net.train(" in "\n".join(recipe["gradients"])
    assert "train" not in recipe["extras"]


def test_a_network_of_this_kind_with_weights_updated_too_early_is_not_called_right(tmp_path: Path) -> None:
    late = DENSE.replace("        below = self.w.T @ slope\n", "").replace("return below", "return self.w.T @ slope")
    assert late != DENSE
    recipe = found(tmp_path, late + IN_A_LIST)
    assert recipe["gradients"]
    assert not recipe["alike"]


def test_a_list_of_layers_is_run_forward_and_backward() -> None:
    class Twice:
        def forward(self, x: Any, training: bool) -> Any:
            assert training
            return 2 * x

        def backward(self, error: Any) -> Any:
            return 2 * error

    class Keeps:
        output = dinputs = None

        def forward(self, x: Any) -> None:
            self.output = x + 1

        def backward(self, error: Any) -> None:
            self.dinputs = 3 * error

    layers = [Twice(), Keeps()]
    assert np.array_equal(through(layers, np.array([[1.0, 2.0]]), training=True), [[3.0, 5.0]])
    assert np.array_equal(back(layers, np.array([[1.0, 0.5]])), [[6.0, 3.0]])


def test_a_layer_may_keep_its_gradients_in_one_method_and_give_its_error_in_another() -> None:
    class Linear:
        gradient: Any = None

        def backward_update_gradient(self, entered: Any, delta: Any) -> None:
            self.gradient = entered.T @ delta

        def backward_delta(self, entered: Any, delta: Any) -> Any:
            return 3 * delta

        def forward(self, x: Any) -> Any:
            return x

    layers, delta = [Linear(), Linear()], np.array([[1.0, 0.5]])
    assert np.array_equal(back(layers, delta, entered=np.ones((1, 2))), 9 * delta)
    assert np.array_equal(layers[0].gradient, 3 * np.vstack([delta, delta]))


def test_the_error_is_the_part_of_a_result_that_has_a_row_per_sample() -> None:
    class Linear:
        def backward(self, delta: Any) -> Any:
            return np.ones((2, 5)), np.ones(2), np.full((3, 2), 4.0) * delta

    assert np.array_equal(back([Linear(), Linear()], np.ones((3, 2))), np.full((3, 2), 16.0))


def test_a_script_with_required_arguments_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "wants.py").write_text(
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('data')\n"
        "args = parser.parse_args()\nother = argparse.ArgumentParser()\nother.add_argument('--rate', default=0.5)\n"
        "options = other.parse_args()\ndef forward(x): return options.rate * x\n",
        encoding="utf-8",
    )
    given = list(sys.argv)
    theirs = loaded(tmp_path / "wants.py", tmp_path)
    assert "args" not in vars(theirs)
    assert theirs.forward(1) == 0.5
    assert sys.argv == given
