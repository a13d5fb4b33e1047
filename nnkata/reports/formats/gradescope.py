"""Gradescope's `results.json` (gradescope-autograders.readthedocs.io, "Autograder specifications")."""

from nnkata.features.tags import LEADERBOARD
from nnkata.language import _
from nnkata.reports.report import Report, count, explained, title
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import ClauseResult, indented


def write(report: Report) -> str:
    """A test per judged clause; the output counts skipped ones."""
    stages = enumerate(report.verdict.stages, 1)
    tests = [_test(report, result, stage) for stage, found in stages for result in found.judged]
    board: list[dict[str, object]] = []
    for result in report.verdict.clauses:
        clause = report.clause(result)
        if clause is None or LEADERBOARD not in clause.tags:
            continue
        if "accuracy" in result.measured:
            board.append({"name": _("accuracy"), "value": round(100 * result.measured["accuracy"], 2)})
        if result.status == "passed":
            board.append({"name": _("seconds"), "value": result.seconds, "order": "asc"})
    content: dict[str, object] = {
        "score": round(sum(test["score"] for test in tests), 4),  # type: ignore[misc]  # a number, by _test
        "execution_time": round(report.verdict.seconds),
        "output": f"nnkata {report.verdict.contract}: {count(report.verdict)}",
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "leaderboard": board,
        "extra_data": {"contract": report.verdict.contract, "seed": report.verdict.environment.get("seed", "")},
    }
    return indented(content).decode()


def failed(trouble: Unjudged) -> str:
    """No points, and the reason."""
    output = "\n".join([_("nnkata could not judge this submission:"), *trouble.lines])
    content = {"score": 0.0, "output": output, "output_format": "text", "visibility": "visible", "tests": []}
    return indented(content).decode()


def _test(report: Report, result: ClauseResult, place: int) -> dict[str, object]:
    worth = report.worth(result)
    passed = result.status == "passed"
    stage, _dash, number = result.clause.rpartition("-")
    return {
        "name": title(result),
        "number": f"{place}.{number}" if number.isdecimal() else f"{place}",
        "score": worth if passed else 0.0,
        "max_score": worth,
        "status": "passed" if passed else "failed",
        "output": "" if passed else "\n".join(explained(result)),
        "tags": [stage],
        "visibility": "visible",
    }
