"""A message as a frame of the wire (`nnkata.worker.wire`)."""

import json
import math
from typing import Any

import numpy as np

from nnkata.worker.wire import (
    DTYPES,
    HEAD,
    MAX_BODY,
    MAX_DEPTH,
    MAX_HEADER,
    MAX_ITEMS,
    MAX_TEXT,
    SENT,
    Array,
    Buffer,
    Opaque,
    WireError,
    is_key,
)
from nnkata.worker.wire.indexed import Indexed

#: A frame up to this size is sent as one piece, which saves a system call per array.
SMALL = 64 << 10
_NAME_OF = {dtype: name for name, dtype in DTYPES.items()}  # `dtype.name` computes it each time
#: Tuples, as `isinstance` takes four times as long with a union.
_ARRAYS, _LISTS = (np.generic, np.ndarray), (list, tuple)


class _Parts:
    """The parts of a body, and the offset of the next."""

    def __init__(self) -> None:
        self.parts: list[Buffer] = []
        self.size = 0

    def hold(self, n: int) -> None:
        """Check before copying that n more bytes fit: an array's shape may claim any number.

        Raises:
            WireError: they do not fit.
        """
        if self.size + n > MAX_BODY:
            raise WireError(f"a message of {self.size + n} bytes is too large to send")

    def add(self, data: Buffer) -> dict[str, int]:
        """Append it; return its offset."""
        place = {"at": self.size, "n": len(data)}
        self.parts.append(data)
        self.size += len(data)
        return place


def pack(message: dict[str, object]) -> list[Buffer]:
    """A message as one frame, in parts to send in order; large arrays are not copied.

    Raises:
        WireError: the message exceeds the other side's limit.
    """
    header, body = flattened(message)
    size = sum(map(len, body))
    frame = [HEAD.pack(len(header), size) + header, *body]
    return frame if size > SMALL else [b"".join(frame)]


def flattened(message: dict[str, object]) -> tuple[bytes, list[Buffer]]:
    """A message's header, and the parts of its body.

    Raises:
        WireError: the message exceeds the other side's limit.
    """
    body = _Parts()
    header = json.dumps({key: _flat(value, body, 0) for key, value in message.items()}).encode()
    if len(header) > MAX_HEADER:
        raise WireError(f"a message with a header of {len(header)} bytes is too large to send")
    return header, body.parts


def _flat(value: object, body: _Parts, depth: int) -> object:
    if depth > MAX_DEPTH:
        return {"$": "opaque", "v": "a nesting too deep"}
    if isinstance(value, _ARRAYS):
        return _flat_array(np.asarray(value), body)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else {"$": "opaque", "v": "a huge int"}
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"$": "float", "v": repr(float(value))}
    if isinstance(value, str):
        return str.__str__(value)[:MAX_TEXT]  # for a member of `class Key(str, Enum)`, its value
    if isinstance(value, _LISTS) and len(value) <= MAX_ITEMS:
        if type(value) is list and _are_alike(value):
            body.hold(sum(item.nbytes for item in value))
            return {"$": "rows", "v": _flat_array(np.stack(value), body)}
        items = [_flat(item, body, depth + 1) for item in value]
        return items if isinstance(value, list) else {"$": "tuple", "v": items}
    if isinstance(value, dict) and len(value) <= MAX_ITEMS and all(map(is_key, value)):
        return {"$": "dict", "v": [[str.__str__(key), _flat(item, body, depth + 1)] for key, item in value.items()]}
    if isinstance(value, Indexed):
        body.hold(value.nbytes)
        return {"$": "indexed", "v": _flat_array(value.index, body), "table": _flat_array(value.table, body)}
    return {"$": "opaque", "v": (value.type if isinstance(value, Opaque) else type(value).__name__)[:100]}


def _are_alike(items: list[object]) -> bool:
    """Whether these are several arrays of one shape and one dtype of the wire."""
    if len(items) < 2 or type(items[0]) is not np.ndarray or items[0].dtype not in _NAME_OF:
        return False
    dtype, shape = items[0].dtype, items[0].shape
    return all(type(item) is np.ndarray and item.dtype == dtype and item.shape == shape for item in items)


def _flat_array(array: Array, body: _Parts) -> dict[str, Any]:
    if array.dtype.kind == "U":
        return {"$": "texts", "shape": list(array.shape), "v": [str(text) for text in array.ravel()]}
    name = _NAME_OF.get(array.dtype) or array.dtype.name
    if name not in DTYPES:
        return {"$": "opaque", "v": f"ndarray of {name[:40]}"}
    body.hold(array.nbytes)
    data = np.ascontiguousarray(array, dtype=SENT[name]).reshape(-1).view(np.uint8).data
    return {"$": "array", "dtype": name, "shape": list(array.shape), **body.add(data)}
