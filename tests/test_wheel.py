"""The wheel holds all that a check needs: kit, features, bindings, data."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_wheel_checks_a_file_outside_the_repository(tmp_path: Path) -> None:
    """The dependencies come from the environment that runs the tests (a .pth file), nnkata from the wheel alone."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {"nnkata/contract/test_contract.py", "nnkata/contract/features/forward.feature", "nnkata/py.typed"} <= set(
        names
    )
    assert "nnkata/data/mnist5k.npz" in names
    assert not [name for name in names if name.startswith(("tests/", "reference/", "solutions/"))]

    venv.create(tmp_path / "env", with_pip=False)
    (site,) = (tmp_path / "env").glob("lib/python3*/site-packages")
    zipfile.ZipFile(wheel).extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    submission = tmp_path / "work" / "mine.py"
    submission.parent.mkdir()
    submission.write_text((ROOT / "solutions" / "correct" / "plain.py").read_text())
    python = str(tmp_path / "env" / "bin" / "python")
    where = subprocess.run(
        [python, "-I", "-c", "import nnkata; print(nnkata.__file__)"], capture_output=True, text=True, check=True
    )
    assert where.stdout.startswith(str(site))
    check = [python, "-I", "-m", "nnkata", "check", str(submission)]
    done = subprocess.run(check, cwd=submission.parent, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Conforms: 79 of 79 clauses" in done.stdout
