"""Kinds of course homework: one output, layers counted by name, gradients checked by differences, a step that adds."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.worker.adapting.networks.data_widths import Widths, own
from tests.adapting.adapted import Recipe, recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
ONE_OUTPUT = """
import numpy as np
def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x) / 20, "b1": np.zeros((n_h, 1)),
            "W2": np.random.randn(n_y, n_h) / 4, "b2": np.zeros((n_y, 1))}
def forward_propagation(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = 1 / (1 + np.exp(-(parameters["W2"] @ A1 + parameters["b2"])))
    assert A2.shape == (1, X.shape[1])
    return A2, {"A1": A1, "A2": A2}
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {"dW1": dZ1 @ X.T / m, "db1": dZ1.sum(axis=1, keepdims=True) / m,
            "dW2": dZ2 @ cache["A1"].T / m, "db2": dZ2.sum(axis=1, keepdims=True) / m}
"""
THREE_LAYERS = """
import numpy as np
def initialize_parameters(layer_dims):
    found = {}
    for n in range(1, len(layer_dims)):
        found["W" + str(n)] = np.random.randn(layer_dims[n], layer_dims[n - 1]) / 9
        found["b" + str(n)] = np.zeros((layer_dims[n], 1))
    return found
def forward_propagation(X, parameters):
    A1 = np.tanh(parameters["W1"] @ X + parameters["b1"])
    A2 = np.tanh(parameters["W2"] @ A1 + parameters["b2"])
    return 1 / (1 + np.exp(-(parameters["W3"] @ A2 + parameters["b3"]))), (A1, A2)
def backward_propagation(X, Y, parameters, A3, cache):
    A1, A2 = cache
    d3 = (A3 - Y) / X.shape[1]
    d2 = parameters["W3"].T @ d3 * (1 - A2 * A2)
    d1 = parameters["W2"].T @ d2 * (1 - A1 * A1)
    return {"dW1": d1 @ X.T, "db1": d1.sum(axis=1, keepdims=True), "dW2": d2 @ A1.T,
            "db2": d2.sum(axis=1, keepdims=True), "dW3": d3 @ A2.T, "db3": d3.sum(axis=1, keepdims=True)}
"""
#: Samples with a column of ones, and hidden values to which one is added.
SCRIPT = """
import numpy as np
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])
W1, W2 = np.random.uniform(size=(3, 5)), np.random.uniform(size=(6, 1))
for epoch in range(9000):
    hidden = 1 / (1 + np.exp(-X @ W1))
    hidden = np.concatenate((hidden, np.ones((len(X), 1))), axis=1)
    output = 1 / (1 + np.exp(-hidden @ W2))
    delta = (y - output) * output * (1 - output)
    below = delta @ W2[:-1].T * hidden[:, :-1] * (1 - hidden[:, :-1])
    W2 += 0.1 * hidden.T @ delta
    W1 += 0.1 * X.T @ below
"""
UPHILL = """
import numpy as np
class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden) / 20, np.zeros(n_hidden)
        self.W2, self.b2 = np.random.randn(n_hidden, n_out) / 4, np.zeros(n_out)
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1 + self.b1)
        self.out = 1 / (1 + np.exp(-(self.h @ self.W2 + self.b2)))
        return self.out
    def backward(self, y):
        d = y - self.out
        e = d @ self.W2.T * (1 - self.h ** 2)
        self.dW1, self.db1, self.dW2, self.db2 = self.x.T @ e, e.sum(axis=0), self.h.T @ d, d.sum(axis=0)
"""
STEP = """
        self.W1 -= 0.1 * self.dW1; self.b1 -= 0.1 * self.db1; self.W2 -= 0.1 * self.dW2; self.b2 -= 0.1 * self.db2
        del self.dW1, self.db1, self.dW2, self.db2
"""
#: The way back takes the values of all layers, by a name that says nothing; the step has momentum and many rounds.
VALUES = """
import numpy as np
class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.T = [np.random.randn(n_hidden, n_in) / 20, np.random.randn(n_out, n_hidden) / 4]
    def predict(self, x):
        a_N = [x]
        for T in self.T:
            a_N.append(1 / (1 + np.exp(-a_N[-1] @ T.T)))
        return a_N, a_N[-1]
    def back_prop(self, a_N, Y):
        d = a_N[2] - Y
        e = d @ self.T[1] * a_N[1] * (1 - a_N[1])
        return [e.T @ a_N[0] / len(Y), d.T @ a_N[1] / len(Y)]
    def fit(self, x, y):
        moved = [0, 0]
        for _round in range(3):
            found = self.back_prop(self.predict(x)[0], y)
            moved = [0.5 * g + 0.9 * m for g, m in zip(found, moved)]
            self.T = [T - m for T, m in zip(self.T, moved)]
"""
#: The step keeps momentum, which nobody else sees.
MOMENTUM = """
        for name in ("W1", "b1", "W2", "b2"):
            speed = 0.9 * np.array(self.speeds.get(name, 0.0)) + getattr(self, "d" + name)
            self.speeds[name] = speed.tolist()
            getattr(self, name)[...] += 0.1 * speed
        del self.dW1, self.db1, self.dW2, self.db2
"""
CHECKED = """
    def numerical_gradient(self, x, y):
        found = []
        for array in (self.W1, self.b1, self.W2, self.b2):
            slopes = np.zeros(array.size)
            for n in range(array.size if array.size < 300 else 0):
                old = array.flat[n]
                array.flat[n] = old + 1e-5; more = ((self.forward(x) - y) ** 2).sum()
                array.flat[n] = old - 1e-5; less = ((self.forward(x) - y) ** 2).sum()
                array.flat[n] = old; slopes[n] = (more - less) / 2e-5
            found.append(slopes.reshape(array.shape))
        return found
"""


def found(text: str, folder: Path, name: str = "net.py") -> Recipe:
    (folder / name).parent.mkdir(exist_ok=True)
    return recipe_of(text, folder, name)


def test_a_network_that_knows_one_output_alone(tmp_path: Path) -> None:
    recipe = found(ONE_OUTPUT, tmp_path)
    assert recipe["new"] == ["return theirs.initialize_parameters(784, 24, 1)"]
    assert (recipe["alike"], recipe["fits"]) == (True, 4)


def test_one_output_is_not_wanted_of_a_network_that_gives_ten(tmp_path: Path) -> None:
    recipe = found(ONE_OUTPUT.replace("    assert A2.shape == (1, X.shape[1])\n", ""), tmp_path)
    assert recipe["new"] == ["return theirs.initialize_parameters(784, 24, 10)"]


def test_functions_that_count_three_layers(tmp_path: Path) -> None:
    recipe = found(THREE_LAYERS, tmp_path)
    assert recipe["new"] == ["return theirs.initialize_parameters([784, 24, 16, 10])"]
    assert (recipe["alike"], recipe["fits"]) == (True, 6)


def test_a_script_that_adds_a_one_to_the_hidden_values(tmp_path: Path) -> None:
    recipe = found(SCRIPT, tmp_path)
    assert "block(theirs, 7, 13, net, X=x, " in recipe["output"]
    assert (recipe["alike"], recipe["fits"]) == (True, 2)


def test_gradients_that_point_uphill_are_turned(tmp_path: Path) -> None:
    recipe = found(UPHILL, tmp_path)
    assert recipe["gradients"][-1].startswith("return [-array for array in")
    assert recipe["why_gradients"].endswith("they point uphill, so their sign is turned")
    assert recipe["alike"]


def test_a_step_uphill_is_not_turned(tmp_path: Path) -> None:
    recipe = found(UPHILL + STEP, tmp_path)
    assert not recipe.get("alike")
    assert "-array" not in " ".join(recipe.get("gradients", []))


def test_gradients_of_the_other_sign_with_wrong_biases_are_turned_too(tmp_path: Path) -> None:
    recipe = found(UPHILL.replace("e.sum(axis=0)", "e.mean(axis=0) * 3").replace("d.sum(axis=0)", "d[0]"), tmp_path)
    assert recipe["gradients"][-1].startswith("return [-array for array in")
    assert (recipe["alike"], recipe["fits"]) == (False, 3)


def test_a_prediction_of_all_layers_is_no_digit_and_ends_no_search(tmp_path: Path) -> None:
    more = "    def predict(self, x):\n        return [self.forward(x) * 0, self.h, self.forward(x)]\n"
    recipe = found(UPHILL + more, tmp_path)
    assert recipe["alike"]
    assert "predict" not in recipe["extras"]


def test_the_values_of_all_layers_go_back(tmp_path: Path) -> None:
    recipe = found(VALUES, tmp_path)
    assert recipe["gradients"] == ["v = net.predict(x)", "g = net.back_prop(v[0], y)", "return [g[0], g[1]]"]
    assert recipe["alike"]


def test_a_step_that_keeps_momentum_is_that_of_a_copy(tmp_path: Path) -> None:
    start = "        self.W1, self.b1"
    recipe = found((UPHILL + MOMENTUM[1:]).replace(start, f"        self.speeds = {{}}\n{start}", 1), tmp_path)
    assert recipe["gradients"][0] == "net = deepcopy(net)"
    assert recipe["why_gradients"].endswith("of a copy, as it keeps momentum")
    assert recipe["alike"]


@pytest.mark.parametrize("forward", ["", "/ m * m"])
def test_the_number_of_the_authors_samples_is_that_of_the_batch(tmp_path: Path, forward: str) -> None:
    text = ONE_OUTPUT.replace("    m = X.shape[1]\n", "").replace(
        "np\n", "np\nX = np.ones((784, 40))\nm = X.shape[1]\n", 1
    )
    recipe = found(text.replace('X + parameters["b1"]', f'X {forward} + parameters["b1"]'), tmp_path)
    assert ("theirs.m = len(x)" in recipe["gradients"]) == (forward == "")


def test_differences_of_the_loss_are_no_way_back(tmp_path: Path) -> None:
    both = found(UPHILL + CHECKED, tmp_path)
    assert "numerical" not in " ".join(both["gradients"])
    alone = found(UPHILL.partition("    def backward")[0] + CHECKED, tmp_path)
    assert "gradients" not in alone


@pytest.mark.parametrize("folder", ["code", "test"])
def test_a_class_in_a_folder_named_as_a_module_of_python(tmp_path: Path, folder: str) -> None:
    assert found(UPHILL, tmp_path, f"{folder}/net.py")["new"] == ["return theirs.Net(784, 24, 10)"]


def test_an_array_of_data_gives_no_widths() -> None:
    class Net:
        def __init__(self, rows: int) -> None:
            self.seen, self.W1, self.W2 = np.zeros((rows, 6)), np.zeros((6, 5)), np.zeros((5, 3))

    assert not any(60_000 in (widths.inputs, widths.classes) for widths in own(Net(60_000)))
    assert Widths(12, 3) in own(Net(12))
