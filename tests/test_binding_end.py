"""The end of a run that a signal ended between two of its notes."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from nnkata.runner.binding import end
from nnkata.runner.items import CALLS, MEASURED, PREPARED

NOTES: dict[str, tuple[Any, ...]] = {"none": (), "calls": (CALLS,), "figures": (MEASURED,), "both": (CALLS, MEASURED)}


@pytest.mark.parametrize("noted", NOTES)
def test_nothing_stays_with_an_item_whatever_was_noted_of_it(noted: str) -> None:
    config, item = SimpleNamespace(stash=pytest.Stash()), SimpleNamespace(stash=pytest.Stash())
    config.stash[cast("pytest.StashKey[object]", PREPARED)] = object()
    for key in NOTES[noted]:
        item.stash[key] = object()
    end(cast("pytest.Config", config), [cast("pytest.Item", item)])
    assert (len(config.stash), len(item.stash)) == (0, 0)
