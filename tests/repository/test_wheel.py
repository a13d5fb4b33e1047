"""The wheel in an empty environment, outside the repository: everything that a user does with it."""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pip
import pytest
import yaml

from nnkata import registry
from nnkata.reports.formats import FORMATS
from tests.support.counts import JUDGED
from tests.support.walled import as_user, without_namespaces

ROOT = Path(__file__).parents[2]
PLAIN = ROOT / "solutions" / "correct" / "plain.py"
ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a command where the Action has installed only the wheel, with our versions of its dependencies (10 s)."""
    folder = tmp_path_factory.mktemp("work")
    made = folder.parent / f"{folder.name}-env"
    venv.create(made)
    bins = made / "bin"
    (site,) = made.glob("lib/python*/site-packages")
    (site / "pip").symlink_to(Path(pip.__file__).parent)  # ensurepip takes longer than the installation
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTHON", "PYTEST"))}
    environment = {
        **kept,
        "PATH": f"{bins}:{kept['PATH']}",
        "PIP_CONSTRAINT": str(ROOT / "requirements.txt"),
        "PIP_NO_COMPILE": "1",  # of all that is installed, little is imported
        "LANGUAGE": "en",
        "RUNNER_TEMP": str(folder),
        "GITHUB_OUTPUT": str(folder / "outputs"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }

    def command(*words: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            list(words),
            cwd=folder,
            env={**environment, **variables},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    done = command(*step("Install"), ACTION=str(wheel), DATA="bundled")
    assert done.returncode == 0, done.stderr
    (folder / "mine.py").write_text(PLAIN.read_text())
    return command


def step(name: str) -> list[str]:
    """The script of a step of the Action, as a runner calls it."""
    (script,) = [step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == name]
    return ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]


def test_the_wheel_holds_the_kit_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    features = {f"nnkata/contract/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("features/**/*.feature")}
    assert len(features) == 2 * sum(len(registry.load(name).stages) for name in registry.names())  # two languages
    assert {
        "nnkata/contract/test_contract.py",
        "nnkata/contract/reference.py",
        "nnkata/py.typed",
        "nnkata/katas/mnist/mnist5k.npz",
        *features,
    } <= names
    assert not [name for name in names if name.startswith(("tests/", "reference/", "solutions/"))]


def test_the_wheel_runs_and_writes_a_skeleton(run: Run) -> None:
    place = run("python", "-c", "import nnkata; print(nnkata.__file__)").stdout.strip()
    assert place.endswith("site-packages/nnkata/__init__.py")
    assert not Path(place).is_relative_to(ROOT)
    assert run("nnkata", "init", "new.py").returncode == 0
    written = run("python", "-c", "print(open('new.py').read(), end='')").stdout
    assert written == (ROOT / "solutions" / "skeleton.py").read_text(encoding="utf-8")


def test_it_checks_the_whole_contract(run: Run) -> None:
    done = run("nnkata", "check", "mine.py")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert f"Conforms: {JUDGED} of {JUDGED} clauses" in done.stdout


def test_the_wheel_writes_every_format_and_names_the_extra_for_html(run: Run, wheel: Path, tmp_path: Path) -> None:
    def options(forms: list[str]) -> list[str | Path]:
        pairs = [("--format", form, "--output", tmp_path / form) for form in forms]
        return [word for pair in pairs for word in pair]

    done = run("nnkata", "check", "mine.py", "--stage", "forward", *options([f for f in FORMATS if f != "html"]))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    refused = run("nnkata", "check", "mine.py", "--stage", "forward", *options(["html"]))
    assert refused.returncode == 2
    assert "pip install 'nnkata[html]'" in refused.stderr
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{wheel}[html]", PIP_CONSTRAINT="")
    assert run("nnkata", "check", "mine.py", "--stage", "forward", *options(["html"])).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FORMATS)
    assert all(path.stat().st_size > 10 for path in tmp_path.iterdir())


def test_the_action_judges_with_it(run: Run) -> None:
    place = Path(run("pwd").stdout.strip())
    (place / "outputs").unlink(missing_ok=True)
    done = run(*step("Check"), NNKATA_IMPLEMENTATION="mine.py", UPTO="forward", DATA="bundled")
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("::notice title=nnkata::")
    assert "::error" not in done.stdout
    assert (place / "outputs").read_text().splitlines() == ["score=1.0", "passed=true"]
    assert "passes the requested clauses" in (place / "summary.md").read_text()


def members(archive: bytes) -> dict[str, bytes]:
    """The files of an archive and of the wheel in it, without those that state the origin of the installation."""
    zipped = zipfile.ZipFile(BytesIO(archive))
    found = {name: zipped.read(name) for name in zipped.namelist() if not name.endswith((".whl", "METADATA", "RECORD"))}
    for name in zipped.namelist():
        if name.endswith(".whl"):
            found |= members(zipped.read(name))
    return found


def test_the_wheel_exports_the_same_as_a_checkout(run: Run, wheel: Path, tmp_path: Path) -> None:
    """So tests/exports/test_exports.py, which runs a checkout's packages, also holds for the wheel's."""
    words = ["export", "gradescope", "--upto", "forward", "--output"]
    done = run("nnkata", *words, tmp_path / "from-wheel.zip")
    assert (done.returncode, done.stderr) == (0, "")
    here = [sys.executable, "-m", "nnkata", *words, str(tmp_path / "from-checkout.zip")]
    subprocess.run(here, env={**os.environ, "LANGUAGE": "en"}, check=True, capture_output=True)
    one, other = (members((tmp_path / f"from-{name}.zip").read_bytes()) for name in ("wheel", "checkout"))
    assert sorted(one) == sorted(other)
    assert {name for name in one if one[name] != other[name]} == set()
    assert {"setup.sh", "run_autograder", "requirements.txt", "nnkata/katas/article/oracle.py"} <= set(one)
    built = {name for name in zipfile.ZipFile(wheel).namelist() if "dist-info" not in name}
    assert built == {name for name in one if name.startswith("nnkata/")}
    assert json.loads(one["nnkata.json"])["form"] == "gradescope"


def test_an_ordinary_user_without_namespaces_gets_a_gradebook(run: Run) -> None:
    """Docker's default profile refuses `unshare`; the environment has only the wheel and its dependencies."""
    (bins,) = run("bash", "-c", "dirname $(command -v nnkata)").stdout.split()
    folder = Path(tempfile.mkdtemp())  # pytest's folder is closed to other users
    try:
        (folder / "course").mkdir()
        (folder / "course" / "ada.py").write_text(PLAIN.read_text())
        (folder / "course" / "mallory.py").write_text("import os\nos.unlink(__file__)\n")
        folder.chmod(0o777)
        contained = [*as_user(Path(bins).parent), *without_namespaces()]

        def nnkata(*words: str) -> "subprocess.CompletedProcess[str]":
            variables = {"HOME": str(folder), "PATH": f"{bins}:{os.environ['PATH']}", "LANGUAGE": "en"}
            command = [*contained, f"{bins}/nnkata", *words]
            return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)

        told = " ".join(nnkata("doctor").stdout.split())
        assert "· bubblewrap bubblewrap does not work here" in told
        assert "✓ landlock" in told
        done = nnkata("grade", "course", "--output", "out", "--jobs", "1", "--upto", "forward")
        assert done.returncode == 0, done.stderr
        rows = {
            row["submission"]: row
            for row in csv.DictReader((folder / "out" / "gradebook.csv").read_text().splitlines())
        }
        assert (rows["ada"]["passed"], rows["mallory"]["passed"]) == ("true", "false")
        verdict = json.loads((folder / "out" / "verdicts" / "ada.json").read_text())
        assert verdict["environment"]["isolation"] == "sandbox, landlock"
        refused = nnkata("grade", "course", "--output", "other", "--isolation", "bubblewrap")
        assert (refused.returncode, "namespace" in refused.stderr) == (2, True)
    finally:
        shutil.rmtree(folder)
