"""What belongs to another kata is told with that kata: files, clauses, commands; and its own table is checked."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnkata.katas.mlp import CONTRACT
from nnkata.katas.mlp.declaration import VALUES, fault
from nnkata.katas.mlp.functions import USUAL
from nnkata.runner.submission.foreign import fitting_kata

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]
ADAPTER = """\
from nnkata.worker.foreign import load
theirs = load('net.py')
def new(): return theirs.Net()
def parameters(net): return net.params
def output(net, x): return net.forward(x)
def gradients(net, x, y): return net.backward(y)
"""


def test_a_file_for_another_kata_is_told_with_it(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "adapter.py").write_text(ADAPTER, encoding="utf-8")
    done = nnkata("check", "adapter.py", cwd=tmp_path)
    assert done.returncode == 2
    assert "the kata mlp: nnkata check adapter.py --kata mlp" in done.stderr
    shutil.copy(ROOT / "reference" / "network.py", tmp_path)
    done = nnkata("check", "network.py", "--kata", "mlp", cwd=tmp_path)
    assert done.returncode == 2
    assert "the kata article: nnkata check network.py --kata article" in done.stderr


@pytest.mark.parametrize(
    "source",
    ["", "def train(): ...", "def new(): ...\ndef output(): ...", "class A:\n  def forward(self): ...", "def f(:"],
)
def test_a_file_that_fits_no_kata_is_given_to_none(source: str) -> None:
    assert not fitting_kata(source)
    assert fitting_kata(ADAPTER) == "mlp"
    assert not fitting_kata((ROOT / "reference" / "network.py").read_text(encoding="utf-8"))  # that of the current one


def test_a_clause_and_a_command_of_another_kata_are_told_with_it(nnkata: Run, tmp_path: Path) -> None:
    for words in (("explain", "gradients-2"), ("check", "x.py", "--clause", "gradients-2")):
        said = nnkata(*words, cwd=tmp_path)
        assert said.returncode == 2
        assert "no clause gradients-2" in said.stderr
        assert "the kata mlp has it: --kata mlp" in said.stderr
    said = nnkata("--kata", "mlp", "train", "x.py", cwd=tmp_path)
    assert (said.returncode, "the kata article has it: --kata article" in said.stderr) == (2, True)
    for line in ("explain training-99", "explain nothing-2", "nothing"):
        assert "--kata" not in nnkata(*line.split(), cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"losss": "squared error"}, "no key 'losss'.*; did you mean loss"),
        ({"activation": "ReLU"}, "no key 'activation'; its keys are widths, hidden"),
        ({"hidden": "relu"}, "hidden .* is 'relu'; it has to be one of ReLU,"),
        ({"hidden": "ReLU, foo"}, "hidden .* is 'foo'"),
        ({"loss": 3}, "loss .* is '3'; it has to be one of cross-entropy"),
        ({"widths": [784, 10]}, 'write it like "784-128-10"'),
    ],
)
def test_a_declaration_that_is_not_known_is_refused(table: dict[str, object], said: str) -> None:
    assert re.search(said, fault(table)), fault(table)


def test_every_architecture_that_can_be_inferred_can_be_declared() -> None:
    for output, losses in USUAL.items():
        for loss in losses:
            table = {"widths": "784-10", "hidden": "ReLU, tanh", "output": output, "loss": loss, "reduction": "sum"}
            assert fault(table) == ""
    assert all(not fault({"hidden": name}) for name in VALUES["hidden"])
    assert fault({}) == ""


def test_a_wrong_declaration_is_told_with_its_file(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "adapter.py").write_text(ADAPTER, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.nnkata.mlp]\nreduction = "average"\n')
    done = nnkata("--kata", "mlp", "check", "adapter.py", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / 'pyproject.toml'}: reduction under [tool.nnkata.mlp] is 'average'" in done.stderr


#: A right network, and its gradients of another loss than any.
NETWORK = """\
import numpy as np
W, V = np.random.randn(784, 12) / 28, np.random.randn(12, 10) / 4
def parameters(net): return [W, V]
def output(net, x):
    s = np.maximum(x @ W, 0) @ V
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def gradients(net, x, y):
    h = np.maximum(x @ W, 0)
    d = (output(net, x) - y) / len(x)
    return [x.T @ (d @ V.T * (h > 0)), h.T @ d]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("", "", "784-12-10 without biases; ReLU; softmax; cross-entropy, mean of the batch"),
        (
            "[x.T @ (d @ V.T * (h > 0)), h.T @ d]",
            "[np.ones_like(W), np.ones_like(V)]",
            "784-12-10 without biases; ReLU; softmax",
        ),
    ],
)
def test_the_network_that_was_read_off_its_numbers_is_told(
    old: str, new: str, told: str, nnkata: Run, tmp_path: Path
) -> None:
    (tmp_path / "adapter.py").write_text(NETWORK.replace(old, new), encoding="utf-8")
    wanted = ("adapter.py", "--kata", "mlp", "--stage", "output", "--stage", "gradients")
    said = nnkata("check", *wanted, "--format", "json=verdict.json", "--format", "text", cwd=tmp_path)
    assert f"Read off its numbers: {told}" in " ".join(said.stdout.split())
    assert json.loads((tmp_path / "verdict.json").read_bytes())["environment"]["recognised"] == told
    assert said.returncode == (1 if old else 0)


def test_a_network_whose_function_is_unknown_is_not_told(nnkata: Run, tmp_path: Path) -> None:
    text = NETWORK.replace("return e / e.sum(axis=1, keepdims=True)", "return np.sin(e)")
    (tmp_path / "adapter.py").write_text(text, encoding="utf-8")
    said = nnkata("check", "adapter.py", "--kata", "mlp", "--stage", "output", cwd=tmp_path)
    assert "Read off" not in said.stdout
    assert f"contract {CONTRACT}" in said.stdout
