"""A badge: the JSON for shields.io's endpoint (shields.io/badges/endpoint-badge)."""

import msgspec

from nnkata.language import _
from nnkata.reports.report import Report, counts
from nnkata.reports.unjudged import Unjudged


def write(report: Report) -> str:
    """`nnkata 89/89`: the passed and the judged clauses."""
    right, judged, _skipped = counts(report.verdict)
    colour = "brightgreen" if report.verdict.passed else "yellow" if judged and right >= 0.8 * judged else "red"
    return _json(f"{right}/{judged}", colour)


def failed(trouble: Unjudged) -> str:
    """`nnkata error`."""
    return _json(_("error"), "lightgrey")


def _json(message: str, colour: str) -> str:
    content = {"schemaVersion": 1, "label": "nnkata", "message": message, "color": colour}
    return msgspec.json.encode(content).decode() + "\n"
