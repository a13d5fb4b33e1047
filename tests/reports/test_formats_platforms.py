"""The formats that platforms of courses wait for, read back by their published rules."""

import json

import msgspec
import pytest
from published import Exercism, Gradescope, PrairieLearn, classroom
from tap.line import Result
from tap.parser import Parser

from nnkata.reports.formats import failed, write
from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from tests.support.formats_made import HOSTILE, NOTHING, RIGHT, ROOT, made, mixed, printed

__all__ = ["mixed", "printed"]


def test_gradescope_adds_up_points_and_shows_every_test(printed: Report) -> None:
    report = Report(printed.verdict, printed.known, {"backward-1": 10.0, "preprocessing-1": 5.0})
    results = msgspec.json.decode(write("gradescope", report), type=Gradescope, strict=True)
    judged = [clause for clause in printed.verdict.clauses if clause.status != "skipped"]
    right = sum(clause.status == "passed" for clause in judged)
    assert results.score == right + 4
    assert sum(test.max_score for test in results.tests) == len(judged) + 9 + 4
    assert {test.visibility for test in results.tests} == {"visible"}, "one hidden test hides the total"
    assert {test.status for test in results.tests} == {"passed", "failed"}
    accuracy = next(entry.value for entry in results.leaderboard if entry.name == "accuracy")
    assert 0 <= accuracy < 30, "the printed article learns nothing"


def test_gradescope_shows_accuracy_and_speed_of_a_network_that_learns() -> None:
    report = Report(judge(Settings(str(ROOT / "reference/network.py"), only=frozenset(["mnist-2"]))), known_clauses())
    results = msgspec.json.decode(write("gradescope", report), type=Gradescope, strict=True)
    board = {entry.name: entry for entry in results.leaderboard}
    assert 80 <= board["accuracy"].value <= 100
    assert board["seconds"].order == "asc"


@pytest.mark.parametrize(("report", "status"), [(RIGHT, "pass"), (NOTHING, "error")])
def test_exercism_has_the_status_of_the_verdict(report: Report, status: str) -> None:
    results = msgspec.json.decode(write("exercism", report), type=Exercism, strict=True)
    assert results.status == status
    assert (results.message is not None) == (status == "error")


def test_exercism_has_messages_where_they_belong_and_within_its_limits(printed: Report) -> None:
    text = write("exercism", printed)
    results = msgspec.json.decode(text, type=Exercism, strict=True)
    assert (results.version, results.status, results.message) == (3, "fail", None)
    assert len(text.encode()) < 500_000
    for test in results.tests or []:
        assert (test.message is None) == (test.status == "pass")
        assert len(test.output or "") <= 500
        assert test.test_code.startswith(("Given ", "When ", "Then "))
        assert 1 <= test.task_id <= 10
    names = [test.name.partition(":")[0] for test in results.tests or []]
    assert names == [clause.clause for clause in printed.verdict.clauses if clause.status != "skipped"]


def test_prairielearn_scores_from_0_to_1() -> None:
    assert json.loads(write("prairielearn", RIGHT))["score"] == 1.0
    half = made(("backward-1", "passed", ""), ("backward-2", "failed", "no"))
    results = msgspec.json.decode(write("prairielearn", half), type=PrairieLearn, strict=True)
    assert results.gradable is True
    assert results.score == 0.5
    assert "Hint" in results.tests[1].output


def test_classroom_has_a_score_and_a_line_for_each_test(mixed: Report) -> None:
    result = classroom(write("classroom", mixed))
    assert (result.status, result.max_score) == ("fail", 4.0)
    assert [test.score for test in result.tests] == [1.0, 0.0, 0.0, 0.0]
    assert [test.status for test in result.tests] == ["pass", "fail", "error", "error"]
    assert [test.line_no for test in result.tests] == [0, 0, 21, 0]
    assert classroom(write("classroom", RIGHT)).status == "pass"
    assert classroom(write("classroom", NOTHING)).max_score > 0


def test_platforms_that_wait_for_a_file_get_the_reason_without_a_verdict() -> None:
    trouble = Unjudged(f"there is no file x.py {HOSTILE}", "x.py")
    gradescope = msgspec.json.decode(failed("gradescope", trouble), type=Gradescope, strict=True)
    assert gradescope.score == 0
    assert "there is no file x.py" in gradescope.output
    exercism = msgspec.json.decode(failed("exercism", trouble), type=Exercism, strict=True)
    assert (exercism.status, exercism.tests) == ("error", None)
    assert classroom(failed("classroom", trouble)).status == "error"
    assert json.loads(failed("prairielearn", trouble))["gradable"] is False
    lines = Parser().parse_text(failed("tap", trouble))
    assert [line.ok for line in lines if isinstance(line, Result)] == [False]
    assert failed("github", trouble).count("\n") == 1
    assert json.loads(failed("badge", trouble))["message"] == "error"
