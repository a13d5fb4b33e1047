"""The walls of Linux, and a judging process behind each, started by root and by an ordinary user."""

from collections.abc import Iterator

import pytest

from tests.support.walled import Actor, actor


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def wall(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=[False, True], ids=["as it is started", "as an ordinary user"])
def act(request: pytest.FixtureRequest, wall: str) -> Iterator[Actor]:
    with actor(wall, request.param) as made:
        yield made
