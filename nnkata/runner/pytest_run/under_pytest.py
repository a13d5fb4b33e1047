"""Runs clauses under pytest, in a session of our own in this process."""

import contextlib
import io
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest

from nnkata.errors import UsageError
from nnkata.features.bdd import plugin, remembered
from nnkata.features.gherkin import clauses
from nnkata.language import _
from nnkata.places import contract_folder, feature_files
from nnkata.registry import current as kata
from nnkata.runner.prepared import Prepared
from nnkata.runner.pytest_run.binding import CHOSEN, begin
from nnkata.runner.pytest_run.items import CALLS, PREPARED, clause_of
from nnkata.runner.pytest_run.report_properties import results_of
from nnkata.runner.results.clause_result import Calls
from nnkata.runner.results.collector import Collector
from nnkata.runner.settings import Settings
from nnkata.runner.waiting_stages import waits_for
from nnkata.worker.garbage import uncollected

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
    "warnings",
    "threadexception",
    "unraisableexception",
)


def run_in_pytest(settings: Settings, prepared: Prepared, collector: Collector) -> None:
    """Run the clauses that the settings ask for, those of the kata or of `settings.features`, under pytest.

    pytest catches the outputs of this process if the implementation runs in it. There is no configuration file and no
    conftest, only the plugins that we need.

    Raises:
        NotFound: the implementation cannot be imported.
        UsageError: pytest does not start.
    """
    with remembered(kata().steps):
        _in_pytest(settings, lambda config: _run(config, settings, prepared, collector))


def _run(config: pytest.Config, settings: Settings, prepared: Prepared, collector: Collector) -> None:
    config.option.tbstyle = "native"  # for failures before any clause: other styles take 60 ms per failure
    config.option.maxfail = 1 if settings.first_failure else 0
    config.pluginmanager.register(_Reports(settings, collector))
    items: list[pytest.Item] = []
    try:
        config.hook.pytest_configure.call_historic(kwargs={"config": config})
        session = pytest.Session.from_config(config)
        config.hook.pytest_sessionstart(session=session)
        session.perform_collect()
        if collector.problems:
            return
        items += session.items
        for item in items:
            vars(item)["repr_failure"] = _untold
        session.items = begin(config, prepared, items)
        prepared.ready()
        status = _looped(session)
        collector.interrupted = status == pytest.ExitCode.INTERRUPTED
        if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
            collector.problems.append(_("pytest ended with {status!r}").format(status=status))
    finally:  # else pytest-bdd (9.0) keeps the configuration, and with it all networks, 6 MB per failing submission
        if PREPARED in config.stash:
            del config.stash[PREPARED]  # the run ends the workers
        for item in items:
            item.stash.setdefault(CALLS, Calls())
            del item.stash[CALLS]
        config.hook.pytest_unconfigure(config=config)


def _looped(session: pytest.Session) -> int:
    config, status = session.config, int(pytest.ExitCode.OK)
    try:
        with warnings.catch_warnings():  # nobody sees those of the steps; pytest would collect them for each item
            warnings.simplefilter("ignore")
            config.hook.pytest_runtestloop(session=session)
    except pytest.Session.Failed:
        status = pytest.ExitCode.TESTS_FAILED
    except (KeyboardInterrupt, pytest.exit.Exception):
        status = pytest.ExitCode.INTERRUPTED
    except Exception:
        config.notify_exception(pytest.ExceptionInfo.from_current(), config.option)
        status = pytest.ExitCode.INTERNAL_ERROR
    finally:
        config.hook.pytest_sessionfinish(session=session, exitstatus=status)
    return status


def _untold(excinfo: object, style: object = None) -> str:
    """In place of the traceback of a failed clause: nobody reads it, and the fastest style takes 2 ms."""
    return ""


class _Reports:
    """A pytest plugin that hands the results in its reports to the collector."""

    def __init__(self, settings: Settings, collector: Collector) -> None:
        self._settings, self._collector = settings, collector

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip the clause if its stage waits in vain; else report that it runs now."""
        if clause := clause_of(item):
            if reason := waits_for(clause, self._settings, self._collector):
                pytest.skip(reason)
            self._collector.begin(clause.tag)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the result of the report's clause."""
        for result in results_of(report):
            self._collector.note(result)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Record the first failure before the first clause."""
        if report.failed and not self._collector.problems:
            self._collector.problems.append(str(report.longrepr))


class _Instead:
    """A pytest plugin: calls `body` in place of everything that pytest does with its configuration."""

    def __init__(self, chosen: Sequence[Path], body: Callable[[pytest.Config], None]) -> None:
        self._chosen, self._body, self.called = chosen, body, False

    @pytest.hookimpl(tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> int:
        self.called = True
        config.stash[CHOSEN] = self._chosen
        self._body(config)
        return 0


def _files(features: Path | None, only: frozenset[str] | None) -> list[Path]:
    """The features to collect: all of a user's own, of the kata's those with a clause of `only`."""
    files = feature_files(features)
    if features is not None or only is None:
        return files
    asked = {clause.path for clause in clauses(files) if clause.tag in only}
    return [file for file in files if file in asked]


def _in_pytest(settings: Settings, body: Callable[[pytest.Config], None]) -> None:
    features, folder, capture = settings.features, contract_folder(), settings.isolation == "none"
    arguments = ["--noconftest", "-c", os.devnull, "--import-mode=importlib"]
    arguments += ["--rootdir", str(folder), "--confcutdir", str(folder)]  # else pytest searches each folder above it
    for unused in UNUSED:
        arguments += ["-p", f"no:{unused}"]
    for unneeded in () if capture else ("capture", "debugging"):  # the latter is for `breakpoint()` in a submission
        arguments += ["-p", f"no:{unneeded}"]
    if features is not None:
        arguments += ["--features", str(features)]
    instead = _Instead(_files(features, settings.only), body)
    with uncollected():
        # as objects: for a name, pytest reads the metadata of every installed package
        handed = [plugin(), import_module("nnkata.plugin"), instead]
        for module in kata().steps:
            import_module(module)
    with _clean_environment(), contextlib.redirect_stdout(io.StringIO()):
        status = pytest.main([*arguments, str(folder / "test_contract.py")], plugins=handed)
    if not instead.called:
        raise UsageError(_("pytest ended with {status!r}").format(status=status))


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
