"""The usual styles of typing right networks, and wrong types: one verdict for each."""

import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.steps.typing import BESIDE, FUNCTIONS, GIVES_ARRAYS, METHODS
from nnkata.runner.submission.source import sources
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.steps.arguments import unfitting
from nnkata.steps.empty_annotations import lambdas, says_nothing
from nnkata.steps.mypy_switches import switches
from nnkata.subject import locate
from tests.runner.typing_styles import RIGHT, WRONG, Style


def runs_here(styles: dict[str, Style]) -> list[str]:
    return [name for name, style in styles.items() if sys.version_info >= style.python]


def findings(path: Path) -> dict[str, list[str]]:
    implementation = locate(str(path))
    texts = sources(implementation)
    checked = TypeCheck(implementation, texts)
    try:
        assert checked.trouble() == []
        return {
            "typing-1": list(map(str, checked.findings())) + lambdas(texts, FUNCTIONS),
            "typing-2": list(map(str, checked.differences())) + unfitting(texts, METHODS, BESIDE),
            "typing-3": switches(texts) + says_nothing(texts, GIVES_ARRAYS),
        }
    finally:
        checked.close()


@pytest.mark.parametrize("name", runs_here(RIGHT))
def test_a_right_network_typed_as_people_type_passes(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.py"
    path.write_text(RIGHT[name].text, encoding="utf-8")
    assert findings(path) == {"typing-1": [], "typing-2": [], "typing-3": []}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_types_are_refused_for_the_stated_reason(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.py"
    path.write_text(WRONG[name].text, encoding="utf-8")
    found = findings(path)
    assert any(WRONG[name].says in line for line in found[WRONG[name].clause]), found


def load(text: str) -> Any:
    module = types.ModuleType("submission")
    sys.modules["submission"] = module  # dataclasses look up their module
    exec(compile(text, "submission.py", "exec"), vars(module))
    return module


@pytest.mark.parametrize("name", runs_here(RIGHT))
def test_the_right_networks_are_right(name: str) -> None:
    module = load(RIGHT[name].text)
    rng = np.random.default_rng(5)
    net = module.DeepNeuralNetwork([7, 6, 5, 4], l_rate=0.1)
    weights = {key: np.array(net.params[key], np.float64) for key in ("W1", "W2", "W3")}
    x, y = rng.random(7), np.eye(4)[2]
    output = net.forward_pass(x)
    changes = net.backward_pass(y, output)
    assert np.allclose(output, oracle.forward(weights, x).output, rtol=1e-5)
    for key, wanted in oracle.gradients(weights, x, y).items():
        assert np.allclose(changes[key], wanted, rtol=1e-4, atol=1e-7)
    net.update_network_parameters(changes)
    assert np.allclose(net.params["W2"], weights["W2"] - 0.1 * changes["W2"], rtol=1e-5)
    pixels, rows = module.preprocess(rng.integers(0, 256, (3, 28, 28)), np.array([1, 2, 3]))
    assert (pixels.shape, rows.shape, pixels.dtype) == ((3, 784), (3, 10), np.float32)
    net.train(x[None], y[None], x[None], y[None])
