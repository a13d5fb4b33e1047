"""Words by which networks are told something: parameters in French, an activation as a text, a mode of use."""

from pathlib import Path

import pytest

from nnkata.worker.adapting.extras import for_digits
from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
TEXT = """
import numpy as np
def initialisation(n_x, n_h, n_y):
    return {"W1": np.random.randn(n_h, n_x) / 28, "W2": np.random.randn(n_y, n_h) / 5}
def forward_propagation(X, parametres, activation):
    Z = parametres["W1"] @ X
    if activation == "hyperbolic": A = np.tanh(Z)
    elif activation == "straight": A = Z
    return A, 1 / (1 + np.exp(-parametres["W2"] @ A))
def back_propagation(X, y, activations, parametres, activation):
    A, out = activations
    d = (out - y) / X.shape[1]
    e = parametres["W2"].T @ d * SLOPE
    return {"dW1": e @ X.T, "dW2": d @ A.T}
"""
MODE = """
import numpy as np
class Net:
    def __init__(self):
        self.w1, self.w2 = np.random.randn(784, 24) / 28, np.random.randn(24, 10) / 5
        SWITCH
    def forward(self, x):
        self.x, self.a = x, np.tanh(x @ self.w1)
        if not self.used: self.a = self.a * (np.random.rand(*self.a.shape) > 0.5)
        return self.a @ self.w2
    def backward(self, x, y):
        d = (self.a @ self.w2 - y) / len(y)
        return self.x.T @ (d @ self.w2.T * (1 - self.a ** 2)), self.a.T @ d
    def METHOD(self): self.state = 1
    @property
    def used(self): return self.state in (1, "test")
"""
SCRIPT = """
import numpy as np
training_input, training_output = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0], [1], [1], [0]])
def f(z): return 1 / (1 + np.exp(-z))
def main():
    w0, w1 = np.random.uniform(size=(2, 8)), np.random.uniform(size=(8, 1))
    for i in range(60000):
        hidden = f(training_input @ w0)
        output = f(hidden @ w1)
        delta = (training_output - output) * output * (1 - output)
        back = delta @ w1.T * hidden * (1 - hidden)
        w1 += hidden.T @ delta
        w0 += training_input.T @ back
"""


ROUNDS = """
import numpy as np
class Net:
    def __init__(self):
        self.w1, self.w2 = np.random.randn(784, 24) / 28, np.random.randn(24, 10) / 5
    def think(self, inputs):
        return np.tanh(inputs @ self.w1) @ self.w2
    def train(self, training_inputs, training_output, NAME, learning_rate=0.1):
        for _ in range(NAME):
            a = np.tanh(training_inputs @ self.w1)
            d = training_output - a @ self.w2
            self.w1 += learning_rate * training_inputs.T @ (d @ self.w2.T * (1 - a ** 2))
            self.w2 += learning_rate * a.T @ d
"""


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("x.reshape(28, 28)", True),
        ("# handwritten digits", True),
        ("def load_digits(images): ...", True),
        ("input('5 binary digits: ')", False),
        ("[int(digit) for digit in text.split()]", False),
        ("# recognises flowers", False),
    ],
)
def test_a_file_about_mnist_is_told_from_others(text: str, digits: bool) -> None:
    assert for_digits(text) is digits


@pytest.mark.parametrize("name", ["training_iterations", "epocs", "learning_steps"])
def test_the_number_of_rounds_under_other_names(name: str, tmp_path: Path) -> None:
    recipe = recipe_of(ROUNDS.replace("NAME", name), tmp_path)
    assert "net.train(x, y, 1, learning_rate=0.1)" in str(recipe["gradients"])


@pytest.mark.parametrize(("slope", "alike"), [("(1 - A ** 2)", True), ("(1 - A)", False)])
def test_parameters_in_french_and_an_activation_as_a_text(slope: str, alike: bool, tmp_path: Path) -> None:
    found = recipe_of(TEXT.replace("SLOPE", slope), tmp_path)
    assert found["alike"] is alike
    assert not alike or "theirs.forward_propagation(x.T, net, 'hyperbolic')" in found["output"]


@pytest.mark.parametrize(
    ("switch", "method", "line"),
    [
        ("self.state = 'train'", "other", "net.state = 'test'"),
        ("self.state = 0", "eval_mode", "net.eval_mode()"),
        ("self.state = 0", "other", ""),
    ],
)
def test_a_mode_of_use_leaves_the_dropout_out(switch: str, method: str, line: str, tmp_path: Path) -> None:
    found = recipe_of(MODE.replace("SWITCH", switch).replace("METHOD", method), tmp_path)
    assert found.get("alike") is (True if line else None)
    assert not line or line in found["new"]


def test_a_script_whose_labels_are_called_training_output(tmp_path: Path) -> None:
    found = recipe_of(SCRIPT, tmp_path)
    assert "training_output=y" in found["gradients"][0]
    assert found["alike"] is True


def test_a_step_of_a_script_that_fails_is_no_gradient_of_zeros(tmp_path: Path) -> None:
    biased = SCRIPT.replace("w0, w1 =", "m = len(table())\n    b = np.zeros((1, 1))\n    w0, w1 =")
    biased = biased.replace("f(hidden @ w1)", "f(hidden @ w1 + b)").replace(
        "w1 += hidden.T @ delta", "b += delta.sum(axis=0, keepdims=True) / m\n        w1 += hidden.T @ delta / m"
    )
    found = recipe_of(biased.replace("training_input.T @ back", "training_input.T @ back / m"), tmp_path)
    assert "m=len(x)" in found["gradients"][0]
    assert found["alike"] is True


@pytest.mark.parametrize("name", ["nn_model", "my_model", "net_params"])
def test_functions_take_the_dict_of_parameters_under_a_longer_name(name: str, tmp_path: Path) -> None:
    text = """
import numpy as np
def init(n_in, n_hid, n_out):
    return {"w1": np.random.randn(n_in, n_hid) / 20, "w2": np.random.randn(n_hid, n_out) / 4}
def forward(MODEL, A0):
    A1 = np.tanh(A0 @ MODEL["w1"])
    return {"A0": A0, "A1": A1, "A2": 1 / (1 + np.exp(-A1 @ MODEL["w2"]))}
def backward(MODEL, nn_score, y):
    d = (nn_score["A2"] - y) / len(y)
    e = d @ MODEL["w2"].T * (1 - nn_score["A1"] ** 2)
    return {"dw2": nn_score["A1"].T @ d, "dw1": nn_score["A0"].T @ e}
"""
    recipe = recipe_of(text.replace("MODEL", name), tmp_path)
    assert "g = theirs.backward(net, v, y)" in recipe["gradients"]
    assert recipe["alike"] is True
