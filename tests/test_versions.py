"""Which names are versions of one student's work, which stay two students, and what is said of them."""

from pathlib import Path

import pytest

from nnkata.grading.attempts import Attempt, latest_attempt
from nnkata.grading.batch import _records
from nnkata.grading.find import course
from nnkata.grading.matching import members
from nnkata.grading.versions import ASIDE, FINAL, LATE, LATER, version
from tests.course_folders import network, put, zipped


@pytest.mark.parametrize(
    ("name", "who", "rank"),
    [
        ("ada", "ada", 0),
        ("ada (1)", "ada", 1),
        ("张三（12）", "张三", 12),
        ("ada - Copy (2)", "ada", ASIDE),
        ("ada Kopie", "ada", ASIDE),
        ("张三 - 副本", "张三", ASIDE),
        ("“ada”的副本", "ada", ASIDE),
        ("Copia de ada", "ada", ASIDE),
        ("ada_v2", "ada", 2),
        ("ada attempt 10", "ada", 10),
        ("ada_old", "ada", ASIDE),
        ("ada-final", "ada", FINAL),
        ("张三_最终版", "张三", FINAL),
        ("ada_resubmission", "ada", LATE),
        ("张三（修改版）", "张三", LATER),
        ("ada [v3]", "ada", 3),
        ("ada (final) (1)", "ada", FINAL + 1),
        ("ada_final_final", "ada", 2 * FINAL),
        ("ada_v2_final", "ada", FINAL + 2),
        ("ada_final_old", "ada", ASIDE),
        ("Іван (виправлено)", "Іван", LATER),
        ("Иван — копия", "Иван", ASIDE),
        ("ada (best of class)", "ada (best of class)", 0),
        ("Ada (Tue)", "Ada (Tue)", 0),
        ("ada_2026-11-03", "ada", 20261103000000),
        ("ada_2026-11-03_0830", "ada", 20261103083000),
        ("2026-11-03 Ada Lovelace", "Ada Lovelace", 20261103000000),
        ("2026-11-03_ada_v2", "ada", 20261103000002),
        ("20230101_李明", "20230101_李明", 0),
        ("20261103103000_ada", "ada", 20261103103000),
        ("20261103T103000 ada", "ada", 20261103103000),
        ("20261103-ada@x.org", "ada@x.org", 20261103000000),
        ("Ada 03.11.2026", "Ada", 20261103000000),
        ("ada 11-3-2026", "ada", 20261103000000),
        ("ada 13-11-2026", "ada", 20261113000000),
        ("ada_20261103_1030", "ada", 20261103103000),
        ("ada_20261103_2560", "ada_20261103_2560", 0),
        ("ada 3.11.26", "ada 3.11.26", 0),
        ("ada_1762000000_network", "ada_network", 1762000000000),
        ("1762000000123-ada", "ada", 1762000000123),
        ("ada-1762000000", "ada", 1762000000000),
        ("张三_1700012345", "张三_1700012345", 0),
        ("1801110045-ada", "1801110045-ada", 0),
        ("17620000001_ada", "17620000001_ada", 0),
        ("2012345678_ada", "2012345678_ada", 0),
        ("ada 2nd try", "ada", 2),
        ("ada_first attempt", "ada", ASIDE),
        ("ada_SecondSubmission", "ada", 2),
        ("ada take 3", "ada", 3),
        ("Ada, zweiter Versuch", "Ada", 2),
        ("Ada 2. Abgabe", "Ada", 2),
        ("ada segundo intento", "ada", 2),
        ("ada 2e essai", "ada", 2),
        ("张三第二次提交", "张三", 2),
        ("张三 作业 第3次", "张三 作业", 3),
        ("ada_final_v2 (3)", "ada", FINAL + 5),
        ("lab 3 submission", "lab 3 submission", 0),
        ("Li Wei 2 version", "Li Wei 2", LATER),
        ("ada_2ndary", "ada_2ndary", 0),
        ("May Second", "May Second", 0),
        ("2026-11-03 10-00-00", "2026-11-03 10-00-00", 0),
        ("ada1", "ada1", 0),
        ("ada_2", "ada_2", 0),
        ("ada-2026", "ada-2026", 0),
        ("george_best", "george_best", 0),
        ("copy", "copy", 0),
        ("final", "final", 0),
    ],
)
def test_the_owner_and_the_version_that_a_name_says(name: str, who: str, rank: int) -> None:
    found = version(name)
    assert (found.who, found.rank) == (who, rank)


def notes(at: Path, *names: str) -> str:
    put(at, {name: network(name) for name in names})
    return " ".join(course(at).notes)


def test_what_is_taken_for_a_version_is_told_with_what_to_do(tmp_path: Path) -> None:
    said = notes(tmp_path, "ada.py", "ada (1).py", "bob.py")
    assert "ada (1).py: taken for other versions" in said
    assert "rename those of another student" in said


@pytest.mark.parametrize(
    "names",
    [("ada.py", "bob.py"), ("student (1).py", "student (2).py"), ("wang.py", "wang1.py"), ("network_a.py", "li.py")],
)
def test_nothing_is_told_where_each_name_is_a_student(names: tuple[str, ...], tmp_path: Path) -> None:
    assert notes(tmp_path, *names) == ""
    assert len(course(tmp_path).found) == len(names)


@pytest.mark.parametrize("name", ["network", "team"])
def test_downloads_of_one_name_that_says_nobody_stay_apart_and_are_told(name: str, tmp_path: Path) -> None:
    said = notes(tmp_path, f"{name}.py", f"{name} (1).py")
    assert f"{name} (1) beside {name}: each counts as another student" in said
    assert len(course(tmp_path).found) == 2


@pytest.mark.parametrize(
    ("archive", "inside", "name"),
    [("lovelace.zip", "hw1/network.py", "lovelace"), ("submissions.zip", "hw1/ada/network.py", "ada")],
)
def test_the_only_archive_gives_its_name_to_a_student_or_is_a_course(
    archive: str, inside: str, name: str, tmp_path: Path
) -> None:
    put(tmp_path / "course", {archive: zipped({inside: network("ada")})})
    (tmp_path / "work").mkdir()
    assert [one.name for one in course(tmp_path / "course", work=tmp_path / "work").found] == [name]


def test_a_late_folder_of_a_student_of_a_section_is_read_and_told(tmp_path: Path) -> None:
    said = notes(tmp_path, "ontime/ada.py", "ontime/bob.py", "late/ada.py")
    assert "such as ada in late, ontime" in said
    assert len(course(tmp_path).found) == 3


def test_a_name_in_two_folders_is_told(tmp_path: Path) -> None:
    said = notes(tmp_path, "tue/ada.py", "tue/bob.py", "late/ada.py", "late/eve.py")
    assert "names in several folders (1, such as ada in late, tue) count as different students" in said
    assert "grade each by itself" in said
    assert [one.name for one in course(tmp_path).found] == ["ada (late)", "ada (tue)", "bob", "eve"]


def test_the_latest_of_attempts_in_folders_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    put(tmp_path, {f"ada/hw/Version {n}/network.py": network("ada", n) for n in (1, 2, 10)})
    assert latest_attempt(tmp_path / "ada") == Attempt(
        tmp_path / "ada/hw/Version 10", ("ada/hw/Version 1", "ada/hw/Version 2")
    )


@pytest.mark.parametrize(
    "files",
    [
        ("v1/network.py", "layers.py"),
        ("network.py", "layers.py", "2nd try/network.py"),
        ("network.py", "Version 1/network.py"),
        ("src/network.py", "tests/test.py"),
        ("2026-11-01/a.py", "Version 2/a.py"),
    ],
)
def test_what_is_not_in_folders_of_attempts_alone_is_read_whole(files: tuple[str, ...], tmp_path: Path) -> None:
    put(tmp_path, {f"ada/{name}": network("ada") for name in files})
    assert latest_attempt(tmp_path / "ada") == Attempt(tmp_path / "ada")


@pytest.mark.parametrize(
    "folders",
    [
        ("1st try", "2nd try", "10th try"),
        ("first submission", "Second Submission", "third submission"),
        ("第一次", "第二次提交", "第十次"),
        ("1. Versuch", "2. Versuch", "3. Versuch"),
        ("Attempt1_textresponse", "Attempt2_textresponse", "Attempt10_textresponse"),
    ],
)
def test_attempts_with_their_number_in_words_are_in_order(folders: tuple[str, ...], tmp_path: Path) -> None:
    put(tmp_path, {f"ada/{name}/network.py": network("ada") for name in folders})
    assert latest_attempt(tmp_path / "ada").folder == tmp_path / "ada" / folders[-1]


def test_a_later_attempt_beside_the_first_ones_files_is_read(tmp_path: Path) -> None:
    put(tmp_path, {f"ada/{name}": network("ada") for name in ("network.py", "2nd try/network.py", "2nd try/x.py")})
    assert latest_attempt(tmp_path / "ada") == Attempt(tmp_path / "ada/2nd try", ("ada/network.py",))


PEOPLE = [
    {"name": "Ada Lovelace", "mail": "ada@x.org", "id": "20231234", "ids": "20231234"},
    {"name": "Alan Turing", "mail": "alan@x.org", "id": "20231235", "ids": "20231235"},
    {"name": "张三", "mail": "z@x.cn", "id": "20231236", "ids": "20231236"},
]


@pytest.mark.parametrize(
    "names",
    [
        ("hw1_ada.py", "hw1_alan.py", "hw1_张三.py"),
        ("ada@x.org_network.py", "hw alan.py", "张三 hw1.py"),
        ("20231234-作业.py", "network_20231235.py", "20231236张三.py"),
        ("Ada Lovelace (1).py", "Alan_Turing_network_v2.py", "张三（2）.py"),
    ],
)
def test_a_roster_knows_a_student_by_a_part_of_a_name(names: tuple[str, ...], tmp_path: Path) -> None:
    put(tmp_path, {name: network("x") for name in names})
    found = _records(course(tmp_path), PEOPLE)
    assert sorted(one.person["id"] for one in found.submissions) == ["20231234", "20231235", "20231236"]
    assert (found.absent, found.doubts) == ([], [])


def test_who_is_in_no_roster_and_who_is_there_twice_is_told(tmp_path: Path) -> None:
    put(tmp_path, {name: network("x") for name in ("Ada Lovelace.py", "20231234.py", "stranger.py")})
    found = _records(course(tmp_path), PEOPLE)
    assert "20231234, Ada Lovelace are all Ada Lovelace's by the roster" in found.doubts[0]
    assert "the roster has no student for stranger; complete it" in found.doubts[1]
    assert [one["name"] for one in found.absent] == ["Alan Turing", "张三"]


def test_the_members_of_a_group_are_each_found_in_the_roster(tmp_path: Path) -> None:
    lines = ["submission_1:", "  :submitters:"]
    for who in ("Ada Lovelace", "Alan Turing"):
        lines += [f"  - :name: {who}", f"    :email: {who.split()[0].lower()}@x.org"]
    put(tmp_path, {"submission_metadata.yml": "\n".join(lines).encode(), "submission_1/network.py": network("both")})
    found = _records(course(tmp_path), PEOPLE)
    (one,) = found.submissions
    assert one.person["id"] == "20231234, 20231235"
    assert [person["name"] for person in found.absent] == ["张三"]


def test_keys_of_a_group_are_those_of_each_member_and_of_one_student_her_own() -> None:
    group = {"email": "a@x, b@x", "name": "A B, C D", "submission": "7"}
    assert members(group) == [{"email": "a@x", "name": "A B"}, {"email": "b@x", "name": "C D"}]
    alone = {"name": "Lovelace, Ada", "sid": "1"}
    assert members(alone) == [alone]


def test_the_only_folder_with_a_tasks_name_and_several_networks_is_told(tmp_path: Path) -> None:
    said = notes(tmp_path / "a", "HW 3/network.py", "HW 3/network_old.py")
    assert "HW 3 is taken for one submission" in said
    said = notes(tmp_path / "d", "HW 3/network.py", "HW 3/network (1).py")
    assert "network (1) beside network: each counts as another student" in said
    assert "taken for one" not in notes(tmp_path / "b", "ada/network.py", "ada/network (1).py")
    assert "taken for one" not in notes(tmp_path / "c", "HW 3/network.py", "HW 3/notes.txt")


def test_sections_are_told_in_one_line(tmp_path: Path) -> None:
    put(tmp_path, {f"Section {n}/{who}{n}.py": network(f"{who}-{n}") for n in range(1, 13) for who in ("ada", "bob")})
    (said,) = course(tmp_path).notes
    assert said.startswith("Section 1, Section 2, Section 3, …: taken for a folder of several submissions")


def test_networks_of_one_students_number_are_told_and_not_merged(tmp_path: Path) -> None:
    said = notes(tmp_path / "a", "20231234_1.py", "20231234_2.py", "20231235_1.py")
    assert "20231234_1, 20231234_2: a submission each, although one student's" in said
    assert "20231235" not in said
    assert "a submission each" not in notes(tmp_path / "b", "20231234.py", "20231234_2.py", "20231235_1.py")
