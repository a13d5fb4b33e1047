"""GitHub Classroom's autograding result: the line `result=…` for `$GITHUB_OUTPUT`, read by its grading reporter."""

import base64

import msgspec

from nnkata.reports.report import Report, explained, gherkin, title
from nnkata.reports.unjudged import Unjudged

VERSION = 1


def write(report: Report) -> str:
    """A test per judged clause."""
    tests = []
    for result in report.verdict.judged:
        worth, passed = report.worth(result), result.status == "passed"
        file, line = report.place(result) or ("", 0)
        tests.append(
            {
                "name": title(result),
                "status": {"passed": "pass", "failed": "fail"}.get(result.status, "error"),
                "score": worth if passed else 0.0,
                "message": "" if passed else "\n".join(explained(result)),
                "test_code": "\n".join(gherkin(report.clause(result), result)),
                "filename": file,
                "line_no": line,
                "duration": round(1000 * result.seconds),
            }
        )
    full = sum(report.worth(result) for result in report.verdict.judged)
    status = "pass" if report.verdict.passed else "fail"
    return _line({"version": VERSION, "status": status, "max_score": full or 1.0, "tests": tests})


def failed(trouble: Unjudged) -> str:
    """The status `error` and the reason; even then the reporter needs a list of tests and a maximum above 0."""
    message = "\n".join(trouble.lines)
    test = {"name": "nnkata", "status": "error", "score": 0.0, "message": message, "line_no": 0}
    return _line({"version": VERSION, "status": "error", "message": message, "max_score": 1.0, "tests": [test]})


def _line(content: dict[str, object]) -> str:
    return f"result={base64.b64encode(msgspec.json.encode(content)).decode()}\n"
