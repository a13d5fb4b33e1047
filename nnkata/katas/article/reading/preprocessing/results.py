"""The results of preprocess: arrays of numbers, or none."""

from typing import Any

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading.departure import of
from nnkata.katas.article.reading.observed import Observed
from nnkata.subject import Outcome, Raised

PIXELS = of("preprocessing", 1, 2, 3, 4, 5, 10, *range(11, 40))

LABELS = of("preprocessing", 6, 7, 8, *range(11, 40))

#: x is float32: its numbers are right to 6e-8 of the largest.
CLOSE = 1e-6


def ask(observed: Observed, images: Any, labels: Any) -> Outcome | Raised:
    """What preprocess returns for images and labels, or the exception that it raises."""
    try:
        return observed.subject.call(None, "preprocess", [images, labels])
    except Raised as error:
        return error


def part(outcome: Outcome | Raised, index: int) -> Any:
    """The pixels (0) or the labels (1) of a result; None if it is no pair."""
    value = outcome.value if isinstance(outcome, Outcome) else None
    return value[index] if isinstance(value, tuple | list) and len(value) == 2 else None


def numeric(value: Any) -> Array | None:
    """An array as float64; None if it is no array of finite numbers."""
    fine = isinstance(value, np.ndarray) and value.dtype.kind in "biuf"
    return value.astype(np.float64) if fine and np.isfinite(value.astype(np.float64)).all() else None


def near(one: Array, other: Array) -> bool:
    """Whether two arrays have one shape and, to the digits of float32, the same numbers."""
    return one.shape == other.shape and bool(np.max(np.abs(one - other)) <= CLOSE * (np.max(np.abs(other)) or 1.0))
