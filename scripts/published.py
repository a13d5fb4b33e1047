"""The published input formats of platforms, as strict types: an unknown field is an error.

Gradescope: gradescope-autograders.readthedocs.io, "Autograder specifications". Exercism: exercism.org/docs/building/
tooling/test-runners/interface, version 3. PrairieLearn: docs.prairielearn.com, "External grading". GitHub Classroom:
the source of its reporter, classroom-resources/autograding-grading-reporter.
"""

import base64
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from reading import Counts, counted


class GradescopeTest(msgspec.Struct, forbid_unknown_fields=True):
    """One test of Gradescope's."""

    name: str
    number: str
    score: float
    max_score: float
    status: str
    output: str
    tags: list[str]
    visibility: str


class Leader(msgspec.Struct, forbid_unknown_fields=True):
    """A line of Gradescope's leaderboard."""

    name: str
    value: float
    order: str = "desc"


class Gradescope(msgspec.Struct, forbid_unknown_fields=True):
    """Gradescope's results."""

    tests: list[GradescopeTest]
    visibility: str
    score: float
    output: str
    output_format: str
    execution_time: float = 0
    test_output_format: str = "text"
    test_name_format: str = "text"
    stdout_visibility: str = "hidden"
    leaderboard: list[Leader] = []
    extra_data: dict[str, str] = {}


class ExercismTest(msgspec.Struct, forbid_unknown_fields=True):
    """One test of Exercism's."""

    name: str
    status: str
    test_code: str
    task_id: int
    message: str | None = None
    output: str | None = None


class Exercism(msgspec.Struct, forbid_unknown_fields=True):
    """Exercism's results."""

    version: int
    status: str
    message: str | None = None
    tests: list[ExercismTest] | None = None


class ClassroomTest(msgspec.Struct, forbid_unknown_fields=True):
    """One test of GitHub Classroom's."""

    name: str
    status: str
    score: float
    line_no: int
    message: str = ""
    test_code: str = ""
    filename: str = ""
    duration: float = 0


class Classroom(msgspec.Struct, forbid_unknown_fields=True):
    """The results of GitHub Classroom's reporter."""

    version: int
    status: str
    max_score: float
    tests: list[ClassroomTest]
    message: str = ""


def classroom(line: str) -> Classroom:
    """The results behind `result=`."""
    name, _, value = line.rstrip("\n").partition("=")
    assert name == "result"
    assert "\n" not in value
    return msgspec.json.decode(base64.b64decode(value, validate=True), type=Classroom, strict=True)


class PrairieLearnTest(msgspec.Struct, forbid_unknown_fields=True):
    """One test of PrairieLearn's."""

    name: str
    points: float
    max_points: float
    output: str


class PrairieLearn(msgspec.Struct, forbid_unknown_fields=True):
    """PrairieLearn's results."""

    gradable: bool
    score: float
    message: str = ""
    format_errors: str = ""
    tests: list[PrairieLearnTest] = []


def gradescope(text: bytes) -> Counts:
    """A result without tests has the score 0 and the reason; numbers of tests may not repeat."""
    found = msgspec.json.decode(text, type=Gradescope, strict=True)
    if not found.tests:
        return Counts(failed=1, refused="" if found.score == 0 and found.output else "no tests, no output")
    if len({test.number for test in found.tests}) < len(found.tests):
        return Counts(refused="a number repeats")
    return counted([test.status for test in found.tests])


def exercism(text: bytes) -> Counts:
    """At most 500 kB, 65,535 characters of a message, 500 of an output."""
    found = msgspec.json.decode(text, type=Exercism, strict=True)
    tests = found.tests or []
    long = [test for test in tests if len(test.message or "") > 65_535 or len(test.output or "") > 500]
    if len(text) > 500_000 or long or len(found.message or "") > 65_535:
        return Counts(refused="too long")
    words = {"pass": "passed", "fail": "failed", "error": "failed"}
    return counted([words[test.status] for test in tests] or [words[found.status]])


def prairielearn(text: bytes) -> Counts:
    """An ungradable result has no tests."""
    found = msgspec.json.decode(text, type=PrairieLearn, strict=True)
    if not found.gradable:
        return Counts(failed=1, refused="" if found.message else "no message")
    return counted(["passed" if test.points == test.max_points else "failed" for test in found.tests])


def github_classroom(text: bytes) -> Counts:
    """A line for the outputs of a step, in base64."""
    found = classroom(text.decode())
    return counted(["passed" if test.status == "pass" else "failed" for test in found.tests])


def by_rules(rules: Callable[[bytes], Counts]) -> Callable[[Sequence[Path], Path], dict[Path, Counts]]:
    """A reader for a platform that is not available here."""

    def one(file: Path) -> Counts:
        try:
            return rules(file.read_bytes())
        except (msgspec.ValidationError, ValueError) as error:
            return Counts(refused=str(error))

    return lambda files, work: {file: one(file) for file in files}
