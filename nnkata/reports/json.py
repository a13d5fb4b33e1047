"""The verdict itself: the schema that is relied on from outside (docs/contract.md)."""

from nnkata.reports.report import Report
from nnkata.verdict import encode


def write(report: Report) -> str:
    """The verdict as JSON."""
    return encode(report.verdict).decode()
