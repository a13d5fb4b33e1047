"""Matrices that are views of one vector: the vector is no parameter of its own, and a copy's matrices are its views."""

from pathlib import Path

import numpy as np
import pytest

from nnkata.worker.adapting.dependence import once
from nnkata.worker.shared import deepcopy
from tests.adapting.adapted import recipe_of as found

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
VIEWS = """
import numpy as np

class Network:
    def __init__(self, seed=0):
        self.theta = np.random.default_rng(seed).normal(0, 0.1, 784 * 8 + 8 * 10)
        self.velocity = np.zeros_like(self.theta)
        self.W1 = self.theta[:784 * 8].reshape(784, 8)
        self.W2 = self.theta[784 * 8:].reshape(8, 10)

    def forward(self, x):
        self.a1 = 1 / (1 + np.exp(-(x @ self.W1)))
        z = self.a1 @ self.W2
        e = np.exp(z - z.max(axis=1, keepdims=True))
        self.a2 = e / e.sum(axis=1, keepdims=True)
        return self.a2

    def train_step(self, x, y, rate=0.1):
        self.forward(x)
        d2 = (self.a2 - y) / len(x)
        d1 = d2 @ self.W2.T * self.a1 * (1 - self.a1)
        slope = np.concatenate([(x.T @ d1).ravel(), (self.a1.T @ d2).ravel()])
        self.velocity = MOMENTUM * self.velocity - rate * slope
        self.theta += self.velocity
"""
#: The same with matrices of their own; a velocity looks like a gradient that the network keeps, of the other sign.
OWN = VIEWS.replace("self.theta[:784 * 8].reshape(784, 8)", "self.theta[:784 * 8].reshape(784, 8).copy()")
OWN = OWN.replace("self.theta[784 * 8:].reshape(8, 10)", "self.theta[784 * 8:].reshape(8, 10).copy()")
OWN = OWN.replace(
    "self.velocity = np.zeros_like(self.theta)", "self.v1, self.v2 = np.zeros((784, 8)), np.zeros((8, 10))"
)
OWN = (
    OWN[: OWN.index("        slope = ")]
    + """
        self.v1 = MOMENTUM * self.v1 - rate * x.T @ d1
        self.v2 = MOMENTUM * self.v2 - rate * self.a1.T @ d2
        self.W1 += self.v1
        self.W2 += self.v2
"""
)


@pytest.mark.parametrize("text", [VIEWS, OWN])
@pytest.mark.parametrize("momentum", ["0.0", "0.9"])
def test_the_step_of_a_vector_and_of_matrices_gives_their_gradients(tmp_path: Path, text: str, momentum: str) -> None:
    recipe = found(text.replace("MOMENTUM", momentum), tmp_path)
    assert recipe["parameters"] == ["net.W1", "net.W2"]
    assert recipe["alike"]
    assert ("net = deepcopy(net)" in recipe["gradients"]) == (momentum == "0.9")


def test_a_copy_keeps_the_views_of_a_vector() -> None:
    vector, other = np.arange(6.0), np.arange(4.0)
    copy = deepcopy({"all": vector, "W": vector[:4].reshape(2, 2).T, "b": vector[:3:-1], "v": other})
    copy["all"][:] = [1, 2, 3, 4, 5, 6]
    assert (copy["W"].tolist(), copy["b"].tolist()) == ([[1, 3], [2, 4]], [6, 5])
    assert copy["v"] is not other
    assert vector.tolist() == [0, 1, 2, 3, 4, 5]


def test_each_memory_is_one_parameter() -> None:
    vector, whole = np.arange(6.0), np.arange(6.0).reshape(2, 3)
    matrix, bias = vector[:4].reshape(2, 2), vector[4:]
    assert list(once({"all": vector, "W": matrix, "b": bias})) == ["W", "b"]
    assert list(once({"all": vector, "W": matrix})) == ["W"]
    assert list(once({"whole": whole, "W": whole[:, 1:], "b": whole[:, 0]})) == ["W", "b"]
    assert list(once({"whole": whole, "W": whole[:, 1:]})) == ["whole"]
    assert list(once({"W": whole, "turned": whole.T})) == ["W"]
    assert list(once({"W": whole, "b": vector})) == ["W", "b"]
