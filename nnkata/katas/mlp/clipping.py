"""Gradients that a network makes smaller before it hands them out: cut off by element, or shortened as a whole.

Then they are no slopes, and those of a batch are no mean of its samples'.
"""

from collections.abc import Sequence

import numpy as np

from nnkata.language import _

#: The relative difference of a float32 from the number that its author wrote, and of a length with `+ 1e-6` in it.
WRITTEN = 1e-5


def cut_off(batches: Sequence[Sequence[object]]) -> str:
    """The reason why the gradients of these batches cannot be compared; empty if they are as they were computed."""
    found = [[np.abs(np.asarray(array, np.float64)) for array in batch] for batch in batches]
    arrays = [array for batch in found for array in batch]
    if not arrays or not all(np.isfinite(array).all() for array in arrays):
        return ""
    most = max(float(array.max(initial=0.0)) for array in arrays)
    if _written(most) and any(_reached(array, most) for array in arrays):
        return _("its gradients are cut off at ±{most:g}; give them as they are before that").format(most=most)
    lengths = np.sqrt([sum(float((array**2).sum()) for array in batch) for batch in found])
    longest = float(lengths.max())
    if _written(longest) and np.count_nonzero(np.isclose(lengths, longest, rtol=WRITTEN)) > 1:
        return _("its gradients are shortened to the length {most:g}; give them as they are before that").format(
            most=longest
        )
    return ""


def _written(number: float) -> bool:
    """Whether the number may stand in a source: it has two digits."""
    return number > 0 and bool(np.isclose(number, float(f"{number:.2g}"), rtol=WRITTEN))


def _reached(array: np.ndarray[tuple[int, ...], np.dtype[np.float64]], most: float) -> bool:
    """Whether several weights, and not most of them, have the number itself; biases count samples in some losses."""
    if array.ndim != 2 or min(array.shape) < 2:
        return False
    return bool(1 < np.count_nonzero(array == most) <= array.size / 2)
