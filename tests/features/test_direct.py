"""A kata's clauses run by calls of their steps; the results are those of pytest and pytest-bdd."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext

from nnkata.features.clause import Step
from nnkata.runner import session
from nnkata.runner.direct_run import cases
from nnkata.runner.results import clause_result
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.steps.definitions import Skipped
from nnkata.verdict import ClauseResult, ExampleResult

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = ROOT / "solutions"
#: Clauses with tables, rows of examples, and steps with and without arguments; the printed code fails some of each.
CLAUSES = frozenset({"preprocessing-1", "activations-1", "activations-5", "backward-1", "backward-2", "update-1"})


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
    monkeypatch.setattr(session, "called_cases", lambda _settings: None)
    assert found(first_failure) == called


def test_a_run_imports_no_pytest() -> None:
    code = (
        "import sys\n"
        "from nnkata.runner.run import judge\n"
        "from nnkata.runner.settings import Settings\n"
        "only = frozenset({'forward-1', 'training-4', 'typing-1'})\n"
        "print(judge(Settings('reference', seed=1, only=only)).passed, {'pytest', 'pytest_bdd'} & {*sys.modules})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True set()\n"


@pytest.mark.parametrize("error", [Skipped("why"), pytest.skip.Exception("why")])
def test_a_step_may_say_that_a_clause_does_not_apply(error: BaseException) -> None:
    assert clause_result.is_skip(error)
    assert not clause_result.is_skip(ValueError("why"))


def plain() -> None: ...


def yields() -> Iterator[None]:
    yield


async def later() -> None: ...


def needs(world: object, other: object) -> None: ...


def takes(world: object, datatable: list[list[str]], docstring: str, n: int = 3) -> None: ...


TEXT = parsers.string("one")
STEP = Step("given", "Given", "one", 1, table=(("1", "2"),), docstring="a text")


@pytest.mark.parametrize(
    ("pattern", "called"),
    [
        (StepFunctionContext("given", plain, TEXT), True),
        (StepFunctionContext("given", takes, TEXT), True),
        (StepFunctionContext("given", needs, TEXT), False),
        (StepFunctionContext("given", plain, TEXT, target_fixture="other"), False),
        (StepFunctionContext("given", plain, TEXT, converters={"n": int}), False),
        (StepFunctionContext("given", yields, TEXT), False),
        (StepFunctionContext("given", later, TEXT), False),
        (None, False),
    ],
)
def test_a_step_that_needs_more_of_pytest_is_left_to_it(
    pattern: StepFunctionContext | None, called: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "meant", lambda *_asked: pattern)
    assert (cases._call(STEP) is not None) == called


def test_a_step_gets_its_table_and_its_text_anew_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "meant", lambda *_asked: StepFunctionContext("given", takes, TEXT))
    call = cases._call(STEP)
    assert call is not None
    assert call.arguments() == {"datatable": [["1", "2"]], "docstring": "a text"}
    assert call.worlds
    assert call.arguments()["datatable"] is not call.arguments()["datatable"]
