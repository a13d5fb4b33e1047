"""The base of every mistake in the backward pass: a `Pass` with one piece overridden, registered for the diagnosis.

`only` restricts a mistake to one layer.
"""

from nnkata.katas.mlp.misconceptions.right import Right
from nnkata.katas.mlp.oracle import Pass
from nnkata.misconceptions import kebab


class Wrong(Pass):
    """A pass with a mistake, in every layer or in one."""

    only: int | None = None
    #: Whether the mistake is in the error of the loss, which belongs to no layer.
    of_error = False

    def here(self, place: int) -> bool:
        """Whether the mistake is made in this layer."""
        return self.only in (None, place)


#: The wrong passes, by the name of the misconception; the classes below fill it.
WAYS: dict[str, type[Wrong]] = {}


def way(cls: type[Right]) -> type[Right]:
    """Register the pass of a wrong module for the diagnosis."""

    assert issubclass(cls.way, Wrong)
    WAYS[kebab(cls.__name__)] = cls.way
    return cls
