"""A pytest session of our own, in this process: no configuration file, no conftest, only the plugins that we need."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from importlib import import_module

import pytest

from nnkata.bdd import plugin, remembered
from nnkata.garbage import uncollected
from nnkata.kata import current as kata
from nnkata.language import _
from nnkata.places import contract_folder
from nnkata.runner.binding import PREPARED
from nnkata.runner.collector import Begun, Collector, Progress
from nnkata.runner.prepared import Prepared
from nnkata.runner.second import Second
from nnkata.runner.settings import Settings
from nnkata.runner.waiting import Waiting
from nnkata.subject import NotFound

#: pytest's exit status if a clause failed.
STOPPED = (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
#: pytest's own plugins that a run does without. The last two collect garbage five times at the end, 50 ms, for warnings
#: that nobody sees.
UNUSED = (
    "cacheprovider",
    "doctest",
    "faulthandler",
    "freeze_support",
    "junitxml",
    "legacypath",
    "logging",
    "monkeypatch",
    "pastebin",
    "recwarn",
    "setuponly",
    "setupplan",
    "skipping",
    "stepwise",
    "subtests",
    "terminal",
    "tmpdir",
    "unittest",
    "threadexception",
    "unraisableexception",
)


class Handover:
    """Registers the prepared implementation under the name that the bindings use.

    `failure` is the error of the implementation's import. That follows the collection of the clauses, so that the
    worker starts meanwhile.
    """

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.failure: NotFound | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register it; and skip traceback formatting: nobody reads it, and it costs 60 ms per failure."""
        config.option.tbstyle = "native"
        config.pluginmanager.register(self._prepared, PREPARED)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Import the implementation; if that fails, there is nothing to run."""
        try:
            self._prepared.ready()
        except NotFound as error:
            self.failure = error
            session.items.clear()


def run(settings: Settings, prepared: Prepared, progress: Progress, begun: Begun) -> Collector:
    """Run the bound features; return the results of the clauses, and failures before the first of them.

    Raises:
        NotFound: the implementation cannot be imported.
    """
    folder = contract_folder()
    arguments = ["--noconftest", "-c", os.devnull, "--import-mode=importlib"]
    arguments += ["--rootdir", str(folder), "--confcutdir", str(folder)]  # else pytest searches each folder above it
    for unused in UNUSED:
        arguments += ["-p", f"no:{unused}"]
    if settings.isolation != "none":  # nothing prints in this process, so there is nothing to capture
        arguments += ["--capture=no"]
    if settings.first_failure:
        arguments += ["-x"]
    if settings.features is not None:
        arguments += ["--features", str(settings.features)]
    collector, handover = Collector(progress, begun), Handover(prepared)
    with uncollected():
        # as objects: for a name, pytest reads the metadata of every installed package
        handed: list[object] = [
            plugin(),
            import_module("nnkata.plugin"),
            collector,
            handover,
            Second(prepared, collector),
        ]
        handed.append(Waiting(settings, collector))
        for module in kata().steps:
            import_module(module)
    with _clean_environment(), remembered(kata().steps), contextlib.redirect_stdout(io.StringIO()):
        status = pytest.main([*arguments, str(folder / "test_contract.py")], plugins=handed)
    if handover.failure is not None:
        raise handover.failure
    if status == pytest.ExitCode.INTERRUPTED and not settings.first_failure and not collector.problems:
        collector.interrupted = True
    if status not in (pytest.ExitCode.OK, *STOPPED) and not collector.problems:
        collector.problems.append(_("pytest ended with {status!r}").format(status=status))
    return collector


@contextlib.contextmanager
def _clean_environment() -> Iterator[None]:
    """Only our plugins and options, and a test module that is bound again each time."""
    names = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    saved = {name: os.environ.pop(name) for name in names if name in os.environ}
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.pop("PYTEST_DISABLE_PLUGIN_AUTOLOAD", None)
        os.environ.update(saved)
        for name in [name for name in sys.modules if name.rpartition(".")[2] == "test_contract"]:
            del sys.modules[name]
