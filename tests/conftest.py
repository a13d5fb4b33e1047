"""What several tests share: submissions written to files, and the command line run as a user would."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "solutions" / "correct" / "plain.py"

#: The files that say most, in the order in which they begin; the others follow. Each runs in one process, so the long
#: ones begin early too.
FIRST = ("test_misconceptions", "test_check", "test_bindings", "test_reference", "test_hostile")

#: The folders of imports before any test has added to them.
IMPORTED_FROM = tuple(sys.path)

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that say most. A file runs in one process, the known mistakes by their stages."""
    items.sort(key=lambda item: FIRST.index(item.path.stem) if item.path.stem in FIRST else len(FIRST))
    for item in items:
        entry: Any = getattr(item, "callspec", None) and item.callspec.params.get("entry")  # type: ignore[attr-defined]
        stage = entry.module.DeepNeuralNetwork.__module__.rpartition(".")[2] if hasattr(entry, "module") else ""
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{stage}"))


@pytest.fixture(autouse=True)
def own_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test adds to the folders of imports is gone after it, so that tests are independent of their order."""
    monkeypatch.setattr(sys, "path", [*IMPORTED_FROM])


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """What a command run within a test has left in LANGUAGE, for what it begins, is gone after it."""
    before = os.environ.get("LANGUAGE")
    yield
    os.environ.pop("LANGUAGE", None)
    if before is not None:
        os.environ["LANGUAGE"] = before


@pytest.fixture
def hears_ctrl_c() -> Callable[[], None]:
    """For `preexec_fn`: a suite in the background may have been started deaf to Ctrl-C, and hands that on."""

    def listen() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    return listen


@pytest.fixture
def nnkata(tmp_path: Path) -> Run:
    """Run the command in an empty folder, without colour and without a user's configuration."""
    folder = tmp_path / "here"
    folder.mkdir()

    def run(*arguments: str | Path, cwd: Path = folder, **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
        return subprocess.run(
            [sys.executable, "-m", "nnkata", *map(str, arguments)],
            cwd=cwd,
            env={**environment, "LANGUAGE": "en", **variables},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a submission: the plainest correct variant with replacements, and lines at its end."""

    def make(name: str = "network.py", end: str = "", **replace: str) -> Path:
        text = PLAIN.read_text()
        for old, new in replace.items():
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n\n{end}\n")
        return path

    return make
