"""SARIF 2.1.0 for code scanning: one result per finding, at its line, and one per other failure.

GitHub refuses a whole file if one result has no location (rules GH1015, GH1017, GH2012 of Microsoft's multitool), so a
failure without a known line is placed at the head of the file.
"""

from urllib.parse import quote

from nnkata import __version__
from nnkata.features.clause import is_clause_tag
from nnkata.language import _, current
from nnkata.registry import option
from nnkata.reports.clean import clean
from nnkata.reports.places import in_repository
from nnkata.reports.report import Report, explained
from nnkata.reports.unjudged import Unjudged
from nnkata.texts import labelled
from nnkata.verdict import ClauseResult, indented

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

#: The level of a rule's results. Each result has it too, but @security-alert/sarif-to-markdown 1.11.1 reads the rule's
#: alone: a result whose rule has none is not on its page (findings/sarif_to_markdown_hides_errors.sh).
ALWAYS_ERRORS = {"level": "error"}


def write(report: Report) -> str:
    """The failures of all stages; the clause is the rule of a result."""
    failures = report.verdict.failures
    results = [finding for number, result in enumerate(failures) for finding in _findings(report, result, number)]
    return _log([_rule(report, result) for result in failures], results, {"executionSuccessful": True})


def failed(trouble: Unjudged) -> str:
    """One result, and an unsuccessful run, so that no reader takes the file for a run without findings."""
    message = {"text": "\n".join(trouble.lines)}
    said = [{"level": "error", "message": message}]
    file, line = trouble.place or ("nnkata", 1)
    result = {"ruleId": "nnkata", "ruleIndex": 0, "level": "error", "message": message, "locations": [_at(file, line)]}
    text = {"text": _full_stop(trouble.title)}
    rule: dict[str, object] = {"id": "nnkata", "shortDescription": text, "fullDescription": text, "help": text}
    rule["defaultConfiguration"] = ALWAYS_ERRORS
    return _log([rule], [result], {"executionSuccessful": False, "toolExecutionNotifications": said})


def _log(rules: list[dict[str, object]], results: list[dict[str, object]], invocation: dict[str, object]) -> str:
    driver = {"name": "nnkata", "semanticVersion": __version__, "rules": rules}
    tool = {"driver": driver}
    run = {"tool": tool, "language": current(), "invocations": [invocation], "results": results}
    return indented({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}).decode()


def _rule(report: Report, result: ClauseResult) -> dict[str, object]:
    """A rule; GitHub requires all three texts."""
    clause = report.clause(result)
    name = _full_stop(clean(result.name, 1)[0])
    more = "\n".join(clean(clause.description)) if clause and clause.description else name
    own = clause is not None and is_clause_tag(result.clause, clause.stage)
    ask = [labelled(_("Its demand and its reason:"), f"nnkata explain {result.clause}{option()}")] if own else []
    return {
        "id": result.clause,
        "shortDescription": {"text": name},
        "fullDescription": {"text": more},
        "help": {"text": "\n".join([more, *ask])},
        "defaultConfiguration": ALWAYS_ERRORS,
    }


def _findings(report: Report, result: ClauseResult, rule: int) -> list[dict[str, object]]:
    """One per place that a clause about the source names; else one with the whole message."""
    if result.status == "failed" and (found := report.places(result)):
        told = [(place.file, place.line, place.text or result.name) for place in found]
    else:
        told = [(*report.somewhere(result), "\n".join(explained(result)))]
    return [
        {
            "ruleId": result.clause,
            "ruleIndex": rule,
            "level": "error",
            "message": {"text": text or result.name},
            "locations": [_at(file, line)],
        }
        for file, line, text in told
    ]


def _at(file: str, line: int) -> dict[str, object]:
    uri = quote(in_repository(clean(file, 1)[0]))
    uri = f"file://{uri}" if uri.startswith("/") else uri
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "。", "!", "?")) else text + "."
