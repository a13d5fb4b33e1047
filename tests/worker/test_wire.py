"""Messages survive a round trip, and nothing malformed gets through."""

import contextlib
import json
import tracemalloc
from typing import Any

import numpy as np
import pytest

from nnkata.worker import wire
from nnkata.worker.wire import DTYPES, HEAD, Opaque, WireError, packing
from nnkata.worker.wire.packing import pack
from nnkata.worker.wire.unpacking import unpack


def through(value: Any) -> Any:
    frame = b"".join(pack({"v": value}))
    header, body = HEAD.unpack(frame[: HEAD.size])
    assert len(frame) == HEAD.size + header + body
    return unpack(frame[HEAD.size : HEAD.size + header], frame[HEAD.size + header :])["v"]


@pytest.mark.parametrize(
    "value", [None, True, 0, -7, 2**62, 1.5, "text", "ü\n", [1, [2]], (1, "a"), {"a": {"b": [None]}}]
)
def test_plain_values_come_back(value: Any) -> None:
    came = through(value)
    assert came == value
    assert type(came) is type(value)


@pytest.mark.parametrize("value", [float("inf"), float("-inf")])
def test_infinities_come_back(value: float) -> None:
    assert through(value) == value


def test_nan_comes_back() -> None:
    assert np.isnan(through(float("nan")))


@pytest.mark.parametrize("dtype", sorted(DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (2, 0, 4)])
def test_arrays_come_back(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(1).integers(0, 2, shape).astype(dtype)
    came = through(array)
    assert came.dtype == array.dtype
    assert came.shape == array.shape
    assert np.array_equal(came, array)


def test_strided_and_big_endian_arrays_come_back_as_values() -> None:
    array = np.arange(24.0).reshape(4, 6)[::2, ::-1].astype(">f8")
    assert np.array_equal(through(array), array)


def test_several_arrays_keep_their_places() -> None:
    came = through({"a": np.arange(3), "b": [np.ones(2), np.zeros((2, 2))]})
    assert came["a"].tolist() == [0, 1, 2]
    assert came["b"][0].tolist() == [1, 1]
    assert came["b"][1].shape == (2, 2)


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3)])
def test_a_list_of_similar_arrays_is_sent_as_one_and_comes_back_as_a_list(shape: tuple[int, ...]) -> None:
    rows = [np.full(shape, n, np.float32) for n in range(5)]
    assert json.loads(packing.flattened({"v": rows})[0])["v"]["$"] == "rows"
    came = through({"rows": rows, "after": np.arange(3)})
    assert same_value(came, {"rows": rows, "after": np.arange(3)})
    came["rows"][0][...] = 7
    assert same_value(came["rows"][1:], rows[1:])


@pytest.mark.parametrize(
    "value",
    [
        [np.zeros(2), np.zeros(3)],
        [np.zeros(2), np.zeros(2, np.float32)],
        [np.zeros(2), 0.0],
        [np.zeros(2), [0.0, 0.0]],
        (np.zeros(2), np.zeros(2)),
        [np.float64(1), np.zeros(())],
        [np.array(["5"]), np.array(["0"])],
        [np.zeros(2, ">f8"), np.zeros(2)],
    ],
    ids=str,
)
def test_a_list_of_different_values_comes_back_unchanged(value: Any) -> None:
    came = through(value)
    assert type(came) is type(value)
    assert [np.asarray(item).tolist() for item in came] == [np.asarray(item).tolist() for item in value]
    assert [np.shape(item) for item in came] == [np.shape(item) for item in value]


def test_text_arrays_come_back() -> None:
    assert through(np.array([["5", "0"]])).tolist() == [["5", "0"]]


@pytest.mark.parametrize("value", ["x" * wire.MAX_TEXT, [1] * wire.MAX_ITEMS, 2**63 - 1, 1 - 2**63])
def test_the_largest_values_of_each_kind_come_back(value: Any) -> None:
    assert through(value) == value


@pytest.mark.parametrize("value", [[1] * (wire.MAX_ITEMS + 1), {"x" * (wire.MAX_TEXT + 1): 1}, 2**63, -(2**63)])
def test_larger_values_are_sent_as_the_name_of_their_type(value: Any) -> None:
    assert isinstance(through(value), Opaque)


@pytest.mark.parametrize("copies", [1, 2])
def test_an_array_that_is_too_large_is_refused_before_it_is_copied(copies: int) -> None:
    promised = np.broadcast_to(np.float64(0), (30_000, 26_000))
    tracemalloc.start()
    try:
        with pytest.raises(wire.WireError, match=f"a message of {copies * promised.nbytes} bytes is too large to send"):
            packing.flattened({"v": [promised] * copies})
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


class Evil:
    def __reduce__(self) -> Any:
        raise AssertionError("pickled")


@pytest.mark.parametrize("value", [Evil(), np.array([Evil()], dtype=object), {1: 2}, 2**80, {1, 2}, b"bytes", 1j])
def test_an_unknown_value_is_sent_as_the_name_of_its_type(value: Any) -> None:
    assert isinstance(through(value), Opaque)


def test_a_nesting_too_deep_is_cut() -> None:
    value: Any = 1
    for _ in range(50):
        value = [value]
    came = through(value)
    while isinstance(came, list):
        came = came[0]
    assert isinstance(came, Opaque)


def test_long_texts_are_cut() -> None:
    assert len(through("x" * 100_000)) == wire.MAX_TEXT


def array_node(**changes: Any) -> dict[str, Any]:
    return {"$": "array", "dtype": "float64", "shape": [2], "at": 0, "n": 16, **changes}


#: A value, and a part of the message that refuses it.
MALFORMED: dict[str, tuple[Any, str]] = {
    "a dtype that is not on the list": (array_node(dtype="object"), "an array of dtype"),
    "a shape that does not fit": (array_node(shape=[3]), "that does not fit"),
    "a negative size": (array_node(shape=[-1, -2]), "a shape that is not a list of sizes"),
    "a shape that is no list": (array_node(shape="2"), "a shape that is not a list of sizes"),
    "a shape of truth values": (array_node(shape=[True, True, 2]), "a shape that is not a list of sizes"),
    "an offset outside": (array_node(at=8), "outside its place"),
    "a negative offset": (array_node(at=-8), "outside its place"),
    "a length that is no number": (array_node(n="16"), "outside its place"),
    "a length of half an element": (array_node(n=12, shape=[1]), "ends within an element"),
    "too many dimensions": (array_node(shape=[1] * 9 + [2]), "a shape that is not a list of sizes"),
    "a dtype that is no text": (array_node(dtype=["float64"]), "an array of dtype"),
    "a dtype by another name": (array_node(dtype="<f8"), "an array of dtype"),
    "a size beyond any array's": (array_node(shape=[0, 2**70], n=0), "a shape that is not a list of sizes"),
    "sizes beyond any array's": (array_node(shape=[0, 2**30, 2**30, 2**30], n=0), "that does not fit"),
    "no shape": ({"$": "array", "dtype": "bool", "at": 0, "n": 1}, "a shape that is not a list of sizes"),
    "an array that is given out twice": ([array_node(), array_node()], "outside its place"),
    "a kind that is no text": ({"$": [1]}, "of unknown kind"),
    "no kind": ({}, "of unknown kind"),
    "a tuple of nothing": ({"$": "tuple", "v": 1}, "of unknown kind"),
    "a type that is no text": ({"$": "opaque", "v": 1}, "of unknown kind"),
    "texts that would fill the memory": (
        {"$": "texts", "shape": [3000], "v": ["x" * 1_000_000] + [""] * 2999},
        "fill too much memory",
    ),
    "texts of a size beyond any array's": (
        {"$": "texts", "shape": [0, 2**70], "v": []},
        "a shape that is not a list of sizes",
    ),
    "a kind that does not exist": ({"$": "pickle", "v": "gASV"}, "of unknown kind"),
    "a dict that is no pairs": ({"$": "dict", "v": [[1, 2]]}, "pairs of text and value"),
    "a float that is no float": ({"$": "float", "v": "__import__('os')"}, "of unknown kind"),
    "texts that are no texts": ({"$": "texts", "shape": [1], "v": [1]}, "of unknown kind"),
    "a text longer than any that is sent": ("x" * (wire.MAX_TEXT + 1), "a text of over"),
    "a key longer than any that is sent": (
        {"$": "dict", "v": [["x" * (wire.MAX_TEXT + 1), 1]]},
        "pairs of text and value",
    ),
    "a list longer than any that is sent": ([1] * (wire.MAX_ITEMS + 1), "a list or dict of over"),
    "a tuple longer than any that is sent": ({"$": "tuple", "v": [1] * (wire.MAX_ITEMS + 1)}, "a list or dict of over"),
    "a dict larger than any that is sent": (
        {"$": "dict", "v": [["k", 1]] * (wire.MAX_ITEMS + 1)},
        "a list or dict of over",
    ),
    "a whole number of more than 64 bits": (2**63, "over 64 bits"),
    "a whole number below those of 64 bits": (-(2**63), "over 64 bits"),
    "rows that are one number": ({"$": "rows", "v": array_node(shape=[], n=8)}, "rows that are not a list"),
    "rows that are no array": ({"$": "rows", "v": [array_node()]}, "of unknown kind"),
    "more rows than a list may have": (
        {"$": "rows", "v": array_node(shape=[wire.MAX_ITEMS + 1, 0], n=0)},
        "rows that are not a list",
    ),
    "a nesting too deep": (json.loads("[" * 40 + "]" * 40), "nested too deep"),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_malformed_value_is_refused(what: str) -> None:
    value, message = MALFORMED[what]
    with pytest.raises(WireError, match=message):
        unpack(json.dumps({"v": value}).encode(), bytes(16))


@pytest.mark.parametrize(
    "header", [b"", b'{"v": ' + b"9" * 5000 + b"}", b"\xff", b"[]", b"1", b'{"v": ', b"[" * 100_000]
)
def test_a_header_that_is_no_object_is_refused(header: bytes) -> None:
    with pytest.raises(WireError, match=r"not JSON|not an object"):
        unpack(header, b"")


def test_a_message_over_the_limit_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MAX_BODY", 100)
    with pytest.raises(WireError, match="too large"):
        pack({"v": np.zeros(100)})


def random_value(rng: np.random.Generator, depth: int) -> Any:
    kind = rng.integers(0, 9 if depth else 6)
    if kind == 0:
        return None
    if kind == 1:
        return bool(rng.integers(2))
    if kind == 2:
        return int(rng.integers(-(2**62), 2**62))
    if kind == 3:
        return float(rng.choice([rng.normal() * 10.0 ** rng.integers(-300, 300), np.inf, -np.inf, -0.0]))
    if kind == 4:
        return "".join(chr(n) for n in rng.integers(1, 0xD7FF, rng.integers(0, 9)))
    if kind == 5:
        dtype = rng.choice(sorted(DTYPES))
        array = rng.integers(0, 100, rng.integers(0, 5, rng.integers(0, 4))).astype(dtype)
        return array[..., ::2] if array.ndim and rng.integers(2) else array
    items = [random_value(rng, depth - 1) for _ in range(rng.integers(0, 4))]
    if kind == 8:
        return {f"{n}$": item for n, item in enumerate(items)}
    return items if kind == 7 else tuple(items)


def same_value(a: Any, b: Any) -> bool:
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and bool(np.array_equal(a, b))
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same_value, a, b))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same_value(a[key], b[key]) for key in a)
    return bool(a == b)


@pytest.mark.parametrize("seed", range(200))
def test_any_value_that_the_interface_knows_comes_back(seed: int) -> None:
    value = random_value(np.random.default_rng(seed), 4)
    assert same_value(through(value), value)


@pytest.mark.parametrize("seed", range(100))
def test_a_frame_with_a_wrong_byte_is_read_or_refused_and_nothing_else(seed: int) -> None:
    rng = np.random.default_rng(seed)
    frame = bytearray(b"".join(pack({"v": [random_value(rng, 3) for _ in range(5)], "w": np.arange(5.0)})))
    size, _ = HEAD.unpack(frame[: HEAD.size])
    for _ in range(200):
        header = bytearray(frame[HEAD.size : HEAD.size + size])
        header[rng.integers(size)] = rng.choice(list(b'0123456789-."[]{},:$aeinstux'))
        with contextlib.suppress(WireError):
            unpack(bytes(header), bytes(frame[HEAD.size + size :]))


def test_special_floats_in_arrays_come_back_bit_by_bit() -> None:
    array = np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324])
    assert through(array).tobytes() == array.tobytes()


def test_arrays_of_a_subclass_come_back_as_plain_ones() -> None:
    assert type(through(np.ma.array([1.0, 2.0], mask=[False, True]))) is np.ndarray


def test_an_array_without_texts_stays_one_of_texts() -> None:
    assert through(np.array([], dtype=str)).dtype.kind == "U"


@pytest.mark.parametrize("kind", ["datetime64[D]", "complex128", "S3", "a,b"])
def test_arrays_of_other_dtypes_are_sent_as_the_name_of_their_type(kind: str) -> None:
    dtype = np.dtype([("a", "f8"), ("b", "i4")]) if kind == "a,b" else np.dtype(kind)
    assert isinstance(through(np.zeros(2, dtype)), Opaque)


def test_returned_arrays_are_writable() -> None:
    came = through(np.zeros(3))
    came[0] = 1
    assert came.tolist() == [1, 0, 0]


@pytest.mark.parametrize("size", [packing.SMALL // 8, packing.SMALL // 8 + 1])
def test_a_small_frame_is_sent_in_one_piece_and_a_large_array_is_not_copied(size: int) -> None:
    array = np.arange(float(size))
    frame = pack({"v": array})
    assert (len(frame) == 1) == (array.nbytes <= packing.SMALL)
    assert np.shares_memory(np.frombuffer(frame[-1], np.uint8), array) == (len(frame) > 1)
