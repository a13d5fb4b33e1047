"""The wheel holds all that a check needs: kit, features, bindings, data."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_checks_a_file_outside_the_repository(tmp_path: Path) -> None:
    """In an empty environment: the wheel and, from the index, what it depends on (10 s), in the versions of ours."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    features = {f"nnkata/contract/features/{path.name}" for path in (ROOT / "features").glob("*.feature")}
    assert {"nnkata/contract/test_contract.py", "nnkata/py.typed", "nnkata/data/mnist5k.npz", *features} <= names
    assert not [name for name in names if name.startswith(("tests/", "reference/", "solutions/"))]

    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTHON", "PYTEST"))
    }
    venv.create(tmp_path / "env", with_pip=True)
    python = str(tmp_path / "env" / "bin" / "python")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--constraint", str(ROOT / "requirements.txt"), str(wheel)], env=environment, check=True)

    submission = tmp_path / "work" / "mine.py"
    submission.parent.mkdir()
    submission.write_text((ROOT / "solutions" / "correct" / "plain.py").read_text())
    where = [python, "-c", "import nnkata; print(nnkata.__file__)"]
    place = subprocess.run(where, cwd=submission.parent, env=environment, capture_output=True, text=True, check=True)
    assert place.stdout.startswith(str(tmp_path / "env"))
    done = subprocess.run(
        [tmp_path / "env" / "bin" / "nnkata", "check", "mine.py"],
        cwd=submission.parent,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "Conforms: 85 of 85 clauses" in done.stdout
    begin = [str(tmp_path / "env" / "bin" / "nnkata"), "init", "new.py"]
    subprocess.run(begin, cwd=submission.parent, env=environment, check=True, capture_output=True)
    assert (submission.parent / "new.py").read_bytes() == (ROOT / "solutions" / "skeleton.py").read_bytes()
