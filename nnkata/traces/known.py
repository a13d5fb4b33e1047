"""The values of a right network, with which the values of a trace are compared."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.traces.trace import Array

#: The tolerance of a value, relative to its largest element: the rounding of float32 through a pass.
CLOSE = 1e-4


@dataclass
class Known:
    """The values on a right network's way, by their number of elements; the shape is free."""

    close: float = CLOSE
    _by_size: dict[int, list[Array]] = field(default_factory=dict)

    def add(self, *values: object) -> "Known":
        """Add values."""
        for value in values:
            array = np.asarray(value, np.float64)
            for flat in [array.ravel(), array.T.ravel()] if array.ndim > 1 else [array.ravel()]:
                self._by_size.setdefault(flat.size, []).append(flat)
        return self

    def __contains__(self, value: Array) -> bool:
        """Whether a value is among them."""
        flat = value.ravel()
        if not flat.size or not np.any(flat):
            return True  # nothing is filled in yet
        return any(near(flat, one, self.close) for one in self._by_size.get(flat.size, ()))

    def sized(self, value: Array) -> bool:
        """Whether one of the values has as many elements."""
        return value.size in self._by_size

    def join(self, other: "Known") -> "Known":
        """Add the values of another."""
        for size, values in other._by_size.items():
            self._by_size.setdefault(size, []).extend(values)
        return self

    def has(self, flat: Array, where: NDArray[np.bool_]) -> bool:
        """Whether one of the values has these elements where the mask is true."""
        return any(near(flat[where], one[where], self.close) for one in self._by_size.get(flat.size, ()))


def near(one: NDArray[Any], other: NDArray[Any], close: float = CLOSE) -> bool:
    """Whether two arrays of one size have the same elements in the same order, except for rounding."""
    a, b = one.ravel(), other.ravel()
    if a.size != b.size:
        return False
    with np.errstate(all="ignore"):
        finite = np.isfinite(b)
        scale = float(np.max(np.abs(b[finite]), initial=0.0))
        if finite.all():  # as `allclose`, which takes three times as long for some numbers (NumPy 2.4)
            return bool((np.abs(a - b) <= close * (scale + np.abs(b))).all())
        return bool(np.allclose(a, b, rtol=close, atol=close * scale, equal_nan=True))
