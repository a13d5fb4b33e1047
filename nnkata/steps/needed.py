"""Values that one step of a clause makes and a later one needs."""

import math
from collections.abc import Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnkata.errors import UsageError
from nnkata.language import _, later

T = TypeVar("T")

#: The message about a value that no step has made.
MISSING = later("no step before this one has made {what}")


def fits(fine: bool, what: str, given: object, wanted: object) -> None:
    """Refuse an input or an expected value of a feature that no network can meet: not the network is wrong.

    Raises:
        UsageError: it is not fine.
    """
    if not fine:
        told = _("{what}: {given} in the feature, {wanted} needed; correct the feature")
        raise UsageError(told.format(what=what, given=given, wanted=wanted))


def between(low: float, number: float, high: float, what: str) -> None:
    """Refuse a number of a feature outside of these bounds, and nan.

    Raises:
        UsageError: it is outside.
    """
    fits(low <= number <= high, what, f"{number:g}", _("{low:g} to {high:g}").format(low=low, high=high))


def finite(number: float, what: str) -> None:
    """Refuse inf and nan in a feature, of which one would compare with anything and the other with nothing.

    Raises:
        UsageError: it is one of them.
    """
    fits(math.isfinite(number), what, number, _("a number"))


def numbers(rows: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """The numbers of a table.

    Raises:
        UsageError: a cell holds no number, or inf or nan.
    """
    for number, row in enumerate(rows, 1):
        for cell in row:
            fine = is_number(cell) and math.isfinite(float(cell))
            fits(fine, _("row {number} of the table").format(number=number), repr(cell), _("a number"))
    return np.array(rows, dtype=np.float64)


def is_number(text: str) -> bool:
    """Whether a text is a number, inf and nan included."""
    try:
        float(text)
    except ValueError:
        return False
    return True


class Needed(Generic[T]):
    """An attribute of a world. To read it before a step has set it is a fault of the feature, not of the submission.

    Without this, a feature without a `When` step would fail the submission for the result None.
    """

    def __init__(self, what: str) -> None:
        """The name of the value, for a message; with its article."""
        self._what = what

    def __set_name__(self, owner: type, name: str) -> None:
        """Python tells the attribute's name."""
        self._name = name

    def __get__(self, world: object, owner: type) -> T:
        """The value.

        Raises:
            UsageError: no step has set it.
        """
        try:
            value: T = vars(world)[self._name]
        except KeyError:
            raise UsageError(_(MISSING).format(what=_(self._what))) from None
        return value

    def __set__(self, world: object, value: T) -> None:
        """A step's value."""
        vars(world)[self._name] = value
