"""The trace of dicts of a class of their own."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable

import numpy as np
import pytest

from nnkata.worker.trace import Trace


def weights(kind: Callable[[], dict[str, object]]) -> dict[str, object]:
    found = kind()
    found["W1"] = np.full((2, 3), 0.5)
    return found


@pytest.mark.parametrize("kind", [dict, OrderedDict, lambda: defaultdict(list)])
def test_the_entries_of_a_dict_are_recorded_at_their_line(kind: Callable[[], dict[str, object]]) -> None:
    trace = Trace(lambda file: ("here.py", 0) if file == __file__ else None)
    with trace.watching():
        weights(kind)
    line = weights.__code__.co_firstlineno + 2
    assert ["here.py", line, "found['W1']"] in [[event[0], event[1], event[3]] for event in trace.events]
