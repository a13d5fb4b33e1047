"""PrairieLearn's external-grader results (docs.prairielearn.com, "External grading")."""

from nnkata.language import _
from nnkata.reports.report import Report, count, explained, title
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import indented


def write(report: Report) -> str:
    """A test per judged clause; the score is the share of their points, 0 to 1."""
    tests = []
    for result in report.verdict.judged:
        worth, passed = report.worth(result), result.status == "passed"
        output = "" if passed else "\n".join(explained(result))
        tests.append((title(result), worth if passed else 0.0, worth, output))
    full = sum(test[2] for test in tests)
    content = {
        "gradable": True,
        "score": round(sum(test[1] for test in tests) / full, 6) if full else 0.0,
        "message": _("{count}.").format(count=count(report.verdict)),
        "tests": [dict(zip(("name", "points", "max_points", "output"), test, strict=True)) for test in tests],
    }
    return indented(content).decode()


def failed(trouble: Unjudged) -> str:
    """Not gradable, which costs the student no attempt, with the reason."""
    lines = trouble.lines
    content = {"gradable": False, "score": 0.0, "format_errors": lines[0], "message": "\n".join(lines)}
    return indented(content).decode()
