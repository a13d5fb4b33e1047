"""A function in pieces is read piece by piece, with the bounds between them; one that is in no pieces is not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.katas.article import oracle
from nnkata.katas.article.reading.functions import piecewise


def quiet(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def asked(x: Any) -> Any:
        with np.errstate(all="ignore"):
            return f(x)

    return asked


@pytest.mark.parametrize(
    ("f", "text"),
    [
        (
            lambda x: np.where(x >= 1, oracle.sigmoid(x), np.exp(x) / (1 - np.exp(x))),
            "-(1 / (1 - e^-x)) for x < 1, σ(x) for x > 1",
        ),
        (lambda x: oracle.sigmoid(np.clip(x, -1.0, 1.0)), "σ(x), with x cut to ±1"),
        (lambda x: np.where(x > -2.5, oracle.sigmoid(x), 0.0), "0 for x < -2.5, σ(x) for x > -2.5"),
        (lambda x: np.where(x > 2, 1.0, oracle.sigmoid(x)), "σ(x) for x < 2, 1 for x > 2"),
        (lambda x: np.sin(x**2), None),
        (oracle.sigmoid, None),
    ],
)
def test_a_function_in_pieces_is_read_with_its_bounds(f: Callable[[Any], Any], text: str | None) -> None:
    found = piecewise.read(quiet(f), derivative=False)
    assert (found and found.text) == text


def test_a_slope_in_pieces_is_read_with_its_bounds() -> None:
    found = piecewise.read(lambda x: np.where(x > 3, 0.0, oracle.sigmoid_derivative(x)), derivative=True)
    assert found is not None
    assert found.text == "σ(x) (1 - σ(x)) for x < 3, 0 for x > 3"
