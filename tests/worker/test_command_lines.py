"""The lines of the protocol for other languages: values, and malformed ones."""

import json
from typing import Any

import numpy as np
import pytest

from nnkata.subject import lines
from nnkata.worker.wire import Opaque, WireError

VALUES: list[Any] = [
    None,
    True,
    7,
    0.5,
    "τέξτ\n",
    [1, [2.5, "x"]],
    {"W1": np.arange(6, dtype=np.float32).reshape(2, 3), "epochs": 3},
    {"$": "a dict with that key"},
    np.array([np.nan, np.inf, -0.0]),
    np.zeros((0, 3)),
    np.array(["3", "7"]),
    np.array(5, dtype=np.int64),
    float("inf"),
    [np.arange(3.0), np.zeros(3)],
    [np.zeros((2, 0)), np.zeros((2, 0))],
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_survives_a_round_trip_through_a_line(value: Any) -> None:
    line = lines.pack({"id": 1, "value": value})
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    json.loads(line, parse_constant=pytest.fail)  # NaN and Infinity are no JSON
    np.testing.assert_equal(lines.unpack(line), {"id": 1, "value": value})


def test_other_languages_get_single_arrays_and_no_rows() -> None:
    assert b"rows" not in lines.pack({"value": [np.zeros(2), np.ones(2)]})


def test_an_array_may_be_answered_as_nested_lists() -> None:
    came = lines.unpack(b'{"value": {"$": "array", "values": [[1, 2.5], [3, 4]]}}')["value"]
    assert (came.dtype.name, came.tolist()) == ("float64", [[1, 2.5], [3, 4]])
    assert lines.unpack(b'{"value": {"$": "array", "values": 1, "dtype": "float32"}}')["value"].dtype.name == "float32"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"[1]", "not an object"),
        (b"{", "not JSON"),
        (b"\xff{}", "not JSON"),
        (b"[" * 100_000, "not JSON|too deep"),
        (b'{"v": {"$": "pickle", "v": ""}}', "unknown kind"),
        (b'{"v": {"$": "array", "dtype": "object", "shape": [1], "base64": ""}}', "dtype"),
        (
            b'{"v": {"$": "array", "dtype": "float64", "shape": [2], "base64": "AAAA"}}',
            "within an element|does not fit",
        ),
        (b'{"v": {"$": "array", "dtype": "uint8", "shape": [5], "base64": "AAAA"}}', "does not fit"),
        (b'{"v": {"$": "array", "dtype": "uint8", "shape": [3], "base64": "A*AA"}}', "base64"),
        (b'{"v": {"$": "array", "dtype": "uint8", "shape": [3], "base64": 7}}', "base64"),
        (b'{"v": {"$": "array", "values": [[1], [1, 2]]}}', "nested lists"),
        (b'{"v": {"$": "array", "values": ["x"]}}', "nested lists"),
        (b'{"v": {"$": "array", "values": [1], "dtype": "complex128"}}', "dtype"),
        (b'{"v": {"$": "array", "values": [300], "dtype": "uint8"}}', "nested lists"),
        (b'{"v": {"$": "array", "values": [1], "dtype": []}}', "dtype"),
        (b'{"v": {"$": "array", "values": [null]}}', "nested lists of float64"),
        (b'{"v": {"$": "array", "values": ["1.5"]}}', "nested lists of float64"),
        (b'{"v": {"$": "array", "values": [1.5], "dtype": "int64"}}', "nested lists of int64"),
        (b'{"v": {"$": "array", "values": ["nan"], "dtype": "int64"}}', "nested lists of int64"),
        (b'{"v": {"$": "array", "values": [1], "shape": [7]}}', "no shape"),
        (b'{"v": {"$": "array", "values": [1], "base64": "AAAA"}}', "no base64"),
        (b'{"v": NaN}', "none of its numbers"),
        (b'{"v": {"$": "array", "values": [-Infinity]}}', "none of its numbers"),
        ('{"v": 1}'.encode("utf-16"), "not JSON"),
        (b'{"v": 9223372036854775808}', "64 bits"),
        (b'{"v": "' + b"x" * 10_001 + b'"}', "over 10000 letters"),
        (b'{"v": [' + b"1," * 100_000 + b"1]}", "over 100000 items"),
        (b'{"v": ' + b'{"a": ' * 50 + b"1" + b"}" * 51, "deep"),
    ],
)
def test_a_malformed_line_is_refused(line: bytes, why: str) -> None:
    with pytest.raises(WireError, match=why):
        lines.unpack(line)


def test_numbers_that_json_lacks_are_texts_in_nested_lists() -> None:
    came = lines.unpack(b'{"value": {"$": "array", "values": ["nan", "inf", "-inf", 0.5]}}')["value"]
    np.testing.assert_array_equal(came, [np.nan, np.inf, -np.inf, 0.5])


@pytest.mark.parametrize("unit", [b"[],", b"{},", b"1,"])
def test_a_line_of_more_values_than_memory_should_hold_is_refused_before_it_is_read(
    unit: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json, "loads", lambda *_args, **_named: pytest.fail("it was read"))
    with pytest.raises(WireError, match="more values"):
        lines.unpack(b'{"v": [' + unit * (lines.MAX_COMMAS + 1) + b"1]}")


def test_the_articles_weights_fit_as_nested_lists() -> None:
    weights = {f"W{n}": np.full(shape, 0.123456789) for n, shape in enumerate([(128, 784), (64, 128), (10, 64)], 1)}
    nested = {key: {"$": "array", "values": matrix.tolist()} for key, matrix in weights.items()}
    np.testing.assert_equal(lines.unpack(json.dumps({"value": nested}).encode())["value"], weights)


def test_the_outputs_for_all_unseen_images_of_mnist_fit() -> None:
    nested = [{"$": "array", "values": [0.1] * 10}] * 7000
    assert len(lines.unpack(json.dumps({"value": nested}).encode())["value"]) == 7000


def test_a_request_is_one_line_for_readers_with_other_line_ends_too() -> None:
    assert len(lines.pack({"value": "a\u2028b\u2029c\x85d\r\n"}).decode().splitlines()) == 1


def test_a_value_without_a_json_form_is_sent_as_the_name_of_its_type() -> None:
    assert lines.unpack(lines.pack({"value": object()}))["value"] == Opaque("object")
