"""An interpreter that the judging user may not run: one line with the remedy, and never the submission's fault."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnkata.cli.check import command
from nnkata.subject.locate import locate
from nnkata.subject.walls.launch import NoWorker, plain, reachable, started
from nnkata.subject.walls.limits import Limits

ROOT = Path(__file__).parents[2]
NETWORK = ROOT / "reference" / "network.py"


@pytest.fixture
def forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An interpreter that nobody may run, in the place of this one."""
    program = tmp_path / "python"
    program.write_bytes(b"\x7fELF")
    program.chmod(0o600)
    monkeypatch.setattr(sys, "executable", str(program))
    return program


def test_a_program_that_may_not_be_run_is_named_with_the_remedy(forbidden: Path, tmp_path: Path) -> None:
    launch = plain(locate(str(NETWORK)), tmp_path, Limits())
    with pytest.raises(
        NoWorker, match=r"python cannot be run: .*; install Python and nnkata where the user who judges"
    ):
        started(launch, tmp_path)


def test_check_says_it_in_one_line_with_status_2(forbidden: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(command, [str(NETWORK), "--stage", "forward", "--isolation", "process"])
    assert done.exit_code == 2
    assert "cannot be run" in done.stderr
    assert "Traceback" not in done.output


def test_another_user_is_tried_before_a_submission_is_blamed(forbidden: Path) -> None:
    with pytest.raises(NoWorker, match="cannot be run"):
        reachable(("env", "TRIED=1"))


def test_a_user_who_may_run_it_passes() -> None:
    reachable(("env", "TRIED=2"))


def test_a_user_who_does_not_find_numpy_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'numpy'\" >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(NoWorker, match="No module named 'numpy'"):
        reachable(("env", "TRIED=3"))
