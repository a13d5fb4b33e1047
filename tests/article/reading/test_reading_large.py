"""Functions that overflow at large numbers, on which side, and a name only for the side that it states."""

from typing import Any

import numpy as np
import pytest

from nnkata.katas.article.misconceptions.right import Right
from tests.support.readings import read


def slope(exps: Any) -> Any:
    """The derivative from e^x or from e^-x."""
    return exps / (1 + exps) ** 2


class ExponentialOfX(Right):
    """e^x / (1 + e^x): it overflows at large positive numbers."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        exps = np.exp(x)
        return slope(exps) if derivative else exps / (1 + exps)


class ExponentialOfMinusX(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        exps = np.exp(-np.asarray(x))
        return slope(exps) if derivative else 1 / (1 + exps)


class BothBranches(Right):
    """np.where computes both of its branches, and each overflows on one side."""

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        x = np.asarray(x)
        s = np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
        return s * (1 - s) if derivative else s


class SlopeOfX(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return slope(np.exp(x)) if derivative else super().sigmoid(x)


class SlopeOfMinusX(Right):
    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        return slope(np.exp(-np.asarray(x))) if derivative else super().sigmoid(x)


@pytest.mark.parametrize(
    ("network", "name", "function", "where"),
    [
        (ExponentialOfX, None, "sigmoid(x)", "1000"),
        (ExponentialOfMinusX, "sigmoid-overflows", "sigmoid(x)", "-1000"),
        (BothBranches, "sigmoid-overflows", "sigmoid(x)", "±1000"),
        (SlopeOfX, None, "sigmoid(x, derivative=True)", "1000"),
        (SlopeOfMinusX, "derivative-overflows", "sigmoid(x, derivative=True)", "-1000"),
    ],
)
def test_an_overflow_is_told_with_its_side(network: type, name: str | None, function: str, where: str) -> None:
    found = read(network, "activations-6")["activations-6"]
    assert found.name == name
    assert found.reading == f"{function}: right for moderate x, but it overflows at x = {where} (e^1000 = ∞)"
