"""The row of a platform's table for each mark: by the platform's own key, else by a roster's ids and names."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from nnkata.errors import UsageError
from nnkata.grading.records import Record, Records
from nnkata.grading.task import UNJUDGED
from nnkata.marks import WRITERS
from nnkata.marks.points import Mark, marks
from nnkata.marks.sheet import Filled, Sheet
from nnkata.verdict import Verdict, encode

MOODLE = [
    "Identifier",
    "Full name",
    "Email address",
    "Status",
    "Grade",
    "Maximum grade",
    "Can",
    "Last modified (grade)",
]
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "HW3 (7)"]
BLACKBOARD = ["Last Name", "First Name", "Username", "Student ID", "HW3 [Total Pts: 100 Score] |7"]


def mark(submission: str, points: float, own: Mapping[str, str] | None = None, **person: str) -> Mark:
    return Mark(Record(submission, dict(own or {}), person=person), points, 100.0)


def filled(to: str, rows: Sequence[Sequence[str]], found: Sequence[Mark]) -> Filled:
    return WRITERS[to]([*found], Sheet([[*row] for row in rows], name="t.csv"), "", 100.0)


def participant(number: int, name: str) -> list[str]:
    return [f"Participant {number}", name, f"p{number}@x.org", "Submitted", "", "100", "Yes", "-"]


def grades(found: Filled, at: int) -> list[str]:
    return [row[at] for row in found.sheet.rows[1:]]


def test_a_number_of_a_roster_is_no_number_of_a_participant() -> None:
    rows = [MOODLE, participant(1, "Bob Ray"), participant(2, "Ada Lee")]
    ada = mark("Ada Lee", 41, name="Ada Lee", id="1", ids="1")
    bob = mark("Bob Ray", 42, name="Bob Ray", id="2", ids="2")
    found = filled("moodle", rows, [ada, bob])
    assert grades(found, 4) == ["42", "41"]
    nobody = filled("moodle", rows, [mark("Cyd Po", 41, name="Cyd Po", id="1", ids="1")])
    assert (grades(nobody, 4), nobody.unmatched) == (["", ""], ["Cyd Po"])
    own = filled("moodle", rows, [mark("x", 43, {"participant": "1", "name": "Ada Lee"})])
    assert grades(own, 4) == ["43", ""]


@pytest.mark.parametrize(
    ("to", "rows", "own", "at"),
    [
        ("moodle", [MOODLE, participant(1, "Ada Lee")], {"participant": "2", "name": "Ada Lee"}, 4),
        ("canvas", [CANVAS, ["Lee, Ada", "100", "", "al", "A", ""]], {"canvas": "101", "sortable": "leeada"}, 5),
        ("blackboard", [BLACKBOARD, ["Lee", "Ada", "alee", "s1", ""]], {"username": "ada2", "name": "Ada Lee"}, 4),
    ],
)
def test_a_row_of_one_name_with_another_key_of_the_platform_is_another_students(
    to: str, rows: Sequence[Sequence[str]], own: Mapping[str, str], at: int
) -> None:
    found = filled(to, rows, [mark("Ada Lee", 41, own)])
    assert (grades(found, at), found.unmatched) == ([""], ["Ada Lee"])
    person = {"mail": "p1@x.org", "id": "s1", "ids": "s1\nal\nalee"}
    assert grades(filled(to, rows, [mark("Ada Lee", 41, own, **person)]), at) == ["41"]  # a roster proves the student


@pytest.mark.parametrize(
    "headings",
    [
        ["Nom", "Prénom", "Nom d'utilisateur", "ID d'étudiant", "HW3 [Nbre total de points : 100 Score] |7"],
        ["Apellidos", "Nombre", "Nombre de usuario", "ID de alumno", "HW3 [Puntos totales: 100 Puntuación] |7"],
        ["姓氏", "名字", "用户名", "学生 ID", "HW3 [总分: 100 分数] |7"],
        ["Achternaam", "Voornaam", "Gebruikersnaam", "Student-ID", "HW3 [Totaal: 100 Score] |7"],
    ],
)
def test_blackboards_table_may_be_in_another_language(headings: Sequence[str]) -> None:
    rows = [headings, ["Ray", "Bob", "bray", "12", ""], ["Lee", "Ada", "alee", "13", ""]]
    found = filled("blackboard", rows, [mark("alee", 41, {"username": "alee"}), mark("bray", 42, {"username": "bray"})])
    assert grades(found, 4) == ["42", "41"]
    assert filled("blackboard", rows, []).blank == ["Bob Ray", "Ada Lee"]


@pytest.mark.parametrize("word", ["No", "Ne", "いいえ", "Hayır"])
def test_a_locked_grade_of_moodle_is_not_changed_in_any_language(word: str) -> None:
    row = participant(1, "Ada Lee")
    row[6] = word
    found = filled("moodle", [MOODLE, row], [mark("Ada Lee", 41, {"participant": "1"})])
    assert (grades(found, 4), found.unmatched) == ([""], ["Ada Lee"])


def test_an_id_and_a_name_of_two_rows_are_none() -> None:
    rows = [CANVAS, ["Lee, Ada", "100", "s1", "al", "A", ""], ["Ray, Bob", "101", "s2", "br", "A", ""]]
    found = filled("canvas", rows, [mark("x", 41, name="Ada Lee", id="101", ids="101")])
    assert (grades(found, 5), found.unmatched) == (["", ""], ["x"])
    for one in (
        mark("x", 41, name="A. Lee", id="s1", ids="s1"),
        mark("x", 41, {"canvas": "100", "sortable": "raybob"}),
    ):
        assert grades(filled("canvas", rows, [one]), 5) == ["41", ""]


def test_a_user_is_no_students_number() -> None:
    rows = [BLACKBOARD, ["Lee", "Ada", "7001", "7002", ""], ["Ray", "Bob", "7002", "7001", ""]]
    found = filled("blackboard", rows, [mark("7001", 41, {"username": "7001"}), mark("7002", 42, {"username": "7002"})])
    assert grades(found, 4) == ["41", "42"]


@pytest.mark.parametrize(("second", "cell", "several"), [(41.0, "41", []), (42.0, "", ["a_1", "a_2"])])
def test_of_different_marks_of_one_student_none_is_taken(second: float, cell: str, several: list[str]) -> None:
    rows = [CANVAS, ["Lee, Ada", "100", "s1", "al", "A", ""], ["Ray, Bob", "101", "s2", "br", "A", ""]]
    found = filled("canvas", rows, [mark("a_1", 41, ids="s1"), mark("a_2", second, ids="s1"), mark("b", 43, ids="s2")])
    assert grades(found, 5) == [cell, "43"]
    assert found.several == several
    assert found.unmatched == []


def keep(folder: Path, name: str, **environment: str) -> None:
    verdict = Verdict("1.1", name, True, 1.0, (), 1.0, environment)
    (folder / "verdicts").mkdir(exist_ok=True)
    (folder / "verdicts" / f"{name}.json").write_bytes(encode(verdict))


def test_an_interrupted_batch_has_no_marks_yet(tmp_path: Path) -> None:
    people = [Record("Ada Lee"), Record("Bob Roe", why="the batch ended before its turn"), Record("Cy Tan")]
    said = "{} of 3 submissions have no verdict yet, such as {}: run `nnkata grade`"
    with pytest.raises(UsageError, match=said.format(3, "Ada Lee")):
        marks(tmp_path, Records("moodle", people), {})
    for name in ("Ada Lee", "Bob Roe", "Cy Tan"):
        keep(tmp_path, name)  # Bob Roe's is from before
    with pytest.raises(UsageError, match=said.format(1, "Bob Roe")):
        marks(tmp_path, Records("moodle", people), {})
    keep(tmp_path, "Bob Roe", **{UNJUDGED: "no Python"})
    found = marks(tmp_path, Records("moodle", people), {})
    assert [one.points is None for one in found] == [False, True, False]
