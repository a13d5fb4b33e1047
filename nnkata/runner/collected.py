"""The clauses as pytest collects them: once in a process, then run for one implementation after the other.

pytest's start and the collection take 80 ms. Nothing of a submission takes part in them, and nothing of a run is left
in the items: pytest sets up each of them anew, as for a repeated test.
"""

import contextlib
import io
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import pytest

from nnkata.bdd import plugin, remembered
from nnkata.errors import UsageError
from nnkata.gherkin import clauses
from nnkata.kata import current as kata
from nnkata.language import _, current
from nnkata.places import contract_folder, feature_files
from nnkata.runner.binding import CHOSEN, begin, end
from nnkata.runner.prepared import Prepared
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


#: The collected clauses of this process, with their files, per kata and language.
_kept: "dict[tuple[str, str], tuple[list[Path], Collected]]" = {}


class Collected:
    """A session of our own in this process: no configuration file, no conftest, only the plugins that we need.

    `problem` is the first failure of the collection, else empty.
    """

    def __init__(self, config: pytest.Config) -> None:
        config.option.tbstyle = "native"  # for failures before any clause: other styles take 60 ms per failure
        self._config = config
        self._session = pytest.Session.from_config(config)
        failures = _Failures()
        config.pluginmanager.register(failures)
        config.hook.pytest_configure.call_historic(kwargs={"config": config})
        config.hook.pytest_sessionstart(session=self._session)
        self._session.perform_collect()
        self.problem = failures.first
        self._items = [*self._session.items]
        for item in self._items:
            vars(item)["repr_failure"] = _untold

    def run(self, prepared: Prepared, plugins: Sequence[object]) -> int:
        """Run the clauses that the settings ask for, with more plugins; pytest's exit status.

        Raises:
            NotFound: the implementation cannot be imported.
        """
        session, config = self._session, self._config
        lent = [_Lent(plugin) for plugin in plugins]
        for added in lent:
            config.pluginmanager.register(added)
        try:
            session.items = begin(config, prepared, self._items)
            session._shouldfail, session.testsfailed = False, 0  # pytest refuses to unset `shouldfail`, and warns
            config.option.maxfail = 1 if prepared.settings.first_failure else 0
            prepared.ready()
            return self._looped()
        finally:
            for added in lent:
                config.pluginmanager.unregister(added)
                added.take_back()
            end(config, self._items)

    def _looped(self) -> int:
        status: int = pytest.ExitCode.OK
        try:
            with warnings.catch_warnings():  # nobody sees those of the steps; pytest would collect them for each item
                warnings.simplefilter("ignore")
                self._config.hook.pytest_runtestloop(session=self._session)
        except pytest.Session.Failed:
            status = pytest.ExitCode.TESTS_FAILED
        except (KeyboardInterrupt, pytest.exit.Exception):
            status = pytest.ExitCode.INTERRUPTED
        except Exception:
            self._config.notify_exception(pytest.ExceptionInfo.from_current(), self._config.option)
            status = pytest.ExitCode.INTERNAL_ERROR
        finally:
            self._config.hook.pytest_sessionfinish(session=self._session, exitstatus=status)
        return status


def _untold(excinfo: object, style: object = None) -> str:
    """In place of the traceback of a failed clause: nobody reads it, and the fastest style takes 2 ms."""
    return ""


class _Lent:
    """The hooks of a plugin, for one run.

    pytest keeps every plugin that was ever registered, in the history of `pytest_plugin_registered` (pytest 9.2, pluggy
    1.7). Each run's results, tracebacks and arrays stayed with it, 2 MB per failing submission of a batch.
    """

    def __init__(self, plugin: object) -> None:
        vars(self).update({name: getattr(plugin, name) for name in dir(plugin) if name.startswith("pytest_")})

    def take_back(self) -> None:
        """Let go of the plugin."""
        vars(self).clear()


class _Failures:
    """A pytest plugin that keeps the first failure before the first clause."""

    first = ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.first = self.first or str(report.longrepr)


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


def collected(
    only: frozenset[str] | None, capture: bool, features: Path | None, use: Callable[[Collected], None]
) -> None:
    """Call `use` with the clauses, those of `features` or the kata's, at least those of `only`.

    With `capture`, pytest catches the outputs of this process meanwhile.

    Raises:
        UsageError: pytest does not start.
    """
    with remembered(kata().steps):
        if capture or features is not None:
            _in_pytest(_files(features, only), capture, features, lambda config: _once(config, use))
        else:
            use(kept(only))


def _once(config: pytest.Config, use: Callable[[Collected], None]) -> None:
    try:
        use(Collected(config))
    finally:  # else pytest-bdd (9.0) keeps the configuration, and with it all networks, 6 MB per failing submission
        config.hook.pytest_unconfigure(config=config)


def kept(only: frozenset[str] | None) -> Collected:
    """The kata's clauses in this process's language, at least those of `only`, collected once.

    The first time only the files of `only`, as binding a file takes 5 ms.

    Raises:
        UsageError: pytest does not start.
    """
    files, key = _files(None, only), (kata().name, current())
    if key not in _kept or not {*files} <= {*_kept[key][0]}:
        if _kept:
            files = feature_files(None)
        made: list[Collected] = []
        _in_pytest(files, False, None, lambda config: made.append(Collected(config)))
        _kept[key] = files, made[0]
    return _kept[key][1]


def _files(features: Path | None, only: frozenset[str] | None) -> list[Path]:
    """The features to collect: all of a user's own, of the kata's those with a clause of `only`."""
    files = feature_files(features)
    if features is not None or only is None:
        return files
    asked = {clause.path for clause in clauses(files) if clause.tag in only}
    return [file for file in files if file in asked]


def _in_pytest(
    chosen: Sequence[Path], capture: bool, features: Path | None, body: Callable[[pytest.Config], None]
) -> None:
    folder = contract_folder()
    arguments = ["--noconftest", "-c", os.devnull, "--import-mode=importlib"]
    arguments += ["--rootdir", str(folder), "--confcutdir", str(folder)]  # else pytest searches each folder above it
    for unused in UNUSED:
        arguments += ["-p", f"no:{unused}"]
    for unneeded in () if capture else ("capture", "debugging"):  # the latter is for `breakpoint()` in a submission
        arguments += ["-p", f"no:{unneeded}"]
    if features is not None:
        arguments += ["--features", str(features)]
    instead = _Instead(chosen, body)
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
