"""Recovers grey levels and digits from the usual forms of saved images and labels, without rounding."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.dataset import CLASSES, PIXELS, SIDE, Bytes, as_labels
from nnkata.katas.mnist.errors import DataError
from nnkata.language import _

#: Shapes of one image: a row, a square, with a channel in front or behind.
SHAPES = ((PIXELS,), (SIDE, SIDE), (1, SIDE, SIDE), (SIDE, SIDE, 1))
#: The usual divisors; 256 is that of the mnist.pkl.gz of many tutorials.
SCALES = (255, 256)
#: How far k/255 as float32 is from k/255, times 255: half a unit in the last place of 1 is 6e-8, so 1.5e-5; a margin.
EXACT = 1e-3
#: Images converted at a time: 6 MB of float64.
BLOCK = 1000


def grey(values: NDArray[Any], where: object, remedy: str) -> Bytes:
    """Grey levels (N, 784) as uint8, of whole numbers 0 to 255 of any type, or of these divided by 255 or 256.

    DataError for another shape, for no image, and for numbers that are neither.
    """
    if values.shape[1:] not in SHAPES or len(values) == 0:
        text = _("images have the shape {shape}, not (N, 28, 28) or (N, 784)")
        raise DataError(where, text.format(shape=values.shape), remedy)
    rows = values.reshape(len(values), PIXELS)
    if rows.dtype == np.uint8:
        return rows
    if rows.dtype.kind not in "iufb":
        raise DataError(where, _("holds {dtype}, not numbers").format(dtype=rows.dtype), remedy)
    low, high = float(rows.min()), float(rows.max())
    if not 0 <= low <= high <= 255:
        text = _("pixels go from {low:g} to {high:g}, which are not grey levels from 0 to 255")
        raise DataError(where, text.format(low=low, high=high), remedy)
    odd: float | None = 0.0
    for scale in SCALES if rows.dtype.kind == "f" and 0 < high <= 1 else (1,):
        levels, odd = _levels(rows, scale)
        if odd is None:
            return levels
    text = _("pixels such as {value:g} are neither whole grey levels from 0 to 255 nor these divided by 255")
    raise DataError(where, text.format(value=odd), remedy)


def _levels(rows: NDArray[Any], scale: int) -> tuple[Bytes, float | None]:
    """The rows times the scale, and the first pixel that is no whole number then; some rows at a time."""
    found = np.empty(rows.shape, np.uint8)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        scaled = block * np.float64(scale)
        levels = np.rint(scaled)
        wrong = ~(np.abs(scaled - levels) <= EXACT)
        if wrong.any():
            return found, float(block[wrong][0])
        found[start : start + BLOCK] = levels
    return found, None


def digits(values: NDArray[Any], where: object, remedy: str) -> Bytes:
    """Digits (N,) as uint8, of whole numbers of any type, of a row or a column, or of one-hot rows (N, 10)."""
    flat = values.reshape(-1) if values.ndim == 2 and 1 in values.shape else values
    if flat.ndim == 2 and flat.shape[1] == CLASSES and flat.dtype.kind in "iufb" and _one_hot(flat):
        flat = flat.argmax(axis=1)
    if flat.dtype.kind in "SU" and all(str(each).strip().isdecimal() for each in flat[:1]):
        flat = np.char.strip(flat.astype(str)).astype(np.float64)
    if flat.dtype.kind == "f" and np.all(flat == np.rint(flat)) and flat.size and np.abs(flat).max() < 2**31:
        flat = flat.astype(np.int64)
    if flat.ndim == 1 and flat.dtype.kind in "iu" and flat.size and flat.min() >= 0 and flat.max() >= CLASSES:
        text = _("labels go from {low} to {high}; the contract takes the ten digits 0 to 9")
        raise DataError(where, text.format(low=int(flat.min()), high=int(flat.max())), remedy)
    return as_labels(flat, where, remedy)


def _one_hot(rows: NDArray[Any]) -> bool:
    return bool(np.all((rows == 0) | (rows == 1)) and np.all(rows.sum(axis=1) == 1))
