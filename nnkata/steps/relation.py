"""The relation of a result to its expected value, in a few words: the least that a failed clause gets."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.language import _
from nnkata.steps.compare import ROUNDING, TOLERANCE, Mismatch
from nnkata.steps.exceptions import NO_SOURCES, plain
from nnkata.subject import Raised

Array = NDArray[np.float64]
#: Rounding of a float16 through a backward pass: 13 bits less than float32 has.
HALF = 1e-2
#: The least distance from 1 of a factor that counts: more than four digits show.
ALMOST = 1e-3
#: Shapes in a message of NumPy's: (4,5), (4,), 'size 5 is different from 4'.
SHAPES = re.compile(r"\(\d+(?:,\d*)*\)|size \d+ is different from \d+")

#: NumPy's message for the rows of the second array in a product of matrices.
CORE = re.compile(r"Input operand 1 has a mismatch in its core dimension 0,.*\(size (\d+) is different from (\d+)\)")


def relation(error: BaseException, sources: Mapping[str, str] = NO_SOURCES) -> str:
    """A sentence; empty if there is no simple relation. `sources`: the submission's texts by their file."""
    if isinstance(error, Raised):
        return _raised(error, sources)
    if not isinstance(error, Mismatch):
        return ""
    if isinstance(error.meant, tuple):
        return _of_shape(error.came, error.meant)
    came, expected = _array(error.came), _array(error.expected if error.meant is None else error.meant)
    if came is None or expected is None or not expected.size:
        return ""
    with np.errstate(all="ignore"):
        if came.shape != expected.shape:
            return _shapes(came, expected)
        if np.all(np.abs(came - expected) <= HALF * (np.max(np.abs(expected)) or 1.0)) and (kind := _kind(error.came)):
            return kind
        return _numbers(came, expected)


def _array(value: Any) -> Array | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) or (isinstance(value, np.ndarray) and value.dtype.kind in "biuf"):
        return np.asarray(value, np.float64)
    return None


def _raised(error: Raised, sources: Mapping[str, str]) -> str:
    shapes = list(dict.fromkeys(SHAPES.findall(error.message[:500])))
    if error.kind in ("ValueError", "AxisError") and len(shapes) > 1:
        return _("two arrays do not fit: {shapes}").format(shapes=" · ".join(shapes[:4]))
    if found := CORE.search(error.message[:500]):
        text = _("two arrays do not fit: the first has {columns} columns, the second {rows} rows")
        return text.format(columns=found[2], rows=found[1])
    return plain(error, sources)


def _text(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def _shapes(came: Array, expected: Array) -> str:
    if came.size == expected.size and _near(came.ravel(), expected.ravel()):
        same = _("the right numbers in the shape {came}; return them in the shape {expected}")
        return same.format(came=_text(came.shape), expected=_text(expected.shape))
    if came.ndim == 2 and came.shape == expected.shape[::-1]:
        if _near(came.T, expected):
            return _("transposed: rows and columns are exchanged")
        return _("the shape is that of the transposed: {came} for {expected}").format(
            came=_text(came.shape), expected=_text(expected.shape)
        )
    text = _("the shape {came} came, {expected} is meant").format(
        came=_text(came.shape), expected=_text(expected.shape)
    )
    made = _made(came.shape, expected.shape)
    return text + _("; ") + made if made else text


def _made(came: tuple[int, ...], expected: tuple[int, ...]) -> str:
    """For a matrix in place of a vector, the shapes from which NumPy makes one."""
    if len(came) == 2 and len(expected) == 1 and expected[0] in came and 1 not in came:
        return _("a column (n, 1) with a vector (m,) gives a matrix (n, m)")
    return ""


def _of_shape(came: Any, shape: tuple[int, ...]) -> str:
    """The advice for an array of which only the shape is expected."""
    if not isinstance(came, np.ndarray):
        return ""
    if came.shape == shape:
        return _kind(came)
    if tuple(n for n in came.shape if n != 1) == tuple(n for n in shape if n != 1):
        return _("as many numbers in the shape {came}; return them in the shape {expected}").format(
            came=_text(came.shape), expected=_text(shape)
        )
    if came.shape == shape[::-1]:
        return _("the shape is that of the transposed: {came} for {expected}").format(
            came=_text(came.shape), expected=_text(shape)
        )
    return _made(came.shape, shape)


def _kind(came: Any) -> str:
    """The advice for numbers of another dtype."""
    if not isinstance(came, np.ndarray) or came.dtype.name in TOLERANCE:
        return ""
    return _("numbers of another kind: {came} came, return float32 or float64").format(came=str(came.dtype)[:20])


def _near(one: Array, other: Array) -> bool:
    scale = float(np.max(np.abs(other), initial=0.0)) or 1.0
    return bool(np.all(np.abs(one - other) <= ROUNDING * scale))


def _numbers(came: Array, expected: Array) -> str:
    if not np.isfinite(came).all():
        return _("not finite: nan or inf among the numbers")
    if not came.any() and expected.any():
        return _("all zero")
    if came.ndim == 0:
        return _ratio(float(came), float(expected))
    if _near(came, -expected):
        return _("the sign is turned everywhere")
    length = float(np.vdot(expected, expected))
    factor = float(np.vdot(expected, came)) / length if length else 0.0
    if factor and _near(came, factor * expected):
        if abs(factor - 1) > ALMOST:
            return _("{factor} times as large everywhere").format(factor=f"{factor:.4g}")
        return _almost(came, expected)
    return _places(came, expected) or _moved(came, expected)


def _almost(came: Array, expected: Array) -> str:
    """Numbers that are nearly right: a factor of 0.9999997 explains nothing."""
    gap = float(np.max(np.abs(came - expected)))
    return _("almost right: the largest difference is {gap}").format(gap=f"{gap:.2g}")


def _ratio(came: float, expected: float) -> str:
    if expected and abs(came / expected - 1) > ROUNDING and 1e-6 < abs(came / expected) < 1e6:
        return _("{factor} times the expected value").format(factor=f"{came / expected:.4g}")
    return ""


def _places(came: Array, expected: Array) -> str:
    apart = float(np.max(np.abs(came - expected)))
    if came.ndim == 2 and came.shape[0] == came.shape[1] and _elsewhere(came.T, expected, apart):
        return _("transposed: rows and columns are exchanged")
    if _elsewhere(came[::-1], expected, apart):
        return _("the same in reverse order")
    if came.ndim == 2 and len(came) > 1:
        rows, meant = came[np.lexsort(came.T)], expected[np.lexsort(expected.T)]
        if _elsewhere(rows, meant, apart):
            return _("the same rows in another order")
    if came.size > 2 and _elsewhere(np.sort(came, axis=None), np.sort(expected, axis=None), apart):
        return _("the same numbers in other places")
    return ""


def _elsewhere(there: Array, meant: Array, apart: float) -> bool:
    """Whether numbers in other places are the meant ones, far nearer to them than the `apart` of their own place."""
    return _near(there, meant) and bool(apart > 10 * np.max(np.abs(there - meant)))


def _moved(came: Array, expected: Array) -> str:
    difference = came - expected
    if came.size > 1 and np.ptp(difference) <= ROUNDING * (np.max(np.abs(expected)) or 1.0):
        number = float(difference.mean())
        if number < 0:
            return _("{number} less everywhere").format(number=f"{-number:.4g}")
        return _("{number} more everywhere").format(number=f"{number:.4g}")
    wrong = np.abs(difference) > ROUNDING * (float(np.max(np.abs(expected))) or 1.0)
    if 0 < wrong.sum() < wrong.size:
        return _("{wrong} of {all} elements differ").format(wrong=int(wrong.sum()), all=wrong.size)
    return ""
