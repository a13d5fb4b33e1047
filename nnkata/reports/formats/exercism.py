"""Exercism's `results.json`, version 3 (exercism.org/docs/building/tooling/test-runners/interface)."""

from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.reports.report import Report, explained, gherkin, title
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import ClauseResult, indented

MAX_MESSAGE = 65_535
MAX_OUTPUT = 500


def write(report: Report) -> str:
    """A test per judged clause, in the contract's order; the stage's number is the task."""
    judged = report.verdict.judged
    if not judged:
        return failed(Unjudged(_("Nothing was judged: every clause was skipped.")))
    status = "pass" if report.verdict.passed else "fail"
    tests = [_test(report, result) for result in judged]
    return indented({"version": 3, "status": status, "tests": tests}).decode()


def failed(trouble: Unjudged) -> str:
    """The status `error` and the reason."""
    message = "\n".join(trouble.lines)[:MAX_MESSAGE]
    return indented({"version": 3, "status": "error", "message": message}).decode()


def _test(report: Report, result: ClauseResult) -> dict[str, object]:
    stage = result.clause.rpartition("-")[0]
    test: dict[str, object] = {
        "name": title(result),
        "status": {"passed": "pass", "failed": "fail"}.get(result.status, "error"),
        "test_code": "\n".join(gherkin(report.clause(result), result)),
    }
    stages = kata().stages
    if stage in stages:
        test["task_id"] = stages.index(stage) + 1
    if result.status != "passed":
        test["message"] = "\n".join(explained(result))[:MAX_MESSAGE]
        test["output"] = test["message"][:MAX_OUTPUT]  # type: ignore[index]  # a text, by the line above
    return test
