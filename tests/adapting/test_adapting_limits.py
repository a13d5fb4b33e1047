"""Time limits of the search for an adapter: of a trial within another, and of the whole."""

import time

import pytest

from nnkata.worker.adapting.trying import Fails, quietly
from nnkata.worker.deadline import NEVER, TooLong, limited, until


def test_an_inner_limit_does_not_outlive_an_outer_one() -> None:
    begun = time.monotonic()
    with pytest.raises(TooLong), limited(0.1), limited(20):
        time.sleep(5)
    assert time.monotonic() - begun < 3


def test_no_limit_outlives_the_end_of_the_search() -> None:
    begun = time.monotonic()
    until(begun + 0.1)
    try:
        with pytest.raises(TooLong), limited(20):
            time.sleep(5)
    finally:
        until(NEVER)
    assert time.monotonic() - begun < 3


def test_no_attempt_begins_after_the_time_limit() -> None:
    until(0)
    try:
        with pytest.raises(Fails, match="no time"), quietly():
            raise AssertionError
    finally:
        until(NEVER)
