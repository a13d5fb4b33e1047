"""Binds the features to an implementation inside pytest, and records the result of each clause."""

import importlib
import os
import zlib
from collections.abc import Sequence
from contextlib import ExitStack
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import pytest

from nnkata import registry
from nnkata.errors import NotJudged
from nnkata.features.bdd import (
    as_cucumber,
    from_step,
    is_scenario,
    named_in_environment,
    rivals,
    scenario_of,
    step_module,
)
from nnkata.features.clause import Clause
from nnkata.features.gherkin import clauses
from nnkata.kata import World
from nnkata.language import _, from_locale, later, use
from nnkata.places import feature_files
from nnkata.project import kata_of
from nnkata.runner.diagnosis import Candidates, choose
from nnkata.runner.prepared import Prepared, prepare
from nnkata.runner.pytest_run.items import CALLS, KNOWN, PASSES, PLACED, PREPARED, clause_of, example_of, world_for
from nnkata.runner.pytest_run.report_properties import attach, results_of
from nnkata.runner.pytest_run.returned_answers import answers
from nnkata.runner.results.clause_result import Calls, Passes, result_of
from nnkata.runner.selection import requested, start_mypy
from nnkata.runner.settings import SEEDS, Asked, configuration, settled
from nnkata.runner.skipped import left_out
from nnkata.steps.definitions import Skipped
from nnkata.verdict import PASSES_AGAIN

UNCOLLECTED = later(
    "nnkata: pytest collects none of the scenarios here: python_functions in its configuration leaves out test_*; "
    "add that, or run pytest with -o python_functions=test_*"
)

#: The feature files to bind, if the runner collects them; pytest has them from the options.
CHOSEN = pytest.StashKey[Sequence[Path]]()
ANSWER = later("this step returns whether it holds, which pytest-bdd drops; write assert in place of return")
NEVER_RUNS = later("an async step never runs, so that it would always pass; write def, and asyncio.run(...) inside")


def bind(config: pytest.Config) -> list[str]:
    """Load the steps, register the tags; unless the runner does, prepare the implementation that the options name.

    Raises:
        pytest.Collector.CollectError: there is nothing to judge.
    """
    named_in_environment()
    chosen = config.stash.get(CHOSEN, None)
    try:
        if chosen is None:
            use(config.getoption("--language") or from_locale())
            registry.use(config.getoption("--kata") or kata_of() or registry.DEFAULT)
        features = config.getoption("nnkata_features")
        files = feature_files(Path(features) if features else None)
        listed = _own_clauses(Path(features)) if features else clauses(files)
        known = {clause.tag: clause for clause in listed}
        if KNOWN in config.stash:  # a second test module of the user's
            return [str(file) for file in files]
        if chosen is None:
            prepared = prepare(settled(_asked(config, list(known.values())), configuration()))
            config.stash[PREPARED] = prepared
            prepared.ready()
    except NotJudged as error:
        raise pytest.Collector.CollectError(f"nnkata: {error}") from None  # the text alone, without a traceback
    config.stash[KNOWN] = known
    config.stash[PLACED] = {(os.path.realpath(clause.path), clause.name): clause for clause in known.values()}
    tags = {tag for clause in known.values() for tag in (clause.tag, *clause.tags)}
    tags |= {tag for clause in known.values() for table in clause.tables for tag in table.tags}
    for tag in sorted(tags):
        config.addinivalue_line("markers", f"{tag}: a clause of the contract, or a property of one")
    if chosen is None:  # the user's own modules may bind any features
        reading = ExitStack()
        reading.enter_context(as_cucumber())
        config.add_cleanup(reading.close)
    for module in (*registry.current().steps, __name__):
        config.pluginmanager.register(importlib.import_module(module), module)
    for module in registry.current().steps:
        made = step_module(module)
        config.pluginmanager.register(made, made.__name__)
    return [str(file) for file in (files if chosen is None else chosen)]


def lost(module: pytest.Module, items: Sequence[object]) -> str:
    """The scenarios of a test module, or parts of them, that would not run, with their places; empty if all run."""
    config = module.config
    if KNOWN not in config.stash or CHOSEN in config.stash:
        return ""
    if not items and any(map(is_scenario, vars(module.obj).values())):
        return _(UNCOLLECTED)
    from nnkata.features.own import lost_parts

    known = {file for file, _name in config.stash[PLACED]}
    bound = [found[0] for item in items if isinstance(item, pytest.Item) and (found := scenario_of(item))]
    return lost_parts([Path(file) for file in dict.fromkeys(bound) if file not in known])


def _own_clauses(features: Path) -> list[Clause]:
    from nnkata.features.own import own_clauses  # 3 ms, for a user's own features alone

    return own_clauses(features, steps=False)


def begin(config: pytest.Config, prepared: Prepared, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Begin a run of this implementation: the requested clauses, in the requested order; mypy, if one needs it."""
    config.stash[PREPARED] = prepared
    kept = requested(items, clause_of, prepared.settings)
    config.stash[PASSES] = Passes(clause.tag for item in kept if (clause := clause_of(item)))
    start_mypy(prepared, map(clause_of, kept))
    return kept


def _asked(config: pytest.Config, known: list[Clause]) -> Asked:
    features = config.getoption("nnkata_features")
    return Asked(
        lambda: known,
        name=config.getoption("--implementation"),
        isolation=config.getoption("--isolation"),
        data=config.getoption("--data"),
        skipped=config.getoption("--skip-clause"),
        seed=_seed(config),
        features=Path(features) if features else None,
    )


def _seed(config: pytest.Config) -> int | None:
    """The given seed; without one, the same for all workers of pytest-xdist."""
    given: int | None = config.getoption("--seed")
    run: str | None = getattr(config, "workerinput", {}).get("testrunuid")
    return zlib.crc32(run.encode()) % SEEDS if given is None and run else given


def pytest_report_header(config: pytest.Config) -> str:
    """The implementation and the seed, so that a typo shows at once."""
    settings = config.stash[PREPARED].settings
    return f"nnkata: {settings.implementation}, seed {settings.seed}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the requested clauses, in the requested order; the runner does that itself."""
    if CHOSEN in config.stash:
        return
    kept = begin(config, config.stash[PREPARED], items)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip clauses that are left out, with the reason; the time of any other begins here."""
    prepared, clause = item.config.stash[PREPARED], clause_of(item)
    if clause is None:
        return
    settings = prepared.settings
    if reason := left_out(clause, settings.skip, settings.only, lambda: prepared.facts.dataset.full):
        pytest.skip(reason)
    prepared.transport.begin()


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """The world of one clause's steps."""
    return world_for(request.node)


def pytest_bdd_before_scenario(request: Any, scenario: Any) -> None:
    """Refuse a step that two functions of a user's own match: which one runs would depend on their texts alone."""
    if CHOSEN in request.config.stash:  # no steps but the kata's, which are linted
        return
    for step in scenario.steps:
        if len(names := rivals(request, step)) > 1:
            text = _("{text} matches several steps: {names}")
            said = text.format(text=repr(step.name), names=", ".join(map(repr, names)))
            pytest.fail(said + _("; ") + _("reword one of them"), pytrace=False)


def pytest_bdd_before_step_call(request: Any, step: Any, step_func: Any, step_func_args: dict[str, object]) -> None:
    """Record the call, to repeat it on a wrong network."""
    if iscoroutinefunction(step_func):  # pytest-bdd 9.0.1 drops what it returns, and the step passes
        pytest.fail(_(NEVER_RUNS), pytrace=False)
    if step.type == "then" and not step_func.__module__.startswith("nnkata.") and answers(step_func):
        pytest.fail(_(ANSWER), pytrace=False)
    if CALLS in request.node.stash:
        request.node.stash[CALLS].made.append(((step_func, dict(step_func_args)), f"{step.keyword} {step.name}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Add the result of a clause to its report; a known failure does not count as one."""
    clause = clause_of(item)
    if call.excinfo is not None and isinstance(error := call.excinfo.value, Skipped):
        why = str(error)
        call.excinfo = pytest.CallInfo.from_call(lambda: pytest.skip(why), "call").excinfo
    if clause is not None and call.excinfo is not None:
        from_step(call.excinfo)
    report = yield
    if clause is None or not (call.when == "call" or call.excinfo is not None):
        return report
    stash, ended = item.config.stash, call.excinfo.value if call.excinfo else None
    calls = item.stash.get(CALLS, Calls())
    result = result_of(clause, example_of(item), ended, call.duration, calls, stash[PREPARED], stash[PASSES])
    attach(report, result)
    if result.failed and CHOSEN not in item.config.stash:  # xdist shows no header of its workers
        seed = item.config.stash[PREPARED].settings.seed
        report.sections.append(("nnkata", _("the same random inputs: --seed {seed}").format(seed=seed)))
    if reason := item.config.stash[PREPARED].settings.known_failures.get(clause.tag):
        if result.failed:
            report.outcome, report.wasxfail = "skipped", _("known to fail: {reason}").format(reason=reason)
        elif result.status == "passed":
            report.outcome, report.longrepr = "failed", _(PASSES_AGAIN)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Under the failures, the mistakes that were recognised."""
    reports = [report for kind in ("passed", "failed", "error") for report in terminalreporter.stats.get(kind, [])]
    results = [found for report in reports if isinstance(report, pytest.TestReport) for found in results_of(report)]
    wrong = {result.clause: Candidates(result.sure, result.possible) for result in results if result.failed}
    named = choose(wrong, {result.clause for result in results if result.status == "passed"} - set(wrong))
    prepared = terminalreporter.config.stash.get(PREPARED, None)
    read = prepared.diagnosed() if prepared is not None else {}
    named |= {clause: found.name for clause, found in read.items() if found.name}
    if named:
        terminalreporter.section(_("mistakes recognised"))
    catalogue = registry.current().catalogue()
    for clause, name in named.items():
        terminalreporter.line(f"{clause}: {_(catalogue[name].mistake)} ({name})")
        terminalreporter.line("    " + _("Hint: {hint}").format(hint=_(catalogue[name].hint)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the worker and mypy, unless `end` has taken them out of the configuration."""
    if (prepared := config.stash.get(PREPARED, None)) is not None:
        prepared.close()
