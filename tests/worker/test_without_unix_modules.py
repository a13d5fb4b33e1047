"""nnkata without the Unix modules `resource`, `fcntl`, `termios`, `pty` and without forks, as on Windows.

They are hidden from every process by a file in a separate environment that runs when Python starts.
"""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HIDE = """
import os, sys
for name in ("resource", "fcntl", "termios", "tty", "pty"):
    sys.modules[name] = None
for name in ("fork", "forkpty", "register_at_fork", "killpg", "setsid"):
    vars(os).pop(name, None)
"""
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", symlinks=True, with_pip=False)
    packages = next((folder / "env").glob("lib/python*/site-packages"))
    (packages / "hidden_here.py").write_text(HIDE)
    (packages / "hidden_here.pth").write_text(f"import hidden_here\n{sysconfig.get_path('purelib')}\n{ROOT}\n")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTHON", "PYTEST"))}

    def run(*words: str | Path) -> "subprocess.CompletedProcess[str]":
        command = [folder / "env" / "bin" / "python", *words]
        return subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, timeout=300, check=False)

    return run


def test_the_modules_are_hidden_only_in_the_other_environment(elsewhere: Run) -> None:
    script = "import os, sys\ntry:\n    import resource\nexcept ImportError:\n    print('hidden', hasattr(os, 'fork'))"
    assert elsewhere("-I", "-c", script).stdout == "hidden False\n"
    assert subprocess.check_output([sys.executable, "-I", "-c", script], text=True) == ""


def test_every_module_of_the_package_can_be_imported(elsewhere: Run) -> None:
    script = (
        "import importlib, pkgutil, nnkata\n"
        "for found in pkgutil.walk_packages(nnkata.__path__, 'nnkata.'):\n"
        "    if not found.name.endswith('__main__'): importlib.import_module(found.name)\n"
        "print('all')"
    )
    done = elsewhere("-W", "ignore", "-c", script)
    assert done.stdout == "all\n", done.stderr[-2000:]


def test_check_in_a_process_judges_as_here_mypy_too(elsewhere: Run) -> None:
    reference = ROOT / "reference" / "network.py"
    done = elsewhere("-m", "nnkata", "check", reference, "--format", "json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["passed"]) == (0, True), done.stderr
    judged = [clause for stage in verdict["stages"] for clause in stage["clauses"] if clause["status"] == "passed"]
    assert "typing-1" in {clause["clause"] for clause in judged}
    printed = elsewhere("-m", "nnkata", "check", ROOT / "solutions" / "printed.py", "--stage", "backward")
    assert (printed.returncode, "scalar-gradient" in printed.stdout) == (1, True)


def test_explain_init_doctor_and_every_report_work(elsewhere: Run, tmp_path: Path) -> None:
    assert elsewhere("-m", "nnkata", "explain", "backward-3").returncode == 0
    assert elsewhere("-m", "nnkata", "init", tmp_path / "new.py").returncode == 0
    assert elsewhere("-m", "nnkata", "doctor").returncode == 0
    from nnkata.reports.formats import FORMATS

    reference = ROOT / "reference" / "network.py"
    words = ["-m", "nnkata", "check", reference, "--stage", "update"]
    for name in FORMATS:
        words += ["--format", name, "--output", tmp_path / f"report.{name}"]
    done = elsewhere(*words)
    assert done.returncode == 0, done.stderr
    assert len([*tmp_path.glob("report.*")]) == len(FORMATS)


def test_a_class_of_this_process_is_refused_with_the_reason(elsewhere: Run) -> None:
    script = (
        "import nnkata\nfrom pathlib import Path\n"
        f"exec(Path({str(ROOT / 'solutions' / 'correct' / 'plain.py')!r}).read_text())\n"
        "try:\n    nnkata.check(DeepNeuralNetwork)\nexcept Exception as error:\n    print(error)"
    )
    assert "which this system cannot make" in elsewhere("-c", script).stdout
