"""Networks with two ways forward: the one of the gradients is the output, if the other fits nothing."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
NET = """
import numpy as np
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size):
        self.params = {'W1': np.random.randn(input_size, hidden_size) / 28, 'b1': np.zeros(hidden_size),
                       'W2': np.random.randn(hidden_size, output_size) / 5, 'b2': np.zeros(output_size)}
    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = (self.params[k] for k in ('W1', 'b1', 'W2', 'b2'))
        h = np.maximum(0, X @ W1 + b1)
        scores = h @ W2 + b2
        if y is None:
            return scores
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        loss = -np.log(p[np.arange(len(X)), y]).mean() + 0.5 * reg * ((W1 ** 2).sum() + (W2 ** 2).sum())
        p[np.arange(len(X)), y] -= 1
        d = p / len(X)
        e = d @ W2.T * (h > 0)
        return loss, {'W1': X.T @ e + reg * W1, 'b1': e.sum(axis=0), 'W2': h.T @ d + reg * W2, 'b2': d.sum(axis=0)}
    def predict(self, X):
        h = np.maximum(0, X @ self.params['W1'] + self.params['b1'])
        out = np.maximum(-1, h @ self.params["W2"] + self.params['b2'])
        return np.argmax(out, axis=1)
"""


def test_a_prediction_with_a_limit_more_is_not_the_output_of_the_loss(tmp_path: Path) -> None:
    found = recipe_of(NET, tmp_path)
    assert found["alike"] is True
    assert "net.loss(x" in str(found["output"])


CLIPPED = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 24) / 28, np.random.randn(24, 10) / 5
    def raw(self, x): return np.tanh(x @ self.W1) @ self.W2
    def forward(self, x): return np.maximum(0, self.raw(x))
    def backward(self, x, y):
        a = np.tanh(x @ self.W1)
        d = (WHICH - y) / len(x)
        return x.T @ (d @ self.W2.T * (1 - a * a)), a.T @ d
"""


def test_another_function_is_no_output_though_wrong_gradients_are_its_slopes(tmp_path: Path) -> None:
    found = recipe_of(CLIPPED.replace("WHICH", "self.raw(x)"), tmp_path)  # the slope of the ReLU is missing
    assert found["alike"] is False
    assert "net.forward(x)" in str(found["output"])
    right = CLIPPED.replace("d = (WHICH - y)", "d = (self.forward(x) - y) * (self.raw(x) > 0)")
    assert recipe_of(right, tmp_path)["alike"] is True
