"""The base of every mistake on the way back: a `Pass` with one piece overridden, entered where a diagnosis finds it.

`only` restricts one to a layer, as somebody may have made it in one layer alone.
"""

from nnkata.katas.mlp.misconceptions.catalogue import kebab
from nnkata.katas.mlp.misconceptions.right import Right
from nnkata.katas.mlp.oracle import Pass


class Wrong(Pass):
    """A pass with a mistake, in every layer or in one."""

    only: int | None = None
    #: Whether the mistake is one of the loss's error, which no layer has for itself.
    of_error = False

    def here(self, place: int) -> bool:
        """Whether the mistake is made in this layer."""
        return self.only in (None, place)


#: The ways to go wrong, by the name of the misconception that each belongs to; filled by the classes below.
WAYS: dict[str, type[Wrong]] = {}


def way(cls: type[Right]) -> type[Right]:
    """Enter the way of a wrong module among those that a diagnosis tries."""

    assert issubclass(cls.way, Wrong)
    WAYS[kebab(cls.__name__)] = cls.way
    return cls
