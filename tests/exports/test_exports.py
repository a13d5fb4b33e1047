"""The packages of `nnkata export`, set up and run as on the platform: at its paths, and without a network.

bubblewrap takes the place of the container: a folder of ours is `/autograder`, and everything else is as on this
machine.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support import forks

ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "reference" / "network.py"
PRINTED = ROOT / "solutions" / "printed.py"
pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: apt-get install bubblewrap")
Run = Callable[..., Any]
#: A path of this interpreter that any user can reach, even if it lies in a closed home.
PYTHON = "/opt/nnkata-python"


def container(
    binds: dict[str, Path], command: Sequence[str], network: bool = False, read_only: bool = False
) -> tuple[int, str]:
    """Run a command with folders mounted at other places; its status, and its whole output.

    With `read_only`, only `/tmp`, which is empty then, and `/output` can be written.
    """
    walls = ["bwrap", "--die-with-parent", "--unshare-pid", *([] if network else ["--unshare-net"])]
    if os.geteuid() == 0:
        walls += ["--cap-add", "ALL"]
    bind = "--ro-bind" if read_only else "--bind"
    tops = [path for path in Path("/").iterdir() if path.name not in ("dev", "proc", "opt", "tmp")]
    system: list[tuple[str, ...]] = [
        ("--symlink", str(path.readlink()), str(path)) for path in tops if path.is_symlink()
    ]
    system += [(bind, str(path), str(path)) for path in tops if path.is_dir() and not path.is_symlink()]
    system += [("--tmpfs", "/tmp", "--dir", "/opt")] if read_only else [("--bind", "/tmp", "/tmp", "--dir", "/opt")]
    for place, path in {PYTHON: Path(sys.base_prefix), **binds}.items():
        system += [("--bind" if place == "/output" else bind, str(path), place)]
    environment = {
        "PATH": f"{PYTHON}/bin:/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": os.environ.get("HOME", "/"),
        "LD_LIBRARY_PATH": f"{PYTHON}/lib",
        **{key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))},
    }
    mounts = [part for group in system for part in group]
    done = subprocess.run(
        [*walls, *mounts, "--proc", "/proc", "--dev", "/dev", "--chdir", "/", "--", *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout


class Autograder:
    """Gradescope's container: the archive unpacked, set up with a network, and run without one."""

    def __init__(self, folder: Path, archive: Path) -> None:
        self.folder = folder
        zipfile.ZipFile(archive).extractall(folder / "source")
        for member in zipfile.ZipFile(archive).infolist():
            (folder / "source" / member.filename).chmod(member.external_attr >> 16 & 0o777)

    def run(self, script: str, network: bool = False) -> tuple[int, str]:
        return container({"/autograder": self.folder}, [f"/autograder/{script}"], network)

    def judge(self, **files: str) -> dict[str, Any]:
        """The results of a submission with these files; keys are names without .py, values contents."""
        for name in ("submission", "results"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            (self.folder / name).mkdir()
        for file, text in files.items():
            (self.folder / "submission" / f"{file}.py").write_text(text)
        (self.folder / "submission_metadata.json").write_text('{"users": [{"email": "ada@example.org"}]}')
        status, said = self.run("source/run_autograder")
        assert status == 0, said
        results: dict[str, Any] = json.loads((self.folder / "results" / "results.json").read_bytes())
        return results


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Autograder:
    """Set up once: it installs the kit and its dependencies from the index (15 s)."""
    folder = tmp_path_factory.mktemp("autograder")
    (folder / "pyproject.toml").write_text(
        "[tool.nnkata]\npoints = {forward = 16, forward-1 = 2}\nlimits = {call_seconds = 5}\n"
        'skip = {forward-8 = "later"}'
    )
    command = [sys.executable, "-m", "nnkata", "export", "gradescope", "--upto", "forward", "--stage", "typing"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert "Written: autograder.zip" in done.stdout
    made = Autograder(folder / "container", folder / "autograder.zip")
    status, said = made.run("source/setup.sh", network=True)
    assert status == 0, said
    assert "and judges" in said
    return made


def test_gradescope_gives_a_right_submission_all_points_without_a_network(autograder: Autograder) -> None:
    results = autograder.judge(network=RIGHT.read_text())
    stages = {test["tags"][0] for test in results["tests"]}
    assert stages == {"preprocessing", "activations", "initialization", "forward", "typing"}
    assert {test["status"] for test in results["tests"]} == {"passed"}
    assert results["score"] == pytest.approx(sum(test["max_score"] for test in results["tests"]), abs=1e-4)
    worth = {test["name"].partition(":")[0]: test["max_score"] for test in results["tests"]}
    assert "forward-8" not in worth, "the configuration left it out"
    assert (worth["forward-1"], worth["forward-2"], worth["typing-1"]) == (2.0, 2.0, 1.0)


def test_gradescope_finds_the_submission_whatever_its_file_is_called(autograder: Autograder) -> None:
    results = autograder.judge(my_own_work=RIGHT.read_text())
    assert {test["status"] for test in results["tests"]} == {"passed"}


def test_gradescope_takes_points_from_a_wrong_submission_and_says_why(autograder: Autograder) -> None:
    results = autograder.judge(network=PRINTED.read_text())
    wrong = [test for test in results["tests"] if test["status"] == "failed"]
    assert "typing-1" in {test["name"].partition(":")[0] for test in wrong}
    assert all(test["score"] == 0 and test["output"] for test in wrong)
    assert 0 < results["score"] < sum(test["max_score"] for test in results["tests"])


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "there is no Python file in it"),
        ({"network": ""}, "network.py is empty"),
        ({"network": "class DeepNeuralNetwork:\n    def __init__(self, sizes\n"}, "network.py is not Python"),
        ({"network": "raise ValueError('no')"}, "importing network.py raised ValueError: no"),
        ({"network": "import time\ntime.sleep(600)"}, "importing network.py: no answer within 5 s"),
        ({"network": "import os\nos._exit(0)"}, "importing network.py: the process ended"),
        ({"one": "x = 1", "two": "x = 2"}, "it has 2 Python files and no single network.py"),
    ],
    ids=["none", "empty", "broken", "raises", "hangs", "exits", "several"],
)
def test_gradescope_shows_why_a_submission_cannot_be_judged(
    autograder: Autograder, files: dict[str, str], said: str
) -> None:
    results = autograder.judge(**files)
    assert results["score"] == 0
    assert said in results["output"]


def test_gradescope_shows_that_the_judging_itself_ended(autograder: Autograder) -> None:
    python = autograder.folder / "nnkata" / "bin" / "python"
    target = python.readlink()
    python.unlink()
    try:
        results = autograder.judge(network=RIGHT.read_text())
    finally:
        python.symlink_to(target)
    assert results["score"] == 0
    assert "ended without a result" in results["output"]


#: The aims of a curious submission: more points, the settings of the judging, the other users.
CURIOUS = """
import importlib
import os
import signal

done = []
def attempt(name, act):
    try:
        act()
    except (OSError, ImportError, AttributeError):
        return
    done.append(name)

attempt("wrote the results", lambda: open("/autograder/results/results.json", "w").write('{"score": 1000}'))
attempt("wrote beside them", lambda: open("/autograder/results/more.json", "w"))
attempt("read how it is judged", lambda: open("/autograder/source/nnkata.json").read())
attempt("read who it is", lambda: open("/autograder/submission_metadata.json").read())
attempt("changed the kit", lambda: open(os.path.join(os.path.dirname(np.__file__), "more.py"), "w"))
attempt("imported the oracle", lambda: importlib.import_module("nnkata.katas.article.oracle"))
attempt("imported pytest", lambda: importlib.import_module("pytest").main)
attempt("ended the judging", lambda: os.kill(os.getppid(), signal.SIGKILL))
attempt("became root", lambda: os.setuid(0))
if done:
    raise RuntimeError(", ".join(done))
"""


def test_judged_by_root_a_submission_can_neither_write_results_nor_read_the_settings(
    autograder: Autograder,
) -> None:
    results = autograder.judge(network=RIGHT.read_text() + CURIOUS)
    if os.geteuid() == 0:
        passed = {test["status"] for test in results["tests"] if "typing" not in test["tags"]}
        assert passed == {"passed"}, results["output"]
        assert not (autograder.folder / "results" / "more.json").exists()
    else:  # only root can judge as another user; docs/security.md says so
        assert results == {"score": 1000}


def test_the_curious_submissions_attempts_work_without_protection(tmp_path: Path) -> None:
    text = CURIOUS.replace("/autograder", str(tmp_path)).replace("os.getppid(), signal.SIGKILL", "os.getpid(), 0")
    for folder in ("results", "source"):
        (tmp_path / folder).mkdir()
    for name in ("source/nnkata.json", "submission_metadata.json"):
        (tmp_path / name).write_text("{}")
    text = text.replace("os.path.dirname(np.__file__)", repr(str(tmp_path))).replace("os.setuid(0)", "None")
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, check=False)
    last = done.stderr.splitlines()[-1]
    assert last.count(",") == CURIOUS.count('attempt("') - 1, last


def exported(platform: str, folder: Path, *options: str) -> Path:
    """The exported folder of a platform."""
    target = folder / platform
    forks.run(["export", platform, "--output", str(target), *options], folder).check_returncode()
    return target


def exercism(runner: Path, kit: Path, solution: Path, output: Path) -> tuple[int, dict[str, Any]]:
    """Run bin/run.sh as Exercism does: its status, and the results.

    The kit stays where it was set up, so that it uses its own mypy cache."""
    output.mkdir()
    binds = {"/autograder": runner, "/autograder/nnkata": kit, "/solution": solution, "/output": output}
    (runner / "nnkata").mkdir(exist_ok=True)
    command = ["/autograder/bin/run.sh", "neural-network", "/solution/", "/output/"]
    status, said = container(binds, command, read_only=True)
    assert (output / "results.json").is_file(), said
    return status, json.loads((output / "results.json").read_bytes())


def test_exercism_judges_without_a_network_and_writes_nowhere_else(autograder: Autograder, tmp_path: Path) -> None:
    runner = exported("exercism", tmp_path, "--upto", "forward", "--stage", "typing")
    for name, text, expected in (
        ("right", RIGHT.read_text(), "pass"),
        ("wrong", PRINTED.read_text(), "fail"),
        ("broken", "def", "error"),
        ("empty", None, "error"),
    ):
        solution = tmp_path / name
        solution.mkdir()
        if text is not None:
            (solution / "network.py").write_text(text)
        status, results = exercism(runner, autograder.folder / "nnkata", solution, tmp_path / f"{name}-output")
        assert (status, results["version"], results["status"]) == (0, 3, expected), results
        assert ("message" in results) == (expected == "error")
        assert sorted(path.name for path in solution.iterdir()) == ([] if text is None else ["network.py"])


def test_the_exported_test_runner_tests_itself(autograder: Autograder, tmp_path: Path) -> None:
    runner = exported("exercism", tmp_path, "--stage", "activations")
    (runner / "nnkata").mkdir()
    binds = {"/autograder": runner, "/autograder/nnkata": autograder.folder / "nnkata"}
    status, said = container(binds, ["/autograder/bin/run-tests.sh"], read_only=True)
    lines = ["broken: error, expected error", "empty: error, expected error", "skeleton: fail, expected fail"]
    assert (status, sorted(said.splitlines())) == (0, lines)
    for other in ("broken", "empty"):
        shutil.rmtree(runner / "tests" / other)
    (runner / "tests" / "skeleton" / "expected_status").write_text("pass\n")
    assert container(binds, ["/autograder/bin/run-tests.sh"], read_only=True)[0] == 1


def test_prairielearn_reads_a_score_and_a_file_that_is_not_python_costs_no_attempt(
    autograder: Autograder, tmp_path: Path
) -> None:
    grader = exported("prairielearn", tmp_path, "--stage", "activations")
    grade = tmp_path / "grade"
    (grade / "student").mkdir(parents=True)
    binds = {"/grade": grade, "/kit": grader / "kit", "/opt/nnkata": autograder.folder / "nnkata", "/entry": grader}

    def judge(text: str) -> dict[str, Any]:
        (grade / "student" / "network.py").write_text(text)
        status, said = container(binds, ["/entry/grade.sh"])
        assert status == 0, said
        results: dict[str, Any] = json.loads((grade / "results" / "results.json").read_bytes())
        return results

    assert (right := judge(RIGHT.read_text()))["score"] == 1.0, right
    assert 0 <= judge(PRINTED.read_text())["score"] < 1
    broken = judge("def")
    assert broken["gradable"] is False
    assert broken["format_errors"].startswith("network.py is not Python")
    info = json.loads((grader / "info.json").read_bytes())
    assert info["gradingMethod"] == "External"  # else PrairieLearn grades the question itself and starts no container
    options = info["externalGradingOptions"]
    assert options["enabled"] is True
    assert options["timeout"] <= 600, "PrairieLearn allows no more"
