"""Networks that keep their samples and the number of their rounds, and those of which a training makes new weights."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
#: Its training is the only way back; its constructor is told the number of rounds.
ROUNDS = """
class Net:
    def __init__(self, layers=(8, 5, 2), learning_rate=0.1, epochs=40):
        self.layers, self.learning_rate, self.epochs = layers, learning_rate, epochs
        self.make()
    def make(self):
        np.random.seed(1)
        self.W1, self.W2 = matrix(self.layers[0], self.layers[1]), matrix(self.layers[1], self.layers[2])
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1)
        return softmax(self.h @ self.W2)
    def fit(self, x, y):
        START
        for _ in range(self.epochs):
            d = (self.forward(x) - y) / len(x)
            e = d @ self.W2.T * (1 - self.h ** 2)
            self.W1 -= self.learning_rate * self.x.T @ e
            self.W2 -= self.learning_rate * self.h.T @ d
"""
#: Its samples and labels are attributes, and its way forward takes them from there.
KEPT = """
class Net:
    def __init__(self, layers=(8, 5, 2), rate=0.1):
        self.layers, self.rate, self.X, self.y = layers, rate, None, None
        self.W1, self.W2 = matrix(layers[0], layers[1]), matrix(layers[1], layers[2])
    def forward_propagation(self):
        self.h = np.tanh(self.X @ self.W1)
        self.out = softmax(self.h @ self.W2)
        return self.out, -np.mean(self.y * np.log(self.out))
    def backward_propagation(self, yhat):
        d = (yhat - self.y) / len(self.y)
        e = d @ self.W2.T * SLOPE
        self.W1, self.W2 = self.W1 - self.rate * self.X.T @ e, self.W2 - self.rate * self.h.T @ d
    def predict(self, X):
        h = np.tanh(X @ self.W1)
        prob = softmax(h @ self.W2)
        return np.round(prob)
"""


def test_a_training_of_many_rounds_takes_one(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + ROUNDS.replace("START", "pass"), tmp_path)
    assert "net.epochs = 1" in recipe["gradients"]
    assert recipe["alike"] is True


def test_a_training_that_begins_with_new_weights_gives_no_gradients(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + ROUNDS.replace("START", "self.make()"), tmp_path)
    assert recipe["output"]
    assert "gradients" not in recipe


@pytest.mark.parametrize(("slope", "alike"), [("(1 - self.h ** 2)", True), ("(1 - self.h)", False)])
def test_the_way_forward_takes_the_samples_that_the_network_keeps(slope: str, alike: bool, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + KEPT.replace("SLOPE", slope), tmp_path)
    assert recipe["alike"] is alike
    assert not alike or {"net.X = x", "net.y = y"} < set(recipe["gradients"])
    assert not alike or "net.forward_propagation()" in "".join(recipe["gradients"])
