"""The text report: its content, columns and colours."""

import os
from dataclasses import replace

import pytest
from msgspec import structs

from nnkata.explanations import topics
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.language import use
from nnkata.registry import current as kata
from nnkata.reports.clean import clean, located, told
from nnkata.reports.failure import SPOKEN, Look, brief, failed_clause, hints
from nnkata.reports.formats.text import render
from nnkata.reports.width import behind, rows
from nnkata.runner.run import known_clauses
from nnkata.runner.skipped import INTERRUPTED
from nnkata.texts import natural
from nnkata.verdict import ClauseResult, StageResult, Status, Verdict, decode, encode, verdict
from tests.support.counts import ALL

KNOWN = known_clauses()
HINTS = topics("en")["gradient"].hints


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


def test_a_stage_without_a_judged_clause_is_named_also_where_its_reason_fills_the_line() -> None:
    stages = {
        stage.name: [
            structs.replace(one, status="skipped", message="waits " * 14) if stage.name == "mnist" else one
            for one in stage.clauses
        ]
        for stage in make(forward_1="failed").stages
    }
    text = render(verdict(stages, "1.0", "net.py", 1.5, make().environment), KNOWN)
    assert "mnist" in text
    assert "1 stages" not in text


def test_what_the_option_skip_left_out_is_not_part_of_a_pass() -> None:
    left = [clause.tag for clause in KNOWN if clause.stage == "backward"]
    statuses: dict[str, Status] = dict.fromkeys((tag.replace("-", "_") for tag in left), "skipped")
    found = make(**statuses)
    reason = dict.fromkeys(left, "left out by --skip")
    stages = {
        stage.name: [structs.replace(one, message=reason.get(one.clause, "")) for one in stage.clauses]
        for stage in found.stages
    }
    text = " ".join(render(verdict(stages, "1.0", "net.py", 1.5, found.environment), KNOWN).split())
    assert "Conforms" not in text
    assert f"All {ALL - len(left)} of the clauses asked for pass, in 1.5 s." in text
    assert f"--skip left out {', '.join(left[:6])}, …. The whole contract: nnkata check net.py" in text


def test_only_the_first_failure_is_shown_in_full_unless_all_are_asked_for() -> None:
    found = make(backward_3="failed", update_1="failed")
    assert "update-1: " not in render(found, KNOWN)
    assert "--all shows 1 more." in render(found, KNOWN)
    assert "update-1: " in render(found, KNOWN, Look(every=True))


def test_the_mistake_and_the_text_to_read_are_shown_and_hints_only_on_request() -> None:
    found = make(backward_3="failed")
    text = " ".join(render(found, KNOWN).split())
    assert CATALOGUE["scalar-gradient"].mistake in text
    assert CATALOGUE["scalar-gradient"].hint not in text
    assert "Hint:" not in text
    texts = [" ".join(render(found, KNOWN, Look(hints=count, every=True)).split()) for count in (1, 2, 3, 4)]
    assert [text.count("Hint:") for text in texts] == [1, 2, 3, 4]
    assert [CATALOGUE["scalar-gradient"].hint in text for text in texts].index(True) == len(HINTS)  # at the end
    assert "To read: tutorial, chapter 5; Casper Hansen's article, Backpropagation" in text
    assert "nnkata check net.py --clause backward-3 --seed 7" in text


def test_without_a_diagnosis_the_failure_stands_alone() -> None:
    text = render(make(backward_3="failed"), KNOWN, Look(diagnosis=False))
    assert "came: 1" in text
    assert "The mistake" not in text
    assert "To read" not in text


def shown(failure: ClauseResult, asked: int, room: int) -> str:
    clause = next(clause for clause in KNOWN if clause.tag == failure.clause)
    return "\n".join(failed_clause(failure, clause, Look(hints=asked), room))


def test_the_end_of_a_reading_and_the_name_of_a_mistake_are_never_cut_on_a_screen() -> None:
    found = make(backward_1="failed").failures[0]
    reading = "you compute " + "δ3 ⊗ A3, and " * 10 + "it should be δ3 ⊗ A2"
    least = shown(structs.replace(found, reading=reading, misconception=None), 0, 7)
    assert "it should be δ3 ⊗ A2" in " ".join(least.split())
    named = structs.replace(found, misconception="wrong-layers-activations")
    assert "wrong-layers-activations: change[W]" in shown(named, 0, 30)
    assert "(wrong-layers-activations)" in " ".join(shown(named, 0, 6).split())
    for asked, room in ((0, 6), (0, 7), (1, 8)):
        assert "…" not in shown(named, asked, room)


def test_the_remark_on_hints_names_the_next_one_as_long_as_there_is_one() -> None:
    found = make(backward_3="failed")
    there = len(hints(found.failures[0]))
    assert "(a hint: the check above with --hint)" in render(found, KNOWN)
    assert f"(another hint: --hint {there})" in render(found, KNOWN, Look(hints=there - 1))
    assert "hint" not in render(found, KNOWN, Look(hints=there)).rpartition("Why:")[2]


def test_the_cause_of_an_exception_is_not_read_from_numbers() -> None:
    labels: dict[Status, str] = {"error": "The cause:", "failed": "Read from your numbers:"}
    for status, label in labels.items():
        found = structs.replace(make(backward_1=status).failures[0], reading="a reading", misconception=None)
        assert f"{label}  a reading" in shown(found, 0, 30)


def test_a_partial_pass_does_not_conform_and_the_next_stage_is_named() -> None:
    only = {clause.tag for clause in KNOWN if clause.stage in ("preprocessing", "activations")}
    text = render(asked(only), KNOWN)
    assert "onform" not in text
    assert f"All {len(only)} of the clauses asked for pass" in text
    assert "Next, initialization:  nnkata explain initialization\n" in text
    assert "nnkata check net.py --upto initialization\n" in text
    assert "Its stage:  nnkata check net.py --stage update" in render(asked({"update-2"}), KNOWN)
    last = {clause.tag for clause in KNOWN if clause.stage == "from-scratch"}
    assert "The whole contract:  nnkata check net.py\n" in render(asked(last), KNOWN)


def test_an_interrupted_run_does_not_conform_even_if_all_judged_clauses_pass() -> None:
    whole = make()
    late = ("training", "mnist")
    cut = tuple(
        structs.replace(
            stage, clauses=tuple(structs.replace(c, status="skipped", message=INTERRUPTED) for c in stage.clauses)
        )
        if stage.name in late
        else stage
        for stage in whole.stages
    )
    text = render(structs.replace(whole, stages=cut), KNOWN)
    judged = sum(clause.stage not in late for clause in KNOWN)
    assert text.endswith(f"All {judged} of the clauses judged so far pass, in 1.5 s.\n")
    assert "onform" not in text


def test_a_full_pass_names_the_next_possibilities() -> None:
    text = render(make(), KNOWN)
    assert "You have built" in text
    assert "nnkata train net.py" in text
    assert "You have built" not in render(make(backward_3="failed"), KNOWN)
    reference = render(structs.replace(make(), implementation=os.path.relpath(kata().reference)), KNOWN)
    assert reference.endswith("That is the reference. To write your own:\n  nnkata init network.py\n")


def asked(only: set[str]) -> Verdict:
    """A verdict on some clauses, which all pass; the others were not selected."""
    stages: dict[str, list[ClauseResult]] = {}
    for clause in KNOWN:
        status: Status = "passed" if clause.tag in only else "skipped"
        message = "" if clause.tag in only else "not asked for"
        stages.setdefault(clause.stage, []).append(ClauseResult(clause.tag, clause.name, status, message))
    environment = {"python": "3", "numpy": "2", "data": "bundled", "isolation": "process", "seed": "7"}
    return verdict(stages, "1.0", "net.py", 1.5, environment)


def test_a_failure_of_any_clause_fits_the_first_screen() -> None:
    message = "x\n  came:             matrix 2×40:\n" + "\n".join(["    [" + " 0.12345" * 20 + "]"] * 8)
    everything: dict[str, Status] = {clause.tag: "failed" for clause in KNOWN}
    for clause in KNOWN:
        alone: dict[str, Status] = {clause.tag: "failed"}
        for statuses in (alone, everything):
            found = make(**statuses)
            wrong = tuple(replace_message(stage, message) for stage in found.stages)
            lines = render(structs.replace(found, stages=wrong), KNOWN, Look(hints=2)).splitlines()
            assert len(lines) < 24, (clause.tag, "\n".join(lines))
            assert max(map(len, lines)) <= 80, clause.tag


def replace_message(stage: StageResult, message: str) -> StageResult:
    clauses = tuple(
        structs.replace(found, message=message) if found.status == "failed" else found for found in stage.clauses
    )
    return structs.replace(stage, clauses=clauses)


def test_on_a_short_screen_both_sides_of_a_comparison_keep_a_row_or_their_shape() -> None:
    row = "[[0.12345 0.23456 ... 0.34567 0.45678]"
    label, other = "  came:             ", "  should have come: "
    same = ["the gradient", f"{label}matrix 6×7, float64:", f"    {row}", f"    {row}"]
    same += [f"{other}matrix 6×7, float64:", f"    {row}", f"    {row}"]
    assert brief(same) == ["  the gradient", f"  {label}{row} …", f"  {other}{row} …"]
    wider = [line.replace("6×7, float64:\n", "") for line in same]
    wider[4] = f"{other}matrix 7×6, float64:"
    assert brief(wider) == ["  the gradient", f"  {label}matrix 6×7, float64", f"  {other}matrix 7×6, float64"]


def test_the_facts_of_a_verdict_are_wrapped_and_said_in_the_readers_language() -> None:
    found = structs.replace(
        make(), environment={**make().environment, "seed": "123456", "isolation": "sandbox, landlock"}
    )
    assert max(map(len, render(found, KNOWN).splitlines())) <= 80
    use("zh-CN")
    try:
        assert "数据：内置；隔离：沙箱，landlock；种子：123456" in "".join(render(found, KNOWN).split("\n  "))
    finally:
        use("en")


def test_a_command_that_is_longer_than_a_row_is_whole_and_counts_as_two() -> None:
    long = "nnkata check " + "n" * 70
    assert behind("Next:", long, 80) == ["Next:", f"  {long}"]
    assert behind("Next:", "nnkata", 80) == ["Next:  nnkata"]
    assert rows(["", "x" * 80, long], 80) == 4


def test_the_place_of_an_exception_is_stated_in_the_readers_language() -> None:
    text = "it raised NameError: name 'x' is not defined (network.py, line 21)"
    assert located(text) == text
    use("zh-CN")
    try:
        assert located(text).endswith(" is not defined（network.py 第 21 行）")
        assert located("a line (of another kind)") == "a line (of another kind)"
    finally:
        use("en")


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
    text = render(make(backward_3="failed"), KNOWN, Look(lambda text, colour: f"<{colour}>{text}</>"))
    assert "<red>" in text
    assert "<green>" in text
    assert "\x1b" not in render(make(backward_3="failed"), KNOWN)


def test_a_verdict_survives_its_json_form() -> None:
    found = make(backward_3="timeout", mnist_4="skipped")
    assert decode(encode(found)) == found


def test_without_a_judged_clause_nothing_has_passed() -> None:
    stages = {"forward": [ClauseResult("forward-1", "x", "skipped", "why")]}
    found = verdict(stages, "1.0", "net.py", 1.0, {})
    assert (found.passed, found.score) == (False, 0.0)


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x00b", "bell\x07", "\u202eevil", "tab\tand\rreturn"])
def test_control_characters_are_taken_out(text: str) -> None:
    assert all(c.isprintable() for line in clean(text) for c in line)


def test_long_and_many_lines_are_cut() -> None:
    assert max(map(len, clean("x" * 10_000))) == 200
    assert len(clean("\n" * 1000)) == 41


def test_without_a_judged_clause_the_text_says_so() -> None:
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
        ("bundled", "sandbox, landlock", " --isolation sandbox"),
        ("bundled", "sandbox, wasm", " --isolation wasm"),
    ],
)
def test_the_command_to_repeat_judges_on_the_same_data_behind_the_same_wall(
    data: str, isolation: str, more: str
) -> None:
    environment = {"python": "3", "numpy": "2", "data": data, "isolation": isolation, "seed": "7"}
    found = verdict({"update": [ClauseResult("update-1", "x", "failed", "m")]}, "1.0", "net.py", 1.0, environment)
    lines = [line.strip() for line in render(found, KNOWN).splitlines()]
    assert f"Again:  nnkata check net.py --clause update-1 --seed 7{more}" in lines


@pytest.mark.parametrize(("seed", "whole"), [("7", True), ("123456", False)])
def test_a_command_that_would_be_broken_stands_on_a_line_of_its_own(seed: str, whole: bool) -> None:
    environment = {"python": "3", "numpy": "2", "data": "bundled", "isolation": "process", "seed": seed}
    name = "solutions/network_of_ada_love.py"
    found = verdict({"update": [ClauseResult("update-1", "x", "failed", "m")]}, "1.0", name, 1.0, environment)
    command = f"nnkata check {name} --clause update-1 --seed {seed}"
    assert (len(f"Again:  {command}") <= 80, len(f"  {command}") <= 80) == (whole, True)
    lines = render(found, KNOWN).splitlines()
    assert lines.count(f"Again:  {command}") == whole
    assert ("Again:" in lines, f"  {command}" in lines) == (not whole, not whole)


def test_marks_are_words_for_screen_readers() -> None:
    update = [clause.tag.replace("-", "_") for clause in KNOWN if clause.stage == "update"]
    skipped: dict[str, Status] = dict.fromkeys(update, "skipped")
    found = make(backward_3="failed", **skipped)
    text = render(found, KNOWN, Look(marks=SPOKEN))
    assert not set("✓✗") & set(text)
    lines = text.splitlines()
    assert any(line.split()[:2] == ["passed:", "preprocessing"] for line in lines)
    assert any(line.split()[:2] == ["failed:", "backward"] for line in lines)
    assert any(line.split()[0] == "skipped:" and line.endswith("update") for line in lines if line)
    assert any(line.strip().startswith("failed here: Then") for line in lines)
    assert "✗" in render(found, KNOWN)


def test_names_are_in_the_order_of_people() -> None:
    names = ["10", "ada", "Ada", "1", "group 2", "Group 10", "２", "a02", "a2", "x" + "9" * 200, "", "王2", "王10"]
    want = ["", "1", "２", "10", "a02", "a2", "Ada", "ada", "group 2", "Group 10", "x" + "9" * 200, "王2", "王10"]
    assert sorted(names, key=natural) == want


@pytest.mark.parametrize("text", ["some words " * 30 + "end", "字" * 250, "字" * 199 + "a b", "a" * 450])
def test_a_long_line_is_broken_for_a_file_and_whole_for_a_terminal(text: str) -> None:
    assert len(told(text)) > 1
    whole = told(f"{text}\nnext", whole=True)
    assert len(whole) == 2
    assert whole[0].replace(" ", "") == text.replace(" ", "")
    assert ("words some" in whole[0]) == ("words some" in text)
