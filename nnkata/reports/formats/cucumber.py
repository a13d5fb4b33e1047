"""Cucumber JSON, in the form of Cucumber's `json` formatter: one feature per stage, made from our own results."""

from collections.abc import Iterator
from pathlib import Path

from nnkata.features.clause import Clause
from nnkata.features.gherkin import keyword
from nnkata.reports.clean import clean
from nnkata.reports.places import in_repository
from nnkata.reports.report import Report, explained, filled
from nnkata.reports.unjudged import Unjudged
from nnkata.texts import labelled
from nnkata.verdict import ClauseResult, ExampleResult, indented

#: A scenario or a step as JSON.
Element = dict[str, object]


def write(report: Report) -> str:
    """The report as a list of features; each row of an outline is an element, as with cucumber-js and behave."""
    features = []
    for stage in report.verdict.stages:
        pairs = [(clause, result) for result in stage.clauses if (clause := report.clause(result))]
        elements = [element for clause, result in pairs for element in _elements(clause, result)]
        heading = pairs[0][0].feature if pairs else None
        features.append(
            {
                "uri": _uri(pairs[0][0].path) if pairs else stage.name,
                "id": stage.name,
                "keyword": heading.keyword if heading else keyword("feature"),
                "name": clean(heading.name, 1)[0] if heading else stage.name,
                "description": "",
                "line": heading.line if heading else 1,
                "tags": [],
                "elements": elements,
            }
        )
    return indented(features).decode()


def failed(trouble: Unjudged) -> str:
    """A feature with one scenario, whose one step failed."""
    outcome = {"status": "failed", "duration": 0, "error_message": "\n".join(trouble.lines)}
    same = {"description": "", "line": 1, "tags": []}
    step = {"keyword": labelled(keyword("then"), ""), "name": "nnkata", "line": 1, "result": outcome}
    scenario = {
        "id": "nnkata;nnkata",
        "keyword": keyword("scenario"),
        "type": "scenario",
        "name": trouble.title,
        **same,
    }
    feature = {"uri": "nnkata", "id": "nnkata", "keyword": keyword("feature"), "name": "nnkata", **same}
    return indented([{**feature, "elements": [{**scenario, "steps": [step]}]}]).decode()


def _uri(path: Path) -> str:
    """The contract's own features relative to their installed folder; others relative to the working directory."""
    parts = path.parts
    own = parts[parts.index("features", -3) :] if "features" in parts[-3:-1] else None
    return "/".join(own) if own else in_repository(path.as_posix())


def _elements(clause: Clause, result: ClauseResult) -> Iterator[Element]:
    """One for a scenario, one per row of an outline; a row without a result gets its clause's."""
    lines = [line for table in clause.tables for line in table.lines]
    if not lines:
        yield _element(clause, result, clause.line, f"{clause.stage};{clause.tag}")
        return
    ran = list(result.examples)
    for number, (row, line) in enumerate(zip(clause.examples, lines, strict=True), 1):
        told = next((n for n, each in enumerate(ran) if each.example == row), None)
        one = _as_clause(result, ran.pop(told)) if told is not None else _unknown(result, row)
        yield _element(clause, one, line, f"{clause.stage};{clause.tag};;{number}")


def _as_clause(result: ClauseResult, row: ExampleResult) -> ClauseResult:
    known = result.misconception if row.status not in ("passed", "skipped") else None
    return ClauseResult(
        result.clause, result.name, row.status, row.message, known, None, row.seconds, row.step, row.example
    )


def _unknown(result: ClauseResult, row: dict[str, str]) -> ClauseResult:
    return ClauseResult(result.clause, result.name, result.status, result.message, example=row)


def _element(clause: Clause, result: ClauseResult, line: int, name: str) -> Element:
    return {
        "id": name,
        "keyword": clause.keyword,
        "type": "scenario",
        "name": clean(filled(result.name, result), 1)[0],
        "description": clause.description,
        "line": line,
        "tags": [{"name": f"@{tag}", "line": at} for tag, at in clause.marks],
        "steps": _steps(clause, result),
    }


def _steps(clause: Clause, result: ClauseResult) -> list[Element]:
    texts = [clean(filled(step.text, result), 1)[0] for step in clause.parsed]
    wrong = _wrong(texts, result)
    # a step's own time is unknown: the steps that began share the scenario's time, to the nanosecond
    begun = {"passed": len(texts), "skipped": 0}.get(result.status, wrong + 1)
    left = round(1e9 * result.seconds)
    steps: list[Element] = []
    for number, (step, text) in enumerate(zip(clause.parsed, texts, strict=True)):
        reached = "passed" if number < wrong else "failed" if number == wrong else "skipped"
        status = result.status if result.status in ("passed", "skipped") else reached
        outcome: Element = {"status": status}
        if number < begun:
            outcome["duration"] = left // (begun - number)
            left -= left // (begun - number)
        if status == "failed":
            outcome["error_message"] = "\n".join(explained(result))
        entry: Element = {"keyword": labelled(step.keyword, ""), "name": text, "line": step.line, "result": outcome}
        if step.table:
            entry["rows"] = [{"cells": [filled(cell, result) for cell in row]} for row in step.table]
        steps.append(entry)
    return steps


def _wrong(texts: list[str], result: ClauseResult) -> int:
    """The number of the failed step; the first, if none began."""
    failed = (result.step or "").partition(" ")[2]
    return next((n for n, text in enumerate(texts) if text == failed), 0)
