"""Networks of widths that nobody can choose: `adapt` takes them as they are, one output too; the kata judges both."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.layout import layouts
from nnkata.worker.adapting.calls import likeliest
from nnkata.worker.adapting.networks.data_widths import Widths, own
from tests.adapting.adapted import recipe_of
from tests.support import forks

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
FUNCTIONS = """
import numpy as np
rows = np.loadtxt("absent.csv")
def init_weights():
    w1, b1 = np.random.randn(5, 9) / 2, np.zeros((1, 9))
    w2, b2 = np.random.randn(9, 1) / 3, np.zeros((1, 1))
    return w1, b1, w2, b2
def forward(X, w1, b1, w2, b2):
    h = np.tanh(X @ w1 + b1)
    return 1 / (1 + np.exp(-(h @ w2 + b2))), h
def backward(X, Y, output, h, w2):
    d = (output - Y) / len(X)
    e = (d @ w2.T) * (1 - h * h)
    return X.T @ e, e.sum(axis=0, keepdims=True), h.T @ d, d.sum(axis=0, keepdims=True)
"""
SCRIPT = """
import numpy as np
from somewhere import load_table
features_in, wanted = load_table()
X_train, y_train = features_in.values, wanted.values
input_size = X_train.shape[1]
W1, b1 = np.random.randn(input_size, 12) / 9, np.zeros((1, 12))
W2, b2 = np.random.randn(12, 1) / 4, np.zeros((1, 1))
for epoch in range(100):
    h = np.tanh(X_train @ W1 + b1)
    out = 1 / (1 + np.exp(-(h @ W2 + b2)))
    d = (out - y_train) / X_train.shape[0]
    e = d @ W2.T * (1 - h * h)
    W2 -= 0.05 * h.T @ d
    b2 -= 0.05 * d.sum(axis=0, keepdims=True)
    W1 -= 0.05 * X_train.T @ e
    b1 -= 0.05 * e.sum(axis=0, keepdims=True)
"""
CLASS = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.b1 = np.random.randn(13, 14) / 4, np.zeros(14)
        self.W2, self.b2 = np.random.randn(14, 3) / 4, np.zeros(3)
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1 + self.b1)
        return self.h @ self.W2 + self.b2
    def backward(self, y):
        d = (self.h @ self.W2 + self.b2 - y) / len(y)
        e = d @ self.W2.T * (1 - self.h ** 2)
        return self.x.T @ e, e.sum(axis=0), self.h.T @ d, d.sum(axis=0)
"""
KINDS = {"functions": (FUNCTIONS, 1), "a script": (SCRIPT, 1), "a class": (CLASS, 3)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_is_taken_with_its_own_widths(kind: str, tmp_path: Path) -> None:
    text, outputs = KINDS[kind]
    recipe = recipe_of(text, tmp_path)
    assert recipe["alike"] is True
    assert len(str(recipe["parameters"]).split(",")) == 4
    assert ("reshape" in str(recipe["output"])) == (outputs == 1)


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_gradients_of_one_are_no_slopes(kind: str, tmp_path: Path) -> None:
    for right, wrong in (("(1 - h * h)", "(1 + h * h)"), ("(1 - self.h ** 2)", "(1 + self.h ** 2)")):
        text = KINDS[kind][0].replace(right, wrong)
        if text != KINDS[kind][0]:
            assert recipe_of(text, tmp_path).get("alike") is not True


def judged(folder: Path, text: str) -> dict[str, str]:
    (folder / "net.py").write_text(text, encoding="utf-8")
    forks.run(["adapt", "net.py", "--isolation", "process"], folder).check_returncode()
    words = ["check", "adapter.py", "--kata", "mlp", "--isolation", "process", "--format", "json", "--seed", "5"]
    done = forks.run(words, folder)
    return {c["clause"]: c["status"] for stage in json.loads(done.stdout)["stages"] for c in stage["clauses"]}


def test_the_kata_passes_a_right_network_of_one_output_and_fails_a_wrong_one(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    right.mkdir()
    wrong.mkdir()
    found = judged(right, FUNCTIONS)
    assert "failed" not in found.values()
    assert (found["gradients-2"], found["gradients-5"]) == ("passed", "passed")
    found = judged(wrong, FUNCTIONS.replace("(1 - h * h)", "(1 - h)"))
    assert (found["gradients-2"], found["gradients-3"], found["gradients-5"]) == ("failed", "passed", "failed")


def test_a_column_of_weights_is_the_last_layer_only_at_one_output() -> None:
    ways = layouts([(5, 9), (1, 9), (9, 1), (1, 1)])
    assert [(way.widths, way.biased) for way in ways if way.widths[-1] == 1] == [((5, 9, 1), (True, True))]
    assert layouts([(784, 24), (1, 24), (24, 10), (1, 10)])[0].widths == (784, 24, 10)


@pytest.mark.parametrize(
    ("shapes", "wanted"),
    [
        ([(5, 9), (1, 9), (9, 1), (1, 1)], Widths(5, 1)),
        ([(9, 5), (9, 1), (1, 9), (1, 1)], Widths(5, 1)),
        ([(6, 9), (10, 1)], Widths(5, 1)),
        ([(4, 8), (8, 3)], Widths(4, 3)),
        ([(8, 3), (4, 8)], Widths(4, 3)),
    ],
)
def test_the_widths_follow_from_the_shapes(shapes: list[tuple[int, int]], wanted: Widths) -> None:
    assert wanted in own([np.ones(shape) for shape in shapes])


def test_the_likeliest_arguments_come_first_and_no_list_hides_another() -> None:
    found = list(likeliest([["a", "b"], ["c"], ["d", "e", "f"]], 99))
    assert found[:3] == [("a", "c", "d"), ("a", "c", "e"), ("b", "c", "d")]
    assert (len(found), len(set(found))) == (6, 6)
    assert len(list(likeliest([["a", "b", "c"]] * 12, 60))) == 60
    assert not list(likeliest([["a"], []], 9))
