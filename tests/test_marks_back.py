"""Marks for platforms: each platform's table, read by a reader written from the platform's own rules."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnkata.cli.marks import command
from nnkata.errors import UsageError
from nnkata.grading.records import Record, Records, save
from nnkata.grading.task import Options, unjudged
from nnkata.marks.points import ADJUSTMENTS, adjustments
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, Status, Verdict, encode, verdict

OPTIONS = Options("process", seed=1)
ALL = len(known_clauses())


def judged(name: str, passed: int) -> Verdict:
    """A verdict with this number of passed clauses."""
    stages: dict[str, list[ClauseResult]] = {}
    for number, clause in enumerate(known_clauses()):
        status: Status = "passed" if number < passed else "failed"
        result = ClauseResult(clause.tag, clause.name, status, "" if status == "passed" else "1 is not 2")
        stages.setdefault(clause.stage, []).append(result)
    environment = {
        "seed": "1",
        "isolation": "process",
        "data": "bundled",
        "python": "3",
        "numpy": "2",
        "mypy": "1",
        "nnkata": "0",
    }
    return verdict(stages, "1.1", name, 1.0, environment)


PEOPLE: dict[str, dict[str, str]] = {
    "ada": {"participant": "101", "canvas": "7", "sortable": "lovelaceada", "username": "alovelace", "eid": "ada1"},
    "alan": {"participant": "102", "canvas": "70", "sortable": "turingalan", "username": "a_turing", "eid": "alan2"},
    "kurt": {"participant": "103", "canvas": "9", "sortable": "goedelkurt", "username": "kgoedel", "eid": "kurt3"},
    "lost": {"participant": "999", "canvas": "999", "sortable": "nobodyatall", "username": "nobody", "eid": "nobody"},
}
NAMES = {"ada": "Ada Lovelace", "alan": "Alan Turing", "kurt": "Kurt Gödel", "lost": "No Body"}
MORE = {
    "ada": {
        "submission": "11",
        "sid": "s1",
        "email": "ada@x.org",
        "repository": "hw-ada",
        "github": "ada",
        "user": "5",
    },
    "alan": {
        "submission": "12",
        "sid": "s2",
        "email": "alan@x.org",
        "repository": "hw-alan",
        "github": "alan",
        "user": "6",
    },
    "kurt": {
        "submission": "13",
        "sid": "s3",
        "email": "kurt@x.org",
        "repository": "hw-kurt",
        "github": "kurt",
        "user": "7",
    },
    "lost": {"submission": "99", "sid": "s99", "email": "no@x.org", "repository": "hw-no", "github": "no", "user": "9"},
}


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """Ada has half of the points, Alan all, Kurt could not be judged, and one student is in no platform's table."""
    folder = tmp_path / "out"
    (folder / "verdicts").mkdir(parents=True)
    found = {"ada": judged("ada", ALL // 2), "alan": judged("alan", ALL), "lost": judged("lost", 3)}
    found["kurt"] = unjudged("kurt", "is not Python", OPTIONS)
    for name, one in found.items():
        (folder / "verdicts" / f"{name}.json").write_bytes(encode(one))
    records = [Record(who, {**PEOPLE[who], **MORE[who], "name": NAMES[who]}, [who]) for who in PEOPLE]
    save(Records("files", records), folder)
    return folder


def run(batch: Path, to: str, *options: str) -> tuple[str, bytes]:
    output = batch / "written"
    arguments = [str(batch), "--to", to, "--output", str(output), *options]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output, output.read_bytes()


def rows(content: bytes, encoding: str = "utf-8", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def moodle(content: bytes) -> dict[str, float]:
    """importgradeslib.php: the site's words, here German; the number is what follows "Teilnehmer/in"."""
    table = rows(content, "utf-8-sig")
    head = table[0]
    identifier, grade, modified = (head.index(word) for word in ("ID", "Bewertung", "Zuletzt geändert (Bewertung)"))
    assert modified
    return {
        row[identifier][len("Teilnehmer/in") :]: float(row[grade].replace(",", "."))
        for row in table[1:]
        if row[grade] not in ("", "-")
    }


def canvas(content: bytes) -> dict[str, float]:
    """gradebook_importer.rb: headings, Points Possible, then students by ID; here with one assignment."""
    table = rows(content, "utf-8-sig")
    assert "Student" in table[0][0]
    assert "ID" in table[0][1]
    section = next(n for n, heading in enumerate(table[0]) if "Section" in heading)
    at = next(n for n, heading in enumerate(table[0]) if n > section and re.search(r"\(78\)$", heading))
    possible = next(row for row in table if "Points Possible" in row[0])
    assert float(possible[at]) == 20
    students = [
        row
        for row in table[1:]
        if "Points Possible" not in row[0] and any(cell.strip() not in ("", "Manual Posting") for cell in row)
    ]
    return {row[1]: float(row[at]) for row in students if row[at]}


def brightspace(content: bytes) -> dict[str, float]:
    """D2L's rules: a key column first, only columns that may be imported, "#" at each end."""
    table = rows(content)
    assert table[0][0] in ("OrgDefinedId", "Username")
    allowed = re.compile(r"OrgDefinedId|Username|.+ Points Grade.*|End-of-Line Indicator")
    assert all(allowed.fullmatch(heading) for heading in table[0])
    assert all(row[-1] == "#" for row in table[1:])
    at = next(n for n, heading in enumerate(table[0]) if "Points Grade" in heading)
    return {row[0].lstrip("#"): float(row[at]) for row in table[1:] if row[at]}


def sakai(content: bytes) -> dict[str, float]:
    """AssignmentAction.java: three lines of head, the id in the second column."""
    table = rows(content)
    assert table[0][1] == "Points"
    assert table[1] == []
    at = table[2].index("grade")
    return {row[1]: float(row[at]) for row in table[3:] if len(row) > at and row[at]}


def blackboard(content: bytes) -> dict[str, float]:
    """A tab-delimited file in UTF-16; the column by the number behind the bar."""
    table = rows(content, "utf-16", "\t")
    at = next(n for n, heading in enumerate(table[0]) if heading.endswith("|555"))
    user = table[0].index("Username")
    return {row[user]: float(row[at]) for row in table[1:] if row[at]}


def gradescope(content: bytes) -> dict[str, float]:
    table = rows(content)
    score, number = table[0].index("Total Score"), table[0].index("Submission ID")
    return {row[number]: float(row[score]) for row in table[1:] if row[score]}


def github(content: bytes) -> dict[str, float]:
    table = rows(content)
    user, points, most = (table[0].index(h) for h in ("github_username", "points_awarded", "points_available"))
    assert all(float(row[most]) == 20 for row in table[1:] if row[points])
    return {row[user]: float(row[points]) for row in table[1:] if row[points]}


MOODLE_HEAD = (
    *("ID", '"Vollständiger Name"', "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung"),
    *('"Bewertung kann geändert werden"', '"Zuletzt geändert (Abgabe)"', '"Zuletzt geändert (Bewertung)"', "Kommentar"),
)
MOODLE_ROW = (
    'Teilnehmer/in{n},"{name}",{mail},"Zur Bewertung abgegeben",,"20,00",Ja,"Montag, 2. November 2026",-,{said}\r\n'
)
MOODLE = (
    "\ufeff"
    + ",".join(MOODLE_HEAD)
    + "\r\n"
    + MOODLE_ROW.format(n=101, name="Ada Lovelace", mail="ada@x.org", said="")
    + MOODLE_ROW.format(n=102, name="Alan Turing", mail="alan@x.org", said='"""gut"", sagt er"')
    + MOODLE_ROW.format(n=103, name="Kurt Gödel", mail="kurt@x.org", said="")
    + MOODLE_ROW.format(n=104, name="Ada Lovelace", mail="ada2@x.org", said="")
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Other (77),Homework 3 (78),Current Score\n"
    "    Points Possible,,,,,10,20,(read only)\n,,,,,Manual Posting,,\n"
    '"Lovelace, Ada",7,,ada,CS1,1,,50\n"Turing, Alan",70,,alan,CS1,2,,60\n"Gödel, Kurt",9,,kurt,CS1,,,\n'
    '"Student, Test",999000,,,CS1,,,\n'
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Email,HW3 Points Grade <Numeric MaxPoints:20 Weight:10>,"
    "End-of-Line Indicator\n#s1,#ada,Lovelace,Ada,ada@x.org,,#\n#s2,#alan,Turing,Alan,alan@x.org,,#\n"
    "#s3,#kurt,Gödel,Kurt,kurt@x.org,,#\n"
)
SAKAI = (
    "Homework 3,Points\n\nDisplay ID,ID,Last Name,First Name,grade\nada1,ada1,Lovelace,Ada,\n"
    'alan2,alan2,Turing,Alan,\nkurt3,kurt3,"Gödel",Kurt,\n'
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"HW2 [Total Pts: 10 Score] |554"\t'
    '"HW3 [Total Pts: 20 Score] |555"\n"Lovelace"\t"Ada"\t"alovelace"\t""\t"3"\t""\n'
    '"Turing"\t"Alan"\t"a_turing"\t""\t"4"\t""\n"Gödel"\t"Kurt"\t"kgoedel"\t""\t""\t""\n'
)
GRADESCOPE = (
    "First Name,Last Name,SID,Email,Total Score,Max Points,Status,Submission ID,Submission Time\n"
    "Ada,Lovelace,s1,ada@x.org,,20.0,Ungraded,11,2026-11-01 10:00:00 -0700\n"
    "Alan,Turing,s2,alan@x.org,,20.0,Ungraded,12,2026-11-01 10:00:00 -0700\n"
)
GITHUB = (
    "assignment_name,github_username,roster_identifier,student_repository_name,points_awarded,points_available\n"
    "hw,ada,s1,hw-ada,0,20\nhw,alan,s2,hw-alan,,20\nhw,kurt,s3,hw-kurt,,20\n"
)
FORMS: dict[str, tuple[str, str, Callable[[bytes], dict[str, float]], list[str], tuple[str, str]]] = {
    "moodle": (MOODLE, "utf-8", moodle, [], ("101", "102")),
    "canvas": (CANVAS, "utf-8", canvas, ["--column", "Homework 3"], ("7", "70")),
    "brightspace": (BRIGHTSPACE, "utf-8", brightspace, [], ("s1", "s2")),
    "sakai": (SAKAI, "utf-8", sakai, ["--max", "20"], ("ada1", "alan2")),
    "blackboard": (BLACKBOARD, "utf-16", blackboard, ["--column", "HW3"], ("alovelace", "a_turing")),
    "gradescope": (GRADESCOPE, "utf-8", gradescope, [], ("11", "12")),
    "github": (GITHUB, "utf-8", github, [], ("ada", "alan")),
}


@pytest.mark.parametrize("to", FORMS)
def test_a_platform_reads_back_the_marks_of_its_students_and_nothing_else_has_changed(to: str, batch: Path) -> None:
    text, encoding, read, options, (ada, alan) = FORMS[to]
    template = batch / "template.csv"
    template.write_bytes(text.encode(encoding))
    said, content = run(batch, to, "--template", str(template), *options)
    half = round(20 * (ALL // 2) / ALL, 2)
    assert read(content) == {ada: half, alan: 20.0}
    assert "2 of 4 marks" in said
    assert "could not be judged: kurt" in said
    assert re.search(r"Not in the table.*: .*lost", said)
    if to != "brightspace":  # Canvas imports fewer columns than it exports
        before, after = text.encode(encoding), content
        unchanged = [old for old in before.splitlines() if old in after.splitlines()]
        assert len(unchanged) == len(before.splitlines()) - 2


@pytest.mark.parametrize("to", FORMS)
def test_without_a_template_the_table_has_the_batchs_data(to: str, batch: Path) -> None:
    if to == "brightspace":  # whose ids no download has
        done = CliRunner().invoke(command, [str(batch), "--to", to], catch_exceptions=False)
        assert done.exit_code == 2
        assert "give its own table: --template FILE" in done.output
        return
    _said, content = run(batch, to, "--max", "20")
    if to not in ("moodle", "canvas", "blackboard"):
        read = FORMS[to][2]
        assert {FORMS[to][4][1]: 20.0}.items() <= read(content).items()
    if to == "moodle":
        assert rows(content)[0][:4] == ["Identifier", "Full name", "Status", "Grade"]
        assert rows(content)[2][:4] == ["Participant 102", "Alan Turing", "", "20"]
    if to == "canvas":
        assert rows(content)[0] == ["Student", "ID", "Section", "nnkata"]
        assert rows(content)[3][1:] == ["70", "", "20"]
    if to == "blackboard":
        assert rows(content)[2][2:] == ["a_turing", "20"]


def test_marks_for_a_spreadsheet_open_in_excel(batch: Path) -> None:
    _said, content = run(batch, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    table = rows(content, "utf-8-sig")
    assert table[1][4:6] == [str(ALL // 2), str(ALL)]
    assert [row[4] for row in table[1:] if row[0] == "kurt"] == [""]


def test_adjustments_by_hand_survive_and_belong_to_a_submission(batch: Path) -> None:
    run(batch, "csv")
    path = batch / ADJUSTMENTS
    assert path.read_text(encoding="utf-8-sig") == "submission,points,reason\n"
    by_hand = "submission;points;reason\nada;'+2;asked about\nkurt;20;by eye\nalan;-1,5;late\n"
    path.write_text(by_hand, encoding="utf-8")
    _said, content = run(batch, "csv")
    given = {row[0]: (row[4], row[6]) for row in rows(content, "utf-8-sig")[1:]}
    assert given["ada"] == (str(ALL // 2 + 2), "asked about")
    assert (given["kurt"], given["alan"]) == (("20", "by eye"), (str(ALL - 1.5), "late"))
    assert path.read_text(encoding="utf-8") == by_hand
    for wrong in ("nobody,1,x", "ada,much,x"):
        path.write_text(f"submission,points,reason\n{wrong}\n", encoding="utf-8")
        with pytest.raises(UsageError, match="line 2"):
            adjustments(path, {"ada"})


def test_changed_points_need_no_judging(batch: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.nnkata.points]\npreprocessing = 40\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    _said, content = run(batch, "csv")
    count = sum(clause.stage == "preprocessing" for clause in known_clauses())
    assert rows(content, "utf-8-sig")[1][5] == str(ALL - count + 40)


PLACES: Mapping[str, tuple[str, dict[str, str]]] = {
    "moodle": (
        "Ada Lovelace_101_assignsubmission_file_/feedback.html",
        {"folder": "Ada Lovelace_101_assignsubmission_file_"},
    ),
    "canvas": ("lovelaceada_LATE_7_44_feedback.html", {"prefix": "lovelaceada_LATE_7_44"}),
    "brightspace": ("5-9 - Ada - Sep 5, 2026 1 PM/feedback.html", {"folder": "5-9 - Ada - Sep 5, 2026 1 PM"}),
    "sakai": ("Lovelace, Ada(ada1)/Feedback Attachment(s)/feedback.html", {"folder": "Lovelace, Ada(ada1)"}),
    "blackboard": ("alovelace/feedback.html", {}),
    "gradescope": ("submission_11/feedback.html", {}),
    "github": ("hw-ada/feedback.md", {}),
    "csv": ("ada/feedback.html", {}),
}


@pytest.mark.parametrize("to", PLACES)
def test_feedback_is_in_the_platforms_folders(to: str, batch: Path) -> None:
    place, ids = PLACES[to]
    known = Record("ada", {**PEOPLE["ada"], **MORE["ada"], **ids}, ["ada"])
    save(Records("files", [known]), batch)
    arguments = [str(batch), "--to", to, "--max", "20", "--feedback", str(batch / "feedback")]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == (2 if to == "brightspace" else 0), done.output  # pages, but no table without its ids
    assert "1 is not 2" in (batch / "feedback" / place).read_text(encoding="utf-8")
    with zipfile.ZipFile(batch / "feedback.zip") as archive:
        assert place in archive.namelist()


def test_a_name_cannot_leave_its_folder(batch: Path) -> None:
    save(Records("files", [Record("ada", {"repository": "../../etc"}, ["ada"])]), batch)
    run(batch, "github", "--feedback", str(batch / "feedback"))
    assert [path.name for path in (batch / "feedback").iterdir()] == [".._.._etc"]


def test_a_template_of_another_kind_is_an_error(batch: Path) -> None:
    template = batch / "template.csv"
    template.write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    for to in FORMS:
        arguments = [str(batch), "--to", to, "--template", str(template)]
        done = CliRunner().invoke(command, arguments, catch_exceptions=False)
        assert done.exit_code == 2, (to, done.output)
        assert "template.csv" in done.output
    template.write_bytes(b"PK\x03\x04\0\0")
    done = CliRunner().invoke(command, [str(batch), "--to", "canvas", "--template", str(template)])
    assert (done.exit_code, "save it as CSV" in done.output) == (2, True)
    done = CliRunner().invoke(command, [str(batch / "verdicts"), "--to", "csv"])
    assert (done.exit_code, "submissions.json" in done.output) == (2, True)


def test_a_table_of_strangers_is_refused_and_nothing_is_written(batch: Path, tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text("Student,ID,Section,Homework (1)\nSomebody Else,4711,1,\n", encoding="utf-8")
    arguments = [str(batch), "--to", "canvas", "--template", str(table), "--output", str(batch / "written")]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 2
    assert "none of 3 marks, such as ada, is for a student of other.csv" in done.output
    assert "--roster" in done.output
    assert not (batch / "written").exists()
    table.write_text("Student,ID,Section,Homework (1)\nAda,7,1,\n", encoding="utf-8")
    assert CliRunner().invoke(command, arguments, catch_exceptions=False).exit_code == 0


def test_each_member_of_a_group_gets_its_mark(batch: Path, tmp_path: Path) -> None:
    group = {"submission": "11", "email": "ada@x.org, alan@x.org", "name": "Ada Lovelace, Alan Turing"}
    save(Records("gradescope", [Record("ada", group, ["ada"])]), batch)
    table = tmp_path / "grades.csv"
    table.write_text(
        "Name,Email,Total Score,Max Points\nAda L,ada@x.org,,10\nAlan T,alan@x.org,,10\n", encoding="utf-8"
    )
    text, content = run(batch, "gradescope", "--template", str(table))
    scores = {row[1]: row[2] for row in rows(content)[1:]}
    assert scores["ada@x.org"] == scores["alan@x.org"] != ""
    assert "Not in the table" not in text
    assert {row[3] for row in rows(run(batch, "gradescope")[1])[1:]} == {"ada@x.org", "alan@x.org"}


@pytest.mark.parametrize("most", ["nan", "inf"])
def test_a_maximum_that_is_no_finite_number_is_refused(batch: Path, most: str) -> None:
    done = CliRunner().invoke(command, [str(batch), "--to", "csv", "--max", most])
    assert (done.exit_code, "finite number above 0" in done.output) == (2, True)
    assert not (batch / "marks").exists()
