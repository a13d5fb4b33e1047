"""Which folders are one download twice: those with the same files of several students, of one task."""

from pathlib import Path

from nnkata.grading.course.duplicate_downloads import again
from tests.courses.making import network, put


def folders(at: Path, first: str, second: str, *, differs: bytes = b"", work: tuple[str, ...] = ("ada", "bob")) -> bool:
    """Whether the second folder, which has one more file in it, is found to have the first one's."""
    put(at / first, {f"{who}.py": network(who) for who in work})
    put(at / second, {f"{who}.py": network(who) for who in work} | {"cy.py": network("cy")})
    put(at / second, {f"{work[0]}.py": network(work[0]) + differs})
    found = again([at / first, at / second], at)
    assert not found or found == {at / first: at / second}
    return bool(found)


def test_a_folder_is_found_in_another_one_with_more(tmp_path: Path) -> None:
    assert folders(tmp_path, "submissions", "submissions (1)")


def test_one_byte_of_one_student_makes_it_another_download(tmp_path: Path) -> None:
    assert not folders(tmp_path, "submissions", "submissions (1)", differs=b"\n")


def test_the_same_work_for_two_tasks_stays_in_both(tmp_path: Path) -> None:
    assert not folders(tmp_path, "HW2", "HW3")


def test_the_work_of_one_student_proves_nothing(tmp_path: Path) -> None:
    assert not folders(tmp_path, "on time", "late", work=("ada",))


def test_work_without_names_proves_nothing(tmp_path: Path) -> None:
    assert not folders(tmp_path, "A", "B", work=("1", "2"))


def test_one_text_of_all_students_proves_nothing(tmp_path: Path) -> None:
    for folder in ("A", "B"):
        put(tmp_path / folder, {"ada.py": network("skeleton"), "bob.py": network("skeleton")})
    assert not again([tmp_path / "A", tmp_path / "B"], tmp_path)


def test_one_text_of_students_with_full_names_is_one_download(tmp_path: Path) -> None:
    for folder in ("A", "B"):
        put(tmp_path / folder, {"Ada Lee.py": network("skeleton"), "Bob Roe.py": network("skeleton")})
    assert again([tmp_path / "A", tmp_path / "B"], tmp_path) == {tmp_path / "B": tmp_path / "A"}
