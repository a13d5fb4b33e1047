"""Required arguments beside the sizes: decays and dropout are off, options come from a dict of the file."""

from pathlib import Path

import pytest

from nnkata.worker.adapting.networks.size_arguments import sizes_of
from nnkata.worker.adapting.source.usual_names import role
from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

DECAYS = ["lamb_da", "lambda_", "lmbda", "lam", "reg", "reg_strength", "weight_decay", "l2_reg", "regularization"]
#: The function of a layer is looked up by its name.
BY_NAME = """
def relu(z): return np.maximum(z, 0)
def sigmoid(z): return 1 / (1 + np.exp(-z))
FUNCTIONS = {"bent": relu, "curved": sigmoid}
SLOPES = {"bent": lambda a: a > 0, "curved": lambda a: a * (1 - a)}
class Layer:
    def __init__(self, inputs, outputs, activation):
        self.W, self.activation_function = matrix(inputs, outputs), activation
    def forward(self, x):
        self.x, self.a = x, FUNCTIONS[self.activation_function](x @ self.W)
        return self.a
    def backward(self, error):
        d = error * SLOPES[self.activation_function](self.a)
        self.dW = self.x.T @ d
        return d @ self.W.T
class Net:
    def __init__(self, sizes, activations, weight_decay):
        self.layers = [Layer(n, m, a) for n, m, a in zip(sizes, sizes[1:], activations)]
        self.weight_decay = weight_decay
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def backward(self, x, y):
        error = self.forward(x) - y
        for layer in reversed(self.layers):
            error = layer.backward(error)
            layer.dW += self.weight_decay * layer.W
"""
#: A method makes the weights, and takes the optimizer.
COMPILED = """
"MNIST"
class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr
class Net:
    def compile(self, optimizer):
        self.optimizer, self.W, self.V = optimizer, matrix(784, 12), matrix(12, 10)
    def forward(self, x):
        self.h = np.tanh(x @ self.W)
        return softmax(self.h @ self.V)
    def fit(self, x, y, epochs=1):
        for _ in range(epochs):
            d = (self.forward(x) - y) / len(x)
            e = d @ self.V.T * (1 - self.h ** 2)
            self.V, self.W = self.V - self.optimizer.lr * self.h.T @ d, self.W - self.optimizer.lr * x.T @ e
net = Net()
AUTHOR
"""


@pytest.mark.parametrize("name", DECAYS)
def test_a_decay_is_off(name: str) -> None:
    assert sizes_of(name)[0] == "0.0"
    assert role(name) == "decay"


@pytest.mark.parametrize(("name", "first"), [("dropout_rate", "0.0"), ("keep_prob", "1.0"), ("lr_decay", "1.0")])
def test_what_a_network_may_do_beside_is_off(name: str, first: str) -> None:
    assert sizes_of(name)[0] == first


def test_a_width_is_no_decay() -> None:
    assert sizes_of("l1")[0] == "24"
    assert role("l1_size") != "decay"


def test_the_keys_of_a_dict_are_options(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + BY_NAME, tmp_path)
    assert "['bent', 'curved'], 0.0)" in recipe["new"][0]
    assert recipe["alike"]


@pytest.mark.parametrize(("author", "trains"), [("", False), ("net.compile(SGD(lr=0.5))", True)])
def test_a_network_is_not_trained_at_a_rate_of_ours(author: str, trains: bool, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + COMPILED.replace("AUTHOR", author), tmp_path)
    assert (recipe["alike"], "train" in recipe["extras"]) == (True, trains)


@pytest.mark.parametrize("name", ["activation", "hidden_act", "nonlinearity"])
def test_no_number_is_taken_for_an_activation(name: str) -> None:
    """Many a network takes a number for no activation: a linear one, whose wrong way back is right."""
    assert sizes_of(name) == ["'relu'", "'sigmoid'"]
