"""The worker's messages as lines of JSON, for implementations in any language (docs/protocol.md).

The same messages as in `nnkata.worker.wire`, which checks received ones: only their form differs. An array stands in
the line, `{"$": "array", "dtype", "shape", "base64"}`; a worker may also answer with `{"$": "array", "values"}`, nested
lists, and an optional dtype. An object without "$" is a dict. The memory for a line is limited before parsing.
"""

import base64
import binascii
import json
import math
from typing import Any, NoReturn

import numpy as np

from nnkata.worker import wire
from nnkata.worker.wire import unpacking
from nnkata.worker.wire.indexed import Indexed
from nnkata.worker.wire.packing import flattened

#: The most bytes of a worker's line: the article's weights take 1 MB.
MAX_LINE = 64 << 20
#: The most lists and objects, and commas, in a worker's line; Python needs much more memory for each than its one
#: character. Outputs for MNIST's 7,000 unseen images, an array of nested lists each, take 14,000 and 77,000; the
#: article's weights as nested lists 210 and 110,000.
MAX_CONTAINERS, MAX_COMMAS = 100_000, 1_000_000

#: The names in `values` of numbers that JSON lacks.
NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def pack(message: dict[str, object]) -> bytes:
    """A message as a line.

    Raises:
        WireError: it exceeds the limit of the binary form.
    """
    header, body = flattened(message)
    data = memoryview(b"".join(body))
    plain = {key: _inline(value, data) for key, value in json.loads(header).items()}
    return json.dumps(plain, allow_nan=False).encode() + b"\n"  # ASCII: some readers take U+2028 for a line end


def _inline(node: object, body: memoryview) -> object:
    if isinstance(node, list):
        return [_inline(item, body) for item in node]
    if not isinstance(node, dict):
        return node
    if node["$"] == "array":
        data = body[node["at"] : node["at"] + node["n"]]
        return {"$": "array", "dtype": node["dtype"], "shape": node["shape"], "base64": base64.b64encode(data).decode()}
    if node["$"] == "indexed":
        return _inline(*_expanded(node["v"], node["table"], body))
    if node["$"] == "rows":
        return [_inline(row, body) for row in _rows(node["v"])]
    if node["$"] == "dict" and all(key != "$" for key, _value in node["v"]):
        return {key: _inline(value, body) for key, value in node["v"]}
    return {key: value if key == "$" else _inline(value, body) for key, value in node.items()}


def _expanded(index: dict[str, Any], table: dict[str, Any], body: memoryview) -> tuple[dict[str, object], memoryview]:
    """The node and the bytes of an array that was sent as an index: other languages do not need the shorter form."""
    places, values = (
        np.frombuffer(body[node["at"] : node["at"] + node["n"]], wire.SENT[node["dtype"]]) for node in (index, table)
    )
    data = Indexed(places.reshape(index["shape"]), values).whole().tobytes()
    return {**index, "dtype": table["dtype"], "at": 0, "n": len(data)}, memoryview(data)


def _rows(array: dict[str, Any]) -> list[dict[str, object]]:
    """The nodes of the rows: other languages do not need the shorter form."""
    (count, *shape), size = array["shape"], array["n"] // array["shape"][0]
    return [{**array, "shape": shape, "at": array["at"] + row * size, "n": size} for row in range(count)]


def unpack(line: bytes) -> dict[str, Any]:
    """A line as a message.

    Raises:
        WireError: anything in it is malformed.
    """
    if line.count(b"[") + line.count(b"{") > MAX_CONTAINERS or line.count(b",") > MAX_COMMAS:
        raise wire.WireError("more values than an answer may have; base64 takes any number")
    try:
        message = json.loads(line.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise wire.WireError(f"not JSON: {error}") from None
    if not isinstance(message, dict):
        raise wire.WireError("not an object")
    body = bytearray()
    try:
        header = {key: _outside(value, body) for key, value in message.items()}
        return unpacking.unpack(json.dumps(header).encode(), memoryview(body))
    except RecursionError:
        raise wire.WireError("nested too deep") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f'{name} is none of its numbers; {{"$": "float", "v": "nan"}} is, and "nan" among `values`')


def _outside(node: object, body: bytearray) -> object:
    """The node for the header of the binary form; the bytes of its arrays are appended to `body`."""
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


def _values(node: dict[str, object]) -> wire.Array:
    name = node.get("dtype", "float64")
    if not isinstance(name, str) or name not in wire.DTYPES:
        raise wire.WireError(f"an array of dtype {str(name)[:40]!r}")
    if "base64" in node or "shape" in node:
        raise wire.WireError("an array with values has no base64 and no shape besides")
    try:
        return np.array(_numbers(node["values"], name[0] == "f"), dtype=np.dtype(name).newbyteorder("<"))
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise wire.WireError(f"an array whose values are no nested lists of {name}, all as long") from None


def _numbers(node: object, floating: bool) -> object:
    """Check that nested lists hold numbers alone, whole ones unless `floating`; NumPy would convert texts and null."""
    if isinstance(node, list):
        return [_numbers(item, floating) for item in node]
    if floating and isinstance(node, str):
        return NOT_FINITE[node] if node in NOT_FINITE else _refuse()
    return node if isinstance(node, bool | int) or (floating and isinstance(node, float)) else _refuse()


def _refuse() -> NoReturn:
    raise ValueError
