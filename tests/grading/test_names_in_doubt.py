"""Names that may be one student's or two students': each is judged, and a note says what was assumed."""

from pathlib import Path

import pytest

from nnkata.grading.course.find import course
from tests.courses.making import network, put


def read(at: Path, *names: str) -> tuple[list[str], str]:
    put(at, {name: network(f"s{number}") for number, name in enumerate(names)})
    found = course(at)
    return [one.name for one in found.found], " | ".join(found.notes)


@pytest.mark.parametrize(
    "names",
    [
        ("Ada Lee - 1234_2026-11-01", "Ada Lee - 1240_2026-11-02"),
        ("Ada_Lee_20231041", "Ada_Lee_20231057"),
    ],
)
def test_one_full_name_with_two_numbers_is_two_rows_and_said(names: tuple[str, str], tmp_path: Path) -> None:
    rows, notes = read(tmp_path, *(f"{name}/n.py" for name in (*names, "Bob Roe - 1237")))
    assert len(rows) == 3
    assert f"{names[0]}, {names[1]}: a submission each, as two students may have one name" in notes


@pytest.mark.parametrize(
    "names",
    [
        ("Ada Lee 1234.py", "Bob Roe 1240.py"),
        ("Group Red 1001.py", "Group Red 1002.py", "Bob Roe.py"),
        ("cs nets 4711.py", "cs nets 4712.py"),
    ],
)
def test_numbers_of_different_names_groups_and_whole_courses_are_in_no_doubt(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    rows, notes = read(tmp_path, *names)
    assert len(rows) == len(names)
    assert "may have one name" not in notes


@pytest.mark.parametrize("folders", [("Round 1", "Round 2"), ("HW3", "HW3 corrections"), ("Week 1", "Week 2")])
def test_full_names_in_folders_that_may_be_tasks_are_rows_and_said_as_written(
    folders: tuple[str, str], tmp_path: Path
) -> None:
    rows, notes = read(tmp_path, *(f"{folder}/{name}.py" for folder in folders for name in ("Ada Lee", "Bob Roe")))
    assert len(rows) == 4
    assert f"such as Ada Lee in {folders[0]}, {folders[1]}" in notes
