"""The walls for tests of submissions."""

import pytest

from nnkata.subject.walls.sandbox import NoSandbox, probe


@pytest.fixture(params=["process", "sandbox"])
def sandbox(request: pytest.FixtureRequest) -> bool:
    if request.param == "sandbox":
        try:
            probe()
        except NoSandbox as error:
            pytest.skip(str(error))
    return bool(request.param == "sandbox")
