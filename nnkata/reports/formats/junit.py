"""JUnit XML for CI servers: one suite per stage, one case per clause, at its place in the submission."""

import platform
from datetime import UTC, datetime
from xml.etree import ElementTree

from nnkata.reports.clean import clean
from nnkata.reports.places import in_repository
from nnkata.reports.report import Report, explained
from nnkata.verdict import ClauseResult, StageResult


def write(report: Report, places: bool = True) -> str:
    """The report as JUnit XML; `timestamp` is the time of writing, in UTC. `places` writes `file` and `line`."""
    root = ElementTree.Element("testsuites", {"name": "nnkata", **_counts(report.verdict.clauses)})
    del root.attrib["skipped"]  # in Jenkins' schema, suites alone have it
    stamp = datetime.now(UTC).replace(microsecond=0, tzinfo=None).isoformat()
    for stage in report.verdict.stages:
        root.append(_suite(stage, stamp, report.verdict.environment))
    if places:
        for case, result in zip(root.iter("testcase"), report.verdict.clauses, strict=True):
            file, line = report.somewhere(result)
            case.attrib.update(file=_text(in_repository(file)), line=str(line))
    ElementTree.indent(root)
    return ElementTree.tostring(root, "unicode", xml_declaration=True) + "\n"


def _suite(stage: StageResult, stamp: str, environment: dict[str, str]) -> ElementTree.Element:
    host = clean(platform.node() or "localhost", 1)[0]
    suite = ElementTree.Element("testsuite", name=stage.name, timestamp=stamp, hostname=host)
    suite.attrib.update(_counts(stage.clauses))
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in environment.items():
        ElementTree.SubElement(properties, "property", name=name, value=clean(value, 1)[0])
    for result in stage.clauses:
        case = ElementTree.SubElement(
            suite, "testcase", classname=f"nnkata.{stage.name}", name=_text(f"{result.clause}: {result.name}")
        )
        case.set("time", f"{result.seconds:.4f}")
        if result.status != "passed":
            _outcome(case, result)
    return suite


def _outcome(case: ElementTree.Element, result: ClauseResult) -> None:
    lines = [_text(line) for line in explained(result)]
    first = lines[0] if lines else result.status
    if result.status == "skipped":
        ElementTree.SubElement(case, "skipped", message=first)
        return
    kind = "failure" if result.status == "failed" else "error"
    element = ElementTree.SubElement(case, kind, message=first, type=result.misconception or result.status)
    element.text = "\n".join(lines)


def _counts(results: tuple[ClauseResult, ...] | list[ClauseResult]) -> dict[str, str]:
    statuses = [result.status for result in results]
    numbers = {
        "tests": len(statuses),
        "failures": statuses.count("failed"),
        "errors": statuses.count("error") + statuses.count("timeout"),
        "skipped": statuses.count("skipped"),
    }
    seconds = sum(result.seconds for result in results)
    return {key: str(number) for key, number in numbers.items()} | {"time": f"{seconds:.4f}"}


def _text(text: str) -> str:
    return clean(text, 1)[0]
