"""`nnkata adapt` where it finds less: what was not found, what is in the way, and lines to begin with."""

import json
from pathlib import Path

import pytest

from tests.support import forks

ENDING = """
import os
import numpy as np
class Net:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
    def forward(self, x):
        os._exit(3)
    def backward(self, x, y):
        return x.T @ (x @ self.W - y)
"""
#: `readings` has no name of samples, and `join` is not there.
SCRIPT = """
import numpy as np
from somewhere import join, table
readings, y = table()
V, U = np.random.randn(4, 6), np.random.randn(6, 2)
for turn in range(900):
    hidden = np.tanh(join(readings, 1) @ V)
    out = hidden @ U
    U -= 0.1 * hidden.T @ (out - y)
    V -= 0.1 * readings.T @ ((out - y) @ U.T * (1 - hidden ** 2))
"""


def adapted(folder: Path, text: str) -> tuple[int, str, str]:
    (folder / "net.py").write_text(text, encoding="utf-8")
    done = forks.run(("adapt", "net.py", "--language", "en"), folder)
    written = folder / "adapter.py"
    return done.returncode, done.stdout + done.stderr, written.read_text(encoding="utf-8") if written.exists() else ""


def test_a_call_that_ends_the_search_leaves_the_candidates_of_the_file(tmp_path: Path) -> None:
    code, said, written = adapted(tmp_path, ENDING)
    assert code == 1
    assert "tried net.py: " in said
    assert "its own: Net.forward(x), net.py:7" in said
    assert "# not found: def gradients(net, x, y): ..." in written
    assert "net.backward(x, y)" in written


def test_the_step_of_a_script_is_an_example_of_each_missing_part(tmp_path: Path) -> None:
    code, said, written = adapted(tmp_path, SCRIPT)
    assert code == 1, said
    assert "its own: lines 7 to 10 of net.py change U, V" in said
    assert "such as: g = block(theirs, 7, 10, net, y=y); return [(net[name] - g[name]) / 0.1 for name in net]" in said
    assert "theirs = load('net.py')" in written


@pytest.mark.parametrize("text", ["total = count = 0\nfor n in range(3):\n    total += n\n    count += 1\n", "x = 1\n"])
def test_a_loop_that_multiplies_no_matrices_is_no_step(tmp_path: Path, text: str) -> None:
    code, said, written = adapted(tmp_path, f"import numpy as np\n{text}")
    assert (code, written) == (2, "")
    assert "no network was found in net.py" in said


def test_the_mistake_in_a_text_of_python_2_is_told_and_not_its_print(tmp_path: Path) -> None:
    code, said, _written = adapted(
        tmp_path, "import numpy as np\nprint 'x'\nW1 = (1,\n    2 3)\ndef forward(x): pass\n"
    )
    assert code == 2
    assert "line 4" in said
    assert "this is Python 2" not in said


@pytest.mark.parametrize(("line", "told"), [("return x @ W1` `", True), ("return x @ W1", False)])
def test_the_cell_of_a_notebook_that_is_not_python_is_told(tmp_path: Path, line: str, told: bool) -> None:
    cells = ["import numpy as np", f"def forward(x, W1):\n    {line}", "def backward(x, d):\n    return x.T @ d"]
    content = {"cells": [{"cell_type": "code", "source": text} for text in cells], "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "net.ipynb").write_text(json.dumps({**content, "metadata": {}}), encoding="utf-8")
    done = forks.run(("adapt", "net.ipynb", "--language", "en"), tmp_path)
    assert done.returncode > 0
    assert ("not read: net.ipynb: cell 2: not Python: invalid syntax (line 2)" in done.stderr) is told


@pytest.mark.parametrize(("base", "told"), [("nn.Module", True), ("object", False)])
def test_a_network_of_a_framework_is_told_as_one(tmp_path: Path, base: str, told: bool) -> None:
    text = f"""
import numpy as np
from torch import nn
class Net({base}):
    def __init__(self): self.layer = nn.Linear(784, 10)
    def forward(self, x): return self.layer(x)
def train(net, x, y): net.forward(x).backward()
"""
    text = text if told else text.replace("from torch import nn", "nn = None")
    code, said, written = adapted(tmp_path, text)
    assert (
        "makes its network of a framework (torch import nn); only networks in NumPy" in " ".join(said.split())
    ) is told
    assert (code == 2) is told
    assert bool(written) is not told


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.py", "from tensorflow import keras\nm = keras.Sequential([keras.layers.Dense(10)])\n", "(keras.layers)"),
        ("a.py", "from sklearn.neural_network import MLPClassifier\nm = MLPClassifier()\n", "(MLPClassifier)"),
        ("a.ipynb", '{"cells": [{"cell_type": "code", "sou', "a.ipynb: it is not a notebook: it ends in the middle"),
        ("a.py", "print(1)\n", "holds no network in Python"),
    ],
)
def test_a_folder_without_a_network_is_refused_for_its_reason(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = forks.run(("adapt", ".", "--language", "en"), tmp_path)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())


SCALARS = """
import math, random
class Value:
    def __init__(self, data, kids=()):
        self.data, self.kids = data, kids
        self.grad = 0.0
    def __add__(self, other):
        return Value(self.data + other.data, (self, other))
    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))
class MLP:
    def __init__(self, inputs, outputs):
        self.w = [[Value(random.random()) for _ in range(inputs)] for _ in range(outputs)]
    def __call__(self, x):
        return [sum((w * v for w, v in zip(row, x)), Value(0.0)) for row in self.w]
    def backward(self):
        pass
"""


def test_objects_for_single_numbers_are_said_to_be_the_reason(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(SCALARS, encoding="utf-8")
    done = forks.run(("adapt", "net.py", "--language", "en", "--isolation", "process"), tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    said = " ".join(done.stderr.split())
    assert said.startswith(
        "nnkata: net.py: each number of its network is an object of the class Value; only networks of"
    )
