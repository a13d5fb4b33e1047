"""A kata's clauses run by calls of their steps; the results are those of pytest and pytest-bdd."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pytest_bdd import parsers
from pytest_bdd.parser import Step

from nnkata import bdd
from nnkata.bdd import StepPattern
from nnkata.runner import session
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.verdict import ClauseResult, ExampleResult

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
#: Clauses with tables, rows of examples, and steps with and without arguments; the printed code fails some of each.
CLAUSES = frozenset({"preprocessing-1", "activations-1", "activations-5", "backward-1", "backward-2", "update-1"})
scenario: Any = import_module("pytest_bdd.scenario")


class Absent:
    """A plugin without hooks: pytest runs every item."""

    def __init__(self, *_given: object) -> None: ...


def found(first_failure: bool = False) -> list[ClauseResult]:
    settings = Settings(
        str(SOLUTIONS / "printed.py"),
        seed=7,
        only=CLAUSES,
        first_failure=first_failure,
        skip={"activations-1": "not now"},
        known_failures={"activations-5": "not yet", "update-1": "not yet"},
    )
    timed = judge(settings).clauses
    return [msgspec.structs.replace(c, seconds=0.0, examples=tuple(map(untimed, c.examples))) for c in timed]


def untimed(example: ExampleResult) -> ExampleResult:
    return msgspec.structs.replace(example, seconds=0.0)


@pytest.mark.parametrize("first_failure", [False, True])
def test_the_results_are_those_of_pytest(first_failure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    called = found(first_failure)
    assert {clause.status for clause in called if clause.clause in CLAUSES} >= {"failed", "skipped"}
    monkeypatch.setattr(session, "Direct", Absent)
    assert found(first_failure) == called


def test_no_clause_goes_through_pytest_bdd(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise AssertionError("pytest-bdd runs the scenario")

    called = found()
    monkeypatch.setattr(scenario, "_execute_scenario", refused)
    assert found() == called


def plain() -> None: ...


def yields() -> Iterator[None]:
    yield


async def later() -> None: ...


@pytest.mark.parametrize(
    ("pattern", "called"),
    [
        (StepPattern("given", plain, parsers.string("one")), True),
        (StepPattern("given", plain, parsers.string("one"), target_fixture="other"), False),
        (StepPattern("given", yields, parsers.string("one")), False),
        (StepPattern("given", later, parsers.string("one")), False),
        (None, False),
    ],
)
def test_a_step_that_needs_more_of_pytest_is_left_to_it(pattern: StepPattern | None, called: bool) -> None:
    assert (bdd._call(Step("one", "given", 0, 1, "Given"), pattern) is not None) == called
