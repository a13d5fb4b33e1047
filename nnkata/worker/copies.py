"""Copies of values, so that neither side of a request holds the other's memory, and the comparison of two of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy import array, array_equal  # whatever a submission puts in their place

from nnkata.worker.wire import MAX_BODY
from nnkata.worker.wire.indexed import Indexed

DOUBLE = np.dtype(np.float64)
_ARRAYS, _LISTS = (np.generic, np.ndarray), (list, tuple)


def copied(value: object) -> Any:
    """A copy of the arrays in a value, so that no side holds the other's memory.

    NumPy's scalars become arrays without an axis, as on the wire; numbers longer than float64, unknown to the wire,
    become float64; any mapping becomes a dict with texts as keys; an `Indexed` becomes its array.

    Raises:
        ValueError: an array exceeds the size of an answer; a view can have any size without memory of its own.
    """
    if isinstance(value, _ARRAYS):
        if value.nbytes > MAX_BODY:
            raise ValueError(f"an array of {value.nbytes} bytes is too large to be read")
        long = value.dtype.kind == "f" and value.dtype.itemsize > DOUBLE.itemsize
        return array(value, dtype=DOUBLE if long else value.dtype.newbyteorder("="), copy=True)
    if isinstance(value, Indexed):
        return value.whole()
    if isinstance(value, _LISTS):
        return type(value)(copied(item) for item in value) if type(value) in _LISTS else value
    if isinstance(value, Mapping):
        return {_text_of(key): copied(item) for key, item in value.items()}
    return value


def _text_of(key: object) -> str:
    """A key as a text; for a member of `class Key(str, Enum)` its value, which `str` does not give."""
    return str.__str__(key) if isinstance(key, str) else str(key)


def unchanged(old: object, now: object) -> bool:
    """Whether an argument is unchanged, to the last bit."""
    if isinstance(old, Indexed):
        return isinstance(now, np.ndarray) and old.equals(now)
    if isinstance(old, np.ndarray) and isinstance(now, np.ndarray):
        if old.shape != now.shape or old.dtype != now.dtype:
            return False
        equal = array_equal(old, now)
        return equal or (old.dtype.kind == "f" and array_equal(old, now, equal_nan=True))  # five times as long
    if type(old) is not type(now):
        return False
    if isinstance(old, dict) and isinstance(now, dict):
        return list(old) == list(now) and all(unchanged(old[key], now[key]) for key in old)
    if isinstance(old, list | tuple) and isinstance(now, list | tuple):
        return len(old) == len(now) and all(unchanged(a, b) for a, b in zip(old, now, strict=True))
    return bool(old == now)
