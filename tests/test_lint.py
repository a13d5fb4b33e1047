"""The linter of the features finds each fault that is planted, and nothing in what is right."""

import importlib
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from nnkata.gherkin import FeatureError, clauses
from nnkata.lint import Finding, lint, step_patterns
from nnkata.protocol import STAGES
from nnkata.runner.settings import feature_files
from nnkata.steps import MODULES

RIGHT = """Feature: Forward
  Background:
    Given a thing

  @forward-1
  Scenario: One
    What it is about.
    When it is used
    Then it works

  @forward-2 @article-choice
  Scenario Outline: Two
    When it is used <n> times
    Then it works

    Examples:
      | n |
      | 2 |
      | 3 |
"""


@given("a thing")
def a_thing() -> None:
    """A step of the features here."""


@when("it is used")
def used() -> None:
    """A step of the features here."""


@when(parsers.parse("it is used {n:d} times"))
def used_times(n: int) -> None:
    """A step of the features here."""


@then("it works")
def works() -> None:
    """A step of the features here."""


PATTERNS = step_patterns([sys.modules[__name__]])


def findings(folder: Path, text: str, name: str = "forward") -> list[Finding]:
    path = folder / f"{name}.feature"
    path.write_text(text)
    return lint([path], PATTERNS)


def rules(folder: Path, text: str) -> set[str]:
    return {finding.rule for finding in findings(folder, text)}


def test_a_right_feature_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, RIGHT) == []


PLANTED = {
    "duplicate-name": RIGHT.replace("Outline: Two", "Outline: One"),
    "no-steps": RIGHT.replace("    When it is used\n    Then it works\n\n", "\n").replace("    Given a thing\n", ""),
    "no-then": RIGHT.replace("    When it is used\n    Then it works\n", "    When it is used\n"),
    "no-examples": RIGHT[: RIGHT.index("    Examples:")],
    "placeholder": RIGHT.replace("| n |", "| m |"),
    "unused-column": RIGHT.replace("| n |", "| n | m |").replace("| 2 |", "| 2 | 1 |").replace("| 3 |", "| 3 | 1 |"),
    "missing-step": RIGHT.replace("When it is used\n", "When it is broken\n"),
    "clause-tag": RIGHT.replace("@forward-2", "@forward-3"),
    "unknown-tag": RIGHT.replace("@article-choice", "@articel-choice"),
    "duplicate-tag": RIGHT.replace("@forward-2", "@forward-1"),
    "unreadable": RIGHT.replace("Scenario: One", "Scenery: One"),
    "no-scenario": "Feature: Forward\n",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_fault_is_found(rule: str, tmp_path: Path) -> None:
    assert rule in rules(tmp_path, PLANTED[rule])


def test_a_scenario_without_a_clause_tag_is_found(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("  @forward-1\n", "")) == {"clause-tag"}


def test_names_that_make_the_same_function_are_duplicates(tmp_path: Path) -> None:
    assert "duplicate-name" in rules(tmp_path, RIGHT.replace("Outline: Two", "Outline: One!"))


def test_ambiguous_steps_are_found(tmp_path: Path) -> None:
    path = tmp_path / "forward.feature"
    path.write_text(RIGHT)
    broad = replace(PATTERNS[1], parser=parsers.parse("it is {anything}"), step_func=works)
    assert PATTERNS[1].type == "when"
    assert {finding.rule for finding in lint([path], [*PATTERNS, broad])} == {"ambiguous-step"}


def test_every_row_of_an_outline_is_matched(tmp_path: Path) -> None:
    assert "missing-step" in rules(tmp_path, RIGHT.replace("| 3 |", "| x |"))


def test_the_same_tag_in_two_files_is_found(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "forward.feature").write_text(RIGHT)
    found = lint([tmp_path / "a" / "forward.feature", tmp_path / "b" / "forward.feature"], PATTERNS)
    assert {finding.rule for finding in found} == {"duplicate-name", "duplicate-tag"}


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=r"forward\.feature"):
        clauses([tmp_path / "forward.feature"])


def test_the_contract_has_no_findings() -> None:
    patterns = step_patterns(importlib.import_module(module) for module in MODULES)
    assert lint(feature_files(None), patterns) == []


def test_the_contract_has_ten_stages_and_eighty_clauses() -> None:
    known = clauses(feature_files(None))
    assert [path.stem for path in feature_files(None)] == list(STAGES)
    assert len(known) == 80


def test_a_clause_is_read_with_its_background_its_tables_and_its_description(tmp_path: Path) -> None:
    path = tmp_path / "forward.feature"
    path.write_text(RIGHT)
    one, two = clauses([path])
    assert one.steps == ("Given a thing", "When it is used", "Then it works")
    assert one.description == "What it is about."
    assert (two.tag, two.tags) == ("forward-2", frozenset(["article-choice"]))
    assert list(two.examples) == [{"n": "2"}, {"n": "3"}]
