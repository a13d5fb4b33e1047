"""The line of a mistake in a network of one's own: the first that makes a value which a right network does not have."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
NETWORK = """\
import numpy as np

def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

class Net:
    def __init__(self):
        self.W = [np.random.randn(784, 12) / 28, np.random.randn(12, 10) / 4]
        self.b = [np.zeros(12), np.zeros(10)]

    def forward(self, x):
        self.x = x
        self.z = x @ self.W[0] + self.b[0]
        self.h = np.maximum(0, self.z)
        return softmax(self.h @ self.W[1] + self.b[1])

    def backward(self, x, y):
        d = (self.forward(x) - y) / len(x)
        grads = {"dW2": self.h.T @ d}
        grads["db2"] = d.sum(axis=0)
        back = d @ self.W[1].T
        dz = back * (self.z > 0)
        grads["dW1"] = x.T @ dz
        grads["db1"] = dz.sum(axis=0)
        return grads
"""
ADAPTER = """\
from nnkata.worker.foreign import load
theirs = load("net.py")
def new(): return theirs.Net()
def parameters(net): return [*net.W, *net.b]
def output(net, x): return net.forward(x)
def gradients(net, x, y):
    g = net.backward(x, y)
    return [g["dW1"], g["dW2"], g["db1"], g["db2"]]
"""


def judged(nnkata: Run, folder: Path, network: str) -> list[dict[str, Any]]:
    """The failed clauses of the stage gradients."""
    (folder / "net.py").write_text(network, encoding="utf-8")
    (folder / "adapter.py").write_text(ADAPTER, encoding="utf-8")
    done = nnkata("check", "adapter.py", "--kata", "mlp", "--stage", "gradients", "--format", "json", cwd=folder)
    clauses = [clause for stage in json.loads(done.stdout)["stages"] for clause in stage["clauses"]]
    return [clause for clause in clauses if clause["status"] not in ("passed", "skipped")]


def test_a_right_network_has_no_line(nnkata: Run, tmp_path: Path) -> None:
    assert judged(nnkata, tmp_path, NETWORK) == []


@pytest.mark.parametrize(
    ("right", "wrong", "name"),
    [
        ("d = (self.forward(x) - y)", "d = (y - self.forward(x))", "error-turned-round"),
        ("dz = back * (self.z > 0)", "dz = back * self.h", "activation-as-slope"),
        ("dz = back * (self.z > 0)", "dz = back * self.h * (1 - self.h)", "sigmoid-slope-of-output"),
        ("self.h.T @ d}", "self.z.T @ d}", "pre-activation-in-gradient"),
    ],
)
def test_the_line_is_the_first_that_makes_a_wrong_value(
    right: str, wrong: str, name: str, nnkata: Run, tmp_path: Path
) -> None:
    assert NETWORK.count(right) == 1
    network = NETWORK.replace(right, wrong)
    failed = judged(nnkata, tmp_path, network)
    named = [clause for clause in failed if clause["misconception"] == name]
    line = next(number for number, text in enumerate(network.splitlines(), 1) if wrong in text)
    assert {(clause["file"], clause["line"]) for clause in named} == {("net.py", line)}
    assert named[0]["clause"] == "gradients-2"
    assert all("it should be" in clause["reading"] for clause in named)


def test_the_line_of_a_sum_over_a_layer_is_that_of_the_layer_whose_sum_is_not_zero(nnkata: Run, tmp_path: Path) -> None:
    network = NETWORK.replace("d.sum(axis=0)", "np.full(10, d.sum())").replace(
        "dz.sum(axis=0)", "np.full(12, dz.sum())"
    )
    found = {(clause["misconception"], clause["line"]) for clause in judged(nnkata, tmp_path, network)}
    line = next(number for number, text in enumerate(network.splitlines(), 1) if "dz.sum()" in text)
    assert found == {("bias-summed-to-one-number", line)}


def test_the_line_of_an_exception_is_its_own(nnkata: Run, tmp_path: Path) -> None:
    network = NETWORK.replace("back = d @ self.W[1].T", "back = d @ self.W[1]")
    failed = judged(nnkata, tmp_path, network)
    line = next(number for number, text in enumerate(network.splitlines(), 1) if "back = d" in text)
    assert ("net.py", line) in {(clause["file"], clause["line"]) for clause in failed if clause["status"] == "error"}


def test_a_mistake_without_a_name_has_its_line(nnkata: Run, tmp_path: Path) -> None:
    network = NETWORK.replace("dz = back * (self.z > 0)", "dz = back * np.cos(self.z)")
    failed = judged(nnkata, tmp_path, network)
    line = next(number for number, text in enumerate(network.splitlines(), 1) if "np.cos" in text)
    assert failed[0]["clause"] == "gradients-2"
    assert {(clause["misconception"], clause["line"]) for clause in failed} == {(None, line)}


def test_the_derivative_by_the_outputs_is_no_wrong_value(nnkata: Run, tmp_path: Path) -> None:
    through = (
        "p = self.forward(x)\n        q = -y / p / len(x)\n        d = p * (q - (q * p).sum(axis=1, keepdims=True))"
    )
    network = NETWORK.replace("d = (self.forward(x) - y) / len(x)", through)
    assert judged(nnkata, tmp_path, network) == []
    network = network.replace("d = p * (q - (q * p).sum(axis=1, keepdims=True))", "d = p * (1 - p) * q")
    line = next(number for number, text in enumerate(network.splitlines(), 1) if "(1 - p)" in text)
    assert judged(nnkata, tmp_path, network)[0]["line"] == line


def test_an_object_that_keeps_a_value_has_not_made_it(nnkata: Run, tmp_path: Path) -> None:
    kept = "class Kept:\n    def __init__(self, value):\n        self.value = value\n"
    network = NETWORK.replace("dz = back * (self.z > 0)", "dz = Kept(back * np.cos(self.z)).value") + kept
    line = next(number for number, text in enumerate(network.splitlines(), 1) if "np.cos" in text)
    assert {clause["line"] for clause in judged(nnkata, tmp_path, network)} == {line}


def test_a_gradient_of_zero_has_its_line_and_its_formula(nnkata: Run, tmp_path: Path) -> None:
    network = NETWORK.replace('grads["db1"] = dz.sum(axis=0)', 'grads["db1"] = np.zeros(12)')
    failed = judged(nnkata, tmp_path, network)
    line = next(
        number for number, text in enumerate(network.splitlines(), 1) if "np.zeros(12)" in text and "db1" in text
    )
    text = "the gradient of b1 = [2] (12,): you compute 0; it should be Σ δ1 / n"
    assert {(clause["line"], clause["reading"]) for clause in failed} == {(line, text)}


def test_a_failure_leaves_the_screen_to_its_numbers(nnkata: Run, tmp_path: Path) -> None:
    network = NETWORK.replace("dz = back * (self.z > 0)", "dz = back * self.h")
    judged(nnkata, tmp_path, network)
    shown = nnkata("check", "adapter.py", "--kata", "mlp", cwd=tmp_path).stdout
    assert "  - skipped (reasons: --all): step, training, accuracy, mnist" in shown
    assert "came:" in shown
    line = next(number for number, text in enumerate(network.splitlines(), 1) if "dz = back" in text)
    assert f"It comes from net.py, line {line}." in shown
    assert len(shown.splitlines()) <= 24
    every = nnkata("check", "adapter.py", "--kata", "mlp", "--all", cwd=tmp_path).stdout
    assert "not applicable: the module has no step(): step" in every
