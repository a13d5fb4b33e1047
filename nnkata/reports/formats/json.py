"""The verdict itself, in the schema on which others rely (docs/contract.md)."""

from nnkata.registry import DEFAULT, current
from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import Verdict, encode


def write(report: Report) -> str:
    """The verdict as JSON."""
    return encode(report.verdict).decode()


def failed(trouble: Unjudged) -> str:
    """A verdict without a stage, not passed, with the reason in `error`."""
    kata = current().name if trouble.contract else DEFAULT  # bad usage may come before any kata
    found = Verdict(trouble.contract, trouble.implementation, False, 0.0, (), 0.0, {}, error=trouble.reason, kata=kata)
    return encode(found).decode()
