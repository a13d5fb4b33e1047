"""Folders and files that may not be read: their students are reported, and all others are judged."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nnkata.files import remove
from nnkata.grading.archives.archive import Refused
from nnkata.grading.bundle import bundle
from nnkata.grading.course.find import Found, course
from tests.courses.making import network, put
from tests.support.rights import as_nobody


def reason(found: Found) -> str:
    try:
        return "" if bundle(found).files else "nothing"
    except Refused as refused:
        return str(refused)


def test_one_students_rights_stop_no_batch() -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        put(folder, {f"{who}/network.py": network(who) for who in ("ada", "bob", "cy", "dee")} | {"eve.py": b"x = 1"})
        assert not any(map(reason, course(folder).found))  # also all modules are imported here
        for name, rights in (("", 0o755), ("bob", 0), ("cy", 0o444), ("dee/network.py", 0), ("eve.py", 0)):
            (folder / name).chmod(rights)
        with as_nobody():
            told = {found.name: reason(found) for found in course(folder).found}
        for name in ("bob", "cy", "dee/network.py", "eve.py"):
            (folder / name).chmod(0o755)
    assert told.pop("ada") == ""
    assert set(told) == {"bob", "cy", "dee", "eve"}
    assert all("cannot be read: Permission denied" in why for why in told.values())


def test_what_may_be_read_of_a_submission_is_judged_with_a_note() -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        shut = ("ada/secret", "bob/backup.zip", "cy/notes.py", "dee_helper.py")
        files = {f"{who}/network.py": network(who) for who in ("ada", "bob", "cy")} | {"dee_network.py": network("dee")}
        put(folder, files | {"ada/secret/more.py": b"x = 1", "bob/backup.zip": b"PK", "cy/notes.py": b"x = 1"})
        put(folder, {"dee_helper.py": b"x = 1"})
        assert not any(map(reason, course(folder).found))
        for name, rights in (("", 0o755), *((name, 0) for name in shut)):
            (folder / name).chmod(rights)
        with as_nobody():
            told = {found.name: bundle(found) for found in course(folder).found}
        for name in shut:
            (folder / name).chmod(0o755)
    assert [*told] == ["ada", "bob", "cy", "dee_network"]
    for found, name in zip(told.values(), shut, strict=True):
        assert found.entry.endswith("network.py")
        assert f"{Path(name).name} cannot be read: Permission denied" in found.notes


def test_a_submission_of_a_thousand_folders_in_each_other_ends_no_batch() -> None:
    """Its own file is judged, with a note; one without a file is told so."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        put(folder, {f"{who}/network.py": network(who) for who in ("ada", "bob")} | {"cy/notes.pdf": b"x"})
        for who in ("ada", "cy"):
            deep = os.open(folder / who, os.O_RDONLY)
            for _level in range(1010):
                os.mkdir("d", dir_fd=deep)
                inner = os.open("d", os.O_RDONLY, dir_fd=deep)
                os.close(deep)
                deep = inner
            os.close(deep)
        told = {found.name: found for found in course(folder).found}
        assert [*told] == ["ada", "bob", "cy"]
        assert any("folders in each other" in note for note in bundle(told["ada"]).notes)
        assert [reason(told[who]) for who in ("ada", "bob")] == ["", ""]
        assert reason(told["cy"]) != ""
        for who in ("ada", "cy"):
            remove(folder / who)


def test_a_course_that_may_not_be_read_is_an_error() -> None:
    with TemporaryDirectory() as made:
        put(Path(made), {"ada.py": network("ada")})
        Path(made).chmod(0)
        try:
            with as_nobody(), pytest.raises(PermissionError):
                course(Path(made))
        finally:
            Path(made).chmod(0o700)


def test_a_file_that_vanishes_meanwhile_is_told_as_that(tmp_path: Path) -> None:
    put(tmp_path, {"ada.py": network("ada"), "bob.py": network("bob")})
    found = course(tmp_path).found
    (tmp_path / "bob.py").unlink()
    assert [reason(one) for one in found] == ["", "it is no longer there; grade the folder once more"]
