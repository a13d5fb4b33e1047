"""Networks whose weights are made once the data is known, and parameters in a list of pairs."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
LATER = """
class Classifier:
    def __init__(self, hidden=(20,), lr=0.1): self.hidden, self.lr = hidden, lr
    def _init_weights(self, n_in, n_out):
        sizes = [n_in, *self.hidden, n_out]
        self.coefs_ = [matrix(n, m) for n, m in zip(sizes, sizes[1:])]
    def _forward(self, X):
        self.a = [X]
        for W in self.coefs_[:-1]: self.a.append(np.tanh(self.a[-1] @ W))
        return softmax(self.a[-1] @ self.coefs_[-1])
    def _backprop(self, X, y):
        d = (self._forward(X) - y) / len(X)
        found = []
        for a, W in zip(reversed(self.a), reversed(self.coefs_)):
            found.insert(0, a.T @ d)
            d = d @ W.T * (1 - a ** 2)
        return found
    def fit(self, X, y):
        self._init_weights(X.shape[1], len(np.unique(y)))
"""
PAIRS = """
def init(sizes): return [(matrix(n, m), np.zeros(m)) for n, m in zip(sizes, sizes[1:])]
def predict(weights, x):
    for W, b in weights[:-1]: x = np.tanh(x @ W + b)
    return softmax(x @ weights[-1][0] + weights[-1][1])
def grad(weights, x, y):
    a = [x]
    for W, b in weights[:-1]: a.append(np.tanh(a[-1] @ W + b))
    d, found = (predict(weights, x) - y) / len(x), []
    for (W, b), h in zip(reversed(weights), reversed(a)):
        found.insert(0, (h.T @ d, d.sum(0)))
        d = d @ W.T * (1 - h ** 2)
    return found
"""


def found(text: str, tmp_path: Path) -> str:
    """The lines of `new()`; the gradients are the slopes of a loss."""
    recipe = recipe_of(COMMON + text, tmp_path)
    assert recipe["likeness"] > 0.9999
    return "\n".join(recipe["new"])


def test_a_network_whose_weights_are_made_by_the_widths_of_the_data(tmp_path: Path) -> None:
    assert "net._init_weights(784, 10)" in found(LATER, tmp_path)


def test_a_method_of_another_name_is_not_called_for_weights_but_the_training_that_calls_it_is(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + LATER.replace("_init_weights", "_reload"), tmp_path)
    assert "net._reload" not in "".join(recipe["new"])
    assert recipe["new"][1].startswith("net.fit(np.random.rand(10, 784), ")
    assert recipe["alike"], recipe


@pytest.mark.parametrize("name", ["weights", "params", "theta"])
def test_parameters_in_a_list_of_pairs(name: str, tmp_path: Path) -> None:
    lines = found(PAIRS.replace("weights", name), tmp_path)
    assert f"{{'{name}': theirs.init([784, 24, 10])}}" in lines


def test_wrong_gradients_of_pairs_are_found_but_no_slopes(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + PAIRS.replace("(1 - h ** 2)", "(1 + h ** 2)"), tmp_path)
    assert "gradients" in recipe
    assert recipe["likeness"] < 0.9999


NAMED = """
class Net:
    def __init__(self, sizes, output_activation):
        self.W = [matrix(n, m) for n, m in zip(sizes, sizes[1:])]
        self.last = {"softmax": softmax, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}[output_activation]
    def forward(self, x):
        self.a = [x]
        for W in self.W[:-1]: self.a.append(np.tanh(self.a[-1] @ W))
        return self.last(self.a[-1] @ self.W[-1])
    def backward(self, x, y):
        d = (self.forward(x) - y) / len(x)
        found = []
        for a, W in zip(reversed(self.a), reversed(self.W)):
            found.insert(0, a.T @ d)
            d = d @ W.T * (1 - a ** 2)
        return found
"""


def test_a_constructor_that_asks_for_the_activation_of_the_output(tmp_path: Path) -> None:
    assert "'softmax'" in found(NAMED, tmp_path)


def test_a_constructor_that_knows_no_softmax(tmp_path: Path) -> None:
    assert "'sigmoid'" in found(NAMED.replace('"softmax": softmax, ', ""), tmp_path)


#: Its data has names of its own where it is made, and is needed for the width of the first layer.
HANDED = """
class Net:
    def __init__(self, input, output): self.input, self.output, self.weights = input, output, []
    def add_layer(self, n):
        self.weights.append(matrix(self.weights[-1].shape[1] if self.weights else self.input.shape[1], n))
    def forward(self, x):
        self.a = [x]
        for W in self.weights[:-1]: self.a.append(np.tanh(self.a[-1] @ W))
        return softmax(self.a[-1] @ self.weights[-1])
    def backward(self, x, y):
        d, found = (self.forward(x) - y) / len(x), []
        for a, W in zip(reversed(self.a), reversed(self.weights)):
            found.insert(0, a.T @ d)
            d = d @ W.T * (1 - a ** 2)
        return found
iput, otput = open("digits").read(), open("answers").read()
net = Net(NAMES)
net.add_layer(20)
net.add_layer(10)
"""


@pytest.mark.parametrize("names", ["iput, otput", "output=otput, input=iput"])
def test_absent_data_of_any_name_is_what_the_constructor_calls_it(names: str, tmp_path: Path) -> None:
    assert "made(theirs, 'net', 24, iput=np.zeros((10, 784))" in found(HANDED.replace("NAMES", names), tmp_path)
