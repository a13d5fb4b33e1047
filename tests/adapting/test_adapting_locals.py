"""Weights that are local variables of a function, sizes of the data, ten hidden units, samples that are kept back."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

NUMBERED = """
def main(hidden=14):
    W1, W2 = None, None
    W1 = matrix(784, hidden)
    W2 = matrix(hidden, 10)
    for x, y in loader:
        p, a = forward(x, y, 10, W1, W2)
        g = backward(x, y, p, a, W1, W2)
        W1 = W1 - 0.1 * g[0]
def one_hot(y, n):
    return np.eye(n)[y]
def forward(x, y, num_classes, W1, W2):
    a = np.tanh(x @ W1)
    p = softmax(a @ W2)
    loss = -(one_hot(y, num_classes) * np.log(p)).sum()
    return p, a
def backward(x, y, p, a, W1, W2):
    d = p - one_hot(y, 10)
    return x.T @ (d @ W2.T * (1 - a * a)), a.T @ d
"""
TEN = """
class Net:
    def __init__(self, data, inputs=784, hidden=10, outputs=10):
        self.data, self.W, self.V = data, matrix(inputs, hidden), matrix(hidden, outputs)
    def forward(self, x):
        a = np.tanh(x @ self.W)
        return a, softmax(a @ self.V)
    def backward(self, x, y, a, p, batch_size):
        d = (p - y) / batch_size
        return x.T @ (d @ self.V.T * (1 - a * a)), a.T @ d
    def train(self, x, y, epochs=1, SPLIT=SHARE):
        for _ in range(epochs):
            for k in range(int(len(x) * (1 - SPLIT))):
                g = self.backward(x[k:k + 1], y[k:k + 1], *self.forward(x[k:k + 1]), 1)
                self.W, self.V = self.W - 0.1 * g[0], self.V - 0.1 * g[1]
"""
SIZED = """
def init_params(sizes):
    return {f"W{n}": matrix(a, b) for n, (a, b) in enumerate(zip(sizes, sizes[1:]), 1)}
def forward(x, params):
    a = np.tanh(x @ params["W1"])
    b = np.tanh(a @ params["W2"])
    return softmax(np.tanh(b @ params["W3"]) @ params["W4"]), (a, b)
def model(X):
    params = init_params([X.shape[1], 12, 13, 14, 10])
    return params
"""
WIDTH = """
x_train = load("digits")
input_layer = x_train.shape[1]
w = np.random.randn(input_layer, 12) / 9
v = np.random.randn(12, 10)
for epoch in range(9):
    m = len(x_train)
    h = np.tanh(x_train @ w)
    p = softmax(h @ v)
    d = (p - y_train) / m
    dv = h.T @ d
    dw = x_train.T @ (d @ v.T * (1 - h * h))
    w = w - 0.1 * dw
    v = v - 0.1 * dv
"""


def test_weights_with_numbers_are_found_in_a_function(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + NUMBERED, tmp_path)
    assert recipe["alike"]
    assert ", 10, net['W1'], net['W2'])" in recipe["output"]
    assert "hidden=" not in "".join(recipe["new"])  # it has its default


@pytest.mark.parametrize(
    ("split", "share", "trained"),
    [("epoch_share", "0.2", True), ("val_split", "0.2", False), ("val_split", "0.0", True)],
)
def test_ten_hidden_units_are_a_network(split: str, share: str, trained: bool, tmp_path: Path) -> None:
    text = "# MNIST" + COMMON + TEN.replace("SPLIT", split).replace("SHARE", share) + "net = Net(None)\n"
    recipe = recipe_of(text, tmp_path)
    assert (recipe["alike"], "train" in recipe["extras"]) == (True, trained)
    assert recipe_of(COMMON + TEN, tmp_path, "other.py")["alike"]


def test_a_list_of_sizes_may_begin_with_that_of_the_data(tmp_path: Path) -> None:
    assert recipe_of(COMMON + SIZED, tmp_path)["new"] == ["return theirs.init_params([784, 12, 13, 14, 10])"]


def test_an_input_layer_is_a_number(tmp_path: Path) -> None:
    assert recipe_of(COMMON + WIDTH, tmp_path)["alike"]
