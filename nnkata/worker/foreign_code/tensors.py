"""Tensors of a foreign framework: objects with an array `data` and its gradient `grad`, which `backward` fills."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeGuard

import numpy as np

#: How deep a network's attributes, lists and dicts are searched.
MAX_DEPTH = 8


class Tensor(Protocol):
    """A foreign tensor."""

    data: np.ndarray[Any, Any]
    grad: Any


def is_tensor(value: object) -> TypeGuard[Tensor]:
    """Whether an object holds an array and a place for its gradient."""
    return not isinstance(value, np.ndarray) and hasattr(value, "grad") and isinstance(_data(value), np.ndarray)


def _data(value: object) -> object:
    return getattr(value, "data", None)


def zeroed(net: object) -> None:
    """Set the gradients of a network's tensors to zero: `backward` adds to them."""
    for tensor in _tensors(net, 0, set()):
        tensor.grad = np.zeros_like(tensor.data)


def _tensors(value: object, depth: int, seen: set[int]) -> Iterator[Tensor]:
    if depth > MAX_DEPTH or id(value) in seen or isinstance(value, str | bytes | np.ndarray | type):
        return
    seen.add(id(value))
    if is_tensor(value):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _tensors(item, depth + 1, seen)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tensors(item, depth + 1, seen)
    elif hasattr(value, "__dict__"):
        for item in list(vars(value).values()):
            yield from _tensors(item, depth + 1, seen)
