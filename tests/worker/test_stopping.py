"""A thread is told to end, whatever interrupts the telling."""

import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from nnkata.threads import Stop


class Interrupted(Exception):
    """What a signal's handler raises."""


def interrupted(call: Callable[[], None], moment: int) -> bool:
    """Whether an exception was raised in a call, at its so manieth event: a line, a return."""
    left = moment

    def trace(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal left
        if event != "call":
            left -= 1
            if left == 0:
                raise Interrupted
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    except Interrupted:
        return True
    finally:
        sys.settrace(before)
    return False


def moments() -> list[int]:
    """The events within `set`."""
    found = 1
    while interrupted(Stop().set, found):
        found += 1
    return list(range(1, found))


def test_there_are_moments_at_which_it_can_be_interrupted() -> None:
    assert len(moments()) >= 2


@pytest.mark.parametrize("moment", moments())
def test_a_second_telling_ends_the_thread_after_an_interrupted_one(moment: int) -> None:
    stop, ended = Stop(), threading.Event()

    def wait() -> None:
        stop.wait(60)
        ended.set()

    threading.Thread(target=wait, daemon=True).start()
    assert interrupted(stop.set, moment)
    again = threading.Thread(target=stop.set, daemon=True)  # it must not wait; in this thread, it would end no test
    again.start()
    again.join(30)
    assert not again.is_alive()
    assert ended.wait(30)
    assert stop.is_set()
    assert stop.wait(60)


def test_it_waits_no_longer_than_it_is_asked_to() -> None:
    stop = Stop()
    began = time.monotonic()
    assert not stop.wait(0.05)
    assert 0.04 < time.monotonic() - began < 30
    assert not stop.is_set()
