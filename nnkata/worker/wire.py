"""Values as bytes, without pickle: a frame is a JSON header and the raw bytes of its arrays.

    frame  = length of header (4 bytes, big-endian), length of body (4 bytes, big-endian), header, body
    header = UTF-8 JSON; an array in it is {"$": "array", "dtype", "shape", "at", "n"}, its bytes stand in the body,
             a list of arrays that are alike is {"$": "rows", "v": the array of them all}, and an `Indexed` is
             {"$": "indexed", "v": its index, "table": its table}

`pack` and `unpack` are inverse for the values of the interface: None, bool, int, float, str, lists, tuples, dicts with
string keys, and arrays of the dtypes in `DTYPES`. Anything else is sent as `Opaque`, the name of its type alone.
`unpack` trusts nothing: every kind, length, dtype, shape and offset is checked.
"""

import json
import math
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnkata.worker.indexed import LEVELS, Indexed

#: The types of a received frame.
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
#: A frame up to this size is sent as one piece, which saves a system call per array.
SMALL = 64 << 10

#: The dtypes of the wire, by name, sent little-endian.
_NAMES: tuple[str, ...] = ("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
_NAMES += ("float16", "float32", "float64")
DTYPES = {name: np.dtype(name) for name in _NAMES}
_NAME_OF = {dtype: name for name, dtype in DTYPES.items()}  # `dtype.name` computes it each time
SENT = {name: dtype.newbyteorder("<") for name, dtype in DTYPES.items()}
#: Tuples, as `isinstance` takes four times as long with a union. The types of JSON without limits of their own.
_ARRAYS, _LISTS = (np.generic, np.ndarray), (list, tuple)
_PLAIN = (type(None), bool, float)


class WireError(Exception):
    """A malformed message; the text states where."""


@dataclass(frozen=True)
class Opaque:
    """A value of a type unknown to the interface, by its type's name."""

    type: str


#: A part of a frame: bytes, or an array's own memory.
Part = bytes | memoryview


class _Parts:
    """The parts of a body, and the offset of the next."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.size = 0

    def hold(self, n: int) -> None:
        """Check before copying that n more bytes fit: an array's shape may claim any number.

        Raises:
            WireError: they do not fit.
        """
        if self.size + n > MAX_BODY:
            raise WireError(f"a message of {self.size + n} bytes is too large to send")

    def add(self, data: Part) -> dict[str, int]:
        """Append it; return its offset."""
        place = {"at": self.size, "n": len(data)}
        self.parts.append(data)
        self.size += len(data)
        return place


def pack(message: dict[str, object]) -> list[Part]:
    """A message as one frame, in parts to send in order; large arrays are not copied.

    Raises:
        WireError: the message exceeds the other side's limit.
    """
    header, body = flattened(message)
    size = sum(map(len, body))
    frame = [HEAD.pack(len(header), size) + header, *body]
    return frame if size > SMALL else [b"".join(frame)]


def flattened(message: dict[str, object]) -> tuple[bytes, list[Part]]:
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
    if isinstance(value, dict) and len(value) <= MAX_ITEMS and all(map(_is_key, value)):
        return {"$": "dict", "v": [[str.__str__(key), _flat(item, body, depth + 1)] for key, item in value.items()]}
    if isinstance(value, Indexed):
        body.hold(value.nbytes)
        return {"$": "indexed", "v": _flat_array(value.index, body), "table": _flat_array(value.table, body)}
    return {"$": "opaque", "v": (value.type if isinstance(value, Opaque) else type(value).__name__)[:100]}


def _is_key(key: object) -> bool:
    return isinstance(key, str) and len(key) <= MAX_TEXT


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
        if not (isinstance(pair, list) and len(pair) == 2 and _is_key(pair[0])):
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
