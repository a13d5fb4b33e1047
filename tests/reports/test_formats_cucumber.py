"""Cucumber's JSON: its fields, and the step that failed."""

import json
from typing import Any, Literal

import msgspec

from nnkata.reports.formats import write
from nnkata.reports.report import Report
from tests.support.formats_made import NOTHING, mixed, printed

__all__ = ["mixed", "printed"]


class CucumberTag(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    line: int


class CucumberRow(msgspec.Struct, forbid_unknown_fields=True):
    cells: list[str]


class CucumberResult(msgspec.Struct, forbid_unknown_fields=True):
    status: Literal["passed", "failed", "skipped", "undefined", "pending", "unknown"]
    duration: int | None = None
    error_message: str | None = None


class CucumberStep(msgspec.Struct, forbid_unknown_fields=True):
    keyword: str
    line: int
    name: str
    result: CucumberResult
    rows: list[CucumberRow] = []


class CucumberElement(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    line: int
    type: Literal["background", "scenario"]
    keyword: str
    name: str
    description: str
    steps: list[CucumberStep]
    tags: list[CucumberTag]


class CucumberFeature(msgspec.Struct, forbid_unknown_fields=True):
    """The common fields of cucumber-js, -jvm and -ruby.

    They follow the schemas of Cucumber's own @cucumber/cucumber-json-converter, which accepted our output as that of
    each.
    """

    uri: str
    id: str
    line: int
    keyword: str
    name: str
    description: str
    elements: list[CucumberElement]
    tags: list[CucumberTag]


def test_cucumber_has_the_fields_that_its_readers_know_and_no_others(printed: Report, mixed: Report) -> None:
    for report in (printed, mixed, NOTHING):
        features = msgspec.json.decode(write("cucumber", report), type=list[CucumberFeature], strict=True)
        known = {clause.tag: max(1, len(clause.examples)) for clause in report.known}
        counted = [sum(known[clause.clause] for clause in stage.clauses) for stage in report.verdict.stages]
        assert [len(feature.elements) for feature in features] == counted


def test_cucumber_marks_the_step_that_failed(printed: Report) -> None:
    features = json.loads(write("cucumber", printed))
    elements: dict[str, list[Any]] = {}
    for feature in features:
        for element in feature["elements"]:
            elements.setdefault(element["id"].split(";")[1], []).append(element)
    assert list(elements) == [clause.clause for clause in printed.verdict.clauses]
    for clause in printed.verdict.clauses:
        wanted = [row.status for row in clause.examples] or [clause.status]
        for element, status in zip(elements[clause.clause], wanted, strict=clause.status != "skipped"):
            statuses = [step["result"]["status"] for step in element["steps"]]
            if status in ("passed", "skipped"):
                assert set(statuses) == {status}
            else:
                assert statuses.count("failed") == 1
                assert statuses == sorted(statuses, key=["passed", "failed", "skipped"].index)
    wrong = [step for step in elements["backward-1"][0]["steps"] if step["result"]["status"] == "failed"]
    assert wrong[0]["name"] == "the gradients are those of W1, W2 and W3"
    assert "single number" in wrong[0]["result"]["error_message"]
