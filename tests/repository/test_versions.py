"""The versions in a verdict are those that Python's own modules give."""

import platform
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from nnkata import __version__
from nnkata.runner import versions


def test_versions_are_those_of_the_installed_packages() -> None:
    assert versions.versions() == {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "mypy": version("mypy"),
        "nnkata": __version__,
        "platform": platform.platform(terse=True),
    }


@pytest.mark.parametrize("folders", [[], ["mypy-1.0.dist-info", "mypy-2.0.dist-info"]])
def test_without_one_folder_that_names_the_version_its_metadata_do(
    folders: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("mypy", *folders):
        tmp_path.joinpath(name).mkdir()
    beside = SimpleNamespace(origin=str(tmp_path / "mypy" / "__init__.py"))
    monkeypatch.setattr(versions, "find_spec", lambda name: beside)
    assert versions._mypy() == version("mypy")
