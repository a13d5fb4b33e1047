"""The forms in which submissions come, files, folders and archives, and those that are refused."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from nnkata.grading.archives.archive import Refused, python_files, unpack
from nnkata.grading.bundle import bundle
from nnkata.grading.course.find import Found, find
from tests.courses.making import put, zipped

RIGHT = (Path(__file__).parents[2] / "reference" / "network.py").read_bytes()


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a.py", "b.PY", "notes.txt", ".hidden.py", "__pycache__/x.py"], ["a", "b"]),
        (["ada/network.py", "bob/src/network.py", "eve/only.py"], ["ada", "bob", "eve"]),
        (["Ada Lovelace_12345_assignsubmission_file_/network.py"], ["Ada Lovelace"]),
        (["export/submission_metadata.yml", "export/submission_1/network.py"], ["submission_1"]),
        (["Straße.py", "STRASSE.py", "straße/network.py"], ["straße", "STRASSE-2", "Straße-3"]),
        (["lovelaceada_1_2_network.py", "turingalan_LATE_3_4_network-1.py"], ["lovelaceada_1", "turingalan_3"]),
        (["lovelaceada_1_2_network.py", "lovelaceada_1_3_helper.py"], ["lovelaceada_1"]),
        (["my_network_2.py", "network_1.py"], None),
        (["hw1-octocat/.git/config", "hw1-octocat/network.py"], ["hw1-octocat"]),
    ],
)
def test_submissions_are_found_in_their_usual_forms(
    tmp_path: Path, files: Sequence[str], names: list[str] | None
) -> None:
    put(tmp_path, dict.fromkeys(files, RIGHT))
    found = find(tmp_path)
    assert sorted(one.name for one in found) == sorted(names or [Path(name).stem for name in files])
    assert all(bundle(one).entry.endswith(".py") or bundle(one).entry.endswith(".PY") for one in found)


def test_the_files_of_a_student_in_canvas_are_one_submission_under_the_names_they_were_handed_in_with(
    tmp_path: Path,
) -> None:
    files = {"adal_LATE_1_20_network-2.py": RIGHT, "adal_1_21_helper.py": b"x = 1", "alant_5_22_network.py": RIGHT}
    put(tmp_path, files)
    first, second = find(tmp_path)
    assert (first.name, second.name) == ("adal_1", "alant_5")
    assert bundle(first).files == {"network.py": RIGHT, "helper.py": b"x = 1"}
    assert bundle(first).entry == "network.py"
    assert bundle(second).files == {"network.py": RIGHT}


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret", {"secret.py": b"SECRET = 1"}) / "secret.py"
    course = put(tmp_path / "course", {"ada/network.py": RIGHT})
    (course / "ada" / "helper.py").symlink_to(secret)
    (course / "bob.py").symlink_to(secret)
    (course / "eve").symlink_to(secret.parent)
    found = {one.name: one for one in find(course)}
    assert list(bundle(found["ada"]).files) == ["network.py"]
    for name in ("bob", "eve"):
        with pytest.raises(Refused, match="symbolic link"):
            bundle(found[name])


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "no Python file"),
        ({"a.py": b"x = 1", "b.py": b"x = 2"}, r"2 Python files and no single network\.py"),
        ({f"{n}.py": b"" for n in range(300)}, "more than 200 Python files"),
        ({"network.py": b"#" * (11 << 20)}, "10 MiB"),
    ],
)
def test_a_folder_without_submissions_is_refused(tmp_path: Path, files: dict[str, bytes], why: str) -> None:
    put(tmp_path / "one", files)
    (tmp_path / "one").mkdir(exist_ok=True)
    with pytest.raises(Refused, match=why):
        bundle(Found("one", tmp_path / "one"))


def test_an_archive_is_read_as_a_folder_is(tmp_path: Path) -> None:
    path = tmp_path / "ada.zip"
    path.write_bytes(zipped({"ada/network.py": RIGHT, "ada/__MACOSX/x.py": b"", "ada/data.bin": b"x"}))
    assert bundle(Found("ada", path)).entry == "ada/network.py"
    assert python_files(path) == {"ada/network.py": RIGHT}
    put(tmp_path / "moodle", {"x.zip": zipped({"network.py": RIGHT})})
    assert bundle(Found("m", tmp_path / "moodle")).entry == "network.py"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"../network.py": b""}, "leads out"),
        ({"/../network.py": b""}, "leads out"),
        ({"C:\\..\\network.py": b""}, "leads out"),
        ({"a\\..\\network.py": b""}, "leads out"),
        ({"network.py": bytes(64 << 20)}, "expands to more than 10 MiB"),
    ],
)
def test_a_harmful_archive_is_refused(tmp_path: Path, files: dict[str, bytes], why: str) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(files))
    with pytest.raises(Refused, match=why):
        python_files(path)
    if "expands" not in why:
        with pytest.raises(Refused, match=why):
            unpack(path, tmp_path / "inside")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "inside") == ["x.zip"]


@pytest.mark.parametrize("behind", ["", ".", " ", "\u00a0", "\u3000"])
def test_a_courses_archive_keeps_python_whatever_stands_behind_its_ending(tmp_path: Path, behind: str) -> None:
    put(tmp_path, {"x.zip": zipped({f"ada.py{behind}": RIGHT})})
    unpack(tmp_path / "x.zip", tmp_path / "inside")
    (found,) = (tmp_path / "inside").iterdir()
    assert found.read_bytes() == RIGHT


def test_an_archive_with_a_link_or_without_its_format_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("network.py")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "none.zip").write_bytes(b"PK\x03\x04 not an archive")
    for name, why in (("link.zip", "symbolic link"), ("none.zip", "not a zip archive")):
        with pytest.raises(Refused, match=why):
            python_files(tmp_path / name)
