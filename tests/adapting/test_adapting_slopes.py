"""Gradients of rare losses, and with weight decay, are slopes: no other form of the labels is taken for them."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
NET = """
import numpy as np
class Net:
    def __init__(self, n_in=6, n_hidden=8, n_out=3):
        self.W1, self.b1 = np.random.randn(n_in, n_hidden) / np.sqrt(n_in), np.zeros(n_hidden)
        self.W2, self.b2 = np.random.randn(n_hidden, n_out) / np.sqrt(n_hidden), np.zeros(n_out)
    def forward(self, x):
        self.h = np.tanh(x @ self.W1 + self.b1)
        return self.h @ self.W2 + self.b2
    def gradients(self, x, y):
        z = self.forward(x)
        d = ERROR
        e = d @ self.W2.T * (1 - self.h ** 2)
        return [x.T @ e + DECAY * self.W1, e.sum(0), self.h.T @ d + DECAY * self.W2, d.sum(0)]
"""


@pytest.mark.parametrize(
    ("error", "decay"),
    [
        ("np.clip(z - y, -1, 1) / len(x)", "0"),
        ("np.sign(z - y) / len(x)", "0"),
        ("np.tanh(z - y) / len(x)", "0"),
        ("(z - y) / len(x)", "(0.7 / len(x))"),
    ],
)
def test_they_are_slopes(error: str, decay: str, tmp_path: Path) -> None:
    recipe = recipe_of(NET.replace("ERROR", error).replace("DECAY", decay), tmp_path)
    assert recipe["alike"] is True
    assert "net.gradients(x, y)" in str(recipe["gradients"])


def test_another_addition_to_a_bias_is_no_decay(tmp_path: Path) -> None:
    text = NET.replace("ERROR", "(z - y) / len(x)").replace("DECAY", "0.1").replace("e.sum(0)", "e.sum(0) + x[0, 0]")
    assert recipe_of(text, tmp_path)["alike"] is False
