"""A full disk, a quota, and limits of the user's own: one line for each command, and no right network fails by them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnkata.files import cache_folder
from nnkata.runner.typecheck.cache import filled
from nnkata.verdict import decode

REFERENCE = Path(__file__).parents[2] / "reference" / "network.py"
WITHOUT_TYPES = "\n\ndef f(x):\n    return x\n"
#: Sets a limit that the command cannot raise again, also as root, and starts it.
LIMITED = """
import ctypes, os, resource, sys
resource.setrlimit(getattr(resource, sys.argv[1]), (int(sys.argv[2]),) * 2)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(24, 24)  # PR_CAPBSET_DROP, CAP_SYS_RESOURCE
os.execv(sys.executable, [sys.executable, "-P", "-m", "nnkata", *sys.argv[3:]])
"""
NO_FOLDER = "nnkata: no folder for temporary files can be written; set TMPDIR to one\n"


def limited(
    limit: str, most: int, *arguments: str | Path, cwd: Path, cache: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}
    environment |= {"LANGUAGE": "en", "PYTHONDONTWRITEBYTECODE": "1"} | ({"NNKATA_CACHE": str(cache)} if cache else {})
    line = [sys.executable, "-c", LIMITED, limit, str(most), *map(str, arguments)]
    return subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("limit", "most"), [("RLIMIT_FSIZE", 32 << 20), ("RLIMIT_AS", 1500 << 20)])
def test_a_users_limit_below_that_of_mypy_refuses_no_right_network(limit: str, most: int, tmp_path: Path) -> None:
    done = limited(limit, most, "check", REFERENCE, "--stage", "typing", cwd=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("stored", "end", "status"), [(True, "", 0), (True, WITHOUT_TYPES, 1), (False, "", 0)])
def test_without_room_for_mypys_cache_its_findings_are_the_same(
    stored: bool, end: str, status: int, tmp_path: Path
) -> None:
    network = tmp_path / "network.py"
    network.write_text(f"{REFERENCE.read_text(encoding='utf-8')}{end}", encoding="utf-8")
    if stored:
        filled(cache_folder() / "mypy")
    cache = None if stored else tmp_path / "cache"
    done = limited("RLIMIT_FSIZE", 50_000, "check", network, "--stage", "typing", cwd=tmp_path, cache=cache)
    assert (done.returncode, done.stdout.count("missing a type annotation")) == (status, status), done.stdout


@pytest.mark.parametrize("command", ["check", "grade", "adapt", "compare", "train"])
def test_without_a_folder_for_temporary_files_a_command_says_so_in_one_line(command: str, tmp_path: Path) -> None:
    given: dict[str, list[str | Path]] = {
        "grade": [REFERENCE.parent, "--output", "marks"],
        "compare": [REFERENCE, REFERENCE],
    }
    done = limited("RLIMIT_FSIZE", 0, command, *given.get(command, [REFERENCE]), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, NO_FOLDER)


@pytest.mark.parametrize(("isolation", "what"), [("process", "a temporary file"), ("sandbox", "submission/network.py")])
def test_a_temporary_file_without_room_is_one_line_and_the_reason_in_each_format(
    isolation: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    form = ("--isolation", isolation, "--format", "json")
    done = limited("RLIMIT_FSIZE", 1000, "check", REFERENCE, "--stage", "typing", *form, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.endswith(f"{what} cannot be written: File too large\n")
    assert done.stderr.count("\n") == 1
    assert f"nnkata: {decode(done.stdout.encode()).error}\n" == done.stderr
    assert not [*(tmp_path / "temporary").iterdir()]
