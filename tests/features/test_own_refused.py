"""A user's own features: faults that would pass in silence or cannot run are refused, with file, line and advice."""

import os
import re
from pathlib import Path

import pytest

from nnkata.errors import UsageError
from nnkata.features.own import own_clauses
from tests.conftest import PLAIN, Run
from tests.support.own import CHINESE, RIGHT, SUMS, WRONG, folder

REFUSED: dict[str, tuple[str | bytes, int, str]] = {
    "a title twice": (RIGHT + WRONG, 18, "only the last one would run"),
    "a title twice, in Rules": (RIGHT.replace(SUMS, "") + f"  Rule: A\n{SUMS}  Rule: B\n{WRONG}", 20, "the last one"),
    "a tag twice": (
        RIGHT.replace("  Scenario: S", "  @more-1\n  Scenario: S").replace("  Scenario O", "  @more-1\n  Scenario O"),
        12,
        "has this tag",
    ),
    "no steps": (RIGHT + "  Scenario: Empty\n", 18, "would pass; give it a Then"),
    "no Then": (RIGHT.replace("    Then the output sums to 1\n", ""), 3, "checks nothing"),
    "a long title": (RIGHT.replace("Sums", "Sums " * 600), 3, "the title has 2999 characters, more than 300; write"),
    "a colon": (RIGHT + "  Scenario: Colon\n    Then: the output sums to 1\n", 19, "a step has no colon"),
    "a tab behind a keyword": (
        RIGHT.replace("Given a network of sizes 7", "Given\ta network of sizes 7"),
        4,
        "a plain space",
    ),
    "a no-break space behind a keyword": (
        RIGHT.replace("Given a network of sizes 7", "Given\u00a0a network 7"),
        4,
        "a plain",
    ),
    "a table that nobody takes": (RIGHT.replace("sums to 1\n", "sums to 1\n      | 1 |\n"), 8, "takes no table"),
    "a text that nobody takes": (
        RIGHT.replace("sums to 1\n", 'sums to 1\n      """\n      1\n      """\n'),
        8,
        "takes no text",
    ),
    "a table that is not there": (RIGHT.replace("known random weights", "the weights W1"), 5, "needs a table"),
    "three widths": (RIGHT.replace("sizes 7-6-5-4\n    And", "sizes 7-6-5\n    And"), 4, "sizes 784-128-64-10'?"),
    "a width of 0": (RIGHT.replace("sizes 7-6-5-4\n    And", "sizes 7-0-5-4\n    And"), 4, "no given step is defined"),
    "two features": (RIGHT + "\nFeature: Two\n" + SUMS, 19, "a file has one feature"),
    "a background behind": (
        RIGHT + "\n  Background:\n    Given random weights\n",
        19,
        "stands once, before the scenarios",
    ),
    "a language not said": ("Funktionalität: More\n", 1, "`# language: de` at its top"),
    "a colon behind a step": (RIGHT.replace("Then the output", "Then: the output"), 8, "a step has no colon"),
    "And first": (
        RIGHT.replace("    Given a network of sizes 7", "    And a network of sizes 7"),
        4,
        "begin with Given",
    ),
    "a description that begins with And": (
        RIGHT.replace("Sums\n", "Sums\n    And it is a distribution.\n", 1),
        4,
        "if that line is description, let it not begin with And",
    ),
    "a description whose first line begins with When": (
        RIGHT.replace("Sums\n", "Sums\n    When all is well,\n    the outputs sum to one.\n", 1),
        5,
        "the line above it is a step, as it begins with When, and a step is one line; if that line is description",
    ),
    "a Chinese description that begins with 当前": (
        CHINESE.replace("和\n", "和\n    当前的网络没有偏置。\n", 1),
        4,
        "if that line is description, let it not begin with 当",
    ),
    "a Chinese description that begins with 同时": (
        CHINESE.replace("和\n", "和\n    同时它是一个分布。\n", 1),
        4,
        "if that line is description, let it not begin with 同时",
    ),
    "a Chinese description whose first line begins with 当前": (
        CHINESE.replace("和\n", "和\n    当前的网络没有偏置，\n    只有三个矩阵。\n", 1),
        5,
        "the line above it is a step, as it begins with 当, and a step is one line; if that line is description",
    ),
    "a title without a colon": ("Feature: More\n\n  Scenario Sums\n" + SUMS.partition("\n")[2], 3, "`Scenario:`"),
    "a title without a colon, above others": (
        RIGHT.replace("Feature: More\n", "Feature: More\n\n  Scenario Lost\n    Then nothing\n", 1),
        3,
        "'Scenario Lost' is read as a description; a title has a colon after its keyword",
    ),
    "a title with a blank before the colon": (
        RIGHT.replace("Scenario: Sums", "Scenario : Sums"),
        3,
        "no blank stands before the colon: `Scenario:`",
    ),
    "a title with a wide colon": (RIGHT.replace("Scenario: Sums", "Scenario： Sums"), 3, "is a plain one: `Scenario:`"),
    "a Chinese title with a wide colon": (CHINESE.replace("功能: ", "功能："), 2, "is a plain one: `功能:`"),
    "a Chinese scenario with a wide colon": (CHINESE.replace("场景: ", "场景："), 3, "is a plain one: `场景:`"),
    "small titles": (RIGHT.replace("Feature:", "feature:"), 1, "write `Feature:`"),
    "a small title": (RIGHT.replace("Scenario: Sums", "scenario: Sums"), 3, "write `Scenario:`"),
    "a small first step": (
        RIGHT.replace("    Given a network of sizes 7", "    given a network of sizes 7"),
        4,
        "`Given`",
    ),
    "a small further step": (RIGHT.replace("    Then the output", "    THEN the output"), 8, "write `Then`"),
    "a tag that pytest refuses": (
        RIGHT.replace("  Scenario: S", "  @_more\n  Scenario: S"),
        3,
        "@_more cannot be a tag",
    ),
    "a tag on Examples that pytest refuses": (
        RIGHT.replace("    Examples", "    @parametrize\n    Examples"),
        15,
        "@parametrize cannot be a tag",
    ),
    "a colon in a background": (
        RIGHT.replace("  Scenario: S", "  Background:\n    Given: a network\n\n  Scenario: S"),
        4,
        "a step has no colon",
    ),
    "a colon below a line in Chinese": (
        RIGHT.replace("Sums\n", "Sums\n    这是说明，\n    Given: a network\n", 1),
        5,
        "a step has no colon",
    ),
    "steps above the scenarios": (
        RIGHT.replace("More\n", "More\n  Given known random weights\n", 1),
        2,
        "; a step stands in a scenario, or below `Background:`",
    ),
    "steps of a language not said": (
        RIGHT.replace("    Given a network of sizes 7", "    Angenommen a network of sizes 7"),
        4,
        "its keyword is de, the file is en; `# language: de` at its top",
    ),
    "another spelling of a language": ("# language: zh_CN\n功能: 一\n", 1, "no language zh_CN; did you mean zh-CN?"),
    "the name of a language": ("# language: deutsch\nFunktion: 1\n", 1, "no language deutsch; did you mean de?"),
    "a language that nobody speaks": ("# language: qqq\nFeature: 1\n", 1, "Gherkin knows no language qqq"),
    "a short row": (
        RIGHT.replace("| sizes   |", "| sizes   | why |"),
        16,
        "this row has 1 cells, the first of its table 2",
    ),
    "a row without a bar at the end among others": (
        RIGHT.replace("| sizes   |", "| sizes | why |").replace("| 7-6-5-4 |", "| 7-6-5-4 | x"),
        16,
        "; a row of its table has no bar at its end",
    ),
    "rows without a bar at the end": (
        re.sub(r"\| ([\w-]+) +\|\n", r"| \1 | why\n", RIGHT),
        15,
        "this row has no bar at its end, and its last cell is dropped",
    ),
    "a row that ends with a bar of its cell": (
        RIGHT.replace("| sizes   |", "| sizes | why \\|"),
        15,
        "no bar at its end",
    ),
    "a row without a bar before it": (
        RIGHT.replace("      | 7-6-5-4 |", "      7-6-5-4 |"),
        16,
        "'7-6-5-4 |' cannot stand here; a row of a table has bars",
    ),
    "Example for Examples": (
        RIGHT.replace("    Examples:", "    Example:"),
        14,
        "a table stands below it, and no step; a table of values begins with `Examples:`",
    ),
    "a number without a digit before its point": (
        RIGHT.replace("And a random sample", "And the sample x = .5, +2, -.5, 1 of class 1"),
        6,
        "did you mean 'the sample x = 0.5, 2, -0.5, 1 of class 1'?",
    ),
    "blanks in a placeholder": (RIGHT.replace("are <sizes>\n", "are < sizes >\n"), 12, "no blanks inside"),
    "a full stop": (RIGHT.replace("sums to 1\n", "sums to 1.\n"), 8, "did you mean 'the output sums to 1'?"),
    "quotes": (RIGHT.replace("sums to 1\n", "sums to “1”\n"), 8, "did you mean 'the output sums to 1'?"),
    "two steps on a line": (
        RIGHT.replace("known random weights\n    And a", "known random weights and a"),
        5,
        "these are two steps, of a line each: 'known random weights' and 'a random sample'",
    ),
    "other words": (
        RIGHT.replace("the sample goes forward", "the forward pass runs"),
        7,
        "did you mean 'the sample goes forward'?",
    ),
    "other words with values": (
        RIGHT.replace("Then its sizes are <sizes>", "Then W4 has six rows and 7 columns"),
        12,
        "did you mean 'W1 has 7 rows and 3 columns'?",
    ),
    "a list in brackets": (
        RIGHT.replace("sizes 7-6-5-4\n    And", "sizes [7, 6, 5, 4]\n    And"),
        4,
        "did you mean 'a network of sizes 7-6-5-4'?",
    ),
    "a row that no step takes": (
        RIGHT.replace("| 9-8-7-3 |", "| 9x8x7x3 |"),
        11,
        "for 'a network of sizes 9x8x7x3' (with the row in line 17); did you mean 'a network of sizes 784-128-64-10'?",
    ),
    "no name": (RIGHT.replace("Scenario: Sums", "Scenario:"), 3, "3: has no name; write one behind Scenario:"),
    "an unseen character": ("\ufeff\ufeff" + RIGHT, 1, "an unseen character stands before it, U+FEFF"),
    "UTF-16 without a mark": (RIGHT.encode("utf-16-le"), 1, "the value 0, as in UTF-16; save it as UTF-8"),
    "no title at all": ("Given a network\n" + SUMS, 1, "a file begins with `Feature:` and a title"),
    "no scenario": ("Feature: More\n", 1, "there is no scenario"),
    "no feature": ("", 1, "begin it with `Feature: a title`"),
    "no Gherkin": ("Given a network\n", 1, "'Given a network' cannot stand here"),
    "no Examples": (RIGHT[: RIGHT.index("    Examples:")], 10, "give it a table under Examples:"),
    "no rows": (RIGHT[: RIGHT.index("      | 7-6-5-4")], 14, "the first row of a table names the columns"),
    "an unknown column": (
        RIGHT.replace("| sizes   |", "| size    |"),
        14,
        "no column gives <sizes>; the columns are size",
    ),
    "an outline without its word": (
        RIGHT[: RIGHT.index("    Examples:")].replace("Scenario Outline: Sizes <sizes>", "Scenario: Sizes"),
        10,
        "<sizes> stands for a column of a table under Examples:, and there is none",
    ),
    "a text without its end": (
        RIGHT.replace("sums to 1\n", 'sums to 1\n      """\n'),
        19,
        "the file ends inside a text",
    ),
    "a tag at the end": (RIGHT + "  @late\n", 19, "a tag stands above its scenario"),
    "an unknown step": (RIGHT.replace("sums to 1", "summs to 1"), 8, "no then step is defined for"),
    "a step of another kind": (RIGHT.replace("Then the output", "When the output"), 8, "; it is a then step"),
    "another encoding": (RIGHT.encode("utf-16"), 1, "save it as UTF-8"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_fault_is_reported_with_file_line_and_advice(fault: str, tmp_path: Path) -> None:
    text, line, why = REFUSED[fault]
    with pytest.raises(UsageError) as caught:
        own_clauses(folder(tmp_path, text))
    said = str(caught.value)
    assert f"{tmp_path / 'more.feature'}:{line}: " in said
    assert why in said
    assert "Traceback" not in said


def test_a_title_in_two_files_is_reported_with_both(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        own_clauses(folder(tmp_path, other=f"Feature: Other\n{SUMS}"))
    assert f"{tmp_path / 'other.feature'}:2: Sums: another scenario has this tag or name (more.feature:3)" in str(
        caught.value
    )


def test_a_fault_is_status_2_with_a_path_relative_to_the_working_directory(nnkata: Run, tmp_path: Path) -> None:
    folder(tmp_path, RIGHT.replace("sums to 1", "summs to 1"))
    done = nnkata("check", PLAIN, "--features", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "more.feature:8: Sums: no then step is defined for 'the output summs to 1'; did you mean" in done.stderr
    assert str(tmp_path / "more.feature") not in done.stderr


def test_a_faulty_step_is_not_blamed_on_the_network(nnkata: Run, tmp_path: Path) -> None:
    before = RIGHT.replace("    And known random weights\n    And a random sample\n", "")
    early = folder(tmp_path, before.replace("  Scenario: Sums\n", "  Scenario: Sums\n    Given a random sample\n"))
    done = nnkata("check", PLAIN, "--features", early, "--isolation", "none")
    assert done.returncode == 2
    assert "nnkata could not judge this" in done.stdout
    assert "a step of your features failed by itself, not the network: check the step (more.feature:4)" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("place", "said"),
    [("a/b/more.feature", "name the folder that it is in"), ("MORE.FEATURE", "rename MORE.FEATURE"), ("a.txt", "")],
)
def test_for_a_folder_without_features_the_message_names_one_with_some(place: str, said: str, tmp_path: Path) -> None:
    (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / place).write_text(RIGHT, encoding="utf-8")
    with pytest.raises(UsageError, match=r"there is no \.feature file in") as caught:
        own_clauses(tmp_path)
    assert said in str(caught.value)
    assert ("; " in str(caught.value)) is bool(said)


def test_a_pipe_among_the_features_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.feature")
    with pytest.raises(UsageError, match=r"mine\.feature.*it is not a file"):
        own_clauses(tmp_path)
