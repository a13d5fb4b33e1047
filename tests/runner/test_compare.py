"""The comparisons accept right values up to rounding, and reject wrong ones."""

from typing import Any

import numpy as np
import pytest

from nnkata.steps.compare import SHORT, Mismatch, Near, alike, array, equal, holds, same, show, told
from nnkata.worker.wire import Opaque

RIGHT = np.random.default_rng(3).normal(size=(4, 5))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_right_values_are_accepted_up_to_rounding(dtype: str) -> None:
    same("g", RIGHT.astype(dtype), RIGHT)


WRONG = {
    "all zero": np.zeros((4, 5)),
    "a ten-thousandth off": RIGHT * (1 + 1e-4),
    "of the other sign": -RIGHT,
    "transposed": RIGHT.T,
    "flat": RIGHT.ravel(),
    "a single number": 1.0,
    "whole numbers": RIGHT.astype(int),
    "half precision": RIGHT.astype(np.float16),
    "objects": RIGHT.astype(object),
    "a list": RIGHT.tolist(),
    "nothing": None,
    "not a number": np.full((4, 5), np.nan),
    "infinite": np.full((4, 5), np.inf),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    "what", ["all zero", "a ten-thousandth off", "of the other sign", "transposed", "not a number"]
)
def test_wrong_values_are_rejected_in_either_precision(what: str, dtype: str) -> None:
    with pytest.raises(Mismatch):
        same("g", np.asarray(WRONG[what]).astype(dtype), RIGHT)


@pytest.mark.parametrize("what", WRONG)
def test_wrong_values_are_rejected_with_the_result_and_the_expected_value(what: str) -> None:
    with pytest.raises(Mismatch, match=r"(?s)^g\n  came: .*should have come: "):
        same("g", WRONG[what], RIGHT)


def test_a_difference_in_the_smallest_element_is_seen_against_the_largest() -> None:
    other = RIGHT.copy()
    other[0, 0] += 1e-6
    with pytest.raises(Mismatch):
        same("g", other, RIGHT)


def test_zeros_are_compared_absolutely() -> None:
    same("g", np.zeros(3), np.zeros(3))
    with pytest.raises(Mismatch):
        same("g", np.full(3, 1e-6), np.zeros(3))


def test_numbers_are_arrays_without_dimensions_and_truth_values_are_not() -> None:
    for number in (0.5, np.float32(0.5), np.float64(0.5), np.array(0.5)):
        assert array("x", number, ()).shape == ()
    with pytest.raises(Mismatch):
        array("x", True, ())


@pytest.mark.parametrize(
    ("came", "expected", "fine"),
    [
        (np.ones(2), np.ones(2), True),
        (np.ones(2), np.ones(2, np.float32), False),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        ({"a": np.ones(2)}, {"a": np.ones(2)}, True),
        ({"a": np.ones(2)}, {"a": np.zeros(2)}, False),
        ({"a": 1}, {"b": 1}, False),
        (True, True, True),
        (1, True, False),
    ],
)
def test_equal_is_equal_to_the_last_bit_and_type(came: Any, expected: Any, fine: bool) -> None:
    if fine:
        equal("x", came, expected)
    else:
        with pytest.raises(Mismatch):
            equal("x", came, expected)


def test_a_failed_condition_shows_both_sides() -> None:
    holds("x", True, 1, 2)
    with pytest.raises(Mismatch, match=r"came: +1\n.*come: 2"):
        holds("x", False, 1, 2)


@pytest.mark.parametrize(
    ("a", "b", "fine"),
    [
        (RIGHT, RIGHT.astype(np.float32), True),
        (RIGHT, RIGHT * 1.01, False),
        (RIGHT, RIGHT[:3], False),
        (np.array([np.nan, 1]), np.array([np.nan, 1]), True),
        (Near(1.0, 0.1), Near(1.05, 0.1), True),
        (Near(1.0, 0.1), Near(1.2, 0.1), False),
        ([Near(1.0, 0.1), 2], [Near(1.0, 0.1), 2], True),
        ([1], [1, 1], False),
        ("W1", "W1", True),
        ("W1", "W2", False),
        ("1", 1, False),
        (np.array(["a", "b"]), np.array(["a", "b"]), True),
        (np.array(["a", "b"]), np.array(["a", "c"]), False),
        (np.array(["a", "b"]), np.array([1.0, 2.0]), False),
        (np.array([1.0, 2.0]), np.array(["1.0", "2.0"]), False),
        (np.array(["a", "b"]), "a", False),
    ],
)
def test_evidence_is_alike_only_if_it_is_the_same_but_for_rounding(a: Any, b: Any, fine: bool) -> None:
    assert alike(a, b) is fine


def test_shapes_are_shown_before_elements() -> None:
    assert show(np.zeros((64, 10), np.float32)).startswith("matrix 64×10, float32:\n    [[0. 0. 0.")
    assert show(np.array(2.0)) == "a scalar, float64: 2."
    assert len(show("x" * 10_000)) == 1000


def test_a_right_value_is_not_taken_for_another_of_its_kind() -> None:
    square = np.random.default_rng(4).normal(size=(5, 5))
    with pytest.raises(Mismatch):
        same("g", square.T, square)


def test_a_value_that_does_not_cross_the_wire_is_told_by_its_type() -> None:
    with pytest.raises(Mismatch) as caught:
        array("the output", Opaque("generator"), (4,))
    assert "generator" in str(caught.value)
    assert "Opaque" not in str(caught.value)


def test_two_arrays_are_shown_in_the_same_way_even_if_one_has_a_small_element() -> None:
    came, expected = np.array([[0.5, 0.25, 0.125, 2.0]]), np.array([[0.75, 2.5e-5, 0.125, 2.0]])
    text = str(Mismatch("W1", came, expected))
    assert "[[0.5   0.25  0.125 2.   ]]" in text
    assert "[[0.75    0.00003 0.125   2.     ]]" in text
    hidden = str(Mismatch("W1", expected, np.array([[0.75, 2.6e-5, 0.125, 2.0]])))  # alike in five decimals
    assert "2.50e-05" in hidden
    assert "2.60e-05" in hidden
    small = str(Mismatch("W1", came * 1e-5, expected * 1e-5))
    assert "5.00e-06" in small


def test_a_value_of_another_kind_is_shown_only_if_it_is_short() -> None:
    assert told([0.5, 0.5]) == "list: [0.5, 0.5]"
    assert told([np.ones((3, 4))] * 3) == "list, 3 elements"
    assert told("x" * 1000) == f"str: {'x' * SHORT} …"
    assert told(None) == "None (nothing is returned)"


def test_two_sides_that_differ_in_a_late_digit_do_not_look_the_same() -> None:
    for came, digits in ((1 + 2e-8, "1.00000002"), (1 + 4e-14, "1.00000000000004"), (np.ones(2) + 2e-8, "1.00000002")):
        difference = str(Mismatch("x", np.asarray(came), np.ones_like(came)))
        assert difference.count(digits) == np.size(came), difference
    assert str(Mismatch("x", 1.5, 1.0)).count("1.5\n") == 1
