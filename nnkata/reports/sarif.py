"""SARIF 2.1.0, which code scanning reads: what mypy and the source show, at their lines."""

import re
from urllib.parse import quote

from nnkata import __version__
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, folder
from nnkata.verdict import ClauseResult, indented

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
STAGES = ("typing", "from-scratch")
FINDING = re.compile(r"(?P<file>[^\s:\[\]',]+\.py):(?P<line>\d+)(?:: error)?:? ?(?P<text>[^\n]*)")


def write(report: Report) -> str:
    """A result for each finding of the stages typing and from-scratch; the clause is its rule."""
    failures = [result for result in report.verdict.failures if result.clause.rpartition("-")[0] in STAGES]
    rules = [{"id": result.clause, "shortDescription": {"text": result.name}} for result in failures]
    results = [finding for number, result in enumerate(failures) for finding in _findings(report, result, number)]
    driver = {"name": "nnkata", "semanticVersion": __version__, "rules": rules}
    content = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return indented(content).decode()


def _findings(report: Report, result: ClauseResult, rule: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for place in FINDING.finditer(result.message):
        entry = _result(result, rule, clean(place["text"], 1)[0] or result.name)
        file = (folder(report.verdict.implementation) / place["file"]).as_posix()
        region = {"startLine": max(1, int(place["line"]))}
        entry["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": quote(file)}, "region": region}}]
        found.append(entry)
    return found or [_result(result, rule, "\n".join(clean(result.message)) or result.name)]


def _result(result: ClauseResult, rule: int, text: str) -> dict[str, object]:
    return {"ruleId": result.clause, "ruleIndex": rule, "level": "error", "message": {"text": text}}
