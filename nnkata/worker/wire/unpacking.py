"""The message of a frame of the wire (`nnkata.worker.wire`).

Nothing in a frame is trusted: every kind, length, dtype, shape and offset is checked.
"""

import json
import math

import numpy as np

from nnkata.worker.wire import (
    DTYPES,
    MAX_BODY,
    MAX_DEPTH,
    MAX_ITEMS,
    MAX_TEXT,
    SENT,
    Array,
    Buffer,
    Opaque,
    WireError,
    is_key,
)
from nnkata.worker.wire.indexed import LEVELS, Indexed

#: The types of JSON without limits of their own; a tuple, as `isinstance` takes four times as long with a union.
_PLAIN = (type(None), bool, float)


def unpack(header: Buffer, body: Buffer) -> dict[str, object]:
    """The message of a frame's two parts. Its arrays share the body's memory where that is aligned.

    Raises:
        WireError: anything in it is malformed.
    """
    try:
        message = json.loads(bytes(header))
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {error}") from None
    if not isinstance(message, dict):
        raise WireError("not an object")
    rest = _Body(body)
    return {key: _whole(value, rest, 0) for key, value in message.items()}


class _Body:
    """The bytes of a message's arrays, each used once, in order: the arrays cannot exceed the body."""

    def __init__(self, data: Buffer) -> None:
        self._data, self._at = memoryview(data), 0

    def take(self, at: object, n: object) -> memoryview:
        """The n bytes from `at`, which has to be the end of the array before.

        Raises:
            WireError: `at` is another place, or the bytes are missing.
        """
        if type(at) is not int or type(n) is not int or at != self._at or n < 0 or at + n > len(self._data):
            raise WireError("an array that lies outside its place in the message")
        self._at += n
        return self._data[at : at + n]


def _whole(node: object, body: _Body, depth: int) -> object:
    if depth > MAX_DEPTH + 1:
        raise WireError("nested too deep")
    if isinstance(node, str):
        if len(node) > MAX_TEXT:
            raise WireError(f"a text of over {MAX_TEXT} letters")
        return node
    if isinstance(node, list):
        return [_whole(item, body, depth + 1) for item in _items(node)]
    if isinstance(node, _PLAIN):
        return node
    if isinstance(node, int):
        if abs(node) >= 2**63:
            raise WireError("a whole number of over 64 bits")
        return node
    if not isinstance(node, dict):
        raise WireError("a value that JSON does not have")
    kind = node.get("$")
    if kind == "array":
        return _whole_array(node, body)
    content = node.get("v")
    if kind == "rows" and isinstance(content, dict):
        return _whole_rows(content, body)
    if kind == "indexed" and isinstance(content, dict):
        return _whole_indexed(content, node.get("table"), body)
    if kind == "float" and content in ("nan", "inf", "-inf"):
        return float(content)
    if kind == "opaque" and isinstance(content, str):
        return Opaque(content[:100])
    if kind == "tuple" and isinstance(content, list):
        return tuple(_whole(item, body, depth + 1) for item in _items(content))
    if kind == "dict" and isinstance(content, list):
        return _whole_dict(content, body, depth)
    if kind == "texts" and isinstance(content, list) and all(isinstance(text, str) for text in content):
        return _whole_texts(content, _shape(node, len(content)))
    raise WireError(f"a value of unknown kind {str(kind)[:40]!r}")


def _items(items: list[object]) -> list[object]:
    if len(items) > MAX_ITEMS:
        raise WireError(f"a list or dict of over {MAX_ITEMS} items")
    return items


def _whole_rows(node: dict[str, object], body: _Body) -> list[Array]:
    array = _whole_array(node, body)
    if not array.ndim or len(array) > MAX_ITEMS:
        raise WireError(f"rows that are not a list of up to {MAX_ITEMS} arrays")
    return [array[row, ...] for row in range(len(array))]


def _whole_indexed(index: dict[str, object], table: object, body: _Body) -> Indexed:
    places = _whole_array(index, body)
    values = _whole_array(table, body) if isinstance(table, dict) else places
    if places.dtype != np.uint8 or not places.ndim or values.shape != (LEVELS,):
        raise WireError(f"an index that is not of bytes, or has no table of {LEVELS} values")
    if places.size * values.itemsize > MAX_BODY:
        raise WireError("an index that would fill too much memory")
    return Indexed(places, values)


def _whole_texts(texts: list[str], shape: tuple[int, ...]) -> Array:
    if 4 * len(texts) * max(map(len, texts), default=0) > MAX_BODY:  # NumPy pads each to the longest, 4 bytes each
        raise WireError("texts that would fill too much memory")
    return np.array(texts, dtype=np.str_).reshape(shape)


def _whole_dict(pairs: list[object], body: _Body, depth: int) -> dict[str, object]:
    result = {}
    for pair in _items(pairs):
        if not (isinstance(pair, list) and len(pair) == 2 and is_key(pair[0])):
            raise WireError("a dict that is not pairs of text and value")
        result[pair[0]] = _whole(pair[1], body, depth + 1)
    return result


def _shape(node: dict[str, object], size: int) -> tuple[int, ...]:
    shape = node.get("shape")
    if not isinstance(shape, list) or len(shape) > 8 or not all(type(n) is int and 0 <= n < 2**31 for n in shape):
        raise WireError("a shape that is not a list of sizes")
    if math.prod(shape) != size or (not size and math.prod(n or 1 for n in shape) > MAX_BODY):
        raise WireError(f"a shape {shape} that does not fit {size} elements")
    return tuple(shape)


def _whole_array(node: dict[str, object], body: _Body) -> Array:
    name = node.get("dtype")
    if not isinstance(name, str) or name not in DTYPES:
        raise WireError(f"an array of dtype {str(name)[:40]!r}")
    dtype = DTYPES[name]
    data = body.take(node.get("at"), node.get("n"))
    if len(data) % dtype.itemsize:
        raise WireError("an array that ends within an element")
    shape = _shape(node, len(data) // dtype.itemsize)
    array = np.frombuffer(data, SENT[name]).astype(dtype, copy=False).reshape(shape)
    return array if array.flags.behaved else array.copy()
