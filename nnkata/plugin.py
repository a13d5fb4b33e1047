"""The pytest plugin: options, and nothing else until `tests/contract` activates the rest."""

import sys
from contextvars import ContextVar
from typing import Any

import pytest

from nnkata.language import LANGUAGES, _, later, named

WITHOUT_PLUGINS = later(
    "nnkata: pytest runs without the plugins nnkata and pytest-bdd (-p no:..., PYTEST_DISABLE_PLUGIN_AUTOLOAD); "
    "load them by -p pytest_bdd.plugin -p nnkata.plugin"
)
_collecting: ContextVar[pytest.Config] = ContextVar("collecting")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --implementation and friends."""
    group = parser.getgroup("nnkata", "nnkata: executable contracts")
    group.addoption(
        "--implementation", metavar="NAME", help="what to judge: file.py, file.py:Class, module:Class, folder"
    )
    group.addoption("--kata", metavar="NAME", help="the contract; else that of [tool.nnkata], else article")
    group.addoption(
        "--features",
        dest="nnkata_features",
        metavar="FOLDER",
        help="feature files of your own instead of the contract's",
    )
    group.addoption("--isolation", choices=["none", "process"], default="none", help="where it runs (default: here)")
    group.addoption("--data", metavar="DATA", default="bundled", help="bundled, openml, or a path")
    group.addoption("--seed", type=int, metavar="N", help="the seed of the clauses' random inputs")
    spoken = {"choices": LANGUAGES, "type": lambda text: named(text) or text}
    group.addoption("--language", **spoken, help="of the clauses and messages; else the locale's")
    group.addoption("--skip-clause", action="append", default=[], metavar="CLAUSE", help="leave a clause out")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    """While pytest imports a test module, `activate` finds that pytest; then no scenario or part of one may be lost."""
    token = _collecting.set(collector.config)
    try:
        report = yield
    finally:
        _collecting.reset(token)
    binding = sys.modules.get("nnkata.runner.pytest_run.binding")
    if binding is None or not isinstance(collector, pytest.Module) or not report.passed:
        return report
    if told := binding.lost(collector, report.result):
        report.outcome, report.longrepr, report.result = "failed", told, []
    return report


def activate() -> list[str]:
    """Load the steps and the bindings into the pytest that imports the caller; return the feature files to bind.

    Raises:
        pytest.Collector.CollectError: there is nothing to judge, or that pytest lacks a plugin.
    """
    import pytest_bdd.plugin  # pytest has loaded it, unless it is told not to

    config = _collecting.get(None)
    if config is None or not config.pluginmanager.is_registered(pytest_bdd.plugin):
        raise pytest.Collector.CollectError(_(WITHOUT_PLUGINS))
    from nnkata.runner.pytest_run.binding import bind  # heavy, and needed only for a run of the contract

    return bind(config)
