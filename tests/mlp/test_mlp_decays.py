"""Mistakes in networks whose weights decay, a decay of the wrong sign, gradients that are all 0, steps over n."""

from dataclasses import replace
from typing import Any

import mlp_clauses
import pytest

from nnkata.katas.mlp.misconceptions import CATALOGUE
from nnkata.katas.mlp.misconceptions.right import Net, Right, reseed
from nnkata.katas.mlp.oracle import Rule
from tests.mlp.test_mlp_formulas import readings

DECAYING = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy", decay=0.3)
GRADIENTS = ("gradients-2", "gradients-3", "gradients-5")


def named(module: Any) -> set[str]:
    reseed(1)
    return set().union(*map(mlp_clauses.names, mlp_clauses.failures(module, 1).values()))


@pytest.mark.parametrize("spread", [False, True])
@pytest.mark.parametrize("name", ["error-turned-round", "error-from-logits"])
def test_a_wrong_error_has_its_name_beside_a_decay(name: str, spread: bool) -> None:
    cls = type(CATALOGUE[name].module)
    module = type("Decaying", (cls,), {"rule": replace(DECAYING, spread=spread)})()
    assert named(module) == {name}


@pytest.mark.parametrize(("spread", "over"), [(False, ""), (True, " / n")])
def test_weights_that_grow_instead_of_decaying_fail(spread: bool, over: str) -> None:
    reseed(1)
    module = type("Growing", (Right,), {"rule": replace(DECAYING, decay=-0.3, spread=spread)})()
    failed = mlp_clauses.failures(module, 1)
    assert set(GRADIENTS) <= set(failed)
    found = readings(module, GRADIENTS)["gradients-3"]
    assert f"you compute A2ᵀ δ3 / n - 0.3 · W3{over}; it should be A2ᵀ δ3 / n + 0.3 · W3{over}" in found


class Zeros(Right):
    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        return [0 * array for array in net.arrays]


def test_gradients_that_are_all_zero_are_neither_those_of_biases_nor_of_an_earlier_batch() -> None:
    assert named(Zeros()) <= {"step-moves-nothing", "train-moves-nothing"}


class OverTheSamples(Right):
    widths, rule = (9, 8, 1), Rule(("softplus",), "sigmoid", "binary cross-entropy")

    def step(self, net: Net, x: Any, y: Any) -> None:
        for n, (array, gradient) in enumerate(zip(net.arrays, self.gradients(net, x, y), strict=True)):
            array -= self.rate * gradient / (len(x) if n == 2 else 1)


def test_a_step_over_the_number_of_samples_is_said_as_that() -> None:
    text = "the move of [2]: you compute -0.2 · gradient / n; it should be -0.2 · gradient"
    assert readings(OverTheSamples(), ("step-2",)) == {"step-2": text}
