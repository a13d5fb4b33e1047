"""Marks for platforms: each platform's table, read by a reader written from the platform's own rules."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnkata.cli.marks import command
from nnkata.errors import UsageError
from nnkata.grading.records import Record, Records, load, save
from nnkata.grading.task import Options, unjudged
from nnkata.marks.points import ADJUSTMENTS, adjustments
from nnkata.runner.run import known_clauses
from nnkata.verdict import ClauseResult, Status, Verdict, encode, verdict
from tests.marks.marks_tables import ALL, FORMS, MORE, NAMES, PEOPLE, rows

OPTIONS = Options("process", seed=1)


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


def test_a_clause_skipped_for_one_student_costs_no_point(batch: Path) -> None:
    path = batch / "verdicts" / "alan.json"
    text = path.read_text(encoding="utf-8")
    skipped = text.replace('"status": "passed"', '"status": "skipped"', 1)
    assert skipped != text
    path.write_text(skipped, encoding="utf-8")
    _said, content = run(batch, "csv")
    table = {row[0]: (row[-3], row[-2]) for row in rows(content, "utf-8-sig")[1:]}
    assert (table["alan"], table["ada"]) == ((str(ALL), str(ALL)), (str(ALL // 2), str(ALL)))


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


def test_a_spreadsheet_has_a_line_for_each_student_who_handed_in_nothing_and_other_tables_have_their_own(
    batch: Path,
) -> None:
    known = load(batch)
    absent = [{"name": "Cyd Po", "id": "s9", "mail": "cyd@x.org"}]
    save(Records(known.platform, known.submissions, absent), batch)
    said, content = run(batch, "csv")
    table = rows(content, "utf-8-sig")
    assert len(table) == len(known.submissions) + 2
    assert table[-1] == ["", "s9", "Cyd Po", "cyd@x.org", "", str(ALL), "Handed in nothing"]
    assert f"of {len(known.submissions)} marks" in said
    assert b"Cyd" not in run(batch, "canvas")[1]


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
    path.write_text("submission,points,reason\nada,-5,late\n,,\nkurt,2,\nada,+1,asked\n", encoding="utf-8")
    with pytest.raises(UsageError, match="lines 2 and 5 are both for ada"):
        adjustments(path, {"ada", "kurt"})


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


def test_feedback_without_a_page_is_not_said_to_be_there(batch: Path) -> None:
    save(Records("files", [Record("ada", {"name": "Ada Lovelace", "participant": "101"}, ["ada"])]), batch)
    said, _content = run(batch, "moodle", "--feedback", str(batch / "feedback"))
    assert "No page there, as the platform would not know whose it is: ada" in said
    assert f"For a page each, as for mails: --to csv --feedback {batch / 'feedback'}" in said
    assert "Feedback:" not in said
    assert not (batch / "feedback").exists()


def test_feedback_overwrites_no_submission_and_no_other_archive(batch: Path) -> None:
    folder, archive = batch / "course", batch / "course.zip"
    arguments = [str(batch), "--to", "csv", "--feedback", str(folder)]
    assert CliRunner().invoke(command, arguments).exit_code == 0
    assert CliRunner().invoke(command, arguments).exit_code == 0  # its own pages are written again
    (folder / "ada" / "network.py").write_bytes(b"")
    done = CliRunner().invoke(command, arguments)
    assert (done.exit_code, "course holds ada/network.py, which is no page of feedback" in done.output) == (2, True)
    (folder / "ada" / "network.py").unlink()
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("ada/network.py", b"")
    before = archive.read_bytes()
    done = CliRunner().invoke(command, arguments)
    assert (done.exit_code, "course.zip is no archive of feedback" in done.output) == (2, True)
    assert archive.read_bytes() == before


def test_marks_overwrite_neither_the_template_nor_a_file_of_another_kind(batch: Path) -> None:
    template = batch / "gradebook.csv"
    template.write_text(FORMS["canvas"][0], encoding=FORMS["canvas"][1])
    other = batch / "ada.zip"
    other.write_bytes(b"PK")
    arguments = [str(batch), "--to", "canvas", "--template", str(template), *FORMS["canvas"][3]]
    for output, said in ((template, "is the --template itself"), (other, "ada.zip has to end in .csv")):
        before = output.read_bytes()
        done = CliRunner().invoke(command, [*arguments, "--output", str(output)])
        assert (done.exit_code, said in done.output, output.read_bytes()) == (2, True, before)


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


MOODLE = "Identifier,Full name,Status,Grade,{most},{more}Last modified (grade)\n"


def filled(batch: Path, to: str, table: str, *options: str) -> tuple[str, list[list[str]]]:
    template = batch / "own.csv"
    template.write_text(table, encoding="utf-8", newline="")
    said, content = run(batch, to, "--template", str(template), *options)
    return said, rows(content, delimiter=";" if table.count(";") > table.count(",") else ",")


def test_moodle_changes_no_locked_grade_and_takes_no_points_for_words(batch: Path) -> None:
    head = MOODLE.format(most="Maximum grade", more="Marking workflow state,Grade can be changed,")
    row = "Participant {n},{who},,,20.00,Not marked,{may},-\n"
    table = head + row.format(n=101, who="Ada", may="No") + row.format(n=102, who="Alan", may="Yes")
    said, found = filled(batch, "moodle", table)
    assert [row[3] for row in found[1:]] == ["", "20"]
    assert re.search(r"not to be changed there: .*ada", said)
    words = batch / "words.csv"
    scale = 'Participant 101,Ada,,,"Poor\nGood",Yes,-\n'
    words.write_text(MOODLE.format(most="Scale", more="Grade can be changed,") + scale, encoding="utf-8")
    done = CliRunner().invoke(command, [str(batch), "--to", "moodle", "--template", str(words)])
    assert (done.exit_code, "the words of a scale, Poor" in done.output) == (2, True)


def test_canvas_keeps_excused_students_and_refuses_a_column_that_it_would_skip(batch: Path) -> None:
    table = "Student,ID,Section,HW (78),Old (79)\nPoints Possible,,,0,(read only)\nAda,7,1,EX,\nAlan,70,1,,\n"
    said, found = filled(batch, "canvas", table, "--column", "HW")
    assert [row[3] for row in found[2:]] == ["EX", str(ALL)]  # of 0 points, a column for extra ones
    assert "not scaled, as the maximum of the table is 0" in said
    done = CliRunner().invoke(
        command, [str(batch), "--to", "canvas", "--template", str(batch / "own.csv"), "--column", "Old"]
    )
    assert (done.exit_code, "read only" in done.output) == (2, True)


def test_decimal_commas_are_those_of_the_table(batch: Path) -> None:
    half = f"{round(10 * (ALL // 2) / ALL, 2):g}".replace(".", ",")
    sakai = "HW;Points\n\nAnzeige-ID;ID;Nachname;Vorname;Note\nada1;ada1;Lovelace;Ada;\n"
    assert filled(batch, "sakai", sakai, "--max", "10")[1][3][4] == half
    groups = "HW;Points\n\nGruppe;ID;Mitglieder;Note\nG;ada1;Ada;\n"
    assert filled(batch, "sakai", groups, "--max", "10")[1][3][3] == half
    head = 'Username,HW1 Points Grade,"HW3 Points Grade <Numeric MaxPoints:12,5>",End-of-Line Indicator\n'
    table = head + 'alovelace,"7,5",,#\na_turing,1,,#\n'
    said, found = filled(batch, "brightspace", table, "--column", "HW3")
    assert (found[2][1], "scaled to 12.5" in said) == ("12,5", True)


def test_more_than_the_maximum_is_said_with_what_becomes_of_it(batch: Path) -> None:
    (batch / ADJUSTMENTS).write_text(f"submission,points,reason\nada,{ALL * 1.5},bonus\n", encoding="utf-8")
    said, content = run(batch, "csv", "--max", "100")
    assert "More than the maximum: ada (150 of 100)" in said
    assert b",150,100," in content
    assert (
        "which Moodle leaves out when it reads the table: ada (150 of 100)" in run(batch, "moodle", "--max", "100")[0]
    )
