"""Empty arrays, of which every law holds: no clause of kata mlp passes on nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import forks

NETWORK = """
import numpy as np

class Net:
    def __init__(self):
        self.w = [np.random.randn(784, 20) / 28, np.random.randn(20, 10) / 5]

def new(): return Net()
def parameters(net): return PARAMETERS
def both(net, x):
    a = np.tanh(x @ net.w[0])
    e = np.exp(a @ net.w[1] - (a @ net.w[1]).max(axis=1, keepdims=True))
    return a, e / e.sum(axis=1, keepdims=True)
def output(net, x): return OUTPUT
def gradients(net, x, y):
    a, out = both(net, x)
    d = (out - y) / len(x)
    return GRADIENTS
"""
RIGHT = {
    "PARAMETERS": "net.w",
    "OUTPUT": "both(net, x)[1]",
    "GRADIENTS": "[x.T @ (d @ net.w[1].T * (1 - a * a)), a.T @ d]",
}


def clauses(folder: Path, features: str = "", stage: str = "gradients", **changes: str) -> dict[str, Any]:
    text = NETWORK
    for name, value in {**RIGHT, **changes}.items():
        text = text.replace(name, value)
    (folder / "net.py").write_text(text, encoding="utf-8")
    words = ["check", "net.py", "--kata", "mlp", "--isolation", "process", "--format", "json", "--seed", "3"]
    words += ["--features", features] if features else ["--stage", stage]
    done = forks.run(words, folder)
    return {c["clause"]: c for stage in json.loads(done.stdout)["stages"] for c in stage["clauses"]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"PARAMETERS": "[]", "GRADIENTS": "[]"}, "a matrix or a vector among them"),
        ({"GRADIENTS": "[]"}, "the number of gradients"),
        ({"OUTPUT": "np.zeros((len(x), 0))"}, "an array of floats, a row for each"),
    ],
)
def test_no_law_of_gradients_holds_of_nothing(changes: dict[str, str], said: str, tmp_path: Path) -> None:
    found = {tag: c for tag, c in clauses(tmp_path, **changes).items() if tag.startswith("gradients")}
    assert not any(clause["status"] == "passed" for clause in found.values())
    assert said in found["gradients-1"]["message"]
    assert "could not judge" not in found["gradients-1"]["message"]


def test_the_same_network_with_all_of_it_passes(tmp_path: Path) -> None:
    found = {tag: c["status"] for tag, c in clauses(tmp_path).items() if tag.startswith("gradients")}
    assert set(found.values()) <= {"passed", "skipped"}
    assert found["gradients-2"] == "passed"


def test_gradients_in_lists_of_numbers_are_told_as_such(tmp_path: Path) -> None:
    lists = "[(x.T @ (d @ net.w[1].T * (1 - a * a))).tolist(), (a.T @ d).tolist()]"
    message = clauses(tmp_path, GRADIENTS=lists)["gradients-1"]["message"]
    assert "lists of numbers" in message
    assert "np.array(list)" in message


def test_gradients_of_other_shapes_alone_are_not_called_clipped(tmp_path: Path) -> None:
    turned = "[(x.T @ (d @ net.w[1].T * (1 - a * a))).T, (a.T @ d).T]"
    found = clauses(tmp_path, GRADIENTS=turned)
    assert found["gradients-1"]["status"] == "failed"
    assert "gradients-clipped" not in {clause["misconception"] for clause in found.values()}


@pytest.mark.parametrize(
    ("functions", "lacking"),
    [
        ("def new(): return []\n", "parameters, output, gradients"),
        ("def parameters(net): return []\ndef loss(net, x, y): return 0.0\n", "gradients"),
    ],
)
def test_a_module_that_lacks_a_required_function_is_not_judged_and_told_the_lines(
    functions: str, lacking: str, tmp_path: Path
) -> None:
    (tmp_path / "adapter.py").write_text(functions)
    done = forks.run(["check", "adapter.py", "--kata", "mlp", "--language", "en"], tmp_path)
    assert done.returncode == 2
    assert f"adapter.py: it lacks {lacking}, without which nothing can be judged; write:" in done.stderr
    assert "def gradients(net, x, y): ...  # return arrays like parameters(net)" in done.stderr
    assert ("def output(net, x)" in done.stderr) == ("output" in lacking)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (["Then the parameters are as they were"], "has made a network"),
        (
            ["Given a network", "When the batch goes forward", "Then the parameters are as they were"],
            "has made a sample",
        ),
        (["Given a network", "Then a small step against them lowers the loss"], "no step before this one has made"),
    ],
)
def test_a_feature_that_lacks_a_step_is_no_fault_of_the_network(steps: list[str], why: str, tmp_path: Path) -> None:
    (tmp_path / "more.feature").write_text("\n    ".join(["Feature: More\n  Scenario: Lacks", *steps]), "utf-8")
    (found,) = clauses(tmp_path, features=str(tmp_path)).values()
    assert (found["status"], why in found["message"]) == ("error", True)


@pytest.mark.parametrize("kata", ["mlp", "article"])
def test_a_verdict_on_nothing_names_the_kata(kata: str, tmp_path: Path) -> None:
    (tmp_path / "adapter.py").write_text("x = 1\n")
    done = forks.run(["check", "adapter.py", "--kata", kata, "--format", "json", "--output", "found.json"], tmp_path)
    assert done.returncode == 2
    assert json.loads((tmp_path / "found.json").read_text())["kata"] == kata
