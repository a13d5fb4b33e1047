"""The text report: what it shows, in how many columns, and with what colour."""

from dataclasses import replace

import pytest

from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.reports.clean import clean
from nnkata.reports.text import SPOKEN, render
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, Status, Verdict, decode, encode, verdict
from tests.counts import ALL

KNOWN = known_clauses()


def make(**statuses: Status) -> Verdict:
    chosen = {tag.replace("_", "-"): status for tag, status in statuses.items()}
    stages: dict[str, list[ClauseResult]] = {}
    for clause in KNOWN:
        status = chosen.get(clause.tag, "passed")
        wrong = status not in ("passed", "skipped")
        name = "scalar-gradient" if wrong and clause.stage == "backward" else None
        result = ClauseResult(
            clause.tag,
            clause.name,
            status,
            "x\n  came: 1" if wrong else "",
            name,
            step=clause.steps[-1] if wrong else None,
        )
        stages.setdefault(clause.stage, []).append(result)
    environment = {"python": "3", "numpy": "2", "data": "bundled", "isolation": "process", "seed": "7"}
    return verdict(stages, "1.0", "net.py", 1.5, environment)


def test_a_conforming_verdict_says_so_and_names_no_failure() -> None:
    text = render(make(), KNOWN)
    assert f"Conforms: {ALL} of {ALL} clauses" in text
    assert "✗" not in text


def test_skipped_clauses_are_counted_in_the_first_line() -> None:
    text = render(make(forward_1="skipped", mnist_4="skipped"), KNOWN)
    assert f"{ALL} clauses, 2 skipped" in text.splitlines()[0]
    assert f"Conforms: {ALL - 2} of {ALL - 2}" in text


def test_only_the_first_failure_is_shown_in_full_unless_all_are_asked_for() -> None:
    found = make(backward_3="failed", update_1="failed")
    assert "update-1: " not in render(found, KNOWN)
    assert "--all shows the other 1" in render(found, KNOWN)
    assert "update-1: " in render(found, KNOWN, every=True)


def test_the_mistake_the_hint_and_the_reading_are_shown() -> None:
    text = " ".join(render(make(backward_3="failed"), KNOWN).split())
    assert CATALOGUE["scalar-gradient"].mistake in text
    assert CATALOGUE["scalar-gradient"].hint in text
    assert "To read: the tutorial, chapter 5; Casper Hansen's article under Backpropagation" in text
    assert "nnkata check net.py --clause backward-3 --seed 7" in text


def test_lines_fit_eighty_columns() -> None:
    for clause in KNOWN:
        status: dict[str, Status] = {clause.tag: "failed"}
        found = make(**status)
        assert max(map(len, render(found, KNOWN).splitlines())) <= 80, clause.tag


def test_every_mistake_fits_eighty_columns() -> None:
    for name in CATALOGUE:
        stages = {"backward": [ClauseResult("backward-1", "x", "failed", "m", name)]}
        environment = {"python": "3", "numpy": "2", "data": "bundled", "isolation": "process", "seed": "7"}
        text = render(verdict(stages, "1.0", "net.py", 1.0, environment), KNOWN)
        assert max(map(len, text.splitlines())) <= 80, name


def test_colour_comes_only_from_the_painter() -> None:
    text = render(make(backward_3="failed"), KNOWN, lambda text, colour: f"<{colour}>{text}</>")
    assert "<red>" in text
    assert "<green>" in text
    assert "\x1b" not in render(make(backward_3="failed"), KNOWN)


def test_a_verdict_survives_its_json_form() -> None:
    found = make(backward_3="timeout", mnist_4="skipped")
    assert decode(encode(found)) == found


def test_where_nothing_was_judged_nothing_has_passed() -> None:
    stages = {"forward": [ClauseResult("forward-1", "x", "skipped", "why")]}
    found = verdict(stages, "1.0", "net.py", 1.0, {})
    assert (found.passed, found.score) == (False, 0.0)


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x00b", "bell\x07", "\u202eevil", "tab\tand\rreturn"])
def test_control_characters_are_taken_out(text: str) -> None:
    assert all(c.isprintable() for line in clean(text) for c in line)


def test_long_and_many_lines_are_cut() -> None:
    assert max(map(len, clean("x" * 10_000))) == 200
    assert len(clean("\n" * 1000)) == 41


def test_where_nothing_was_judged_the_text_says_so() -> None:
    every: dict[str, Status] = {clause.tag: "skipped" for clause in KNOWN}
    text = render(make(**every), KNOWN)
    assert "Nothing was judged" in text
    assert "onform" not in text


def test_the_command_to_repeat_can_be_pasted_into_a_shell() -> None:
    stages = {"mine": [ClauseResult("a clause; of mine", "x", "failed", "m")]}
    environment = {"python": "3", "numpy": "2", "data": "bundled", "isolation": "process", "seed": "7"}
    clause = replace(KNOWN[0], tag="a clause; of mine")
    text = render(verdict(stages, "1.0", "my net.py", 1.0, environment), [clause])
    assert "nnkata check 'my net.py' --clause 'a clause; of mine' --seed 7" in text


@pytest.mark.parametrize(
    ("data", "isolation", "more"),
    [
        ("bundled", "process, another user", ""),
        ("my, mnist", "none", " --data 'my, mnist' --isolation none"),
        ("openml", "sandbox", " --data openml --isolation sandbox"),
    ],
)
def test_the_command_to_repeat_judges_on_the_same_data_behind_the_same_wall(
    data: str, isolation: str, more: str
) -> None:
    environment = {"python": "3", "numpy": "2", "data": data, "isolation": isolation, "seed": "7"}
    found = verdict({"update": [ClauseResult("update-1", "x", "failed", "m")]}, "1.0", "net.py", 1.0, environment)
    lines = [line.strip() for line in render(found, KNOWN).splitlines()]
    assert f"nnkata check net.py --clause update-1 --seed 7{more}" in lines


def test_marks_are_words_for_those_who_listen() -> None:
    skipped: dict[str, Status] = {f"update_{number}": "skipped" for number in range(1, 7)}
    found = make(backward_3="failed", **skipped)
    text = render(found, KNOWN, marks=SPOKEN)
    assert not set("✓✗") & set(text)
    lines = text.splitlines()
    assert any(line.split()[:2] == ["passed:", "forward"] for line in lines)
    assert any(line.split()[:2] == ["failed:", "backward"] for line in lines)
    assert any(line.split()[:2] == ["skipped:", "update"] for line in lines)
    assert any(line.strip().startswith("failed here: Then") for line in lines)
    assert "✗" in render(found, KNOWN)
