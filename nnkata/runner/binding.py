"""Binds the features to an implementation inside pytest, and notes what became of each clause.

Results travel as `user_properties` of pytest's reports, so they arrive whole under pytest-xdist too.
"""

import importlib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from nnkata.gherkin import Clause, FeatureError, clauses
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.steps import MODULES
from nnkata.katas.article.steps.world import World
from nnkata.katas.mnist import DataError
from nnkata.language import _, from_locale, later, use
from nnkata.runner.compared import compared
from nnkata.runner.diagnosis import Call, Candidates, candidates, choose, observe
from nnkata.runner.prepared import MAX_TIMEOUTS, Prepared, prepare
from nnkata.runner.settings import (
    Settings,
    UsageError,
    feature_files,
    implementation_name,
    module_folder,
    new_seed,
    skips,
)
from nnkata.steps.compare import Mismatch
from nnkata.subject import Died, NotFound, Raised, TimedOut

#: The name under which the runner hands over what it has prepared.
PREPARED = "nnkata-prepared"
PROPERTY = "nnkata"
FULL = "full-mnist"
NOT_FULL = later("needs the whole of MNIST: --data openml, or a path")

_prepared = pytest.StashKey[Prepared]()
_known = pytest.StashKey[dict[str, Clause]]()
_measured = pytest.StashKey[dict[str, float]]()
_calls = pytest.StashKey[list[tuple[Call, str]]]()
_passes = pytest.StashKey["Passes"]()


class Passes:
    """Which clauses have passed so far, `whole`: one of several examples is several items."""

    def __init__(self, tags: Iterable[str]) -> None:
        self._left = Counter(tags)
        self.whole: set[str] = set()

    def note(self, tag: str) -> None:
        """An item of the clause has passed."""
        self._left[tag] -= 1
        if not self._left[tag]:
            self.whole.add(tag)


def bind(config: pytest.Config) -> list[str]:
    """Prepare the implementation that the options name, load the steps, register the tags.

    Raises:
        pytest.UsageError: there is nothing to judge.
    """
    features = config.getoption("nnkata_features")
    prepared = config.pluginmanager.get_plugin(PREPARED)
    if prepared is None:
        use(config.getoption("--language") or from_locale())
    try:
        files = feature_files(Path(features) if features else None)
        known = {clause.tag: clause for clause in clauses(files)}
        if _prepared in config.stash:  # a second test module of a user's own
            return [str(file) for file in files]
        if prepared is None:
            prepared = prepare(_settings(config, list(known)))
            prepared.transport.ready()
    except (UsageError, NotFound, DataError, FeatureError) as error:
        raise pytest.UsageError(f"nnkata: {error}") from None
    config.stash[_prepared], config.stash[_known] = prepared, known
    for tag in sorted({tag for clause in known.values() for tag in (clause.tag, *clause.tags)}):
        config.addinivalue_line("markers", f"{tag}: a clause of the contract, or a property of one")
    for module in (*MODULES, __name__):
        config.pluginmanager.register(importlib.import_module(module), module)
    return [str(file) for file in files]


def _settings(config: pytest.Config, known: list[str]) -> Settings:
    seed = config.getoption("--seed")
    return Settings(
        implementation_name(config.getoption("--implementation")),
        isolation=config.getoption("--isolation"),
        data=config.getoption("--data"),
        skip=skips(config.getoption("--skip-clause"), known),
        seed=new_seed() if seed is None else seed,
        start=module_folder(config.getoption("--implementation")),
    )


def clause_of(item: pytest.Item) -> Clause | None:
    """The clause that a test item belongs to: by its tag, or by the scenario's name where it has none."""
    known = item.config.stash[_known]
    scenario = scenario_wrapper_template_registry.get(item.obj) if isinstance(item, pytest.Function) else None
    names = [*(mark.name for mark in item.iter_markers()), *([scenario.name] if scenario else [])]
    return next((known[name] for name in names if name in known), None)


def pytest_report_header(config: pytest.Config) -> str:
    """What is under test, so that a typo is seen at once."""
    settings = config.stash[_prepared].settings
    return f"nnkata: {settings.implementation}, seed {settings.seed}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the clauses that were asked for, in the order asked for; start mypy if one of them needs it."""
    prepared = config.stash[_prepared]
    if first := prepared.settings.first_stage:
        items.sort(key=lambda item: (clause := clause_of(item)) is None or clause.stage != first)
    only = prepared.settings.only
    if only is not None:
        kept = [item for item in items if (clause := clause_of(item)) is None or clause.tag in only]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept
    config.stash[_passes] = Passes(clause.tag for item in items if (clause := clause_of(item)))
    typing = any(clause.stage == "typing" for item in items if (clause := clause_of(item)))
    if typing and prepared.settings.mypy_beside:
        prepared.facts.start_mypy()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is to be skipped, with the reason; give up on what hangs all the time."""
    prepared, clause = item.config.stash[_prepared], clause_of(item)
    if clause is None:
        return
    if clause.tag in prepared.settings.skip:
        pytest.skip(prepared.settings.skip[clause.tag])
    if FULL in clause.tags and not prepared.facts.dataset.full:
        pytest.skip(_(NOT_FULL))
    prepared.transport.begin()
    if prepared.timeouts >= MAX_TIMEOUTS:
        raise TimedOut(
            _("not run: {max_timeouts} clauses before it had no answer in time").format(max_timeouts=MAX_TIMEOUTS)
        )


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    """What the steps of one clause work on."""
    prepared, clause = request.config.stash[_prepared], clause_of(request.node)
    request.node.stash[_calls] = []
    tag = clause.tag if clause else request.node.name
    made = World(prepared.subject, prepared.facts, prepared.settings.seed, tag)
    request.node.stash[_measured] = made.measured
    return made


def pytest_bdd_before_step_call(request: Any, step: Any, step_func: Any, step_func_args: dict[str, object]) -> None:
    """Note the call, so that it can be repeated on a wrong network."""
    if _calls in request.node.stash:
        request.node.stash[_calls].append(((step_func, dict(step_func_args)), f"{step.keyword} {step.name}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Add to the report of a clause what became of it."""
    report = yield
    clause = clause_of(item)
    if clause is not None and (call.when == "call" or call.excinfo is not None):
        report.user_properties.append((PROPERTY, {"clause": clause.tag, **_result(item, call, clause)}))
    return report


def _result(item: pytest.Item, call: pytest.CallInfo[None], clause: Clause) -> dict[str, Any]:
    error = call.excinfo.value if call.excinfo else None
    measured: dict[str, float] = item.stash.get(_measured, {})
    if error is None:
        item.config.stash[_passes].note(clause.tag)
        return {"status": "passed", "seconds": call.duration, "measured": measured, "example": _example(item)}
    if isinstance(error, pytest.skip.Exception):
        return {"status": "skipped", "message": str(error.msg), "seconds": 0.0, "example": _example(item)}
    prepared, noted = item.config.stash[_prepared], item.stash.get(_calls, [])
    prepared.timeouts += isinstance(error, TimedOut)
    seen = observe(len(noted) - 1, error)
    names = Candidates()
    if seen is not None and not prepared.settings.first_failure:
        calls = [call for call, _text in noted]
        run = prepared.settings.seed, prepared.settings.data
        names = candidates(clause.tag, calls, seen, prepared.facts, run, item.config.stash[_passes].whole)
    status, message = _status(error)
    return {
        "status": status,
        "message": printable(message),
        "seconds": call.duration,
        "step": noted[-1][1] if noted else None,
        "sure": list(names.sure),
        "possible": list(names.possible),
        "example": _example(item),
        "measured": measured,
        "compared": msgspec.to_builtins(compared(error)),
    }


def printable(text: str) -> str:
    """A text with control and format characters, and what no encoding has, written out as escapes."""
    return "".join(
        c.encode("unicode_escape").decode() if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )


def _example(item: pytest.Item) -> dict[str, str]:
    """The row of an outline's table that this item runs."""
    callspec = getattr(item, "callspec", None)
    row = callspec.params.get("_pytest_bdd_example", {}) if callspec else {}
    return {str(key): str(value) for key, value in row.items()}


def _status(error: BaseException) -> tuple[str, str]:
    if isinstance(error, Mismatch):
        return "failed", str(error)
    if isinstance(error, TimedOut):
        return "timeout", str(error)
    if isinstance(error, Raised) and error.kind == "NotImplementedError":
        return "error", _("not written yet: {error}").format(error=str(error).removeprefix(f"{error.kind}: "))
    if isinstance(error, Raised):
        return "error", _("it raised {error}").format(error=error)
    if isinstance(error, Died):
        return "error", str(error)
    return "error", _("nnkata could not judge this: {error}").format(error=f"{type(error).__name__}: {error}")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Under the failures, the mistakes that were recognised."""
    reports = [report for kind in ("passed", "failed", "error") for report in terminalreporter.stats.get(kind, [])]
    results = [value for report in reports for name, value in report.user_properties if name == PROPERTY]
    wrong = {r["clause"]: Candidates(tuple(r["sure"]), tuple(r["possible"])) for r in results if "sure" in r}
    passed = {r["clause"] for r in results if r["status"] == "passed"}
    named = choose(wrong, passed - set(wrong))
    if named:
        terminalreporter.section(_("mistakes recognised"))
    for clause, name in named.items():
        terminalreporter.line(f"{clause}: {_(CATALOGUE[name].mistake)} ({name})")
        terminalreporter.line("    " + _("Hint: {hint}").format(hint=_(CATALOGUE[name].hint)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the worker and mypy."""
    config.stash[_prepared].close()
