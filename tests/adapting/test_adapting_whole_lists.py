"""A list of matrices that nobody takes apart is handed on as one parameter, under the name of the functions."""

from pathlib import Path

import pytest

from tests.adapting.adapted import recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
#: The biases are the first column of each matrix, and a sample goes forward alone.
THETAS = """
import numpy as np
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
def forward_propagation(x, thetas):
    values = [np.concatenate(([1], x))]
    for n, theta in enumerate(thetas):
        a = sigmoid(theta @ values[-1])
        values.append(np.concatenate(([1], a)) if n < len(thetas) - 1 else a)
    return values
def backpropagation(x_list, y_list, thetas, lam):
    total = [np.zeros_like(theta) for theta in thetas]
    for x, y in zip(x_list, y_list):
        values = forward_propagation(x, thetas)
        delta = values[-1] - y
        for n in range(len(thetas) - 1, -1, -1):
            total[n] += np.outer(delta, values[n])
            delta = (thetas[n].T @ delta)[1:] * (values[n] * (1 - values[n]))[1:]
    return [(t + lam * theta) / len(x_list) for t, theta in zip(total, thetas)]
def initialize_thetas(layer_sizes):
    return [np.random.uniform(-0.3, 0.3, (m, n + 1)) for n, m in zip(layer_sizes, layer_sizes[1:])]
"""


def test_a_list_of_matrices_is_handed_on_whole(tmp_path: Path) -> None:
    recipe = recipe_of(THETAS, tmp_path)
    assert recipe["new"] == ["return {'thetas': theirs.initialize_thetas([784, 24, 10])}"]
    assert recipe["parameters"] == ["net['thetas'][0]", "net['thetas'][1]"]
    assert recipe["alike"], recipe
