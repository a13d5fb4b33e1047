"""`nnkata check` in trouble: clear errors, submissions that hang or mislead, interrupts."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from nnkata.cli import main
from nnkata.runner.typecheck.servers import Server
from nnkata.subject import NetworkFace
from tests.support.checked import OWN, clauses
from tests.support.terminals import output_to_the_end

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "reference" / "network.py"
PRINTED = ROOT / "solutions" / "printed.py"
#: Sends an interrupt while the command's module is being imported.
INTERRUPTED_IMPORT = """
import os, signal, sys
class Interrupts:
    def find_spec(self, name, *rest):
        if name == "nnkata.cli.check":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupts())
from nnkata.cli import main
main(prog_name="nnkata")
"""


def test_output_into_a_missing_folder_is_a_clear_error(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("check", REFERENCE, "--stage", "update", "--output", tmp_path / "no" / "v.txt")
    assert done.returncode == 2
    assert "there is no folder" in done.stderr
    assert "Traceback" not in done.stderr


BAD = {
    "no such file": ("missing.py", None, "there is no file missing.py"),
    "syntax error": ("bad.py", "def f(:\n", r"bad\.py is not Python: .* \(line 1\)"),
    "a text without its end": ("bad.py", 'x = "abc\n', r"unterminated string literal .*\(line 1\)"),
    "too deep": ("bad.py", f"x = 1\ny = {' * '.join('2' * 30_000)}\n", "nested too deeply for Python, .* of line 2"),
    "no such class": ("bad.py:Other", "class DeepNeuralNetwork: pass\n", "has no class Other"),
    "import raises": ("bad.py", "raise ValueError('boom')\n", "raised ValueError: boom"),
    "import exits": ("bad.py", "import os\nos._exit(0)\n", "the process ended"),
    "empty": ("bad.py", "\n", "is empty"),
    "binary": ("bad.py", "\x00\x01\x02", "is not Python"),
    "folder": (".", None, r"has no network\.py"),
    "no module": ("nothing.here:Net", None, "there is no file or module"),
    "class is no name": ("bad.py:1x", "", "is not the name of a class"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_name_is_a_clear_error_with_status_2(nnkata: Run, tmp_path: Path, what: str) -> None:
    name, content, message = BAD[what]
    folder = tmp_path / "empty"
    folder.mkdir()
    if content is not None:
        (folder / "bad.py").write_bytes(content.encode())
    done = nnkata("check", name, cwd=folder)
    assert done.returncode == 2
    assert re.search(message, done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments", [(), ("--clause", "nope-1", "x.py"), ("--skip", "nope-1", str(REFERENCE)), ("--stage", "no")]
)
def test_bad_usage_ends_with_status_2(nnkata: Run, arguments: tuple[str, ...]) -> None:
    done = nnkata("check", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_unreadable_data_is_a_clear_error(nnkata: Run, tmp_path: Path) -> None:
    done = nnkata("check", REFERENCE, "--data", tmp_path / "none")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_check_survives_a_submission_that_hangs_exits_or_raises(nnkata: Run, write: Write) -> None:
    end = "import os, sys, time\n"
    end += "DeepNeuralNetwork.update_network_parameters = lambda self, c: time.sleep(100)\n"
    end += "DeepNeuralNetwork.softmax = lambda self, x: os._exit(0)\n"
    end += "DeepNeuralNetwork.sigmoid = lambda self, x, derivative=False: sys.exit(0)\n"
    path = write(end=end)
    done = nnkata(
        "check",
        path,
        "--clause",
        "update-3",
        "--clause",
        "activations-1",
        "--clause",
        "activations-8",
        "--format",
        "json",
    )
    found = clauses(done.stdout)
    assert done.returncode == 1
    assert found["update-3"]["status"] == "timeout"
    assert found["activations-1"]["status"] == "error"
    assert found["activations-8"]["status"] == "error"
    assert "the process ended (exit status 0)" in found["activations-8"]["message"]


def test_control_characters_of_a_submission_do_not_reach_the_terminal(nnkata: Run, write: Write) -> None:
    end = "def _evil(self, x, derivative=False):\n    raise ValueError('\\x1b[2J\\x07\\u202eevil' + 'x' * 9999)\n"
    path = write(end=end + "DeepNeuralNetwork.sigmoid = _evil\n")
    text = nnkata("check", path, "--clause", "activations-1").stdout
    assert "evil" in text
    assert not set("\x1b\x07\u202e") & set(text)
    assert max(map(len, text.splitlines())) < 260


def test_configuration_files_beside_a_submission_are_ignored(nnkata: Run, write: Write, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    path = write("work/network.py")
    code = f"open({str(marker)!r}, 'w').close()\n"
    (path.parent / "conftest.py").write_text(code)
    (path.parent / "numpy.py").write_text(code)
    (path.parent / "plugin.py").write_text(code)
    (path.parent / "mypy.ini").write_text("[mypy]\nignore_errors = True\nplugins = plugin.py\n")
    (path.parent / "pytest.ini").write_text("[pytest]\naddopts = --collect-only\n")
    (path.parent / "sitecustomize.py").write_text(code)
    path.write_text(path.read_text() + "\n\ndef untyped(x):\n    return x\n")
    done = nnkata("check", path, "--stage", "typing", "--stage", "update", "--format", "json", cwd=path.parent)
    found = clauses(done.stdout)
    assert not marker.exists()
    assert found["typing-1"]["status"] == "failed"
    assert found["typing-1"]["misconception"] == "types-missing"
    assert found["update-1"]["status"] == "passed"


def test_a_feature_that_cannot_be_read_is_a_clear_error(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.feature").write_text("Scenery: x\n")
    done = nnkata("check", REFERENCE, "--features", tmp_path)
    assert done.returncode == 2
    assert "bad.feature" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_gives_no_verdict_and_leaves_no_files(
    write: Write, tmp_path: Path, number: signal.Signals
) -> None:
    marker = tmp_path / "called"
    end = f"import time\n\n\ndef _hang(self, x):\n    open({str(marker)!r}, 'w').close()\n    time.sleep(60)\n\n\n"
    path = write(end=end + "DeepNeuralNetwork.softmax = _hang\n")
    command = [sys.executable, "-m", "nnkata", "check", str(path), "--clause", "activations-8"]
    pipe = subprocess.PIPE
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    running = subprocess.Popen(command, stderr=pipe, stdout=pipe, text=True, env=environment)
    deadline = time.monotonic() + 60
    while not marker.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (2, "")
    assert "interrupted" in err
    assert "Traceback" not in err
    assert list(scratch.iterdir()) == []


def test_under_nohup_a_hangup_ends_nothing(tmp_path: Path) -> None:
    program = "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); from nnkata.cli import main; "
    program += "from nnkata.cli import explain; signal.raise_signal(signal.SIGHUP); main()"
    line = [sys.executable, "-c", program, "explain", "forward-1"]
    done = subprocess.run(line, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", ["check", "watch", "doctor", "grade"])
def test_a_working_directory_that_is_gone_is_one_line(command: str, tmp_path: Path) -> None:
    gone = f"mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -P -m nnkata {command}"
    done = subprocess.run(["sh", "-c", gone], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"nnkata: the working directory cannot be used \(.*\); change to another one\n", done.stderr)


def test_an_interrupt_during_the_imports_is_not_a_failed_check() -> None:
    line = [sys.executable, "-c", INTERRUPTED_IMPORT, "check", str(REFERENCE)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "nnkata: interrupted\n")


def test_an_import_that_hangs_is_a_clear_error(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.nnkata.limits]\ncall_seconds = 0.5\n")
    monkeypatch.chdir(tmp_path)
    path = write(end="for number in range(3):\n    number\nwhile True:\n    pass")
    line = path.read_text("utf-8").splitlines().index("while True:") + 1
    result = CliRunner().invoke(main, ["check", str(path)])
    assert result.exit_code == 2
    assert "importing network.py: no answer within 0.5 s" in result.stderr
    assert f"line {line} runs while the file is imported" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(("end", "status"), [("", 2), ("__import__('json')\n", 1)])
def test_types_that_mypy_leaves_unjudged_are_no_fault_of_the_network(
    end: str, status: int, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "ask", lambda server, request: server._process.kill())
    asked = ["--stage", "typing", "--stage", "from-scratch", "--format", "json"]
    result = CliRunner().invoke(main, ["check", str(write(end=end)), *asked])
    found = clauses(result.stdout)
    said = "nnkata could not judge this: mypy's process has ended"
    assert [found[f"typing-{n}"]["message"] for n in (1, 2)] == [said, said]
    assert found["typing-3"]["status"] == "passed"
    assert result.exit_code == status


def test_a_submission_that_exits_or_eats_memory_as_it_trains_gets_a_verdict(
    nnkata: Run, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.nnkata.limits]\nmemory_mb = 512\n")
    end = "import os\n_kept = []\n\n\ndef _train(self, *given):\n    os._exit(7)\n\n\n"
    end += "def _eat(self, x):\n    while True:\n        _kept.append(np.ones(10**7))\n\n\n"
    end += "DeepNeuralNetwork.train = _train\nDeepNeuralNetwork.softmax = _eat\n"
    chosen = ["--clause", "training-1", "--clause", "activations-8"]
    done = nnkata("check", write(end=end), *chosen, "--format", "json", cwd=tmp_path)
    found = clauses(done.stdout)
    assert done.returncode == 1
    assert found["training-1"]["status"] == "error"
    assert "the process ended (exit status 7)" in found["training-1"]["message"]
    assert found["activations-8"]["status"] == "error"
    assert "it used more than the 512 MiB of memory that it may" in found["activations-8"]["message"]


@pytest.mark.parametrize(("said", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")], ids=["unset", "set"])
def test_blas_has_one_thread_unless_its_user_says_otherwise(
    nnkata: Run, write: Write, monkeypatch: pytest.MonkeyPatch, said: dict[str, str], threads: str
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    end = 'import os\ndef preprocess(*_):\n    raise RuntimeError(os.environ["OPENBLAS_NUM_THREADS"] + " threads")\n'
    done = nnkata("check", write(end=end), "--isolation", "none", "--clause", "preprocessing-1", **said)
    assert f"RuntimeError: {threads} threads" in done.stdout


def test_without_a_judged_clause_the_status_is_2(nnkata: Run) -> None:
    done = nnkata("check", REFERENCE, "--clause", "mnist-4")
    assert done.returncode == 2
    assert "Nothing was judged" in done.stdout


def test_an_undefined_step_is_named(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "own.feature").write_text(OWN.replace("sigmoid is applied", "zigmoid is applied"))
    done = nnkata("check", REFERENCE, "--features", tmp_path)
    assert done.returncode != 0
    assert "zigmoid" in done.stdout + done.stderr
    assert "interrupted" not in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_submission_that_always_hangs_is_not_waited_for_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NetworkFace.call, "__kwdefaults__", {"rows": False, "seconds": 0.3})
    end = "import time\nDeepNeuralNetwork.update_network_parameters = lambda self, c: time.sleep(100)\n"
    result = CliRunner().invoke(main, ["check", str(write(end=end)), "--stage", "update", "--format", "json"])
    found = clauses(result.stdout)
    assert result.exit_code == 1
    assert {found[f"update-{n}"]["status"] for n in range(1, 6)} == {"timeout"}
    line = write(end=end).read_text("utf-8").splitlines().index(end.splitlines()[1]) + 1
    told = f"no answer within 0.3 s; then it was at network.py, line {line}; it waits there: leave that out"
    assert (found["update-1"]["message"], found["update-1"]["line"]) == (told, line)
    assert found["update-5"]["message"] == "not run: update_network_parameters had no answer in time 3 times before"


def test_a_terminal_is_told_the_outcome_and_the_files_if_no_report_goes_to_it(tmp_path: Path) -> None:
    (tmp_path / "printed.py").write_bytes(PRINTED.read_bytes())
    command = ["-P", "-m", "nnkata", "check", "printed.py", "--clause", "update-1", "--format", "json=v.json"]
    environment = {**os.environ, "LANG": "C.UTF-8", "TERM": "xterm", "NO_COLOR": "1"}
    child = pexpect.spawn(sys.executable, command, cwd=str(tmp_path), env=environment, encoding="utf-8", timeout=60)
    output = output_to_the_end(child)
    assert child.exitstatus == 1
    assert "Does not conform: 0 of 1 clauses" in output
    assert "Written: v.json" in output
    quiet = subprocess.run([sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, timeout=60)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, b"", b"")
