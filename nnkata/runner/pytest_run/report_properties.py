"""The results of clauses in pytest's reports.

A result travels as a user property of a report, as plain values, so that it arrives under pytest-xdist too.
"""

import msgspec
import pytest

from nnkata.runner.results.result import Result

#: The name of the property.
PROPERTY = "nnkata"


def attach(report: pytest.TestReport, result: Result) -> None:
    """Put a result into a report."""
    report.user_properties.append((PROPERTY, msgspec.to_builtins(result)))


def results_of(report: pytest.TestReport) -> list[Result]:
    """The results in a report."""
    found: list[tuple[str, object]] = [(name, value) for name, value in report.user_properties if name == PROPERTY]
    return [msgspec.convert(value, Result) for _name, value in found]
