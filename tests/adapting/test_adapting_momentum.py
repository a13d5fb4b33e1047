"""Networks that take one sample at a time with momentum: the gradients are the steps of copies."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
MOMENTUM = """
import numpy as np
class Momentum:
    def __init__(self, lr=0.01):
        self.lr, self.speeds = lr, {}
    def update(self, params, grads):
        for key in params:
            self.speeds[key] = 0.9 * self.speeds.get(key, 0.0) - self.lr * grads[key]
            params[key] += self.speeds[key]
class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.params = {"W1": np.random.randn(n_hidden, n_in) / 20, "W2": np.random.randn(n_out, n_hidden) / 4}
        self.optimizer = Momentum()
    def forward(self, x):
        self.h = np.tanh(self.params["W1"] @ x)
        e = np.exp(self.params["W2"] @ self.h)
        return e / e.sum()
    def learn(self, x, y):
        d = self.forward(x) - y
        e = self.params["W2"].T @ d * (1 - self.h ** 2)
        self.optimizer.update(self.params, {"W1": np.outer(e, x), "W2": np.outer(d, self.h)})
"""


def test_each_sample_s_step_is_that_of_a_copy(tmp_path: Path) -> None:
    recipe = recipe_of(MOMENTUM, tmp_path)
    assert recipe["gradients"][-1] == "return mean_of(lambda a, b: one(deepcopy(net), a, b), x, y)"
    assert recipe["why_gradients"].endswith("of a copy, as it keeps momentum")
    assert (recipe["alike"], recipe["fits"]) == (True, 2)


def test_a_wrong_step_of_a_sample_is_none_of_a_copy_either(tmp_path: Path) -> None:
    recipe = recipe_of(MOMENTUM.replace("self.h ** 2", "self.h"), tmp_path)
    assert not recipe["alike"]
    assert "deepcopy" not in " ".join(recipe["gradients"])
