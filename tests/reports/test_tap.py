"""The TAP form: a scenario's title is no directive, whatever stands in it."""

import pytest
from tap.line import Result
from tap.parser import Parser

from nnkata.reports.formats import write
from nnkata.reports.report import Report
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, verdict


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("counts the # TODO of a file", "own-1: counts the TODO of a file"),
        ("finds #todo", "own-1: finds todo"),
        ("takes ## SKIP for a text", "own-1: takes"),
        ("has 3 # and no more", "own-1: has 3"),
    ],
)
def test_a_failure_is_forgiven_by_no_title(title: str, read: str) -> None:
    failed = ClauseResult("own-1", title, "failed", "1 is not 2")
    report = Report(verdict({"own": [failed]}, "1.0", "network.py", 1.5, {"seed": "7"}), known_clauses())
    (point,) = [line for line in Parser().parse_text(write("tap", report)) if isinstance(line, Result)]
    assert (point.ok, point.todo, point.skip) == (False, False, False)
    assert point.description.removeprefix("- ").startswith(read)
