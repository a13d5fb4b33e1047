"""A command in a fork has all that a process of its own has: tests/support/forks.py runs most of them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import PLAIN
from tests.support import forks, terminals
from tests.support.starts import starts

#: A submission that tells what it sees of its process, and passes nothing.
PROBE = """
import json, os, sys
seen = {
    "arguments": sys.argv, "path": sys.path, "folder": os.getcwd(), "environment": dict(os.environ),
    "main": sys.modules["__main__"].__spec__.name, "files": sorted(os.listdir("/proc/self/fd")),
    "streams": [[s.encoding, s.errors, s.fileno(), s.isatty()] for s in (sys.stdin, sys.stdout, sys.stderr)],
    "file names": [sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()],
    "session": [os.getsid(0), os.getpgid(0)],
}
open("seen.json", "w").write(json.dumps(seen))
class DeepNeuralNetwork: pass
"""
#: What it sees there: that it leads a session of this terminal, the terminal's size and modes, and the signals.
AT_A_TERMINAL = """
import signal, termios
seen["terminal"] = [
    os.getsid(0) == os.getpid(), os.tcgetpgrp(0) == os.getpid(), list(os.get_terminal_size(0)),
    [str(each) for each in termios.tcgetattr(0)], [str(signal.getsignal(each)) for each in (1, 2, 15)],
]
open("seen.json", "w").write(json.dumps(seen))
"""
CHECK = ["check", "probe.py", "--isolation", "none", "--clause", "preprocessing-1", "--seed", "1"]
USES = [
    ["--version"],
    ["explain", "backward-3", "--hint"],
    ["explain", "backward-3", "--language", "zh-CN"],
    ["chek"],
    ["check", "none.py"],
    ["grade", "nowhere", "--output", "x", "--language", "zh-CN"],
    ["check", str(PLAIN), "--clause", "forward-1", "--format", "csv"],
]


def alone(
    arguments: list[str], folder: Path, environment: Mapping[str, str], redirection: str = ""
) -> "subprocess.CompletedProcess[str]":
    shell = ["sh", "-c", f'exec "$@" {redirection}', "sh"] if redirection else []  # it adds to the environment
    command = [*shell, sys.executable, "-m", "nnkata", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", check=False
    )


@pytest.mark.parametrize("arguments", USES, ids=lambda words: words[0])
def test_a_fork_says_and_ends_as_a_process_of_its_own_does(arguments: list[str], tmp_path: Path) -> None:
    one, other = (run(arguments, tmp_path, forks.BEGUN) for run in (forks.run, alone))
    assert (one.returncode, one.stderr) == (other.returncode, other.stderr)
    seconds = "seconds" in other.stdout  # the last column of a table
    assert seconds or one.stdout == other.stdout
    assert one.stdout.count("\n") == other.stdout.count("\n")


def test_a_fork_has_the_arguments_folders_environment_and_streams_of_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text(PROBE)
    seen = []
    for run in (forks.run, alone):
        run(CHECK, tmp_path, {**forks.BEGUN, "OWN": "1", "PYTHONPATH": f"/nowhere{os.pathsep}/at/all"})
        seen.append(json.loads((tmp_path / "seen.json").read_text()))
        (tmp_path / "seen.json").unlink()
    files = [len(each.pop("files")) for each in seen]
    assert files[0] - files[1] == len(starts.descriptors())  # from which a fork's workers are forked
    assert seen[0] == seen[1]
    assert seen[0]["environment"]["OWN"] == "1"
    assert seen[0]["path"][:2] == ["/nowhere", "/at/all"]


def test_a_fork_at_a_terminal_sees_the_same_as_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "probe.py").write_text(PROBE + AT_A_TERMINAL)
    seen = []
    for begin in (forks.begin, lambda *_arguments: None):
        monkeypatch.setattr(forks, "begin", begin)
        child = terminals.nnkata(CHECK, tmp_path, {**forks.BEGUN, "TERM": "xterm"}, (30, 70))
        said = terminals.output_to_the_end(child)
        found = json.loads((tmp_path / "seen.json").read_text())
        del found["files"], found["session"]
        seen.append((found, child.exitstatus, "preprocessing-1" in said))
    assert seen[0] == seen[1]
    assert found["terminal"][:3] == [True, True, [70, 30]]


@pytest.mark.parametrize("variables", [("gbk", "zh_CN.UTF-8"), ("shift_jis:replace", "C.UTF-8")])
def test_a_fork_has_the_encodings_of_a_process_of_its_own(variables: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text(PROBE)
    seen = []
    for run in (forks.run_bytes, alone):
        done = run(CHECK, tmp_path, {**forks.BEGUN, "PYTHONIOENCODING": variables[0], "LC_ALL": variables[1]})
        found = json.loads((tmp_path / "seen.json").read_text())
        seen.append((done.returncode, found["streams"], found["file names"]))
    assert seen[0] == seen[1]
    assert found["streams"][1][0] == variables[0].partition(":")[0]


@pytest.mark.parametrize("redirection", ["<&-", ">/dev/full 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_fork_has_closed_and_full_streams_as_a_process_of_its_own_has(redirection: str, tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text(PROBE)
    seen = []
    for run in (forks.run, alone):
        done = run(CHECK, tmp_path, forks.BEGUN, redirection=redirection)
        found = json.loads((tmp_path / "seen.json").read_text())
        seen.append((done.returncode, done.stdout == "", done.stderr, found["streams"]))
        (tmp_path / "seen.json").unlink()
    assert seen[0] == seen[1]


def test_what_is_read_as_a_process_starts_makes_a_real_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "_started", lambda: pytest.fail("a fork would not see it"))
    done = forks.run(["explain", "backward-3"], tmp_path, {**forks.BEGUN, "PYTHONUTF8": "0"})
    assert done.returncode == 0


def test_a_fork_that_takes_too_long_is_killed_and_the_next_one_runs(tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text("import time\nopen('begun', 'w').close()\ntime.sleep(100)\n")
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        forks.run(CHECK, tmp_path, forks.BEGUN, timeout=2)
    assert time.monotonic() - begun < 60
    assert forks.run(["--version"], tmp_path).returncode == 0


def test_a_fork_that_a_signal_ends_has_its_number(tmp_path: Path) -> None:
    (tmp_path / "probe.py").write_text("import os\nprint('gone', flush=True)\nos.kill(os.getpid(), 9)\n")
    assert forks.run(CHECK, tmp_path, forks.BEGUN).returncode == -9


def test_the_server_ends_with_the_tests(tmp_path: Path) -> None:
    start = "import os\nfrom tests.support import forks\n"
    code = start + "forks.run(['--version'], '.')\nprint(forks._server[0].pid)\nos._exit(0)"
    environment = {**os.environ, "PYTHONPATH": str(PLAIN.parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    deadline = time.monotonic() + 60
    while Path(f"/proc/{int(done.stdout)}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{int(done.stdout)}").exists()
