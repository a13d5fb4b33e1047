"""The linter of the features finds each planted fault, and nothing in right features."""

import importlib
import sys
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when
from pytest_bdd.steps import StepFunctionContext

from nnkata.features.bdd import step_patterns
from nnkata.features.fault import Fault
from nnkata.features.gherkin import FeatureError, clauses
from nnkata.features.lint import lint
from nnkata.katas.article import KATA, STAGES
from nnkata.language import LANGUAGES
from nnkata.places import feature_files

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

#: RIGHT in Chinese; its words are not matched with steps here.
CHINESE = """# language: zh-CN
功能: 前向传播
  背景:
    假如一样东西

  @forward-1
  场景: 一
    说明。
    当使用它
    那么它能工作

  @forward-2 @article-choice
  场景大纲: 二
    当使用它<次数>次
    那么它能工作

    例子:
      | 次数 |
      | 2    |
      | 3    |
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


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "forward.feature"
    path.write_text(text, encoding="utf-8")
    return path


def findings(folder: Path, text: str) -> list[Fault]:
    return lint([write(folder, text)], PATTERNS)


def rules(folder: Path, text: str) -> set[str]:
    return {finding.rule for finding in findings(folder, text)}


def test_a_right_feature_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, RIGHT) == []


PLANTED = {
    "duplicate-name": RIGHT.replace("Outline: Two", "Outline: One"),
    "no-steps": RIGHT.replace("    When it is used\n    Then it works\n\n", "\n"),
    "no-name": RIGHT.replace("Scenario: One", "Scenario:"),
    "first-step": RIGHT.replace("    Given a thing\n", "    And a thing\n"),
    "duplicate-column": RIGHT.replace("| n |", "| n | n |").replace("| 2 |", "| 2 | 1 |").replace("| 3 |", "| 3 | 1 |"),
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


def test_a_second_clause_tag_is_found(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("@forward-1", "@forward-1 @forward-7")) == {"clause-tag"}


def test_the_clause_tag_of_another_stage_is_found(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("@forward-1", "@backward-1")) == {"clause-tag", "unknown-tag"}


def test_tags_of_the_feature_belong_to_every_clause(tmp_path: Path) -> None:
    assert rules(tmp_path, "@slowly\n" + RIGHT) == {"unknown-tag"}
    assert all("full-mnist" in clause.tags for clause in clauses([write(tmp_path, "@full-mnist\n" + RIGHT)]))


def test_tags_of_examples_are_found(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("    Examples:", "    @full-mnist\n    Examples:")) == {"unknown-tag"}


def test_the_allowed_extra_tags_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path, RIGHT.replace("@article-choice", "@slowly"))
    assert lint([path], PATTERNS, extra_tags=["slowly"]) == []


def test_a_finding_has_the_line_of_its_step(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, PLANTED["missing-step"])
    said = "forward-1: no when step is defined for 'it is broken'; did you mean 'it is used'? (missing-step)"
    assert str(finding) == f"{tmp_path / 'forward.feature'}:8: {said}"


def test_invalid_gherkin_is_found_with_its_line(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, PLANTED["unreadable"])
    assert (finding.rule, finding.line) == ("unreadable", 6)


@pytest.mark.parametrize("text", ["", "# language: xx\nFeature: F\n", "Feature: F\n  Scenario: S\n    * x\n    | 1"])
def test_a_file_that_cannot_be_used_is_found_and_the_others_are_linted(text: str, tmp_path: Path) -> None:
    broken = write(tmp_path / "a", text)
    found = lint([broken, write(tmp_path / "b", PLANTED["no-then"])], PATTERNS)
    assert "no-then" in {finding.rule for finding in found}
    assert broken in {finding.path for finding in found}


def test_invalid_utf_8_and_missing_files_are_found(tmp_path: Path) -> None:
    (tmp_path / "forward.feature").write_bytes(b"\xff\xfe\x00")
    found = lint([tmp_path / "forward.feature", tmp_path / "missing.feature", tmp_path])
    assert [finding.rule for finding in found] == ["unreadable"] * 3


def test_steps_of_the_background_do_not_count_as_those_of_a_scenario(tmp_path: Path) -> None:
    text = RIGHT.replace("    Given a thing\n", "    Given a thing\n    Then it works\n")
    assert rules(tmp_path, text) == set()
    assert rules(tmp_path, text.replace("    When it is used\n    Then it works\n\n", "\n")) == {"no-steps"}


def test_scenarios_of_a_rule_are_clauses_with_both_backgrounds(tmp_path: Path) -> None:
    rule = "\n  @full-mnist\n  Rule: R\n    Background:\n      Given a thing\n\n    @forward-3\n    Scenario: Three\n"
    three = clauses([write(tmp_path, RIGHT + rule)])[-1]
    assert (three.tag, three.tags) == ("forward-3", frozenset(["full-mnist"]))
    assert three.steps == ("Given a thing", "Given a thing")
    assert rules(tmp_path, RIGHT + rule) == {"no-steps"}


def test_names_that_make_the_same_function_are_duplicates(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("Outline: Two", "Outline: One!")) == {"duplicate-test"}


def test_a_duplicate_name_in_a_file_is_reported_to_run_once(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, PLANTED["duplicate-name"])
    assert "(forward.feature:6): only the last one would run" in finding.message


def test_ambiguous_steps_are_found(tmp_path: Path) -> None:
    used = next(pattern for pattern in PATTERNS if pattern.parser.name == "it is used")
    broad = StepFunctionContext("when", used.step_func, parsers.parse("it is {anything}"))
    (one, two, three) = lint([write(tmp_path, RIGHT)], [*PATTERNS, broad])
    assert {one.rule, two.rule, three.rule} == {"ambiguous-step"}
    assert one.message == "forward-1: 'it is used' matches several steps: 'it is used', 'it is {anything}'"


def test_a_step_for_any_kind_matches_every_kind(tmp_path: Path) -> None:
    path = write(tmp_path, RIGHT)
    anything = StepFunctionContext(None, PATTERNS[0].step_func, parsers.re(".*"))
    assert lint([path], [anything]) == []
    assert {finding.rule for finding in lint([path], [*PATTERNS, anything])} == {"ambiguous-step"}


def test_a_step_of_another_kind_does_not_match(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("Given a thing", "When a thing")) == {"missing-step"}


def test_a_star_is_a_step_of_any_kind(tmp_path: Path) -> None:
    assert (
        rules(tmp_path, RIGHT.replace("Given a", "* a").replace("When it", "* it").replace("Then it", "* it")) == set()
    )
    assert rules(tmp_path, RIGHT.replace("Then it works", "* a thing")) == {"no-then"}
    assert rules(tmp_path, RIGHT.replace("Then it works", "* it breaks")) == {"missing-step"}


def test_a_step_with_a_colon_is_a_description_and_is_found(tmp_path: Path) -> None:
    text = RIGHT.replace("    When it is used\n    Then it works\n\n", "    Then: it works\n\n")
    assert rules(tmp_path, text) == {"step", "no-steps"}
    (finding,) = findings(tmp_path, RIGHT.replace("Then it", "Then: it", 1))
    assert "'Then: it works' cannot stand here; a step has no colon" in finding.message
    assert rules(tmp_path, RIGHT.replace("What it is about.", "Note: it is zero.")) == set()


@pytest.mark.parametrize("keyword", ["And", "But"])
def test_and_has_the_kind_of_the_step_before_it(keyword: str, tmp_path: Path) -> None:
    assert (
        rules(tmp_path, RIGHT.replace("Then it works\n\n  @", f"Then it works\n    {keyword} it works\n\n  @")) == set()
    )
    assert rules(tmp_path, RIGHT.replace("Then it", f"{keyword} it")) == {"no-then", "missing-step"}


def test_every_row_of_an_outline_is_matched(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, RIGHT.replace("| 3 |", "| x |"))
    message = "forward-2: no when step is defined for 'it is used x times' (with the row in line 19); did you mean"
    assert finding.message.startswith(message)


def test_a_fault_of_the_background_is_found_once(tmp_path: Path) -> None:
    assert len(findings(tmp_path, RIGHT.replace("a thing", "a think"))) == 1


def test_steps_are_not_matched_without_patterns_and_all_are_undefined_with_no_patterns(tmp_path: Path) -> None:
    path = write(tmp_path, RIGHT)
    assert lint([path]) == []
    assert {finding.rule for finding in lint([path], [])} == {"missing-step"}


def test_every_table_of_examples_has_rows_and_all_columns(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT + "\n    Examples:\n      | n |\n      | 4 |\n") == set()
    assert rules(tmp_path, RIGHT + "\n    Examples:\n      | n |\n") == {"no-examples"}
    assert rules(tmp_path, RIGHT + "\n    Examples:\n") == {"no-examples"}
    assert "placeholder" in rules(tmp_path, RIGHT + "\n    Examples:\n      | m |\n      | 4 |\n")


@pytest.mark.parametrize(
    "text", ["    Then it works\n      | <m> |\n", '    Then it works\n      """\n      <m>\n      """\n']
)
def test_a_placeholder_counts_in_tables_and_docstrings_too(text: str, tmp_path: Path) -> None:
    with_step = RIGHT.replace("    Then it works\n\n    Examples", f"{text}\n    Examples")
    assert rules(tmp_path, with_step) == {"placeholder", "argument"}  # and "it works" takes neither
    assert rules(
        tmp_path, with_step.replace("| n |", "| n | m |").replace("2 |", "2 | 5 |").replace("3 |", "3 | 5 |")
    ) == {"argument"}


def test_a_placeholder_outside_an_outline_is_found(tmp_path: Path) -> None:
    assert "placeholder" in rules(tmp_path, RIGHT.replace("it is used\n", "it is <used>\n"))


def test_the_name_of_a_plain_scenario_may_have_angle_brackets_as_nothing_depends_on_it(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("Scenario: One", "Scenario: <One>")) == set()


def test_a_comparison_is_not_a_placeholder_unless_it_contains_one(tmp_path: Path) -> None:
    assert rules(tmp_path, RIGHT.replace("Scenario: One", "Scenario: 0 < p and p > 1")) == set()
    assert "placeholder" in rules(tmp_path, RIGHT.replace("used <n> times", "used 1 < <n> times"))


def test_the_same_tag_in_two_files_is_found(tmp_path: Path) -> None:
    found = lint([write(tmp_path / "a", RIGHT), write(tmp_path / "b", RIGHT)], PATTERNS)
    assert {finding.rule for finding in found} == {"duplicate-test", "duplicate-tag"}


def test_keywords_of_other_languages_are_understood(tmp_path: Path) -> None:
    one, two = clauses([write(tmp_path, CHINESE)])
    assert [step.kind for step in one.parsed] == ["given", "when", "then"]
    assert one.steps == ("假如 一样东西", "当 使用它", "那么 它能工作")
    assert (one.outline, two.outline) == (False, True)
    assert rules(tmp_path, CHINESE[: CHINESE.index("    例子")]) >= {"no-examples"}


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FeatureError, match=r"forward\.feature"):
        clauses([tmp_path / "forward.feature"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contract_has_no_findings(language: str) -> None:
    patterns = step_patterns(importlib.import_module(module) for module in KATA.steps)
    assert lint(feature_files(None, language), patterns) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contract_has_ten_stages_with_clauses_in_each(language: str) -> None:
    known = clauses(feature_files(None, language))
    assert [path.stem for path in feature_files(None, language)] == list(STAGES)
    assert {clause.stage for clause in known} == set(STAGES)


def test_a_clause_is_read_with_its_background_its_tables_and_its_description(tmp_path: Path) -> None:
    data = "Then it works\n      | 1 | 22 |\n      | 333 | 4 |\n\n  @"
    one, two = clauses([write(tmp_path, RIGHT.replace("Then it works\n\n  @", data))])
    assert one.steps == ("Given a thing", "When it is used", "Then it works\n| 1   | 22 |\n| 333 | 4  |")
    assert one.description == "What it is about."
    assert (one.stage, one.name, one.path.name, one.line) == ("forward", "One", "forward.feature", 6)
    assert (two.tag, two.tags) == ("forward-2", frozenset(["article-choice"]))
    assert list(two.examples) == [{"n": "2"}, {"n": "3"}]


def test_lines_of_a_chinese_description_are_joined_without_a_space(tmp_path: Path) -> None:
    broken = CHINESE.replace("    说明。\n", "    说明，\n    见 A2\n    一节。\n")
    assert clauses([write(tmp_path, broken)])[0].description == "说明，见 A2\n    一节。"


def test_names_in_chinese_that_make_the_same_function_are_duplicates(tmp_path: Path) -> None:
    known = lint([write(tmp_path, CHINESE.replace("场景大纲: 二", "场景大纲: 一！"))])
    assert [finding.rule for finding in known] == ["duplicate-test"]


def test_a_docstring_is_read_in_lines_of_its_step(tmp_path: Path) -> None:
    quoted = 'Then it works\n      """\n      a\n        b\n      """\n\n  @'
    assert clauses([write(tmp_path, RIGHT.replace("Then it works\n\n  @", quoted))])[0].steps[-1] == (
        'Then it works\n"""\na\n  b\n"""'
    )


def test_step_patterns_finds_every_step_once_with_its_kind() -> None:
    module = sys.modules[__name__]
    assert [(p.type, p.parser.name) for p in step_patterns([module, module])] == [
        ("given", "a thing"),
        ("when", "it is used"),
        ("when", "it is used {n:d} times"),
        ("then", "it works"),
    ]
