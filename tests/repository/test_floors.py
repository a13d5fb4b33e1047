"""The floors of pyproject.toml, as the CI job installs them."""

import pytest
from floors import floors


def test_a_floor_becomes_a_pin() -> None:
    assert floors(["click>=8.2", "mlxtend==0.25.0"]) == ["click==8.2", "mlxtend==0.25.0"]


def test_a_requirement_without_a_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="numpy<3 has no floor"):
        floors(["numpy<3"])
