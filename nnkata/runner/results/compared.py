"""The result and the expected value as numbers, small enough for a verdict, for pictures in a report."""

import numpy as np
from numpy.typing import NDArray

from nnkata.steps.compare import Mismatch
from nnkata.verdict import Compared

Array = NDArray[np.float64]
#: The most rows and columns kept of a larger array, evenly spread.
MOST = 16


def compared(error: BaseException) -> Compared | None:
    """The two sides of a mismatch, if both are arrays or shapes."""
    if not isinstance(error, Mismatch):
        return None
    came, expected = _array(error.came), _array(error.expected)
    if came is not None and expected is not None:
        if came.shape != expected.shape:
            return Compared(came.shape, expected.shape)
        return Compared(came.shape, expected.shape, _rows(came), _rows(expected))
    shapes = [_shape(side) for side in (error.came, error.expected)]
    return Compared(shapes[0], shapes[1]) if shapes[0] is not None and shapes[1] is not None and any(shapes) else None


def _array(value: object) -> Array | None:
    fine = isinstance(value, np.ndarray) and value.dtype.kind in "biuf" and 1 <= value.ndim <= 2 and value.size > 1
    return np.asarray(value, np.float64) if fine else None


def _shape(value: object) -> tuple[int, ...] | None:
    if isinstance(value, str) and value.startswith("()"):
        return ()
    return value if isinstance(value, tuple) and len(value) <= 2 and all(type(n) is int for n in value) else None


def _rows(array: Array) -> list[list[float | None]]:
    rows = np.atleast_2d(array)
    picked = rows[np.ix_(*(np.linspace(0, n - 1, min(n, MOST)).round().astype(int) for n in rows.shape))]
    return [[float(f"{value:.4g}") if np.isfinite(value) else None for value in row] for row in picked]
