"""An array sent as an index and a table: a network gets the same array, and whatever it does to it is seen."""

import json

import numpy as np
import pytest

from nnkata.katas.article.sets import divided, indexed
from nnkata.katas.mnist import load
from nnkata.subject import lines
from nnkata.worker import wire
from nnkata.worker.copies import copied, unchanged
from nnkata.worker.host import Host
from nnkata.worker.wire import packing, unpacking
from nnkata.worker.wire.indexed import BLOCK, LEVELS, Indexed

TABLE = np.linspace(0.0, 1.0, LEVELS, dtype=np.float32)
SHAPES = [(0,), (1,), (5,), (0, 3), (7, 0), (3, 4), (BLOCK // 100 + 3, 100), (2, BLOCK + 1), (2, 3, 4)]


def drawn(seed: int, shape: tuple[int, ...], dtype: str = "float32") -> Indexed:
    index = np.random.default_rng(seed).integers(0, LEVELS, shape, dtype=np.uint8)
    return Indexed(index, TABLE.astype(dtype))


def sent(value: object) -> object:
    header, body = packing.flattened({"value": value})
    return unpacking.unpack(header, memoryview(bytearray(b"".join(body))))["value"]


@pytest.mark.parametrize("dtype", ["float32", "float64", "uint8"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_array_is_that_of_the_table(shape: tuple[int, ...], dtype: str) -> None:
    given = drawn(1, shape, dtype)
    came = sent(given)
    assert isinstance(came, Indexed)
    whole = copied(came)
    np.testing.assert_array_equal(whole, given.table[given.index], strict=True)
    assert whole.flags.writeable
    assert unchanged(came, whole)
    assert len(given) == len(whole)
    assert given.nbytes == whole.nbytes


@pytest.mark.parametrize("shape", [(5,), (3, 4), (BLOCK // 100 + 3, 100)])
def test_an_array_that_was_changed_is_not_the_same(shape: tuple[int, ...]) -> None:
    given = drawn(2, shape)
    for place in (0, -1):
        whole = given.whole()
        whole.reshape(-1)[place] += 0.5
        assert not unchanged(given, whole)
    assert not unchanged(given, given.whole()[:-1])
    assert not unchanged(given, given.whole().astype(np.float64))
    assert not unchanged(given, None)


class Network:
    """A module whose function sees, and one whose function changes, its argument."""

    @staticmethod
    def look(images: np.ndarray) -> list[object]:
        return [type(images).__name__, images.dtype.name, images.flags.writeable, float(images.sum())]

    @staticmethod
    def spoil(images: np.ndarray) -> None:
        images[0] = 9.0


def test_a_network_gets_a_plain_array_and_its_changes_are_reported() -> None:
    given, host = drawn(3, (4, 6)), Host(noting=False)
    host.adopt(Network, "")
    seen = host.call(None, "look", [given])
    assert seen["value"] == ["ndarray", "float32", True, float(given.whole().sum())]
    assert seen["changed"] == {}
    changed = host.call(None, "spoil", [given])["changed"]
    assert isinstance(changed, dict)
    np.testing.assert_array_equal(changed["0"][0], np.full(6, 9.0))
    rows = host.call(None, "look", [given], rows=True)["value"]
    assert rows == [["ndarray", "float32", True, float(row.sum())] for row in given.whole()]


def test_a_command_gets_the_array_as_any_other() -> None:
    given = drawn(4, (3, 4))
    assert lines.pack({"args": [given, 1]}) == lines.pack({"args": [given.whole(), 1]})


NO_TABLE = "not of bytes, or has no table"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"table": None}, NO_TABLE),
        ({"table": {"$": "array", "dtype": "float32", "shape": [0], "at": 6, "n": 0}}, NO_TABLE),
        ({"v": {"$": "array", "dtype": "int8", "shape": [2, 3], "at": 0, "n": 6}}, NO_TABLE),
        ({"v": {"$": "array", "dtype": "uint8", "shape": [], "at": 0, "n": 1}}, "outside its place"),
        ({"v": [1, 2]}, "of unknown kind 'indexed'"),
    ],
)
def test_an_index_without_its_table_is_no_message(change: dict[str, object], message: str) -> None:
    header, body = packing.flattened({"value": drawn(5, (2, 3))})
    told = json.loads(header)
    told["value"] |= change
    with pytest.raises(wire.WireError, match=message):
        unpacking.unpack(json.dumps(told).encode(), b"".join(body))


def test_an_index_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    given = drawn(6, (50, 50))
    header, body = packing.flattened({"value": given})
    monkeypatch.setattr(unpacking, "MAX_BODY", given.nbytes - 1)
    monkeypatch.setattr(packing, "MAX_BODY", given.nbytes - 1)
    with pytest.raises(wire.WireError, match="fill too much memory"):
        unpacking.unpack(header, b"".join(body))
    with pytest.raises(wire.WireError, match="too large to send"):
        packing.flattened({"value": given})


def test_the_images_of_a_verdict_are_those_of_the_article() -> None:
    data = load("bundled")
    for (levels, digits), (pixels, same) in zip(
        indexed(data.images, data.labels), divided(data.images, data.labels), strict=True
    ):
        np.testing.assert_array_equal(levels.whole(), pixels, strict=True)
        np.testing.assert_array_equal(digits, same, strict=True)
        assert 4 * levels.index.nbytes == pixels.nbytes
