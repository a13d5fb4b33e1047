"""Objects that stay in the worker, as arguments of the module's functions; the other side knows them by number.

Values of the wire's types are sent; others (a network of any class, a tuple of layers) stay here and are passed on.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

#: The most objects kept at a time: a clause makes a few, a run some hundreds.
MAX_KEPT = 10_000
#: The deepest nesting of containers of live arrays.
MAX_NESTED = 6


class NotLive(Exception):
    """A function returned something other than writable arrays in containers; the text has the remedy."""


class Kept:
    """The objects, by number."""

    def __init__(self) -> None:
        self._objects: list[object] = []

    def add(self, value: object) -> int:
        """Keep one more; return its number.

        Raises:
            NotLive: there are too many.
        """
        if len(self._objects) >= MAX_KEPT:
            raise NotLive(f"more than {MAX_KEPT} objects are kept")
        self._objects.append(value)
        return len(self._objects) - 1

    def put(self, args: Sequence[object], places: Sequence[Sequence[int]]) -> list[object]:
        """The arguments with kept objects inserted: `places` are pairs of place and number."""
        given = list(args)
        for place, number in places:
            given[place] = self._objects[number]
        return given


def leaves(value: object, name: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """The parts of nested mappings, lists and tuples, in their order, with names such as `W1` or `weights[0]`."""
    if depth > MAX_NESTED:
        raise NotLive(f"parameters nested deeper than {MAX_NESTED}")
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from leaves(item, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value):
            yield from leaves(item, f"{name}[{place}]", depth + 1)
    elif value is not None:  # no bias
        yield name, value


def fill(live: Any, values: Sequence[Any]) -> None:
    """Write into the arrays of nested containers, in their order.

    Raises:
        NotLive: one is no array, is read-only, or has another shape.
    """
    found = list(leaves(live))
    if len(found) != len(values):
        raise NotLive(f"there are {len(found)} arrays where {len(values)} were before")
    for (name, array), value in zip(found, values, strict=True):
        if not isinstance(array, np.ndarray) or not array.flags.writeable:
            raise NotLive(f"{name} is no array that can be written into, but {type(array).__name__}")
        if array.shape != np.shape(value):
            raise NotLive(f"{name} is of shape {array.shape}, was {np.shape(value)}")
        array[...] = value
