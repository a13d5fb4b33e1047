"""The name of a command: the program that it means, its folder, its file, and refusals."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.subject import NotFound, locate
from tests.support.listing import LISTS

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cmd:", "no command stands after cmd:"),
        ("cmd:no-such-program x", "there is no program 'no-such-program'"),
        ("cmd:node 'unfinished", "is not a command"),
    ],
)
def test_an_invalid_command_is_status_2(nnkata: Run, name: str, said: str) -> None:
    for command in ("check", "protocol"):
        done = nnkata(command, name)
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr


def test_a_command_runs_in_a_process_of_its_own_only(nnkata: Run) -> None:
    for isolation in ("none", "sandbox"):
        done = nnkata("check", LISTS, "--isolation", isolation)
        assert (done.returncode, "--isolation process" in done.stderr) == (2, True), done.stderr


def test_a_command_starts_where_its_name_does(tmp_path: Path) -> None:
    found = locate("cmd:python3 worker.py 'an argument'", tmp_path)
    assert (found.root, found.command[1:]) == (tmp_path, ("worker.py", "an argument"))
    assert found.command[0] == shutil.which("python3")
    with pytest.raises(NotFound):
        locate("cmd:./not-here", tmp_path)


def program(folder: Path) -> Path:
    """A worker that is an executable program, without an interpreter before it."""
    path = folder / "worker"
    path.write_text(f"#!/bin/sh\nexec {LISTS.removeprefix('cmd:')}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_program_is_found_by_its_path_from_wherever_the_name_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path)
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert locate("cmd:./worker an-argument", tmp_path).command == (str(path), "an-argument")
    assert locate("cmd:../worker").command[0] == str(tmp_path / "below" / ".." / "worker")


def test_a_program_without_a_path_is_one_in_path_alone_as_for_a_shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = program(tmp_path)
    with pytest.raises(NotFound, match=r"the file of that name in this folder is \./worker"):
        locate("cmd:worker", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert locate("cmd:worker", tmp_path / "elsewhere").command == (str(path),)


def test_a_program_that_the_configuration_names_is_judged_from_a_folder_below(nnkata: Run, tmp_path: Path) -> None:
    program(tmp_path)
    (tmp_path / "below").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.nnkata]\nimplementation = "cmd:./worker"\n')
    done = nnkata("check", "--stage", "forward", cwd=tmp_path / "below")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_file_of_a_command_is_the_first_that_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "worker.py").write_text("")
    assert locate("cmd:python3 -I worker.py", tmp_path).path == tmp_path / "worker.py"
    long = "x = 1;" * 1000
    assert locate(f"cmd:python3 -c '{long}'", tmp_path).path.name == "python3"


def test_a_command_with_an_impossible_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not a command"):
        locate("cmd:python3 a\0b", tmp_path)
