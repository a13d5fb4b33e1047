"""Checks that compare a result with its expected value, and show both if they differ."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.language import _, later
from nnkata.worker.wire import Opaque

#: Largest difference, relative to the largest expected element, by the result's dtype. Rounding alone stays below 9e-6
#: in float32 over a million random networks and 3e-15 in float64 (docs/statistics.md); the margin leaves room for
#: guards such as `+ 1e-9` in a denominator, and the smallest known mistake is 1e-3 off.
TOLERANCE = {"float32": 2e-5, "float64": 1e-8}
#: The same dtypes as objects: NumPy computes a name each time, in 2 µs.
FLOATS = frozenset(map(np.dtype, TOLERANCE))


#: The largest distance of equal evidence: the rounding of float32 through a backward pass.
ROUNDING = 2e-4


#: The least size of an array's largest element of which five decimals show three digits or more.
LARGE = 1e-2
#: The most characters of a value that is no array.
SHORT = 60


#: The wording of a comparison.
COMPARED = later("{quantity}\n  came:             {came}\n  should have come: {expected}")


#: The numbers of a vector on the line that names it; the width of a row of numbers, of 80 columns less six of
#: indentation in a report; the rows of a matrix, so that two of them and the rest of a verdict fit 24 lines.
LINE, COLUMNS, ROWS = 3, 72, 4
#: The digits of a number behind its point, and those with which two sides that look the same are shown.
DIGITS, CLOSER = 5, (9, 15)


class Mismatch(AssertionError):
    """A quantity differs from the expected one.

    `evidence` is the value that a known mistake has to reproduce; it defaults to the result. `meant` is the expected
    array, or its shape, where `expected` says it in words.
    """

    quantity: str
    came: Any
    expected: Any
    evidence: Any
    meant: NDArray[Any] | tuple[int, ...] | None = None

    def __init__(self, quantity: str, came: Any, expected: Any, evidence: Any = None) -> None:
        self.quantity, self.came, self.expected = quantity, came, expected
        self.evidence = came if evidence is None else evidence
        super().__init__(quantity, came, expected)

    def __str__(self) -> str:
        """The comparison in words, made on demand: a diagnosis makes hundreds that nobody reads."""
        came, expected = _sides(self.came, self.expected)
        return _(COMPARED).format(quantity=self.quantity, came=came, expected=expected)


class Near:
    """A measurement as evidence: two are alike if they differ by at most the larger tolerance."""

    value: float
    tolerance: float

    def __init__(self, value: float, tolerance: float) -> None:
        self.value, self.tolerance = value, tolerance


def alike(a: Any, b: Any, tolerance: float = ROUNDING) -> bool:
    """Whether two pieces of evidence are equal up to rounding (relative to the largest element); exactly, at 0."""
    if isinstance(a, Near) and isinstance(b, Near):
        return abs(a.value - b.value) <= (max(a.tolerance, b.tolerance) if tolerance else 0)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(alike(x, y, tolerance) for x, y in zip(a, b, strict=True))
    if _numeric(a) and _numeric(b):
        x, y = np.asarray(a, np.float64), np.asarray(b, np.float64)
        if x.shape != y.shape:
            return False
        with np.errstate(all="ignore"):
            scale = float(np.max(np.abs(y[np.isfinite(y)]), initial=0.0))
            return bool(np.allclose(x, y, rtol=tolerance, atol=tolerance * scale, equal_nan=True))
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):  # of texts, or of numbers beside texts
        return type(a) is type(b) and a.dtype.kind == b.dtype.kind and bool(np.array_equal(a, b))
    return type(a) is type(b) and bool(a == b)


def _numeric(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "biuf"
    return isinstance(value, int | float | np.number)


def dimensions(shape: tuple[int, ...]) -> str:
    """A shape as text, `7×6`; empty for a scalar."""
    return "×".join(map(str, shape))


def _sides(came: Any, expected: Any) -> tuple[str, str]:
    """Both sides as text, with as many digits as it takes to see a difference.

    Arrays are without powers of ten where these would hide that one side resembles the other: NumPy writes a whole
    array with exponents if one element is small, and then fewer elements.
    """
    sides = _sides_of(came, expected)
    if sides[0] == sides[1]:
        closer = ((show(came, digits=digits), show(expected, digits=digits)) for digits in CLOSER)
        return next(((a, b) for a, b in closer if a != b), sides)
    return sides


def _sides_of(came: Any, expected: Any) -> tuple[str, str]:
    if all(isinstance(side, np.ndarray) and side.ndim == 0 and side.dtype.kind == "f" for side in (came, expected)):
        return show(float(came)), show(float(expected))
    arrays = [side for side in (came, expected) if isinstance(side, np.ndarray) and side.dtype.kind == "f"]
    if len(arrays) == 2 and all(np.max(np.abs(side), initial=0.0, where=np.isfinite(side)) > LARGE for side in arrays):
        fixed = show(came, fixed=True), show(expected, fixed=True)
        if _elements(fixed[0]) != _elements(fixed[1]):
            return fixed
    return show(came), show(expected)


def _elements(text: str) -> str:
    """An array's elements in its text, without the line that names shape and dtype."""
    return text[text.find("[") :]


def show(value: Any, fixed: bool = False, digits: int = DIGITS) -> str:
    """A value on a few lines: shape and dtype, then the elements, without the middle of many.

    `fixed`: with five decimals also where an element is smaller than these show.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0 and digits > DIGITS:
        value = float(value)
    if isinstance(value, np.ndarray):
        shape = dimensions(value.shape)
        kinds = (_("a scalar"), _("vector of {shape}"), _("matrix {shape}"), _("array {shape}"))
        kind = kinds[min(value.ndim, 3)].format(shape=shape)
        if value.ndim < 2 and value.size <= LINE:
            body = np.array2string(value, precision=digits, max_line_width=1000, separator=" ", suppress_small=fixed)
            return _("{kind}, {dtype}: {elements}").format(kind=kind, dtype=value.dtype, elements=body[:600])
        head = _("{kind}, {dtype}: {elements}").format(kind=kind, dtype=value.dtype, elements="").rstrip()
        return head + _rows(value, fixed, digits)
    if isinstance(value, float):
        return f"{value:.{digits + 1}g}"
    if isinstance(value, Near):
        return f"{value.value:.6g}"
    return str(value)[:1000]


def _rows(value: NDArray[Any], fixed: bool, digits: int) -> str:
    """The elements, one row per line, in aligned columns within the screen, without the middle of many."""
    rows: list[str] = []
    look: Any = {
        "precision": digits,
        "threshold": 12,
        "max_line_width": 1000,
        "separator": " ",
        "suppress_small": fixed,
    }
    for edge in (3, 2, 1):
        body = np.array2string(value, edgeitems=edge, **look)
        rows = [row for row in body.split("\n") if row.strip()]
        if max(map(len, rows)) <= COLUMNS:
            break
    if len(rows) > ROWS:
        rows = [*rows[: ROWS - 2], " ...", rows[-1]]
    return "".join("\n    " + row for row in rows)


def kind(value: object) -> str:
    """The name of a value's type; for None, that nothing was returned: a missing `return` shows like this."""
    if isinstance(value, Opaque):
        return value.type
    return _("None (nothing is returned)") if value is None else type(value).__name__


def told(value: object) -> str:
    """A value of another kind than the expected one: its type, and itself or the number of its elements."""
    if value is None or isinstance(value, Opaque):
        return kind(value)
    text = " ".join(str(value).split())
    if len(text) > SHORT and isinstance(value, list | tuple | dict):
        return _("{kind}, {count} elements").format(kind=kind(value), count=len(value))
    return f"{kind(value)}: {text if len(text) <= SHORT else text[:SHORT] + ' …'}"


def array(
    quantity: str, came: Any, shape: tuple[int, ...], meant: NDArray[Any] | tuple[int, ...] | None = None
) -> NDArray[Any]:
    """The result, if it is a float32 or float64 array of that shape; scalars of NumPy and Python count as arrays.

    `meant` is the expected array, if it is known, so that right numbers in another shape are reported as such.

    Raises:
        Mismatch: it is not.
    """
    __tracebackhide__ = True
    number = isinstance(came, int | float | np.ndarray | np.number) and not isinstance(came, bool)
    value = np.asarray(came) if number else None
    if value is not None and value.shape == shape and value.dtype in FLOATS:
        return value
    wanted = _("a float32 or float64 array of shape {shape}")
    wanted = wanted.format(shape=dimensions(shape) or _("() (a number)"))
    if value is None:
        raise Mismatch(quantity, told(came), wanted, evidence=type(came).__name__)
    mismatch = Mismatch(quantity, value, wanted)
    mismatch.meant = shape if meant is None else meant
    raise mismatch


def coarser(*dtypes: str) -> str:
    """The least precise of some dtypes."""
    return max(dtypes, key=lambda dtype: TOLERANCE[dtype])


def same(quantity: str, came: Any, expected: Any, precision: str = "float64", before: Any = 0.0) -> None:
    """Check that an array is the expected one, except for the rounding of the result's dtype; an inf is only an inf.

    `precision` is the dtype of the computation, if it is known to be coarser than the result's. The evidence is the
    array's distance from its value `before`.
    """
    __tracebackhide__ = True
    expected = np.asarray(expected, dtype=np.float64)
    value = array(quantity, came, expected.shape, expected)
    scale = float(np.max(np.abs(expected), initial=0.0, where=np.isfinite(expected))) or 1.0
    with np.errstate(invalid="ignore"):  # inf - inf
        close = np.abs(value - expected) <= TOLERANCE[coarser(value.dtype.name, precision)] * scale
    if not np.all(close | (value == expected)):
        raise Mismatch(quantity, value, expected, evidence=value - before)


def equal(quantity: str, came: Any, expected: Any, evidence: Any = None) -> None:
    """Check that two values are the same to the last bit, in type, shape and content; dicts entry by entry."""
    __tracebackhide__ = True
    if isinstance(expected, dict) and isinstance(came, dict) and list(came) == list(expected):
        for key in expected:
            equal(_("{quantity}, entry {key!r}").format(quantity=quantity, key=key), came[key], expected[key], evidence)
        return
    if isinstance(expected, np.ndarray):
        fine = isinstance(came, np.ndarray) and came.shape == expected.shape and came.dtype == expected.dtype
        fine = fine and bool(np.array_equal(came, expected, equal_nan=expected.dtype.kind == "f"))
    else:
        fine = type(came) is type(expected) and bool(came == expected)
    if not fine:
        raise Mismatch(quantity, came, expected, evidence)


def holds(quantity: str, condition: bool, came: Any, expected: Any, evidence: Any = None) -> None:
    """Check a condition; `came` and `expected` are its two sides in words or numbers."""
    __tracebackhide__ = True
    if not condition:
        raise Mismatch(quantity, came, expected, evidence)
