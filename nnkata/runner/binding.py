"""Binds the features to an implementation inside pytest, and records the result of each clause."""

import importlib
import os
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import pytest

from nnkata import kata
from nnkata.bdd import named_in_environment, rivals, scenario_of
from nnkata.errors import NotJudged
from nnkata.gherkin import Clause, clauses, is_clause_tag
from nnkata.language import _, from_locale, later, use
from nnkata.own import own_clauses
from nnkata.places import feature_files
from nnkata.project import kata_of
from nnkata.runner.compared import compared
from nnkata.runner.diagnosis import Call, Candidates, candidates, choose, observe
from nnkata.runner.leftout import left_out
from nnkata.runner.prepared import Prepared, prepare
from nnkata.runner.result import PASSES_AGAIN, UNJUDGED, Result, attach, results_of
from nnkata.runner.settings import SEEDS, Asked, configuration, settled
from nnkata.steps.compare import Mismatch
from nnkata.steps.relation import relation
from nnkata.subject import Died, Raised, TimedOut
from nnkata.subject.advice import of_call
from nnkata.tags import TYPES
from nnkata.texts import printable
from nnkata.verdict import Status

#: The feature files to bind, if the runner collects them; pytest has them from the options.
CHOSEN = pytest.StashKey[Sequence[Path]]()
UNWRITTEN = later("nothing is written yet: only the skeleton's own code would pass")
NEVER_RUNS = later("an async step never runs, so that it would always pass; write def, and asyncio.run(...) inside")

_prepared = pytest.StashKey[Prepared]()
_known = pytest.StashKey[dict[str, Clause]]()
_placed = pytest.StashKey[dict[tuple[str, str], Clause]]()
_measured = pytest.StashKey[dict[str, float]]()
_calls = pytest.StashKey[list[tuple[Call, str]]]()
_passes = pytest.StashKey["Passes"]()


class Passes:
    """The clauses that have passed so far, `whole`: a clause with several examples is several items."""

    def __init__(self, tags: Iterable[str]) -> None:
        self._left = Counter(tags)
        self.whole: set[str] = set()

    def note(self, tag: str) -> None:
        """An item of the clause has passed."""
        self._left[tag] -= 1
        if not self._left[tag]:
            self.whole.add(tag)


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
            kata.use(config.getoption("--kata") or kata_of() or kata.DEFAULT)
        features = config.getoption("nnkata_features")
        files = feature_files(Path(features) if features else None)
        listed = own_clauses(Path(features), steps=False) if features else clauses(files)
        known = {clause.tag: clause for clause in listed}
        if _known in config.stash:  # a second test module of the user's
            return [str(file) for file in files]
        if chosen is None:
            prepared = prepare(settled(_asked(config, list(known.values())), configuration()))
            config.stash[_prepared] = prepared
            prepared.ready()
    except NotJudged as error:
        raise pytest.Collector.CollectError(f"nnkata: {error}") from None  # the text alone, without a traceback
    config.stash[_known] = known
    config.stash[_placed] = {(os.path.realpath(clause.path), clause.name): clause for clause in known.values()}
    tags = {tag for clause in known.values() for tag in (clause.tag, *clause.tags)}
    tags |= {tag for clause in known.values() for table in clause.tables for tag in table.tags}
    for tag in sorted(tags):
        config.addinivalue_line("markers", f"{tag}: a clause of the contract, or a property of one")
    for module in (*kata.current().steps, __name__):
        config.pluginmanager.register(importlib.import_module(module), module)
    return [str(file) for file in (files if chosen is None else chosen)]


def begin(config: pytest.Config, prepared: Prepared, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Begin a run of this implementation: the requested clauses, in the requested order; mypy, if one needs it."""
    config.stash[_prepared] = prepared
    settings, of = prepared.settings, {item: clause_of(item) for item in items}
    only = settings.only
    kept = [item for item, clause in of.items() if clause is None or only is None or clause.tag in only]
    if first := settings.first_stage:
        kept.sort(key=lambda item: (clause := of[item]) is None or clause.stage != first)
    asked = [clause for item in kept if (clause := of[item])]
    config.stash[_passes] = Passes(clause.tag for clause in asked)
    if settings.beside and any(TYPES in clause.tags for clause in asked):
        prepared.facts.start_mypy()
    return kept


def end(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """End a run: nothing of its calls, figures and arrays stays with the items."""
    del config.stash[_prepared]
    for item in items:
        if _calls in item.stash:
            del item.stash[_calls], item.stash[_measured]


def _asked(config: pytest.Config, known: list[Clause]) -> Asked:
    features = config.getoption("nnkata_features")
    return Asked(
        known,
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


def clause_of(item: pytest.Item) -> Clause | None:
    """The clause of a test item: by its file and title; in a user's own file, by a clause tag."""
    place, known = scenario_of(item), item.config.stash[_known]
    found = item.config.stash[_placed].get(place) if place else None
    tagged = (known[mark.name] for mark in item.iter_markers() if mark.name in known)
    return found or next((clause for clause in tagged if is_clause_tag(clause.tag, clause.stage)), None)


def pytest_report_header(config: pytest.Config) -> str:
    """The implementation and the seed, so that a typo shows at once."""
    settings = config.stash[_prepared].settings
    return f"nnkata: {settings.implementation}, seed {settings.seed}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the requested clauses, in the requested order; the runner does that itself."""
    if CHOSEN in config.stash:
        return
    kept = begin(config, config.stash[_prepared], items)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip clauses that are left out, with the reason; the time of any other begins here."""
    prepared, clause = item.config.stash[_prepared], clause_of(item)
    if clause is None:
        return
    settings = prepared.settings
    if reason := left_out(clause, settings.skip, settings.only, lambda: prepared.facts.dataset.full):
        pytest.skip(reason)
    prepared.transport.begin()


@pytest.fixture
def world(request: pytest.FixtureRequest) -> kata.World:
    """The world of one clause's steps."""
    prepared, clause = request.config.stash[_prepared], clause_of(request.node)
    request.node.stash[_calls] = []
    tag = clause.tag if clause else request.node.name
    made = kata.current().world(prepared.subject, prepared.facts, prepared.settings.seed, tag)
    request.node.stash[_measured] = made.measured
    return made


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
    if _calls in request.node.stash:
        request.node.stash[_calls].append(((step_func, dict(step_func_args)), f"{step.keyword} {step.name}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Add the result of a clause to its report; a known failure does not count as one."""
    report = yield
    clause = clause_of(item)
    if clause is None or not (call.when == "call" or call.excinfo is not None):
        return report
    result = _result(item, call, clause)
    attach(report, result)
    if result.failed and CHOSEN not in item.config.stash:  # xdist shows no header of its workers
        seed = item.config.stash[_prepared].settings.seed
        report.sections.append(("nnkata", _("the same random inputs: --seed {seed}").format(seed=seed)))
    if reason := item.config.stash[_prepared].settings.known_failures.get(clause.tag):
        if result.failed:
            report.outcome, report.wasxfail = "skipped", _("known to fail: {reason}").format(reason=reason)
        elif result.status == "passed":
            report.outcome, report.longrepr = "failed", _(PASSES_AGAIN)
    return report


def _result(item: pytest.Item, call: pytest.CallInfo[None], clause: Clause) -> Result:
    error = call.excinfo.value if call.excinfo else None
    measured: dict[str, float] = item.stash.get(_measured, {})
    if error is None and item.config.stash[_prepared].facts.unwritten:
        return Result(clause.tag, "error", call.duration, _(UNWRITTEN), example=_example(item))
    if error is None:
        item.config.stash[_passes].note(clause.tag)
        return Result(clause.tag, "passed", call.duration, measured=measured, example=_example(item))
    if isinstance(error, pytest.skip.Exception):
        return Result(clause.tag, "skipped", 0.0, str(error.msg), example=_example(item))
    prepared, noted = item.config.stash[_prepared], item.stash.get(_calls, [])
    prepared.errors.setdefault(clause.tag, error)
    seen = observe(len(noted) - 1, error)
    names = Candidates()
    if seen is not None and not prepared.settings.first_failure and kata.current().diagnose is None:
        calls = [call for call, _text in noted]
        run = prepared.settings.seed, prepared.settings.data
        names = candidates(clause.tag, calls, seen, prepared.facts, run, item.config.stash[_passes].whole)
    status, message = _status(error, own=prepared.settings.features is not None)
    return Result(
        clause=clause.tag,
        status=status,
        seconds=call.duration,
        message=printable(message),
        step=noted[-1][1] if noted else None,
        example=_example(item),
        measured=measured,
        compared=compared(error),
        relation=relation(error),
        sure=names.sure,
        possible=names.possible,
    )


def _example(item: pytest.Item) -> dict[str, str]:
    """The row of an outline's table that this item runs."""
    callspec = getattr(item, "callspec", None)
    row = callspec.params.get("_pytest_bdd_example", {}) if callspec else {}
    return {str(key): str(value) for key, value in row.items()}


def _status(error: BaseException, own: bool) -> tuple[Status, str]:
    """The status and the message of an error; `own`: the feature is the user's own."""
    if isinstance(error, Mismatch):
        return "failed", str(error)
    if isinstance(error, TimedOut):
        return "timeout", str(error)
    if isinstance(error, Raised) and error.kind == "NotImplementedError":
        return "error", _("not written yet: {error}").format(error=str(error).removeprefix(f"{error.kind}: "))
    if isinstance(error, Raised):
        more = of_call(error)
        return "error", _("it raised {error}").format(error=error) + (f"\n{more}" if more else "")
    if isinstance(error, Died):
        return "error", str(error)
    if isinstance(error, NotJudged):
        return "error", _(UNJUDGED).format(error=error)
    told = _(UNJUDGED).format(error=f"{type(error).__name__}: {error}")
    if own and isinstance(error, LookupError | TypeError | AttributeError):  # of a step that finds nothing to work on
        told += _("; a step that has to come before this one may be missing")
    return "error", told


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Under the failures, the mistakes that were recognised."""
    reports = [report for kind in ("passed", "failed", "error") for report in terminalreporter.stats.get(kind, [])]
    results = [result for report in reports for result in results_of(report)]
    wrong = {result.clause: Candidates(result.sure, result.possible) for result in results if result.failed}
    named = choose(wrong, {result.clause for result in results if result.status == "passed"} - set(wrong))
    prepared = terminalreporter.config.stash.get(_prepared, None)
    read = prepared.diagnosed() if prepared is not None else {}
    named |= {clause: found.name for clause, found in read.items() if found.name}
    if named:
        terminalreporter.section(_("mistakes recognised"))
    catalogue = kata.current().catalogue()
    for clause, name in named.items():
        terminalreporter.line(f"{clause}: {_(catalogue[name].mistake)} ({name})")
        terminalreporter.line("    " + _("Hint: {hint}").format(hint=_(catalogue[name].hint)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the worker and mypy."""
    config.stash[_prepared].close()
