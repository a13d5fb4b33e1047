"""The comparison of the features in two languages finds each planted fault, and nothing in right features."""

import importlib
import re
import sys
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when
from pytest_bdd.parser import render_string

from nnkata.features.bdd import step_patterns
from nnkata.features.gherkin import clauses, parse
from nnkata.features.matching import matches
from nnkata.features.translation import compare
from nnkata.katas.article import KATA
from nnkata.language import LANGUAGES
from nnkata.places import feature_files, features_folder

CHINESE = re.compile("[\u4e00-\u9fff]")

ENGLISH_TEXT = """Feature: Forward pass
  It goes through 3 layers.

  Background:
    Given a thing

  @forward-1
  Scenario: It works
    It is made of 2 parts.
    When it is used
    Then it works 1 time
      | 1 | 2 |

  @forward-2 @article-choice
  Scenario Outline: It works again
    When it is used <n> times by <who>
    Then it works <n> times
      \"\"\"
      x = 1
      \"\"\"

    Examples:
      | n | who            |
      | 2 | the one person |
      | 3 | all            |
"""

CHINESE_TEXT = """# language: zh-CN
功能: 前向传播
  它经过 3 层。

  背景:
    假如 一样东西

  @forward-1
  场景: 它能工作
    它由 2 个部分组成。
    当 使用它
    那么 它工作 1 次
      | 1 | 2 |

  @forward-2 @article-choice
  场景大纲: 它仍能工作
    当 <谁> 使用它 <次数> 次
    那么 它工作 <次数> 次
      \"\"\"
      x = 1
      \"\"\"

    例子:
      | 次数 | 谁  |
      | 2    | 某人 |
      | 3    | all |
"""


@given("a thing")
@given("一样东西")
def a_thing() -> None:
    """A step of the features here."""


@when("it is used")
@when("使用它")
def used() -> None:
    """A step of the features here."""


@when(parsers.re(r"it is used (?P<n>\d+) times by .*"), converters={"n": int})
@when(parsers.re(r".* 使用它 (?P<n>\d+) 次"), converters={"n": int})
def used_times(n: int) -> None:
    """A step of the features here."""


@then(parsers.re(r"it works (?P<n>\d+) times?"), converters={"n": int})
@then(parsers.parse("它工作 {n:d} 次"))
def works(n: int) -> None:
    """A step of the features here."""


@then(parsers.parse("它休息 {n:d} 次"))
def rests(n: int) -> None:
    """Another step of the features here."""


PATTERNS = step_patterns([sys.modules[__name__]])
OURS = step_patterns(importlib.import_module(module) for module in KATA.steps)


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "forward.feature"
    path.write_text(text, encoding="utf-8")
    return path


def found(folder: Path, chinese: str, english: str = ENGLISH_TEXT) -> list[str]:
    files = [write(folder / "en", english)], [write(folder / "zh-CN", chinese)]
    return [finding.message for finding in compare(*files, PATTERNS)]


def test_a_right_translation_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, CHINESE_TEXT) == []


#: Replacements in the translation, and the resulting message.
PLANTED = {
    "another tag": (" @article-choice", "", "the extra tags are not those of"),
    "another kind of step": ("    那么 它工作 1 次", "    当 它工作 1 次", "given, when and then are not"),
    "fewer examples": ("      | 3    | all |\n", "", "the examples are not"),
    "another number in an example": ("| 3    |", "| 4    |", "the examples are not"),
    "another word in an example": ("| all |", "| 全部 |", "the examples are not"),
    "another table": ("| 1 | 2 |", "| 1 | 3 |", "the data tables are not"),
    "another docstring": ("x = 1", "x = 2", "the docstrings are not"),
    "another argument": ("它工作 1 次", "它工作 2 次", "'它工作 2 次' does not mean what 'it works 1 time' means"),
    "another function": ("它工作 1 次", "它休息 1 次", "'它休息 1 次' does not mean what"),
    "another column": ("那么 它工作 <次数>", "那么 它工作 9", "'它工作 9 次' does not mean what"),
    "another number in a description": ("由 2 个", "由 3 个", "the description has the numbers 3, not 2"),
    "no number in a description": ("由 2 个", "由几个", "the description has the numbers none, not 2"),
    "another number in a name": ("场景: 它能工作", "场景: 它能工作 5 次", "the name has the numbers 5, not none"),
    "no description": ("    它由 2 个部分组成。\n", "", "the description is in one language only"),
    "a name left": ("场景: 它能工作", "场景: It works", "the name is not translated"),
    "words left": ("它由 2 个部分组成。", "它由 2 个组成 (it is made of parts)。", "still has the words 'is made of'"),
    "a column left": ("谁", "who", "the column who is not translated"),
    "the feature's name left": ("功能: 前向传播", "功能: Forward pass", "the name of the feature is not translated"),
    "another number in the feature": (
        "经过 3 层",
        "经过 4 层",
        "the description of the feature has the numbers 4, not 3",
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str, tmp_path: Path) -> None:
    old, new, message = PLANTED[fault]
    assert old in CHINESE_TEXT
    said = found(tmp_path, CHINESE_TEXT.replace(old, new))
    assert [text for text in said if message.lower() in text.lower()], said


def test_a_clause_in_one_language_is_found_on_either_side(tmp_path: Path) -> None:
    for shorter in (CHINESE_TEXT[: CHINESE_TEXT.index("  @forward-2")], ENGLISH_TEXT[: ENGLISH_TEXT.index("  @forw")]):
        english = shorter if "Feature" in shorter else ENGLISH_TEXT
        chinese = CHINESE_TEXT if "Feature" in shorter else shorter
        assert "is in one language only" in found(tmp_path, chinese, english)[-1]


def test_a_file_that_cannot_be_read_and_one_without_a_translation_are_found(tmp_path: Path) -> None:
    path = write(tmp_path, ENGLISH_TEXT)
    assert [finding.path for finding in compare([path], [])] == [path]
    assert [finding.path for finding in compare([], [path])] == [path]
    (message,) = found(tmp_path, "功能")
    assert "cannot stand here" in message


def test_an_untranslated_step_is_found_even_if_its_text_is_bound(tmp_path: Path) -> None:
    said = found(tmp_path, CHINESE_TEXT.replace("当 使用它", "当 it is used"))
    assert said == ["forward-1: the step 'it is used' is not translated"]


def test_meanings_are_not_compared_without_steps(tmp_path: Path) -> None:
    files = [write(tmp_path / "en", ENGLISH_TEXT)], [write(tmp_path / "zh", CHINESE_TEXT.replace("作 1 次", "作 2 次"))]
    assert compare(*files) == []
    assert len(compare(*files, PATTERNS)) == 1


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_contract_is_the_same_in_both_languages(language: str) -> None:
    english, translated = feature_files(None, "en"), feature_files(None, language)
    assert compare(english, translated, OURS) == []
    assert {parse(path)["language"] for path in translated} == {language}
    assert sorted(features_folder(language).iterdir()) == sorted(translated)


def test_no_name_step_or_description_of_the_chinese_contract_is_without_chinese() -> None:
    for clause in clauses(feature_files(None, "zh-CN")):
        texts = [
            clause.name,
            *(step.text for step in clause.parsed),
            *([clause.description] * bool(clause.description)),
        ]
        assert [text for text in texts if not CHINESE.search(text)] == []


#: A fault in the contract itself: the stage, a text and its replacement.
IN_THE_CONTRACT = [
    ("backward", "W3 的梯度与数学公式", "W2 的梯度与数学公式"),
    ("training", "用同一个随机样本的 4 份副本", "用同一个随机样本的 5 份副本"),
    ("training", "| 8      | 5      |", "| 8      | 4      |"),
    ("activations", "| sigmoid |", "| softmax |"),
    ("activations", "结果的每个元素都是正数", "两个结果相同"),
    ("initialization", "0.088388", "0.088389"),
    ("initialization", "10^11", "10^10"),
    ("update", "| W3   | 0.125  |", "| W3   | 0.5    |"),
    ("mnist", "至少为 80%", "至少为 85%"),
    ("preprocessing", "标签为文本 5, 0, 9", "标签为 5, 0, 9"),
]


@pytest.mark.parametrize(("stage", "old", "new"), IN_THE_CONTRACT)
def test_a_fault_in_the_chinese_contract_is_found(stage: str, old: str, new: str, tmp_path: Path) -> None:
    text = (features_folder("zh-CN") / f"{stage}.feature").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{stage}.feature"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert compare([features_folder() / path.name], [path], OURS) != []


def test_each_step_function_has_a_text_in_each_language_and_each_text_a_clause() -> None:
    texts: dict[object, set[bool]] = {}
    for step in OURS:
        texts.setdefault(step.step_func, set()).add(bool(CHINESE.search(step.parser.name)))
    assert [function for function, languages in texts.items() if languages != {True, False}] == []
    used: set[int] = set()
    for clause in clauses([*feature_files(None, "en"), *feature_files(None, "zh-CN")]):
        for row in clause.examples or ({},):
            for part in clause.parsed:
                text = render_string(part.text, row)
                used.update(id(step) for step in matches(part, text, OURS))
    assert [step.parser.name for step in OURS if id(step) not in used] == []
