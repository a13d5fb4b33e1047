"""Options that cannot be carried out: one clear line, exit status 2, and nothing is written."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nnkata.cli import main
from nnkata.errors import UsageError
from nnkata.grading.course.find import course
from tests.courses.making import network, put

#: Commands that write a file or a folder, each with the option whose name is empty.
WRITING = (
    ("check", "network.py", "--format", "json", "--output", ""),
    ("grade", "course", "--output", ""),
    ("marks", "course", "--to", "csv", "--output", ""),
    ("marks", "course", "--to", "csv", "--feedback", ""),
    ("train", "network.py", "--save", ""),
    ("train", "network.py", "--plots", ""),
    ("adapt", "network.py", "--output", ""),
    ("export", "gradescope", "--output", ""),
    ("export", "exercism", "--output", ""),
    ("export", "prairielearn", "--output", ""),
    ("init", ""),
    ("check", ""),  # as from an unset variable: ./network.py was judged
)


def failed(*words: str) -> Result:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(tmp_path, {"network.py": network("ada"), "course/ada.py": network("ada"), "course/bob.py": network("bob")})
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_an_empty_name_is_not_this_folder(words: tuple[str, ...], here: Path) -> None:
    before = sorted(here.rglob("*"))
    assert "the name is empty" in failed(*words).output
    assert sorted(here.rglob("*")) == before


def test_a_platform_and_a_pattern_exclude_each_other(here: Path) -> None:
    words = ("grade", "course", "--output", "marks", "--from", "canvas", "--name-pattern", "(?P<who>.*)")
    assert "--from and --name-pattern exclude each other" in failed(*words).output


def test_a_platform_or_a_pattern_that_no_name_fits_is_refused(here: Path) -> None:
    with pytest.raises(UsageError, match="in the form of Canvas, such as ada"):
        course(here / "course", "canvas")
    with pytest.raises(UsageError, match="--name-pattern fits no name here, such as ada"):
        course(here / "course", pattern=r"hw(?P<who>\d+)\.py")
    assert len(course(here / "course", pattern=r"(?P<who>a\w+)\.py").found) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("x = 1\n".encode("utf-16"), "saved as UTF-16"),
        (b"\x00\xff\x80" * 99, "not Python"),
        (b"", "is empty"),
        (b"# coding: none\nx = 1\n", "not Python"),
    ],
    ids=["UTF-16", "no text", "empty", "no such encoding"],
)
def test_a_file_that_is_no_text_is_not_adapted(content: bytes, said: str, here: Path) -> None:
    put(here, {"foreign/net.py": content})
    assert said in failed("adapt", "foreign/net.py").output


def test_marks_that_cannot_be_written_name_the_place(here: Path) -> None:
    put(here, {"afile": b"", "marks/submissions.json": b'{"platform": "files", "submissions": []}'})
    said = failed("marks", "marks", "--to", "csv", "--output", "afile/x").output
    assert "cannot be written" in said
    assert "Errno" not in said
