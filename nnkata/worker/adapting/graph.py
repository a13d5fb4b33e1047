"""The arrays reachable from an object: through attributes, items of lists and dicts, and objects in them."""

from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


class Live(Mapping[str, Any]):
    """A module's arrays, and lists of them, by name: those of now, as a function may bind the name to a new array."""

    def __init__(self, module: ModuleType, names: tuple[str, ...]) -> None:
        self._module, self._names = module, names

    def __getitem__(self, name: str) -> Any:
        """The value of that name."""
        if name not in self._names:
            raise KeyError(name)
        return getattr(self._module, name)

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._names)

    def __len__(self) -> int:
        """The number of names."""
        return len(self._names)


MAX_DEPTH = 6
MAX_ARRAYS = 400
MAX_ITEMS = 200


def arrays(value: object, text: str) -> dict[str, Array]:
    """Float arrays with their access texts, each memory once, in the order of insertion."""
    found: dict[str, Array] = {}
    seen: set[int] = set()
    for path, array in _walk(value, text, 0, seen):
        if len(found) < MAX_ARRAYS:
            found[path] = array
    return found


def _walk(value: object, text: str, depth: int, seen: set[int]) -> Iterator[tuple[str, Array]]:
    if depth > MAX_DEPTH or id(value) in seen:
        return
    if isinstance(value, np.ndarray):
        seen.add(id(value))
        if value.dtype.kind == "f" and value.ndim:
            yield text, value
        elif value.dtype == object and value.ndim == 1:
            for place, item in enumerate(value[:MAX_ITEMS]):
                yield from _walk(item, f"{text}[{place}]", depth + 1, seen)
        return
    if isinstance(value, str | bytes | int | float | complex | type | None) or (callable(value) and not _holds(value)):
        return
    seen.add(id(value))
    if isinstance(value, Mapping):
        for key, item in list(value.items())[:MAX_ITEMS]:
            if isinstance(key, str | int | tuple) and is_name(key):
                yield from _walk(item, f"{text}[{key!r}]", depth + 1, seen)
    elif isinstance(value, list | tuple):
        for place, item in enumerate(value[:MAX_ITEMS]):
            yield from _walk(item, f"{text}[{place}]", depth + 1, seen)
    elif _holds(value):
        for name, item in [*vars(value).items(), *_of_class(value)][:MAX_ITEMS]:
            yield from _walk(item, f"{text}.{name}", depth + 1, seen)


def is_name(key: object) -> bool:
    """Whether a key names something; one that is made of data, such as labels in `f"Z{y}"`, is another at each call."""
    return "[" not in str(key)


def _of_class(value: object) -> Iterator[tuple[str, object]]:
    """The lists and dicts of an object's class that the object does not hide: weights may be kept there."""
    own = vars(value)
    for name, item in vars(type(value)).items():
        if isinstance(item, list | dict) and name not in own and not name.startswith("__"):
            yield name, item


def _holds(value: object) -> bool:
    """Whether it is an object of the file's own classes, which has attributes."""
    module = type(value).__module__
    return hasattr(value, "__dict__") and module.partition(".")[0] not in ("numpy", "builtins", "nnkata", "types")
