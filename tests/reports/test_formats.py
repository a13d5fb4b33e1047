"""Every format of a verdict, read back by its real readers or by its published rules."""

import base64
import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import junitparser
import msgspec
import pytest
import sarif.loader
from tap.line import Plan, Result
from tap.parser import Parser

from nnkata.reports.formats import FORMATS, failed, write
from nnkata.reports.places import folder
from nnkata.reports.report import Report, wrong_line
from nnkata.reports.unjudged import Unjudged
from nnkata.verdict import decode, verdict
from tests.support.formats_made import HOSTILE, NOTHING, PRINTED, RIGHT, made, mixed, printed

__all__ = ["mixed", "printed"]


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_contains_control_characters(name: str, mixed: Report) -> None:
    text = write(name, mixed)
    if name == "json":  # JSON escapes them, and everything can be read back
        assert decode(text.encode()) == mixed.verdict
    if name == "classroom":
        text = base64.b64decode(text.partition("=")[2]).decode()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "text"])
def test_a_verdict_that_judged_nothing_is_written_too(name: str) -> None:
    assert write(name, NOTHING)


def test_junit_has_the_verdicts_counts(printed: Report, tmp_path: Path) -> None:
    path = tmp_path / "junit.xml"
    path.write_text(write("junit", printed), encoding="utf-8")
    suites = junitparser.JUnitXml.fromfile(str(path))
    assert [suite.name for suite in suites] == [stage.name for stage in printed.verdict.stages]
    statuses = [clause.status for clause in printed.verdict.clauses]
    skipped = sum(suite.skipped for suite in suites)
    assert (suites.tests, suites.failures, suites.errors, skipped) == (
        len(statuses),
        statuses.count("failed"),
        statuses.count("error"),
        statuses.count("skipped"),
    )
    cases = {case.name.partition(":")[0]: case for suite in suites for case in suite}
    assert list(cases) == [clause.clause for clause in printed.verdict.clauses]
    assert cases["preprocessing-1"].is_passed
    assert "np.dot" in cases["backward-1"].result[0].text
    assert cases["backward-1"].result[0].type == "scalar-gradient"


#: The attributes of Jenkins' xunit2 schema (junit-10.xsd of github.com/jenkinsci/xunit-plugin); our output was
#: validated against it once, as no package on PyPI contains it.
JUNIT = {
    "testsuites": {"name", "time", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"classname", "name", "time"},
    "skipped": {"message"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
}


def test_junit_has_the_elements_and_attributes_of_xunit2_and_no_others(mixed: Report) -> None:
    root = ElementTree.fromstring(write("xunit", mixed))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= JUNIT[element.tag]
    assert [case[0].tag if len(case) else "passed" for case in root.iter("testcase")] == [
        "passed",
        "failure",
        "error",
        "error",
        "skipped",
    ]


def test_github_annotates_the_line_that_failed_and_nothing_forged(mixed: Report) -> None:
    lines = write("github", mixed).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("::error file=work/network.py,line=1,title=backward-2%3A"), "no place: the file's head"
    assert lines[1].startswith(
        "::error file=work/network.py,line=21,title=backward-3%3A what backward-3 says::it raised"
    )
    assert lines[3] == "::notice title=nnkata::1 of 4 clauses passed, 1 skipped"
    assert not [line for line in lines if line.startswith("::error::forged")]
    assert "%250A" in lines[0], "a percent sign of the submission's is escaped"


def test_github_annotates_the_line_that_mypy_names(printed: Report) -> None:
    lines = [line for line in write("github", printed).splitlines() if "typing-1" in line]
    number = int(re.findall(r"file=[^,]*printed\.py,line=(\d+),", lines[0])[0])
    assert PRINTED.read_text(encoding="utf-8").splitlines()[number - 1].lstrip().startswith("def ")


def test_markdown_keeps_a_submissions_texts_in_code(mixed: Report) -> None:
    text = write("markdown", mixed)
    for line in text.splitlines():
        if "script" in line or "forged" in line or "@everyone" in line or "```" in line:
            assert line.startswith("    ")
    assert "| backward | 1/4 | backward-2, backward-3, backward-4 |" in text
    assert "✅ conforms" in write("markdown", RIGHT)
    part = made(("backward-1", "passed", ""), ("update-1", "skipped", "not asked for"))
    assert "✅ passes the requested clauses" in write("markdown", part)


def test_tap_is_read_back_as_the_verdict(mixed: Report) -> None:
    text = write("tap", mixed)
    assert text.startswith("TAP version 13\n1..5\n")
    lines = list(Parser().parse_text(text))
    results = [line for line in lines if isinstance(line, Result)]
    assert [line.expected_tests for line in lines if isinstance(line, Plan)] == [5]
    assert [(line.number, line.ok, line.skip) for line in results] == [
        (1, True, False),
        (2, False, False),
        (3, False, False),
        (4, False, False),
        (5, True, True),
    ]


def test_sarif_has_a_result_at_the_line_of_each_finding(printed: Report) -> None:
    log = json.loads(write("sarif", printed))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == [clause.clause for clause in printed.verdict.failures]
    assert [result["ruleId"] for result in run["results"] if result["ruleId"] != "typing-1"] == rules[:-1]
    assert len([result for result in run["results"] if result["ruleId"] == "typing-1"]) >= 3
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"].endswith("solutions/printed.py")
        assert place["region"]["startLine"] >= 1
    assert json.loads(write("sarif", RIGHT))["runs"][0]["results"] == []


def test_sarif_is_read_back_by_microsofts_reader(printed: Report, tmp_path: Path) -> None:
    for name, report in (("printed", printed), ("right", RIGHT)):
        path = tmp_path / f"{name}.sarif"
        path.write_text(write("sarif", report), encoding="utf-8")
        found = sarif.loader.load_sarif_file(str(path))
        assert found.get_distinct_tool_names() == ["nnkata"]
        records = found.get_records()
        assert bool(records) == (name == "printed")
        for record in records:
            assert record["Severity"] == "error"
            assert record["Location"].endswith("solutions/printed.py")
            assert PRINTED.read_text(encoding="utf-8").splitlines()[record["Line"] - 1].strip()


def test_problems_are_a_line_each_at_a_place_and_nothing_forged(printed: Report) -> None:
    message = f"it raised ValueError: {HOSTILE} (network.py, line 21)"
    lines = write("problems", made(("backward-3", "error", message), name="work/network.py:Mine")).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("work/network.py:21: error: backward-3: it raised ValueError")
    assert "line 21" not in lines[0]  # it begins with the place
    assert lines[1] == "nnkata: 0 of 1 clauses passed"
    places = [re.match(r"(.*):(\d+): error: ([\w-]+): (.+)", line) for line in write("problems", printed).splitlines()]
    assert len([place for place in places if place and place[3] == "typing-1"]) > 3
    assert {place[1] for place in places if place} == {str(PRINTED)}
    assert failed("problems", Unjudged(HOSTILE)).count("\n") == 1


def test_the_parts_of_a_problem_are_apart_on_its_line() -> None:
    text = write("problems", made(("backward-3", "error", "the keys of params\n  came: []\n  should have come: W1")))
    assert ": error: backward-3: the keys of params; came: []; should have come: W1\n" in text


def test_the_line_that_made_the_value_goes_before_the_line_that_raised() -> None:
    """An exception may be raised by a line that is right; that line stands in its message."""
    text = "it raised ValueError: shapes (network.py, line 21)"
    (stage,) = made(("backward-3", "error", text)).verdict.stages
    for line, told in ((9, ["It comes from network.py, line 9."]), (21, [])):
        result = msgspec.structs.replace(stage.clauses[0], line=line, file="network.py")
        report = Report(verdict({"backward": [result]}, "1.0", "work/network.py", 1.0, {}), [])
        assert write("problems", report).startswith(f"work/network.py:{line}: error: backward-3: ")
        assert f"file=work/network.py,line={line}" in write("github", report)
        assert f'"startLine": {line}' in write("sarif", report)
        assert wrong_line(result) == told
        assert ("It comes from" in write("github", report)) == bool(told)


@pytest.mark.parametrize(
    ("implementation", "file"),
    [
        ("network.py", "network.py"),
        ("work/network.py:Mine", "work/network.py"),
        ("work", "work/network.py"),
        ("package.module:Mine", "package/module.py"),
    ],
)
def test_a_problem_without_a_place_is_at_the_head_of_the_file(implementation: str, file: str) -> None:
    text = write("problems", made(("backward-1", "failed", "no"), name=implementation))
    assert text.startswith(f"{file}:1: error: backward-1: ")


def test_csv_has_one_line_per_clause_and_no_formula() -> None:
    text = write("csv", made(("backward-1", "error", "=HYPERLINK(1)")))
    assert text.startswith("\ufeff"), "else Excel takes UTF-8 for another encoding"
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [(row["clause"], row["status"], row["message"]) for row in rows] == [
        ("backward-1", "error", "'=HYPERLINK(1)"),
    ]


@pytest.mark.parametrize(
    ("report", "message", "colour"),
    [
        (RIGHT, "2/2", "brightgreen"),
        (NOTHING, "0/0", "red"),
        (made(*[(f"backward-{n}", "passed", "") for n in range(1, 9)], ("update-1", "failed", "x")), "8/9", "yellow"),
        (made(("backward-1", "failed", "x")), "0/1", "red"),
    ],
)
def test_the_badge_states_the_numbers(report: Report, message: str, colour: str) -> None:
    badge = json.loads(write("badge", report))
    assert badge == {"schemaVersion": 1, "label": "nnkata", "message": message, "color": colour}


@pytest.mark.parametrize(
    ("implementation", "expected"),
    [
        ("network.py", "."),
        ("work/network.py", "work"),
        ("work/network.py:Mine", "work"),
        ("/home/me/work/network.py:Mine", "/home/me/work"),
        ("reference", "reference"),
        ("work/reference", "work/reference"),
        ("work/reference:Mine", "work/reference"),
        ("package.module:Mine", "package"),
        ("package.module", "package"),
        ("network:Mine", "."),
    ],
)
def test_a_place_starts_from_the_folder_of_the_implementation(implementation: str, expected: str) -> None:
    assert folder(implementation).as_posix() == expected
