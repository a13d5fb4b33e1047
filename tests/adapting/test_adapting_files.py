"""Networks beside saved weights: no file is read, as an adapter is judged elsewhere; and a `train` that is one step."""

import json
from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

SAVED = """
import json
def load_model(name):
    with open(f"{name}.json") as file:
        return {key: np.array(value) for key, value in json.load(file).items()}
def init_model():
    LOADED
    return {"W1": matrix(784, 12), "W2": matrix(12, 10)}
def forward(params, x):
    a = np.tanh(x @ params["W1"])
    return softmax(a @ params["W2"]), a
def backward(params, x, y):
    p, a = forward(params, x)
    d = (p - y) / len(x)
    return {"W1": x.T @ (d @ params["W2"].T * (1 - a * a)), "W2": a.T @ d}
"""
TRAIN = """
class Net:
    "MNIST"
    def __init__(self):
        self.W, self.V = matrix(784, 12), matrix(12, 10)
    def forward(self, x):
        self.a = np.tanh(x @ self.W)
        return softmax(self.a @ self.V)
    def train(self, x, y COUNT):
        for _ in range(ROUNDS):
            dW, dV = self.gradient(x, y)
            self.V, self.W = self.V - 0.1 * dV, self.W - 0.1 * dW
    def gradient(self, x, y):
        d = (self.forward(x) - y) / len(x)
        return x.T @ (d @ self.V.T * (1 - self.a ** 2)), self.a.T @ d
"""
TRIED = "try:\n        return load_model('10')\n    except FileNotFoundError:\n        print('new ones')"


@pytest.mark.parametrize("loaded", ["", TRIED], ids=["beside", "first"])
def test_no_saved_weights_are_read(loaded: str, tmp_path: Path) -> None:
    weights = {"W1": [[0.1] * 9 for _ in range(784)], "W2": [[0.1 * n] * 10 for n in range(9)]}
    for name in ("10", "24", "784"):
        (tmp_path / f"{name}.json").write_text(json.dumps(weights), encoding="utf-8")
    recipe = recipe_of(COMMON + SAVED.replace("LOADED", loaded), tmp_path)
    assert recipe["new"] == ["return theirs.init_model()"]
    assert recipe["alike"]


@pytest.mark.parametrize(("count", "rounds", "trains"), [("", "1", False), (", epochs=3", "epochs", True)])
def test_a_training_takes_a_number_of_epochs(count: str, rounds: str, trains: bool, tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + TRAIN.replace("COUNT", count).replace("ROUNDS", rounds), tmp_path)
    assert (recipe["alike"], "train" in recipe["extras"]) == (True, trains)
