"""Kinds of public networks: values of all layers, weights or sizes as arguments, a function that takes the network."""

from pathlib import Path

import pytest

from nnkata.katas.mlp.adapt.files import foreign
from nnkata.worker.adapting.search import search
from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
VALUES = """
class Linear:
    def __init__(self, n, m): self.W, self.b = matrix(n, m), np.zeros(m)
    def forward(self, x): return x @ self.W + self.b
    def of_parameters(self, x, d): return [x.T @ d, d.sum(axis=0)]
    def of_input(self, x, d): return d @ self.W.T
class Relu:
    def forward(self, x): return np.maximum(0, x)
    def of_parameters(self, x, d): return []
    def of_input(self, x, d): return d * (x > 0)
class Net:
    def __init__(self):
        self.layers = [Linear(784, 20), Relu(), Linear(20, 10)]
    def forward(self, x):
        activations = [x]
        for layer in self.layers:
            activations.append(layer.forward(activations[-1]))
        activations.append(softmax(activations[-1]))
        return activations
    def backward(self, activations, y_true):
        found, d = [], (activations[-1] - y_true) / len(y_true)
        for layer, x in zip(self.layers[::-1], activations[-3::-1]):
            found.insert(0, layer.of_parameters(x, d))
            d = layer.of_input(x, d)
        return found
"""
OUTSIDE = """
class Net:
    def __init__(self):
        self.W1, self.W2 = matrix(784, 20), matrix(20, 10)
    def forward(self, x):
        a = np.tanh(x @ self.W1)
        return a, softmax(np.atleast_2d(a @ self.W2))
    def weight_update(self, dW1, dW2):
        self.W1 -= 0.1 * dW1
        self.W2 -= 0.1 * dW2
def backprop(net, x, y):
    a, out = net.forward(x)
    d = (out - y) / len(x)
    return x.T @ (d @ net.W2.T * (1 - a * a)), a.T @ d
"""
SIZES = """
def init_params(layer_sizes):
    return {f"W{n}": matrix(layer_sizes[n - 1], layer_sizes[n]) for n in range(1, len(layer_sizes))}
def forward_propagation(X, params, layer_sizes):
    cache = {"A0": X}
    for n in range(1, len(layer_sizes)):
        z = cache[f"A{n - 1}"] @ params[f"W{n}"]
        cache[f"A{n}"] = softmax(z) if n == len(layer_sizes) - 1 else np.tanh(z)
    return cache[f"A{len(layer_sizes) - 1}"], cache
def backward_propagation(y_true, params, cache, layer_sizes):
    grads, last = {}, len(layer_sizes) - 1
    d = (cache[f"A{last}"] - y_true) / len(y_true)
    for n in range(last, 0, -1):
        grads[f"dW{n}"] = cache[f"A{n - 1}"].T @ d
        d = d @ params[f"W{n}"].T * (1 - cache[f"A{n - 1}"] ** 2)
    return grads
"""
#: The same with the number of layers.
DEPTH = """
def init_params(number_of_layers, layer_sizes):
    return {f"W{n}": matrix(layer_sizes[n - 1], layer_sizes[n]) for n in range(1, number_of_layers + 1)}
def forward_propagation(X, num_layers, params):
    cache = {"A0": X}
    for n in range(1, num_layers + 1):
        z = cache[f"A{n - 1}"] @ params[f"W{n}"]
        cache[f"A{n}"] = softmax(z) if n == num_layers else np.tanh(z)
    return cache[f"A{num_layers}"], cache
def backward_propagation(y_true, params, cache, num_layers):
    grads, d = {}, (cache[f"A{num_layers}"] - y_true) / len(y_true)
    for n in range(num_layers, 0, -1):
        grads[f"dW{n}"] = cache[f"A{n - 1}"].T @ d
        d = d @ params[f"W{n}"].T * (1 - cache[f"A{n - 1}"] ** 2)
    return grads
"""
DEEPER = """
class Net:
    def __init__(self, layer_dimensions, optim):
        self.optim = optim
        self.W1, self.W2, self.W3 = (matrix(layer_dimensions[n], layer_dimensions[n + 1]) for n in range(3))
    def forward(self, x):
        self.x, self.a = x, np.tanh(x @ self.W1)
        self.c = np.tanh(self.a @ self.W2)
        return softmax(self.c @ self.W3)
    def backward(self, loss_back):
        self.dW3 = self.c.T @ loss_back
        d = loss_back @ self.W3.T * (1 - self.c ** 2)
        self.dW2 = self.a.T @ d
        self.dW1 = self.x.T @ (d @ self.W2.T * (1 - self.a ** 2))
    def step(self):
        self.optim.step(self)
"""
GIVEN = """
class Net:
    def __init__(self, hidden_units):
        self.W = [matrix(784, 20), matrix(20, 10)]
    def forward(self, X, W):
        h = np.tanh(X @ W[0])
        return softmax(h @ W[1]), h
    def backward(self, X, T, W, h):
        d = (softmax(h @ W[1]) - T) / len(X)
        return [X.T @ (d @ W[1].T * (1 - h * h)), h.T @ d]
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (VALUES, "net.backward(v, y)"),
        (OUTSIDE, "theirs.backprop(net, x, y)"),
        (SIZES, "theirs.backward_propagation(y, net, v[1], [784, 24, 10])"),
        (DEPTH, "theirs.backward_propagation(y, net, v[1], 2)"),
        (DEEPER, "net.backward((v - y) / len(x))"),
        (GIVEN, "net.backward(x, y, net.W, v[1])"),
    ],
    ids=[
        "values of all layers",
        "outside of the class",
        "sizes",
        "a number of layers",
        "deeper, with an optimizer",
        "weights",
    ],
)
def test_the_gradients_of_a_right_network_are_found_and_fit(text: str, wanted: str, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + text, tmp_path, "theirs.py")
    assert recipe["alike"] is True
    assert any(wanted in line for line in recipe["gradients"])


def test_a_step_with_gradients_is_never_taken_for_a_way_back(tmp_path: Path) -> None:
    text = COMMON + OUTSIDE.partition("def backprop")[0]
    recipe = recipe_of(text, tmp_path, "theirs.py")
    assert recipe["output"]
    assert "gradients" not in recipe


def test_a_package_is_tried_whole_under_its_own_name(tmp_path: Path) -> None:
    package = tmp_path / "nn"
    package.mkdir()
    (package / "__init__.py").write_text("from .layers import Linear\nfrom .ends import Softmax, Tanh\n")
    (package / "layers.py").write_text(
        "import numpy as np\nclass Linear:\n"
        "    def __init__(self, in_features, out_features):\n"
        "        self.W = np.random.randn(in_features, out_features) / 28\n"
        "    def forward(self, x):\n        self.x = x\n        return x @ self.W\n"
        "    def backward(self, d):\n        self.dW = self.x.T @ d\n        return d @ self.W.T\n"
    )
    (package / "ends.py").write_text(
        COMMON + "class Tanh:\n"
        "    def forward(self, x):\n        self.a = np.tanh(x)\n        return self.a\n"
        "    def backward(self, d): return d * (1 - self.a ** 2)\n"
        "class Softmax:\n    def forward(self, x): return softmax(x)\n    def backward(self, d): return d\n"
    )
    found = foreign(package)
    assert found.base == tmp_path.resolve()
    assert "nn/__init__.py" in found.tried
    recipe = search(str(found.base), list(found.tried))["recipe"]
    assert recipe["file"] == "nn/__init__.py"
    assert recipe["alike"] is True


def test_a_recurrent_class_is_no_perceptron(tmp_path: Path) -> None:
    text = COMMON + OUTSIDE.partition("def backprop")[0].replace("class Net:", "class RNN:")
    assert "new" not in recipe_of(text, tmp_path, "theirs.py")


TURNED = """
class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = matrix(n_hidden, n_in), np.zeros((n_hidden, 1))
        self.W2, self.b2 = matrix(n_out, n_hidden), np.zeros((n_out, 1))
    def forward(self, rows):
        self.hidden = np.tanh(self.W1 @ rows.T + self.b1)
        self.out = 1 / (1 + np.exp(-(self.W2 @ self.hidden + self.b2)))
    def backward(self, rows, y):
        d = self.out - y
        self.dW2, self.db2 = d @ self.hidden.T, d.sum(axis=1, keepdims=True)
        e = self.W2.T @ d * (1 - self.hidden ** 2)
        self.dW1, self.db1 = e @ rows, e.sum(axis=1, keepdims=True)
"""
RANDOM = """
class Net:
    def __init__(self):
        self.W1, self.W2 = matrix(784, 20), matrix(20, 10)
    def forward(self, x):
        self.a = np.tanh(x @ self.W1) * (np.random.rand(len(x), 20) > 0.1)
        return softmax(np.atleast_2d(self.a @ self.W2))
"""
HANDED = """
class Net:
    def __init__(self):
        self.weights = [matrix(784, 20), matrix(20, 10)]
    def forward(self, x):
        return softmax(np.atleast_2d(np.tanh(x @ self.weights[0]) @ self.weights[1]))
    def gradient_descent(self, der_partials, eta):
        for n in range(2): self.weights[n] = self.weights[n] - eta * np.mean(der_partials)
"""


def test_rows_in_and_columns_out(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + TURNED, tmp_path)
    assert "net.out" in recipe["output"]
    assert recipe["likeness"] > 0.9999


def test_a_random_output_is_none_and_the_reason_is_kept(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + RANDOM, tmp_path)
    assert recipe["random"]
    assert "output" not in recipe
    (tmp_path / "net.py").write_text(COMMON + RANDOM.replace("np.random.rand(len(x), 20) > 0.1", "1"), encoding="utf-8")
    recipe = search(str(tmp_path), ["net.py"])["recipe"]
    assert "output" in recipe
    assert not recipe["random"]


def test_a_step_that_is_handed_derivatives_is_not_fed_labels(tmp_path: Path) -> None:
    assert "gradients" not in recipe_of(COMMON + HANDED, tmp_path)


def test_the_maker_of_a_network_may_import_from_further_up(tmp_path: Path) -> None:
    for name, text in (("net.py", COMMON + RANDOM), ("model.py", "from src.net import Net\nmodel = Net()\n")):
        (tmp_path / "src").mkdir(exist_ok=True)
        (tmp_path / "src" / name).write_text(text, encoding="utf-8")
    found = foreign(tmp_path / "src/net.py")
    assert (found.base, found.tried[0]) == (tmp_path, "src/net.py")
    (tmp_path / "src/model.py").write_text("from net import Net\nmodel = Net()\n", encoding="utf-8")
    assert foreign(tmp_path / "src/net.py").base == tmp_path / "src"
