"""The score and the points of a verdict agree in every format; the source around a named line stays small."""

import json

import msgspec
import pytest

from nnkata.grading.gradebook import Summary
from nnkata.grading.points import scored, weights
from nnkata.reports.formats import write
from nnkata.reports.report import Report
from nnkata.runner.results.excerpts import MOST, WIDEST, around
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, Status, decode, encode, verdict

CLAUSES = known_clauses()


@pytest.mark.parametrize(("table", "score"), [({}, 1 / len(CLAUSES)), ({"mnist-2": 911.0}, 911 / (910 + len(CLAUSES)))])
def test_score_and_points_say_the_same_in_every_form(table: dict[str, float], score: float) -> None:
    """Only mnist-2 passes: one clause of all, or 911 points and one for each other clause."""
    score = round(score, 4)
    points = weights(table, CLAUSES)
    stages: dict[str, list[ClauseResult]] = {}
    for clause in CLAUSES:
        status: Status = "passed" if clause.tag == "mnist-2" else "failed"
        stages.setdefault(clause.stage, []).append(ClauseResult(clause.tag, clause.name, status))
    environment = dict.fromkeys(("python", "numpy", "mypy", "data", "isolation", "seed"), "7")
    found = scored(verdict(stages, "1.1", "network.py", 1.0, environment), points)
    report, summary = Report(found, CLAUSES, points), Summary(points)
    summary.add("network.py", found)
    row = summary.rows["network.py"]
    assert json.loads(write("json", report))["score"] == score
    assert row.score == score == round(row.points / row.max_points, 4)
    assert f"{row.points:g} of {row.max_points:g} points" in write("html", report)
    assert json.loads(write("prairielearn", report))["score"] == pytest.approx(score, abs=5e-5)


def test_a_row_without_points_has_the_form_of_the_others() -> None:
    """A reader that finds the type of a column from its first hundred rows, as polars does, refuses 55.0 after "0"s."""
    failed = ClauseResult("mnist-2", "", "failed")
    summary = Summary({"mnist-2": 1.0})
    for name, results in (("failed", [failed]), ("skipped", [msgspec.structs.replace(failed, status="skipped")])):
        summary.add(name, verdict({"mnist": results}, "1.1", "network.py", 1.0, {}))
        row = summary.rows[name]
        assert (str(row.points), str(row.score)) == ("0.0", "0.0")
        assert str(row.max_points) in ("0.0", "1.0")


def test_the_lines_around_a_failure_are_in_the_verdict_and_no_more() -> None:
    source = "\n".join(f"line {n}" + "x" * 500 * (n == 7) for n in range(1, 1001))
    failed = ClauseResult("a-1", "", "failed", line=5, file="network.py")
    assert list(around([failed], {"network.py": source})["network.py"]) == [2, 3, 4, 5, 6, 7, 8]
    assert len(around([failed], {"network.py": source})["network.py"][7]) == WIDEST
    beyond = [ClauseResult("a-2", "", "failed", line=n, file=f) for f, n in (("network.py", 1002), ("other.py", 1))]
    assert around(beyond, {"network.py": source}) == {}
    many = [ClauseResult("a-3", "", "failed", line=n, file="network.py") for n in range(1, 1001)]
    assert sum(map(len, around(many, {"network.py": source}).values())) == MOST
    kept = verdict({"a": [failed]}, "1.1", "n", 1.0, {}, code=around([failed], {"network.py": source}))
    assert decode(encode(kept)) == kept
