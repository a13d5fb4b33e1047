"""The advice to take a list of students in the course's folder for the roster."""

from pathlib import Path

from nnkata.grading.course.find import course
from nnkata.grading.course.found_roster import hint
from tests.courses.making import network, put, zipped

STUDENTS = b"Name,Email\nAda Lee,ada@example.org\nBob Roe,bob@example.org\n"


def advice(at: Path, files: dict[str, bytes]) -> list[str]:
    put(at, {"ada.py": network("ada"), "bob.py": network("bob"), **files})
    return hint(course(at), at)


def test_a_list_of_students_beside_the_submissions_is_named(tmp_path: Path) -> None:
    (said,) = advice(tmp_path, {"roster.csv": STUDENTS, "students.csv": STUDENTS})
    assert said.startswith(f"roster.csv may be the list of students: --roster {tmp_path / 'roster.csv'} ")


def test_a_table_without_students_is_none(tmp_path: Path) -> None:
    assert advice(tmp_path, {"mnist_train.csv": b"1,2\n3,4\n", "grades.csv": b"Name,Email\n", "README.md": b"#"}) == []


def test_a_list_in_a_section_is_found_and_one_in_an_archive_has_no_path(tmp_path: Path) -> None:
    section = {f"section 1/{who}.py": network(who) for who in ("cy", "di")}
    said = advice(tmp_path / "a", {**section, "section 1/roster.csv": STUDENTS})
    assert [str(tmp_path / "a" / "section 1" / "roster.csv") in one for one in said] == [True]
    packed = zipped({"cy.py": network("cy"), "di.py": network("di"), "roster.csv": STUDENTS})
    put(tmp_path / "b", {"section 1.zip": packed, "section 2.zip": zipped({"ed.py": network("ed"), "fy.py": b""})})
    assert hint(course(tmp_path / "b", work=tmp_path / "work"), tmp_path / "b") == []
