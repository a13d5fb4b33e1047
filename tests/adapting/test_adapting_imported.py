"""Functions that a file has from another one: their returned parts have names there."""

from pathlib import Path

import pytest

from nnkata.worker.adapting.search import search
from tests.adapting.foreign_beginning import COMMON

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
#: A hidden output whose name tells nothing: the labels in its place broadcast, and its slopes are zero.
NET = """
W1, W2 = np.random.randn(8, 5), np.random.randn(5, 1)
def forward(x):
    hidden_output = 1 / (1 + np.exp(-x @ W1))
    final_output = 1 / (1 + np.exp(-hidden_output @ W2))
    return hidden_output, final_output
def backpropagation(x, hidden_output, final_output, target):
    global W1, W2
    delta = (target - final_output) * final_output * (1 - final_output)
    back = delta @ W2.T * hidden_output * (1 - hidden_output)
    W2 += 0.1 * hidden_output.T @ delta
    W1 += 0.1 * x.T @ back
"""


def test_the_parts_of_a_result_go_by_the_names_of_the_file_that_defines_them(tmp_path: Path) -> None:
    (tmp_path / "nn.py").write_text(COMMON + NET, encoding="utf-8")
    (tmp_path / "app.py").write_text("from nn import forward, backpropagation, W1, W2\n", encoding="utf-8")
    recipe = search(str(tmp_path), ["app.py"])["recipe"]
    assert "theirs.backpropagation(x, v[0], v[1], y)" in recipe["gradients"][-1]
    assert recipe["alike"] is True
