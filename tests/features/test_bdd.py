"""The private parts of pytest-bdd that nnkata uses: if a release changes one, its test names it."""

import inspect
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_bdd.exceptions import StepError
from pytest_bdd.feature import features, get_feature
from pytest_bdd.parser import PARAM_RE, render_string
from pytest_bdd.scenario import get_python_name_generator, get_step_function, make_python_name

from nnkata.features import bdd
from nnkata.features.clause import PLACEHOLDER, filled
from nnkata.katas.article import KATA

scenario: Any = import_module("pytest_bdd.scenario")  # the package's own name `scenario` is the decorator


def test_a_step_is_a_fixture_in_its_module_registered_by_its_function() -> None:
    found = dict(bdd.step_fixtures([bdd.step_module(KATA.steps[0])]))
    assert len(found) > 10
    assert {step.type for step in found.values()} <= {"given", "when", "then", None}
    assert all(callable(step.step_func) and hasattr(step.parser, "is_matching") for step in found.values())


TWO_TEXTS = """
from pytest_bdd import given, parsers


@given("one")
@given(parsers.parse("two {n:d}"))
def act(): ...
"""


def test_a_step_of_two_texts_is_two_steps_of_one_function() -> None:
    module = ModuleType("steps")
    exec(TWO_TEXTS, vars(module))
    patterns = bdd.step_patterns([module])
    assert [step.step_func for step in patterns] == [vars(module)["act"]] * 2
    assert [step.parser.is_matching("two 2") for step in patterns].count(True) == 1


def test_the_look_up_of_a_step_is_a_function_of_the_module_scenario_with_these_arguments() -> None:
    assert list(inspect.signature(get_step_function).parameters) == ["request", "step"]
    assert scenario.get_step_function is get_step_function
    with bdd.remembered(KATA.steps):
        assert scenario.get_step_function is not get_step_function
    assert scenario.get_step_function is get_step_function


def test_scenarios_of_one_name_get_one_python_name_and_then_numbers() -> None:
    names = get_python_name_generator("A name: of its own")
    assert make_python_name("A name: of its own") == "a_name_of_its_own"
    assert list(islice(names, 2)) == ["test_a_name_of_its_own", "test_a_name_of_its_own_1"]


def test_placeholders_of_an_outline_are_rendered_from_a_row() -> None:
    for text in ("sizes <sizes> and <n>", "<a> <b>", "<<n>>", "p < q > r", "< n>"):
        row = {"sizes": "3-4", "n": "5"}
        assert filled(text, row) == render_string(text, row)
        assert PLACEHOLDER.findall(text) == PARAM_RE.findall(text)


def test_an_item_that_is_no_scenario_has_no_name(request: pytest.FixtureRequest) -> None:
    assert bdd.scenario_of(request.node) is None


def test_features_are_read_as_by_cucumber_only_inside_the_context(tmp_path: Path) -> None:
    path = tmp_path / "more.feature"
    path.write_text("\ufeffFeature: F\n  Scenario: S\n    * a step\n    And more\n    Then it ends\n", encoding="utf-8")
    with bdd.as_cucumber():
        steps = get_feature(str(tmp_path), "more.feature").scenarios["S"].steps
    assert [(step.type, step.name) for step in steps] == [("any", "a step"), ("any", "more"), ("then", "it ends")]
    path.write_text("Feature: F\n  Scenario: Another\n    Given a step\n", encoding="utf-8")
    with bdd.as_cucumber():
        assert list(get_feature(str(tmp_path), "more.feature").scenarios) == ["Another"], "read anew"
    path.write_text("Feature: F\n  Scenario: S\n    * a step\n", encoding="utf-8")
    features.clear()
    with pytest.raises(StepError):
        get_feature(str(tmp_path), "more.feature")
