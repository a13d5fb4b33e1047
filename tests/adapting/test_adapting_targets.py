"""Networks that make their own targets of the labels: right by them, wrong by others."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
TEXT = """
import numpy as np
class Net:
    def __init__(self, inputs, hidden, outputs):
        self.w1, self.w2 = np.random.randn(inputs, hidden) / 28, np.random.randn(hidden, outputs) / 5
    def forward(self, x): return 1 / (1 + np.exp(-(np.tanh(x @ self.w1) @ self.w2)))
    def backward(self, x, digits):
        targets = np.full((len(x), 10), LOW)
        targets[np.arange(len(x)), digits] = HIGH
        a, out = np.tanh(x @ self.w1), self.forward(x)
        d = (out - targets) * out * (1 - out)
        return x.T @ (d @ self.w2.T * (1 - a * a)), a.T @ d
"""


@pytest.mark.parametrize(("low", "high", "alike"), [(0.01, 0.99, True), (0.0, 1.0, True), (0.3, 0.5, False)])
def test_targets_of_its_own_are_known_if_they_are_usual(low: float, high: float, alike: bool, tmp_path: Path) -> None:
    assert recipe_of(TEXT.replace("LOW", str(low)).replace("HIGH", str(high)), tmp_path)["alike"] is alike
