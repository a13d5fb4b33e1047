"""Rates by which a step is divided: handed under another name, or written in the file."""

from pathlib import Path

import pytest

from nnkata.worker.adapting.search import search
from tests.adapting.adapted import recipe_of
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
AVERAGED = """
class Mean:
    def __init__(self, lr_rate=0.5, beta=0.9): self.rate, self.beta, self.v = lr_rate, beta, [0, 0]
    def update(self, net, grads):
        self.v = [self.beta * v - (1 - self.beta) * g for v, g in zip(self.v, grads)]
        net.W1 += self.rate * self.v[0]
        net.W2 += self.rate * self.v[1]
class Net:
    def __init__(self):
        self.W1, self.W2 = matrix(784, 20), matrix(20, 10)
    def forward(self, x):
        self.a = np.tanh(x @ self.W1)
        return softmax(np.atleast_2d(self.a @ self.W2))
    def train(self, x, y, epochs=1, lr_rate=1e-4):
        steps = Mean(lr_rate)
        for _ in range(epochs):
            d = (self.forward(x) - y) / len(x)
            steps.update(self, [x.T @ (d @ self.W2.T * (1 - self.a ** 2)), self.a.T @ d])
"""


def test_a_rate_of_another_name_is_handed_and_divides_the_step(tmp_path: Path) -> None:
    recipe = recipe_of(COMMON + AVERAGED, tmp_path)
    assert recipe["likeness"] > 0.9999
    assert "lr_rate=0.1" in recipe["gradients"][0]
    assert recipe["gradients"][0].endswith(", 0.1)")


def test_of_the_rates_in_a_file_the_one_with_a_usual_scale_divides_the_step(tmp_path: Path) -> None:
    text = COMMON + AVERAGED.replace("lr_rate=1e-4):", "pace=0.02):").replace("Mean(lr_rate)", "Mean(pace)")
    (tmp_path / "net.py").write_text(
        text + "def other(alpha=0.7): return alpha\ndef plan(alpha=0.02): return alpha\n", encoding="utf-8"
    )
    recipe = search(str(tmp_path), ["net.py"])["recipe"]
    assert recipe["gradients"][0].rpartition(", ")[2] == "0.02)"
