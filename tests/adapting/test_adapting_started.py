"""Networks that methods or the lines of a training set up, and trials that would take a network's functions away."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
SET_UP = """
import numpy as np
class Net:
    def __init__(self, input_nodes, hidden_nodes, output_nodes):
        self.sizes = input_nodes, hidden_nodes, output_nodes
    def SetRate(self, learning_rate): self.rate = learning_rate
    def InitWeights(self, algorithm):
        n, h, k = self.sizes
        if algorithm == 'zero-mean':
            self.w1, self.w2 = np.random.randn(n, h) / 28, np.random.randn(h, k) / 5
    def SetActivation(self, algorithm):
        if algorithm == 'logistic':
            self.f = lambda z: 1 / (1 + np.exp(-z))
    def Query(self, x): return self.f(self.f(x @ self.w1) @ self.w2)
    def Train(self, inputs, targets):
        a = self.f(inputs @ self.w1)
        d = self.Query(inputs) - targets
        back = d @ self.w2.T
        self.w2 -= self.rate * a.T @ d
        self.w1 -= self.rate * inputs.T @ (back * a * (1 - a))
"""
SETTER = """
import numpy as np
class Logistic:
    def __init__(self): self.value = lambda z: 1 / (1 + np.exp(-z))
class Net:
    def __init__(self, n_inputs, n_hidden, n_outputs):
        self.w1, self.w2 = np.random.randn(n_hidden, n_inputs) / 28, np.random.randn(n_outputs, n_hidden) / 5
        self.act = Logistic()
    def adjust_act(self, f):
        self.act = f
        self.act.value(0)
    def predict(self, x):
        return self.act.value(self.w2 @ self.act.value(self.w1 @ x))
    def train(self, inputs, targets):
        wanted = np.array(targets).reshape(len(targets), 1)
        a = self.act.value(self.w1 @ inputs)
        d = self.act.value(self.w2 @ a) - wanted
        e = self.w2.T @ d * a * (1 - a)
        self.w2 = self.w2 - 0.1 * d @ a.T
        self.w1 = self.w1 - 0.1 * e @ inputs.T
"""
RETURNED = """
import numpy as np
class Net:
    def __init__(self, n_x, n_h, n_y):
        self.parameters = {"W1": np.random.randn(n_h, n_x) / 28, "W2": np.random.randn(n_y, n_h) / 5}
    def forward(self, X):
        a = np.tanh(self.parameters["W1"] @ X)
        return 1 / (1 + np.exp(-100 * self.parameters["W2"] @ np.sign(a)))
    def fit(self, X, Y, epochs=1):
        d = self.forward(X) - Y
        self.parameters = {"W1": self.parameters["W1"] - d.mean(), "W2": self.parameters["W2"] - d.mean()}
        return self.parameters
"""


def test_a_network_is_set_up_by_its_own_methods_with_the_options_that_they_know(tmp_path: Path) -> None:
    found = recipe_of(SET_UP, tmp_path)
    assert "net.InitWeights('zero-mean')" in found["new"]
    assert "net.SetActivation('logistic')" in found["new"]
    assert found["alike"] is True


def test_a_setter_that_is_tried_leaves_the_network_its_functions(tmp_path: Path) -> None:
    found = recipe_of(SETTER, tmp_path)
    assert found["form"] == "column"
    assert found["alike"] is True


def test_the_parameters_that_a_training_returns_are_no_gradients(tmp_path: Path) -> None:
    assert "return [g['W1'], g['W2']]" not in recipe_of(RETURNED, tmp_path).get("gradients", [])


def test_a_method_without_self_and_a_test_case_end_no_search(tmp_path: Path) -> None:
    odd = SETTER.replace("    def predict", "    def backward(): return 0\n    def predict")
    odd += "import unittest\nclass TestNet(unittest.TestCase):\n    def test_it(self): self.net = Net(4, 3, 2)\n"
    assert recipe_of(odd, tmp_path)["alike"] is True


#: As in a course: the weights are variables of the function that trains, made by comprehensions with an x and a y.
VARIABLES = """
import numpy as np
def run(weights, biases, a):
    for w, b in zip(weights, biases): a = 1 / (1 + np.exp(-(w @ a + b)))
    return a
def backpropagation(weights, biases, a, wanted, layers_count):
    values = [a]
    for w, b in zip(weights, biases): values.append(1 / (1 + np.exp(-(w @ values[-1] + b))))
    d = (values[-1] - wanted) * values[-1] * (1 - values[-1])
    of_w, of_b = [], []
    for n in range(1, layers_count):
        of_w.insert(0, d @ values[-n - 1].T)
        of_b.insert(0, d)
        d = weights[-n].T @ d * values[-n - 1] * (1 - values[-n - 1])
    return of_w, of_b
def learn(layer_sizes, data):
    biases = [np.random.randn(y, 1) for y in layer_sizes[1:]]
    weights = [np.random.randn(y, x) for x, y in zip(layer_sizes[:-1], layer_sizes[1:])]
    for x, y in data:
        of_w, of_b = backpropagation(weights, biases, x, y, len(layer_sizes))
        weights = [w - 0.1 * g for w, g in zip(weights, of_w)]
"""


def test_weights_that_are_variables_of_the_training(tmp_path: Path) -> None:
    found = recipe_of(VARIABLES, tmp_path)
    assert "made(theirs, 'weights', 18, layer_sizes=[784, 24, 10])" in found["new"][0]
    assert any("wanted" not in line and "b[:, None], 3)" in line for line in found["gradients"])
    assert found["alike"] is True
    wrong = recipe_of(VARIABLES.replace("d = weights[-n].T @ d *", "d = weights[-n].T @ d +"), tmp_path)
    assert wrong["alike"] is False


#: Its author adds the layers by methods; none of them takes a layer.
ADDED = """
class Net:
    def __init__(self, rate=0.1, optimizer=None):
        self.weights, self.optimizer = {}, optimizer
    def dense(self, n_in, n_out):
        self.weights[len(self.weights)] = matrix(n_in, n_out)
        return self
    def forward(self, x):
        self.values = [x]
        for n, w in self.weights.items(): self.values.append(1 / (1 + np.exp(-self.values[n] @ w)))
        return self.values[-1]
    def backward(self, y):
        d, self.slopes = (self.values[-1] - y) / len(y), {}
        for n in reversed(self.weights):
            self.slopes[n] = self.values[n].T @ d
            d = d @ self.weights[n].T * self.values[n] * (1 - self.values[n])
        STEP
net = Net()
MADE
"""


@pytest.mark.parametrize(
    "made", ["net.dense(784, 20)\nnet.dense(20, 10)", "net.dense(784, 20).dense(20, 16).dense(16, 10)"]
)
def test_the_authors_own_calls_add_the_layers(made: str, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + ADDED.replace("MADE", made).replace("STEP", "pass"), tmp_path)
    assert recipe["new"] == ["return made(theirs, 'net', 25)"]
    assert (recipe["alike"], recipe["fits"]) == (True, made.count("dense"))


#: Its way back asks an optimizer for the step; without one it fails.
ASKS = """
class SGD:
    def __init__(self, learning_rate): self.learning_rate = learning_rate
    def update(self, net):
        for n, slope in net.slopes.items(): net.weights[n] -= self.learning_rate * slope
class Made(Net):
    def __init__(self, sizes, optimizer=None):
        super().__init__(optimizer=optimizer)
        for pair in zip(sizes, sizes[1:]): self.dense(*pair)
"""


def test_a_way_back_that_asks_for_an_optimizer_gets_the_files_own(tmp_path: Path) -> None:
    text = ADDED.replace("net = Net()\nMADE\n", "").replace("STEP", "self.optimizer.update(self)")
    recipe = recipe_of(COMMON + text + ASKS, tmp_path)
    assert recipe["new"][0].endswith("optimizer=theirs.SGD(0.1))")
    assert recipe["alike"] is True
