"""The page's values for its template."""

from typing import Any

from nnkata.features.clause import Clause, is_clause_tag
from nnkata.grading.definitions_only import DEFINITIONS
from nnkata.grading.task import FOREIGN, UNJUDGED
from nnkata.language import _, current, later, spoken
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.reports.clean import clean, message_lines, placed
from nnkata.reports.failure import further
from nnkata.reports.formats.html.picture import heat_maps, shapes
from nnkata.reports.next_steps import outcome
from nnkata.reports.report import (
    OUTCOMES,
    Report,
    count,
    counts,
    filled,
    hint_of,
    read_back,
    read_label,
    rows,
    stopped_at,
    worded,
    wrong_line,
)
from nnkata.reports.width import flow
from nnkata.verdict import RECOGNISED, ClauseResult, StageResult

MARKS = {"passed": ("✓", "passed"), "skipped": ("–", "skipped")}
WRONG = "✗"
#: Lines of the source before and after the marked one.
BESIDE = 3
#: The entries of the environment that have a title.
FACTS = {
    "python": "Python",
    "numpy": "NumPy",
    "platform": later("platform"),
    "isolation": later("isolation"),
    "data": later("data"),
    "seed": later("seed"),
    RECOGNISED: later("read off its numbers"),
    DEFINITIONS: later("only its definitions are judged"),
}


def page(report: Report, embedded: bool = False) -> dict[str, Any]:
    """The page's variables; `embedded`: failures come first, stages that were skipped not at all."""
    verdict = report.verdict
    why = verdict.environment.get(UNJUDGED, "")
    right, judged, _skipped = counts(verdict)
    failures = verdict.failures
    stages = [_stage(report, stage, failures[0].clause if failures else "") for stage in verdict.stages]
    if embedded:
        for stage in stages:
            stage["clauses"].sort(key=lambda clause: clause["status"] != "failed")
    asked = sorted((stage for stage in stages if stage["judged"]), key=lambda stage: stage["status"] != "failed")
    facts = {key: value for key, value in verdict.environment.items() if key not in (UNJUDGED, FOREIGN)}
    full = sum(report.worth(result) for result in verdict.judged)
    got = sum(report.worth(result) for result in verdict.judged if result.status == "passed")
    return {
        "language": current(),
        "why": "\n".join(clean(why)),
        "points": _("{got:g} of {full:g} points").format(got=round(got, 4), full=round(full, 4)),
        "embedded": embedded,  # links lead to places in the frame's own document, not in the one around it
        "implementation": clean(verdict.implementation)[0],
        "passed": verdict.passed,
        "outcome": _("could not be judged") if why else outcome(verdict),
        "right": right,
        "judged": judged,
        "count": count(verdict),
        "contract": verdict.contract,
        "seconds": f"{verdict.seconds:.1f}",
        "environment": {_(FACTS.get(key, key)): clean(worded(value))[0] for key, value in facts.items()},
        "stages": stages,
        "sections": asked if embedded else stages,
        "first": next((c for stage in stages for c in stage["clauses"] if c["opened"]), None),
    }


def _stage(report: Report, stage: StageResult, first: str) -> dict[str, Any]:
    judged = stage.judged
    right = sum(result.status == "passed" for result in judged)
    return {
        "name": stage.name,
        "right": right,
        "judged": len(judged),
        "status": "skipped" if not judged else "passed" if right == len(judged) else "failed",
        "clauses": [_clause(report, result, result.clause == first) for result in stage.clauses],
    }


def _clause(report: Report, result: ClauseResult, opened: bool) -> dict[str, object]:
    clause = report.clause(result)
    mark, status = MARKS.get(result.status, (WRONG, "failed"))
    entry = kata().catalogue().get(result.misconception or "")
    arrays = result.compared
    return {
        "tag": result.clause,
        "name": clean(result.name)[0],
        "mark": mark,
        "status": status,
        "outcome": _(OUTCOMES[result.status]),
        "opened": opened,
        "description": flow(clause.description) if clause else "",
        "steps": _steps(clause, result) if clause else [],
        "message": "\n".join([*message_lines(result.message), *rows(result), *wrong_line(result)]),
        "mistake": entry and {"name": entry.name, "text": _(entry.mistake), "formula": _(entry.formula)},
        "reading": read_back(result),
        "reading_label": read_label(result).rstrip(":："),
        "hint": hint_of(result),
        "read": further(result) if status == "failed" else "",
        "explain": spoken(f"nnkata explain {result.clause}{option()}")
        if clause is not None and is_clause_tag(result.clause, clause.stage)
        else "",
        "code": _code(report, result),
        "maps": heat_maps(arrays) if arrays else [],
        "shapes": shapes(arrays) if arrays and not arrays.came else None,
    }


def _steps(clause: Clause, result: ClauseResult) -> list[dict[str, object]]:
    steps = []
    for step in clause.steps:
        first, *table = clean(filled(step, result), 100)
        wrong = stopped_at(first, result)
        keyword, _, text = first.partition(" ")
        steps.append({"keyword": keyword, "text": text, "table": "\n".join(table), "wrong": wrong})
    return steps


def _code(report: Report, result: ClauseResult) -> dict[str, object] | None:
    """The lines around the one that the result names; None if it names none, or the verdict has no source."""
    there = report.verdict.code.get(result.where, {})
    if result.line not in there:
        return None
    near = [number for number in sorted(there) if abs(number - result.line) <= BESIDE]
    lines = [{"number": number, "text": clean(there[number])[0], "wrong": number == result.line} for number in near]
    return {"file": clean(placed(result.where))[0], "line": result.line, "lines": lines}
