"""Cucumber JSON, as Cucumber's `json` formatter writes it: a feature a stage, made from our own results."""

from collections.abc import Sequence

from nnkata.gherkin import Clause
from nnkata.reports.clean import clean
from nnkata.reports.report import Report, explained, filled
from nnkata.verdict import ClauseResult, indented


def write(report: Report) -> str:
    """The report as a list of features; a clause with several examples is one element, as its worst example went."""
    features = []
    for stage in report.verdict.stages:
        elements = [_element(clause, result) for result in stage.clauses if (clause := report.clause(result))]
        first = report.clause(stage.clauses[0]) if stage.clauses else None
        features.append(
            {
                "uri": f"features/{first.path.name}" if first else stage.name,
                "id": stage.name,
                "keyword": "Feature",
                "name": stage.name,
                "description": "",
                "line": 1,
                "tags": [],
                "elements": elements,
            }
        )
    return indented(features).decode()


def _element(clause: Clause, result: ClauseResult) -> dict[str, object]:
    return {
        "id": f"{clause.stage};{clause.tag}",
        "keyword": "Scenario Outline" if clause.outline else "Scenario",
        "type": "scenario",
        "name": clause.name,
        "description": clause.description,
        "line": clause.line,
        "tags": [{"name": f"@{tag}", "line": clause.line} for tag in (clause.tag, *sorted(clause.tags))],
        "steps": _steps(clause, result),
    }


def _steps(clause: Clause, result: ClauseResult) -> list[dict[str, object]]:
    texts = [clean(filled(step.text, result), 1)[0] for step in clause.parsed]
    wrong = _wrong(texts, result)
    steps = []
    for number, (step, text) in enumerate(zip(clause.parsed, texts, strict=True)):
        reached = "passed" if number < wrong else "failed" if number == wrong else "skipped"
        status = result.status if result.status in ("passed", "skipped") else reached
        outcome: dict[str, object] = {"status": status}
        if status != "skipped":
            outcome["duration"] = round(1e9 * result.seconds / len(texts))
        if status == "failed":
            outcome["error_message"] = "\n".join(explained(result))
        entry: dict[str, object] = {"keyword": f"{step.keyword} ", "name": text, "line": step.line, "result": outcome}
        if step.table:
            entry["rows"] = [{"cells": list(row)} for row in step.table]
        steps.append(entry)
    return steps


def _wrong(texts: Sequence[str], result: ClauseResult) -> int:
    """The number of the step that failed; the first, where none was begun."""
    failed = (result.step or "").partition(" ")[2]
    return next((n for n, text in enumerate(texts) if text == failed), 0)
