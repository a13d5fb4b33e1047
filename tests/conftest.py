"""Common fixtures: submissions written to files, and the command line as a user runs it."""

import gc
import os
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nnkata import registry
from tests.support import forks
from tests.support.starts import REAL, starts

ROOT = Path(__file__).parents[1]
PLAIN = ROOT / "solutions" / "correct" / "plain.py"

#: The slowest files, by the time that they compute and wait; they begin first, so that none of them runs alone at the
#: end. A file that is listed several times is shared out, a part for each place: test_hostile waits for limits more
#: than it computes, and two of its parts at a time would leave a core without work.
FIRST = tuple(
    f"test_{name}"
    for name in (
        *("hostile", "misconceptions", "hostile", "right_networks", "readers", "hostile", "exports", "notebook"),
        *("hostile", "cluster", "train", "html_class", "hostile", "training_page", "docs", "html", "wheel", "hostile"),
        *("grade", "own_features", "command", "chinese_contract", "check", "mutants", "watch", "notebook_page"),
        *("benchmarks", "false_alarms", "init", "language", "walkthrough", "predict", "sandbox_limits", "bindings"),
        *("streams", "terminal", "plugin", "worker", "tutorial", "second_process", "notebook_session", "typing_styles"),
        *("mlp_misconceptions", "check_trouble", "notebook_call", "file_names", "chinese", "siege", "mnist_stage"),
        *("own_reason", "sandbox", "without_unix_modules", "repeated_runs", "other_names", "action", "status", "kata"),
        *("mlp_empty", "lines", "reading_confirm", "readme", "mlp_unknown", "rights_of_folders", "source"),
        "marked_texts",
    )
)
#: The others among them without slow shared fixtures, and the number of processes that may share each.
SPREAD = {
    "test_misconceptions": 6,
    **dict.fromkeys(("test_right_networks", "test_docs", "test_grade"), 4),
    **dict.fromkeys(("test_train", "test_command", "test_check"), 2),
    **dict.fromkeys(("test_chinese_contract", "test_mutants", "test_language"), 2),
}

gc.disable()  # until all tests are collected: nothing of them is garbage, and looking takes a fifth of the time

#: They share a browser, and so a process (tests/support/browsers.py).
PAGES = ("test_html_class", "test_training_page", "test_html", "test_notebook_page")

#: sys.path before any test has changed it.
IMPORTED_FROM = tuple(sys.path)

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]


def part(nodeid: str, stem: str) -> int:
    """The part of its file that a test belongs to."""
    return zlib.crc32(nodeid.encode()) % (SPREAD.get(stem) or max(1, FIRST.count(stem)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file runs in one process, so that its shared fixtures are made once.

    pytest-xdist's own `loadgroup` adds the group to a test's id, which pytest 9.2 makes anew on each access, so that
    every test would be a group of its own (pytest-xdist 3.8).
    """
    from xdist.scheduler import LoadScopeScheduling  # not above: learners run tests/contract without it

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            stem = Path(file).stem
            return "pages" if stem in PAGES else f"{file} {part(nodeid, stem)}"

    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slowest files."""
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(FIRST):
        places.setdefault(stem, []).append(place)

    def place_of(item: pytest.Item) -> int:
        found = places.get(item.path.stem, [len(FIRST)])
        return found[part(item.nodeid, item.path.stem) % len(found)]

    items.sort(key=place_of)


def pytest_configure() -> None:
    """Hear the signals that the commands under test do: in the background, a shell has SIGINT ignored, nohup SIGHUP."""
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the browser after the last file that looks at pages."""
    if item.path.stem in PAGES and (nextitem is None or nextitem.path.stem not in PAGES):
        from tests.support import browsers  # not above: learners run tests/contract without Playwright

        browsers.end()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Python need not look through the collected tests and modules again for garbage: 4 % of a verdict in a process."""
    forks.keep()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def forking() -> Iterator[None]:
    """What the commands and their workers are forked from ends with the tests."""
    starts.install()
    yield
    forks.end()
    starts.end()


@pytest.fixture(scope="module", autouse=True)
def started(request: pytest.FixtureRequest) -> None:
    """Whether a file's workers are started really; and none of its tests looks through what earlier files left.

    A search for an edit looks through all objects for the functions of a code, as Python does for garbage: without
    this, tests/article/lines takes 2.5 times as long at the end of the suite as alone.
    """
    starts.real = request.path.stem in REAL
    forks.keep()


@pytest.fixture
def whole_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit of a search for edits, so that a busy machine changes no result."""
    from nnkata.katas.article.lines.edits import mends  # not above: learners run tests/contract without them
    from nnkata.katas.mlp.lines import mends as of_mlp

    monkeypatch.setattr(mends, "SECONDS", 60.0)
    monkeypatch.setattr(of_mlp, "SECONDS", 60.0)


@pytest.fixture(autouse=True)
def as_before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Restore what commands within a test change, so that tests do not depend on their order.

    That is `sys.path`, LANGUAGE for child processes, and the kata; modules from the test's own folder, and names that
    older code got from NumPy (`nnkata.worker.foreign_code.definitions`): the next test may have a file of the same
    name, or ask for the message about such a name. In one fixture, since each takes 0.1 ms of each test.
    """
    path, language, chosen = sys.path, os.environ.get("LANGUAGE"), registry.current().name
    modules, names, own = set(sys.modules), set(vars(np)), str(tmp_path_factory.getbasetemp())
    sys.path = [*IMPORTED_FROM]
    yield
    sys.path = path
    os.environ.pop("LANGUAGE", None)
    if language is not None:
        os.environ["LANGUAGE"] = language
    registry.use(chosen)
    for name in sys.modules.keys() - modules:
        if str(getattr(sys.modules[name], "__file__", None)).startswith(own):
            del sys.modules[name]
    for name in vars(np).keys() - names:
        if not isinstance(vars(np)[name], ModuleType):
            delattr(np, name)


@pytest.fixture
def modules_as_before() -> Iterator[None]:
    """Restore the imported modules and the import system after a test."""
    finders, modules = list(sys.meta_path), set(sys.modules)
    yield
    sys.meta_path[:] = finders
    for name in set(sys.modules) - modules:
        del sys.modules[name]


@pytest.fixture
def nnkata(tmp_path: Path) -> Run:
    """Run the command in an empty folder, without colour and without a user's configuration."""
    folder = tmp_path / "here"
    folder.mkdir()

    def run(*arguments: str | Path, cwd: Path = folder, **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
        return forks.run([*map(str, arguments)], cwd, {**environment, "LANGUAGE": "en", **variables})

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
