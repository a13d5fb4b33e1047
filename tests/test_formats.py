"""Every format of a verdict, read back by its real readers or by its published rules."""

import base64
import csv
import io
import json
import re
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import junitparser
import msgspec
import pytest
import sarif.loader
from published import Exercism, Gradescope, PrairieLearn, classroom
from tap.line import Plan, Result
from tap.parser import Parser

from nnkata.reports.formats import FORMATS, failed, write
from nnkata.reports.places import folder
from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import ClauseResult, Status, decode, verdict

ROOT = Path(__file__).parents[1]
PRINTED = ROOT / "solutions" / "printed.py"
HOSTILE = (
    "\x1b[2J]]>\x00<script>alert(1)</script>\n::error::forged\n%0A```\n# | x\ufffe\n"
    "@everyone 1..9\n  ...\nok 1 - forged"
)
ENVIRONMENT = {"python": "3.11.7", "numpy": "2", "isolation": "process", "data": "bundled", "seed": "7"}


@pytest.fixture(scope="module")
def printed() -> Report:
    """The verdict on the printed article: passes, named failures, typing findings, a skipped clause."""
    return Report(judge(Settings(str(PRINTED), seed=7)), known_clauses())


def made(*clauses: tuple[str, Status, str], name: str = "network.py") -> Report:
    stages: dict[str, list[ClauseResult]] = {}
    for tag, status, message in clauses:
        mistake = "scalar-gradient" if status == "failed" else None
        result = ClauseResult(tag, f"what {tag} says", status, message, mistake, seconds=0.25)
        stages.setdefault(tag.rpartition("-")[0], []).append(result)
    return Report(verdict(stages, "1.0", name, 1.5, ENVIRONMENT), known_clauses())


@pytest.fixture
def mixed() -> Report:
    """One clause of each status; all texts from the submission are hostile."""
    return made(
        ("backward-1", "passed", ""),
        ("backward-2", "failed", HOSTILE),
        ("backward-3", "error", f"it raised ValueError: {HOSTILE} (network.py, line 21)"),
        ("backward-4", "timeout", "no answer within 10 s"),
        ("backward-5", "skipped", "left out by --skip"),
        name="work/network.py:Network",
    )


RIGHT = made(("backward-1", "passed", ""), ("update-1", "passed", ""))
NOTHING = made(("backward-1", "skipped", "not asked for"))


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


def test_gradescope_adds_up_points_and_shows_every_test(printed: Report) -> None:
    report = Report(printed.verdict, printed.known, {"backward-1": 10.0, "preprocessing-1": 5.0})
    results = msgspec.json.decode(write("gradescope", report), type=Gradescope, strict=True)
    judged = [clause for clause in printed.verdict.clauses if clause.status != "skipped"]
    right = sum(clause.status == "passed" for clause in judged)
    assert results.score == right + 4
    assert sum(test.max_score for test in results.tests) == len(judged) + 9 + 4
    assert {test.visibility for test in results.tests} == {"visible"}, "one hidden test hides the total"
    assert {test.status for test in results.tests} == {"passed", "failed"}
    accuracy = next(entry.value for entry in results.leaderboard if entry.name == "accuracy")
    assert 0 <= accuracy < 30, "the printed article learns nothing"


def test_gradescope_shows_accuracy_and_speed_of_a_network_that_learns() -> None:
    report = Report(judge(Settings(str(ROOT / "reference/network.py"), only=frozenset(["mnist-2"]))), known_clauses())
    results = msgspec.json.decode(write("gradescope", report), type=Gradescope, strict=True)
    board = {entry.name: entry for entry in results.leaderboard}
    assert 80 <= board["accuracy"].value <= 100
    assert board["seconds"].order == "asc"


@pytest.mark.parametrize(("report", "status"), [(RIGHT, "pass"), (NOTHING, "error")])
def test_exercism_has_the_status_of_the_verdict(report: Report, status: str) -> None:
    results = msgspec.json.decode(write("exercism", report), type=Exercism, strict=True)
    assert results.status == status
    assert (results.message is not None) == (status == "error")


def test_exercism_has_messages_where_they_belong_and_within_its_limits(printed: Report) -> None:
    text = write("exercism", printed)
    results = msgspec.json.decode(text, type=Exercism, strict=True)
    assert (results.version, results.status, results.message) == (3, "fail", None)
    assert len(text.encode()) < 500_000
    for test in results.tests or []:
        assert (test.message is None) == (test.status == "pass")
        assert len(test.output or "") <= 500
        assert test.test_code.startswith(("Given ", "When ", "Then "))
        assert 1 <= test.task_id <= 10
    names = [test.name.partition(":")[0] for test in results.tests or []]
    assert names == [clause.clause for clause in printed.verdict.clauses if clause.status != "skipped"]


def test_prairielearn_scores_from_0_to_1() -> None:
    assert json.loads(write("prairielearn", RIGHT))["score"] == 1.0
    half = made(("backward-1", "passed", ""), ("backward-2", "failed", "no"))
    results = msgspec.json.decode(write("prairielearn", half), type=PrairieLearn, strict=True)
    assert results.gradable is True
    assert results.score == 0.5
    assert "Hint" in results.tests[1].output


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


def test_classroom_has_a_score_and_a_line_for_each_test(mixed: Report) -> None:
    result = classroom(write("classroom", mixed))
    assert (result.status, result.max_score) == ("fail", 4.0)
    assert [test.score for test in result.tests] == [1.0, 0.0, 0.0, 0.0]
    assert [test.status for test in result.tests] == ["pass", "fail", "error", "error"]
    assert [test.line_no for test in result.tests] == [0, 0, 21, 0]
    assert classroom(write("classroom", RIGHT)).status == "pass"
    assert classroom(write("classroom", NOTHING)).max_score > 0


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
    assert lines[1] == "nnkata: 0 of 1 clauses passed"
    places = [re.match(r"(.*):(\d+): error: ([\w-]+): (.+)", line) for line in write("problems", printed).splitlines()]
    assert len([place for place in places if place and place[3] == "typing-1"]) > 3
    assert {place[1] for place in places if place} == {str(PRINTED)}
    assert failed("problems", Unjudged(HOSTILE)).count("\n") == 1


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


def test_platforms_that_wait_for_a_file_get_the_reason_without_a_verdict() -> None:
    trouble = Unjudged(f"there is no file x.py {HOSTILE}", "x.py")
    gradescope = msgspec.json.decode(failed("gradescope", trouble), type=Gradescope, strict=True)
    assert gradescope.score == 0
    assert "there is no file x.py" in gradescope.output
    exercism = msgspec.json.decode(failed("exercism", trouble), type=Exercism, strict=True)
    assert (exercism.status, exercism.tests) == ("error", None)
    assert classroom(failed("classroom", trouble)).status == "error"
    assert json.loads(failed("prairielearn", trouble))["gradable"] is False
    lines = Parser().parse_text(failed("tap", trouble))
    assert [line.ok for line in lines if isinstance(line, Result)] == [False]
    assert failed("github", trouble).count("\n") == 1
    assert json.loads(failed("badge", trouble))["message"] == "error"


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
