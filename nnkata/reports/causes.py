"""Failures by cause, so that a report names each cause once: one hole can turn thirty clauses red."""

from nnkata.reports.report import Report
from nnkata.verdict import ClauseResult

#: A cause: a recognised mistake, an exception at one place, or a stage if neither is known.
Key = tuple[str, ...]


def causes(report: Report) -> list[list[ClauseResult]]:
    """The failures, grouped by cause, in the order of each cause's first failure."""
    groups: dict[Key, list[ClauseResult]] = {}
    for result in report.verdict.failures:
        groups.setdefault(_cause(report, result), []).append(result)
    return list(groups.values())


def _cause(report: Report, result: ClauseResult) -> Key:
    if result.misconception:
        return ("mistake", result.misconception)
    if result.status != "failed":
        return (result.status, result.message)
    stage = result.clause.rpartition("-")[0]
    return ("place", stage, *map(str, report.place(result) or ()))
