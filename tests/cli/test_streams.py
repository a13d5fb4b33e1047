"""Standard streams that are closed, full or without a reader, and a locale without our characters."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import PLAIN, ROOT
from tests.support import forks

PRINTED = str(ROOT / "solutions" / "printed.py")
COMMANDS = {
    "check": ("check", PLAIN, "--stage", "forward"),
    "json": ("check", PLAIN, "--stage", "forward", "--format", "json"),
    "compare": ("compare", PLAIN, PRINTED, "--stage", "forward"),
    "explain": ("explain", "forward-1"),
    "doctor": ("doctor",),
    "help": ("--help",),
}


def redirected(redirection: str, *arguments: object, cwd: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {**{name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}, **variables}
    return forks.run([*map(str, arguments)], cwd, environment, redirection=redirection)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[int, str]]:
    """The status of a command with all of its streams, and what it says on stderr; each is run once."""

    @cache
    def run(command: str) -> tuple[int, str]:
        done = redirected("", *COMMANDS[command], cwd=tmp_path_factory.mktemp(command))
        return done.returncode, done.stderr

    return run


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_stream_changes_no_status(
    command: str, closed: str, plain: Callable[[str], tuple[int, str]], tmp_path: Path
) -> None:
    done = redirected(closed, *COMMANDS[command], cwd=tmp_path)
    assert (done.returncode, done.stderr) == plain(command)
    assert done.stdout if ">" not in closed.replace("2>", "") else not done.stdout


def test_closed_streams_change_no_verdict_of_a_batch(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    for name, source in (("ann", PLAIN), ("bob", PRINTED)):
        (tmp_path / "course" / f"{name}.py").write_bytes(Path(source).read_bytes())
    for isolation in ("process", "sandbox"):
        arguments = ("grade", "course", "--output", isolation, "--upto", "preprocessing", "--isolation", isolation)
        assert redirected("<&- >&- 2>&-", *arguments, cwd=tmp_path).returncode == 0
        rows = (tmp_path / isolation / "gradebook.csv").read_text(encoding="utf-8-sig").splitlines()
        assert [row.split(",")[:2] for row in rows[1:]] == [["ann", "true"], ["bob", "true"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_that_cannot_be_written_is_one_line_and_status_2(command: str, tmp_path: Path) -> None:
    done = redirected(">/dev/full", *COMMANDS[command], cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "nnkata: the output cannot be written: No space left on device\n"


def test_a_full_stream_for_messages_changes_no_status(tmp_path: Path) -> None:
    assert redirected("2>/dev/full", "check", PRINTED, "--stage", "backward", cwd=tmp_path).returncode == 1
    for wrong in (("check", "nothing.py"), ("chek",), ("check", "nothing.py", "--quux"), ("grade", "nowhere")):
        assert redirected("2>/dev/full", *wrong, cwd=tmp_path).returncode == 2
    assert redirected(">/dev/full 2>/dev/full", "explain", "forward-1", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(("network", "status"), [(PLAIN, 0), (PRINTED, 1)])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_has_read_enough_leaves_the_status_of_the_verdict(
    network: str, status: int, form: str, tmp_path: Path
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    words = ["check", network, "--stage", "backward", "--format", form]
    with (tmp_path / "said").open("w+b") as said, open(writer, "wb") as unread:  # noqa: PTH123 - a descriptor
        streams = [0, unread.fileno(), said.fileno()]
        done = forks.begin([*map(str, words)], tmp_path, os.environ, streams) or subprocess.Popen(
            [sys.executable, "-m", "nnkata", *words], cwd=tmp_path, stdout=unread, stderr=said
        )
        assert done.wait(timeout=120) == status
    assert (tmp_path / "said").read_bytes() == b""


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_locale_without_sigma_judges_every_clause(language: str, tmp_path: Path) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"}
    arguments = ("check", PLAIN, "--stage", "activations", "--language", language)
    done = redirected("", *arguments, cwd=tmp_path, **ascii_only)
    assert (done.returncode, done.stderr) == (0, "")
    assert "14/14" in done.stdout
