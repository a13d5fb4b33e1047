"""Judges one implementation: runs the bound contract in pytest, in this process, and adds up what came."""

import contextlib
import io
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from nnkata import __version__
from nnkata.gherkin import Clause, clauses
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.protocol import CONTRACT
from nnkata.language import _, later, use
from nnkata.runner.binding import PREPARED, PROPERTY, printable
from nnkata.runner.diagnosis import Candidates, choose
from nnkata.runner.lookup import remembered
from nnkata.runner.prepared import Prepared, prepare
from nnkata.runner.settings import Settings, UsageError, contract_folder, feature_files
from nnkata.subject import NotFound
from nnkata.verdict import ClauseResult, Compared, ExampleResult, Verdict, verdict

NOT_ASKED = later("not asked for")
PASSES_AGAIN = later("it passes now, but is among known_failures: take it out under [tool.nnkata]")
#: Told of each clause as it ends: its tag and status.
Progress = Callable[[str, str], None]
#: Pytest ends like this when a clause failed.
STOPPED = (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)
#: Pytest's own plugins that a run does without. The last two collect garbage five times at the end, 50 ms, for warnings
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
#: A clause may have several examples: the worst of them counts.
SEVERITY = ("passed", "skipped", "failed", "error", "timeout")


class Collector:
    """A pytest plugin that keeps the results of the clauses."""

    def __init__(self, progress: Progress) -> None:
        self.results: dict[str, dict[str, Any]] = {}
        self.problems: list[str] = []
        self._progress = progress

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Merge a report into its clause."""
        for name, result in report.user_properties:
            if name == PROPERTY and isinstance(result, dict):
                self._merge(result)
                self._progress(result["clause"], result["status"])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what went wrong before any clause ran."""
        if report.failed:
            self.problems.append(str(report.longrepr))

    def _merge(self, result: dict[str, Any]) -> None:
        old = self.results.get(result["clause"])
        result["rows"] = [*(old["rows"] if old else []), {**result}]
        if old is None or SEVERITY.index(result["status"]) > SEVERITY.index(old["status"]):
            seconds = old["seconds"] if old else 0.0
            self.results[result["clause"]] = {**result, "seconds": result["seconds"] + seconds}
        else:
            old["seconds"] += result["seconds"]
            old["rows"] = result["rows"]


def known_clauses(features: Path | None = None) -> list[Clause]:
    """Every clause of the contract, in its order."""
    return clauses(feature_files(features))


def judge(
    settings: Settings, progress: Progress = lambda clause, status: None, prepared: Prepared | None = None
) -> Verdict:
    """Hold an implementation against the contract; `prepared`, if it is at hand already.

    Raises:
        NotFound: there is nothing to judge.
        DataError: the data cannot be read.
        UsageError: the features cannot be run.
        NoSandbox: the sandbox that is asked for does not work here.
    """
    started = time.perf_counter()
    use(settings.language)
    known = known_clauses(settings.features)
    ready = prepared or prepare(settings)
    collector = Collector(progress)
    try:
        _run_pytest(settings, ready, collector)
    finally:
        ready.close()
    if collector.problems:
        raise UsageError(_("the features cannot be run:") + "\n" + collector.problems[0])
    environment = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "mypy": version("mypy"),
        "nnkata": __version__,
        "platform": platform.platform(terse=True),
        "isolation": settings.isolation if settings.user is None else f"{settings.isolation}, another user",
        "data": printable(settings.data),
        "seed": str(settings.seed),
    }
    stages = _stages(known, settings, collector.results)
    return verdict(stages, CONTRACT, printable(settings.implementation), time.perf_counter() - started, environment)


def _run_pytest(settings: Settings, ready: Prepared, collector: Collector) -> None:
    folder = contract_folder()
    arguments = ["--noconftest", "-c", os.devnull, "--import-mode=importlib"]
    arguments += ["--rootdir", str(folder), "--confcutdir", str(folder)]  # else each folder above it is looked through
    for plugin in UNUSED:
        arguments += ["-p", f"no:{plugin}"]
    if settings.isolation != "none":  # then nothing prints here, so there is nothing to capture
        arguments += ["--capture=no"]
    if settings.first_failure:
        arguments += ["-x"]
    if settings.features is not None:
        arguments += ["--features", str(settings.features)]
    handover = Handover(ready)
    # as objects: for a name, pytest reads what every package that is installed here says of itself
    handed: list[Any] = [import_module("pytest_bdd.plugin"), import_module("nnkata.plugin"), collector, handover]
    with _clean_environment(), remembered(), contextlib.redirect_stdout(io.StringIO()):
        status = pytest.main([*arguments, str(folder / "test_contract.py")], plugins=handed)
    if handover.failure is not None:
        raise handover.failure
    if status == pytest.ExitCode.INTERRUPTED and not settings.first_failure and not collector.problems:
        raise KeyboardInterrupt
    if status not in (pytest.ExitCode.OK, *STOPPED) and not collector.problems:
        collector.problems.append(_("pytest ended with {status!r}").format(status=status))


class Handover:
    """Registers what has been prepared under the name that the bindings look for.

    `failure` says why the implementation could not be imported. It is imported after the clauses have been collected,
    so that the worker comes up meanwhile.
    """

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.failure: NotFound | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Register it; and have no traceback made readable, which nobody reads and which takes 60 ms a failure."""
        config.option.tbstyle = "native"
        config.pluginmanager.register(self._prepared, PREPARED)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Import the implementation; without it there is nothing to run."""
        try:
            self._prepared.transport.ready()
        except NotFound as error:
            self.failure = error
            session.items.clear()


@contextlib.contextmanager
def _clean_environment() -> Iterator[None]:
    """No plugin and no option but ours; and a test module that is bound anew each time."""
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


def _stages(
    known: list[Clause], settings: Settings, results: dict[str, dict[str, Any]]
) -> dict[str, list[ClauseResult]]:
    failed = {
        clause.tag: Candidates(tuple(result.get("sure", ())), tuple(result.get("possible", ())))
        for clause in known
        if (result := results.get(clause.tag)) and result["status"] in SEVERITY[2:]
    }
    named = choose(failed, [tag for tag, result in results.items() if result["status"] == "passed"])
    stages: dict[str, list[ClauseResult]] = {}
    for clause in known:
        stages.setdefault(clause.stage, []).append(
            _clause(clause, settings, results.get(clause.tag), named.get(clause.tag))
        )
    return stages


def _clause(clause: Clause, settings: Settings, result: dict[str, Any] | None, name: str | None) -> ClauseResult:
    if result is None:
        asked = (settings.only is None or clause.tag in settings.only) and not settings.first_failure
        status, message = ("error", _("the clause gave no result")) if asked else ("skipped", _(NOT_ASKED))
        return ClauseResult(clause.tag, clause.name, status, message)  # type: ignore[arg-type]  # one of Status
    if (reason := settings.known_failures.get(clause.tag)) and result["status"] != "skipped":
        if result["status"] == "passed":
            return ClauseResult(clause.tag, clause.name, "failed", _(PASSES_AGAIN), seconds=round(result["seconds"], 4))
        return ClauseResult(clause.tag, clause.name, "skipped", _("known to fail: {reason}").format(reason=reason))
    return ClauseResult(
        clause=clause.tag,
        name=clause.name,
        status=result["status"],
        message=result.get("message", ""),
        misconception=name,
        hint=_(CATALOGUE[name].hint) if name else None,
        seconds=round(result["seconds"], 4),
        step=result.get("step"),
        example={} if result["status"] == "passed" else result.get("example", {}),
        examples=_rows(result["rows"]),
        measured=result.get("measured", {}),
        compared=msgspec.convert(result.get("compared"), Compared | None),
    )


def _rows(results: list[dict[str, Any]]) -> tuple[ExampleResult, ...]:
    """What became of each row of an outline; none for a scenario without a table."""
    return tuple(
        ExampleResult(row["example"], row["status"], row.get("message", ""), round(row["seconds"], 4), row.get("step"))
        for row in results
        if row.get("example")
    )
