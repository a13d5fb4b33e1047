"""Values as bytes, without pickle: a frame is a JSON header and the raw bytes of its arrays.

    frame  = length of header (4 bytes, big-endian), length of body (4 bytes, big-endian), header, body
    header = UTF-8 JSON; an array in it is {"$": "array", "dtype", "shape", "at", "n"}, its bytes stand in the body,
             a list of arrays that are alike is {"$": "rows", "v": the array of them all}, and an `Indexed` is
             {"$": "indexed", "v": its index, "table": its table}

`packing.pack` and `unpacking.unpack` are inverse for the values of the interface: None, bool, int, float, str, lists,
tuples, dicts with string keys, and arrays of the dtypes in `DTYPES`. Anything else is sent as `Opaque`, the name of its
type alone.
"""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

#: A part of a frame: bytes, or an array's own memory.
Buffer = bytes | memoryview
#: An array of any shape and dtype.
Array = np.ndarray[Any, np.dtype[Any]]

HEAD = struct.Struct(">II")
#: Largest header and body that either side accepts. The body holds MNIST's 60,000 images as float64 (376 MB).
MAX_HEADER = 4 << 20
MAX_BODY = 512 << 20
MAX_DEPTH = 8
MAX_ITEMS = 100_000
MAX_TEXT = 10_000

#: The dtypes of the wire, by name, sent little-endian.
_NAMES: tuple[str, ...] = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
_NAMES += ("float16", "float32", "float64")
DTYPES = {name: np.dtype(name) for name in _NAMES}
SENT = {name: dtype.newbyteorder("<") for name, dtype in DTYPES.items()}


class WireError(Exception):
    """A malformed message; the text states where."""


@dataclass(frozen=True)
class Opaque:
    """A value of a type unknown to the interface, by its type's name."""

    type: str


def is_key(key: object) -> bool:
    """Whether a key of a dict may be sent."""
    return isinstance(key, str) and len(key) <= MAX_TEXT
