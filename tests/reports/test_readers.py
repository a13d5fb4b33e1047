"""Each format is read by its real readers: five submissions and one that cannot be judged, in two languages.

The counts of a reader equal the verdict's; places and texts are compared if a reader shows them.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import junitparser
import pytest
from readers_table import READERS, results
from reading import Counts, Reader
from reported import HOSTILE_NAME, Written, written

from nnkata.reports.places import in_repository
from nnkata.verdict import decode

INSTALL = "needs `make readers` and `apt-get install cmark-gfm`, as .ci/run does"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Written]:
    """All reports in all formats, written once."""
    return written(tmp_path_factory.mktemp("reports"))


@pytest.fixture(scope="module")
def seen(reports: list[Written], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The counts of each installed reader, and the expected ones; each reader runs once."""
    return {
        f"{reader.form} {reader.name}": cells for reader, cells in results(reports, tmp_path_factory.mktemp("read"))
    }


def report(reports: list[Written], name: str, language: str = "en") -> Written:
    return next(each for each in reports if (each.name, each.language) == (name, language))


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.form} {reader.name}")
def test_a_reader_has_the_verdicts_counts(reader: Reader, seen: dict[str, Any]) -> None:
    if reader.missing:
        pytest.skip(INSTALL)
    cells = seen[f"{reader.form} {reader.name}"]
    assert len(cells) == 12
    wrong = [(each.name, each.language, came, due) for each, came, due in cells if came != due]
    assert wrong == []
    red = {each.name: came for each, came, _due in cells if each.name != "right"}
    assert all(came.failed for came in red.values()), "nothing that failed or could not be judged reads as a pass"


#: Damage to a format: a reader of that format refuses each, or counts differently.
SPOILT: dict[str, Callable[[str], str]] = {
    "junit": lambda text: text.replace("<failure", "<ignored").replace("</failure", "</ignored"),
    "xunit": lambda text: text.replace("<failure", "<ignored").replace("</failure", "</ignored"),
    "tap": lambda text: text.replace("not ok", "ok", 1),
    "cucumber": lambda text: text.replace('"failed"', '"passed"'),
    "sarif": lambda text: re.sub(r'"(locations|ruleId)": ', r'"not-\1": ', text),
    "markdown": lambda text: text.replace("<details>", "", 1),
    "csv": lambda text: text.replace(",failed,", ",passed,"),
    "gradescope": lambda text: text.replace('"number": "5.2"', '"number": "5.1"').replace('"failed"', '"passed"'),
    "exercism": lambda text: text.replace('"fail"', '"pass"'),
    "prairielearn": lambda text: text.replace('"points": 0.0', '"points": 1.0'),
    "classroom": lambda text: text[:40],
}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.form} {reader.name}")
def test_a_reader_notices_a_damaged_report(reader: Reader, reports: list[Written], tmp_path: Path) -> None:
    if reader.missing:
        pytest.skip(INSTALL)
    spoil = SPOILT[reader.form]
    printed = report(reports, "printed")
    good = printed.files[reader.form]
    bad = tmp_path / good.name
    text = good.read_text(encoding="utf-8")
    bad.write_text(spoil(text), encoding="utf-8")
    assert bad.read_text(encoding="utf-8") != text
    try:
        came = reader.read([bad], tmp_path)[bad]
    except Exception as error:
        came = Counts(refused=str(error))
    assert came != reader.expected(printed.report)


def test_every_reader_is_documented_with_its_limits() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    for reader in READERS:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{reader.form}` | {reader.name}")]
        assert line.rstrip(" |").endswith(reader.cannot)
        pinned = isinstance(reader.needs, Path) and not reader.missing
        assert not pinned or reader.version() in line, "python scripts/readers_table.py"


def test_junit_has_the_verdicts_seconds_places_and_texts(reports: list[Written]) -> None:
    for each in reports:
        if each.name == "unjudged":
            continue
        verdict = decode(each.files["json"].read_bytes())
        suites = junitparser.JUnitXml.fromfile(str(each.files["junit"]))
        cases = [case for suite in suites for case in suite]
        assert [case.name for case in cases] == [f"{r.clause}: {r.name}" for r in verdict.clauses]
        spent = sum(result.seconds for result in verdict.clauses)
        assert sum(case.time for case in cases) == pytest.approx(spent, abs=1e-4 * len(cases)), (
            "four digits are written"
        )
        for case, result in zip(cases, verdict.clauses, strict=True):
            file, line = each.report.somewhere(result)
            assert (case._elem.get("file"), case._elem.get("line")) == (in_repository(file), str(line))
            assert result.status in ("passed", "skipped") or case.result[0].text


def test_cucumber_has_the_verdicts_seconds(reports: list[Written]) -> None:
    for each in reports:
        features = json.loads(each.files["cucumber"].read_text(encoding="utf-8"))
        steps = [step["result"] for feature in features for one in feature["elements"] for step in one["steps"]]
        nanoseconds = sum(result.get("duration", 0) for result in steps)
        spent = sum(result.seconds for result in each.report.verdict.clauses)
        rows = sum(max(1, len(result.examples)) for result in each.report.verdict.clauses)
        assert nanoseconds / 1e9 == pytest.approx(spent, abs=1e-4 * rows), "a row's seconds are kept to four digits"
        assert all(("duration" in step) == (step["status"] != "skipped") for step in steps)


def test_every_sarif_result_has_a_place_in_an_existing_file(reports: list[Written]) -> None:
    for each in reports:
        log = json.loads(each.files["sarif"].read_text(encoding="utf-8"))
        places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
        names = {unquote(place["artifactLocation"]["uri"]).rpartition("/")[2] for place in places}
        due = {"right": set(), "hostile": {HOSTILE_NAME, "wrong.py"}, "hanging": {"hangs_in_a_call.py", "wrong.py"}}
        assert names <= due.get(each.name, {"printed.py", "skeleton.py", "nothing.py"})
        assert all(place["region"]["startLine"] >= 1 for place in places)


def test_no_forged_line_reaches_a_format_of_lines(reports: list[Written]) -> None:
    for language in ("en", "zh-CN"):
        hostile = report(reports, "hostile", language)
        annotations = hostile.files["github"].read_text(encoding="utf-8").splitlines()
        assert all(line.startswith(("::error file=", "::notice title=nnkata::")) for line in annotations)
        problems = hostile.files["problems"].read_text(encoding="utf-8").splitlines()
        assert all(
            line.startswith((str(Path(hostile.report.verdict.implementation).parent), "nnkata: ")) for line in problems
        )
