"""Values that one step of a clause makes and a later one needs."""

from typing import Generic, TypeVar

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
