"""The worker's messages as lines of JSON, for implementations in any language (docs/protocol.md).

The same messages as `nnkata.worker.wire`'s, which checks what comes: only their form differs. An array stands in the
line, `{"$": "array", "dtype", "shape", "base64"}`; a worker may also answer with `{"$": "array", "values"}`, nested
lists, and an optional dtype. An object without "$" is a dict.
"""

import base64
import binascii
import json
from typing import Any

import numpy as np

from nnkata.worker import wire

#: Bytes of a line that a worker may answer with: the article's weights take 1 MB.
MAX_LINE = 64 << 20


def pack(message: dict[str, Any]) -> bytes:
    """A message as a line.

    Raises:
        WireError: it is larger than the binary form would allow.
    """
    _head, header, *body = wire.pack(message)
    data = memoryview(b"".join(body))
    plain = {key: _inline(value, data) for key, value in json.loads(bytes(header)).items()}
    return json.dumps(plain, allow_nan=False, ensure_ascii=False).encode() + b"\n"


def _inline(node: Any, body: memoryview) -> Any:
    if isinstance(node, list):
        return [_inline(item, body) for item in node]
    if not isinstance(node, dict):
        return node
    if node["$"] == "array":
        data = body[node["at"] : node["at"] + node["n"]]
        return {"$": "array", "dtype": node["dtype"], "shape": node["shape"], "base64": base64.b64encode(data).decode()}
    if node["$"] == "dict" and all(key != "$" for key, _value in node["v"]):
        return {key: _inline(value, body) for key, value in node["v"]}
    return {key: value if key == "$" else _inline(value, body) for key, value in node.items()}


def unpack(line: bytes) -> dict[str, Any]:
    """A line as a message.

    Raises:
        WireError: anything about it is not as it has to be.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wire.WireError(f"not JSON: {error}") from None
    if not isinstance(message, dict):
        raise wire.WireError("not an object")
    body = bytearray()
    try:
        header = {key: _outside(value, body) for key, value in message.items()}
        return wire.unpack(json.dumps(header).encode(), memoryview(body))
    except RecursionError:
        raise wire.WireError("nested too deep") from None


def _outside(node: Any, body: bytearray) -> Any:
    """The node in the binary form's header; the bytes of its arrays go to the end of `body`."""
    if isinstance(node, list):
        return [_outside(item, body) for item in node]
    if not isinstance(node, dict):
        return node
    if "$" not in node:
        return {"$": "dict", "v": [[key, _outside(value, body)] for key, value in node.items()]}
    if node["$"] != "array":
        return {key: value if key == "$" else _outside(value, body) for key, value in node.items()}
    array = {"$": "array", "at": len(body)}
    if "values" in node:
        values = _values(node)
        body += values.tobytes()
        return {**array, "dtype": values.dtype.name, "shape": list(values.shape), "n": values.nbytes}
    try:
        data = base64.b64decode(node.get("base64", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise wire.WireError("an array whose base64 is none") from None
    body += data
    return {**array, "dtype": node.get("dtype"), "shape": node.get("shape"), "n": len(data)}


def _values(node: dict[str, Any]) -> np.ndarray[Any, Any]:
    name = node.get("dtype", "float64")
    if name not in wire.DTYPES:
        raise wire.WireError(f"an array of dtype {str(name)[:40]!r}")
    try:
        return np.array(node["values"], dtype=np.dtype(name).newbyteorder("<"))
    except (ValueError, TypeError, OverflowError):
        raise wire.WireError("an array whose values are no nested lists of numbers, all as long") from None
