"""A user's own features: right ones run and pass in every form, with results of their own, and remarks beside them."""

import re
from pathlib import Path

import pytest

from nnkata.features.own import own_clauses
from nnkata.reports.formats import write
from nnkata.reports.report import Report
from nnkata.runner.run import known_clauses
from tests.conftest import PLAIN, ROOT, Run
from tests.support.own import CHINESE, RIGHT, SUMS, WRONG, folder, judged

TAKEN = {
    "as it is": RIGHT,
    "a name with tags of HTML": RIGHT.replace("Scenario: Sums", "Scenario: <b>Sums</b> of <n>"),
    "a mark of UTF-8": "\ufeff" + RIGHT,
    "stars": RIGHT.replace("Given", "*").replace("And", "*").replace("When", "*").replace("Then", "*"),
    "Chinese": CHINESE.replace("和\n", "和\n    网络当前没有偏置，\n    输出同时是一个分布。\n"),
    "Chinese without blanks": re.sub(r"(假如|而且|当|那么) ", r"\1", CHINESE),
    "prose that begins like a title": RIGHT.replace(
        "Feature: More\n", "Feature: More\n  Scenarios of ours.\n  Scenario outlines come last.\n  given time.\n"
    ),
    "CRLF": RIGHT.replace("\n", "\r\n"),
    "tags of one's own": RIGHT.replace("  Scenario: S", "  @slowly @Sums\n  Scenario: S"),
    "titles alike as names in Python": RIGHT + SUMS.replace("Sums", "Sums!"),
    "one title in two files with tags": RIGHT.replace("  Scenario: S", "  @more-1\n  Scenario: S"),
    "an And behind a background": RIGHT.replace(
        "  Scenario: Sums\n    Given a network of sizes 7-6-5-4\n",
        "  Background:\n    Given a network of sizes 7-6-5-4\n\n  Scenario: Sums\n",
    ),
    "an And in the background of a rule": RIGHT.replace(
        "  Scenario: Sums\n    Given a network of sizes 7-6-5-4\n    And known random weights\n",
        "  Background:\n    Given a network of sizes 7-6-5-4\n\n"
        "  Rule: It sums\n    Background:\n    And known random weights\n\n  Scenario: Sums\n",
    ),
    "bars in cells, and comments between rows": RIGHT.replace("| sizes   |", "| sizes | why |")
    .replace("| 7-6-5-4 |", "| 7-6-5-4 | a \\| b \\\\ |\n      # | no row")
    .replace("| 9-8-7-3 |", "| 9-8-7-3 | |  "),
    "words in descriptions that are steps elsewhere": RIGHT.replace(
        "Feature: More\n", "Feature: More\n  Given that it is valid\n  Angenommen, es gilt: 1 | 2\n  But: a remark.\n"
    ),
    "a column that no step uses": re.sub(r"(\| [\w-]+ +\|)", r"\1 why |", RIGHT),
}


@pytest.mark.parametrize("form", TAKEN)
def test_right_features_run_and_pass(form: str, tmp_path: Path) -> None:
    own = folder(tmp_path, TAKEN[form])
    if "two files" in form:
        (tmp_path / "other.feature").write_text(f"Feature: Other\n  @other-1\n{SUMS}", encoding="utf-8")
    found = judged(own)
    assert found.passed
    assert (
        len(found.clauses)
        == len(own_clauses(own))
        == TAKEN[form].count("Scenario: ")
        + TAKEN[form].count("Outline: ")
        + TAKEN[form].count("场景")
        + ("two files" in form)
    )


def test_two_files_with_one_title_have_their_own_results(tmp_path: Path) -> None:
    own = folder(tmp_path, f"Feature: M\n  @more-1\n{SUMS}", other=f"Feature: O\n  @other-1 @Sums\n{WRONG}")
    statuses = {result.clause: result.status for result in judged(own).clauses}
    assert statuses == {"more-1": "passed", "other-1": "failed"}


def test_a_tag_equal_to_another_scenarios_title_is_no_confusion(tmp_path: Path) -> None:
    text = f"Feature: M\n{SUMS}  @Sums\n{WRONG.replace('Scenario: Sums', 'Scenario: Doubled')}"
    statuses = {result.clause: result.status for result in judged(folder(tmp_path, text)).clauses}
    assert statuses == {"Sums": "passed", "Doubled": "failed"}


def test_all_rows_of_an_outline_are_counted_and_the_first_that_fails_is_shown(tmp_path: Path) -> None:
    text = RIGHT.replace("Then its sizes are <sizes>", "Then its sizes are 7-6-5-4") + "      | 5-5-5-5 |\n"
    found = judged(folder(tmp_path, text))
    (failure,) = found.failures
    assert [row.status for row in failure.examples] == ["passed", "failed", "failed"]
    assert failure.example == {"sizes": "9-8-7-3"}
    report = Report(found, known_clauses(tmp_path))
    for form in ("text", "junit", "markdown", "tap", "sarif", "github"):
        assert "2 of 3 rows do not pass; this one has sizes = 9-8-7-3" in write(form, report), form


def test_the_command_to_repeat_is_complete(nnkata: Run, tmp_path: Path) -> None:
    folder(tmp_path, f"Feature: M\n{WRONG}")
    done = nnkata("check", PLAIN, "--features", tmp_path, "--seed", "7")
    (again,) = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("Again:")]
    assert again[-2:] == ["--features", str(tmp_path)]
    assert nnkata(*again[1:]).stdout.splitlines()[-1].startswith("Does not conform: 0 of 1")


def test_the_contracts_own_features_are_taken_in_both_languages() -> None:
    for own in (ROOT / "features", ROOT / "features" / "zh-CN"):
        assert len(own_clauses(own)) == len(known_clauses())


def test_tags_on_examples_give_no_warning(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata(
        "check", PLAIN, "--features", folder(tmp_path, RIGHT.replace("    Examples", "    @wide\n    Examples"))
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_features_that_are_not_read_are_named(nnkata: Run, tmp_path: Path) -> None:
    folder(tmp_path)
    for place in (
        "deep/other.feature",
        "Upper.FEATURE",
        "notepad.feature.txt",
        "draft.feature.bak",
        ".hidden.feature.txt",
    ):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(RIGHT, encoding="utf-8")
    done = nnkata("check", PLAIN, "--features", tmp_path)
    assert done.returncode == 0
    assert done.stderr == (
        "nnkata: not read, as only *.feature in the folder itself is: Upper.FEATURE, deep/other.feature, "
        "notepad.feature.txt\n"
    )


def test_parts_that_run_and_may_not_be_meant_so_are_told(nnkata: Run, tmp_path: Path) -> None:
    text = re.sub(r"(\| [\w-]+ +\|)", r"\1 why |", RIGHT).replace(
        "sums to 1\n", "sums to 1\n    When the sample goes forward\n"
    )
    text = text.replace("  Scenario: S", "  @artcle-choice @slowly @more_1\n  Scenario: S")
    done = nnkata("check", PLAIN, "--features", folder(tmp_path, text), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "nnkata: more.feature:10: Sums: When stands behind the last Then, so that nothing checks its outcome",
        "nnkata: more.feature:16: Sizes <sizes>: no step uses the column why",
        "nnkata: more.feature:3: @artcle-choice means nothing here; did you mean @article-choice?",
        "nnkata: more.feature:3: @more_1 means nothing here; did you mean @more-1?",
    ]
