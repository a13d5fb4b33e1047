"""`nnkata export`: the files that it writes, and refusals."""

import json
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.cli.export import command as export
from nnkata.exports.bundle import NO_RESULTS, SETTINGS
from nnkata.katas.mnist import load

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]


@pytest.mark.parametrize("platform", export.commands)
def test_every_platform_gets_the_kit_its_settings_and_an_unjudged_result(
    nnkata: Run, tmp_path: Path, platform: str
) -> None:
    done = nnkata("export", platform, "--upto", "update", "--output", "target", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    target = tmp_path / "target"
    names = zipfile.ZipFile(target).namelist() if target.is_file() else [path.name for path in target.rglob("*")]
    assert any(name.endswith(".whl") for name in names)
    assert {Path(name).name for name in names} >= {SETTINGS, NO_RESULTS}


@pytest.mark.parametrize("platform", export.commands)
@pytest.mark.parametrize(
    ("options", "configuration", "said"),
    [
        (["--skip", "backward-99"], "", "there is no clause backward-99"),
        (["--data", "nowhere"], "", "nowhere: does not exist"),
        ([], "[tool.nnkata.points]\nnothing = 1", "there is no stage and no clause"),
    ],
    ids=["clause", "data", "points"],
)
def test_an_impossible_export_is_refused_and_nothing_is_written(
    nnkata: Run, tmp_path: Path, platform: str, options: list[str], configuration: str, said: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(configuration)
    done = nnkata("export", platform, "--output", "target", *options, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "here") == ["pyproject.toml"]


@pytest.mark.parametrize(
    ("platform", "said"),
    [
        ("vscode", "; that is nnkata init FILE --vscode"),
        ("canvas", "; that is nnkata marks FOLDER --to canvas"),
        ("nothing", f"; there are {', '.join(export.commands)}"),
    ],
)
def test_an_unknown_platform_gets_the_command_for_it_or_the_list(platform: str, said: str, nnkata: Run) -> None:
    done = nnkata("export", platform)
    assert done.returncode == 2
    assert f"No such command '{platform}'{said}" in done.stderr


@pytest.mark.parametrize(
    ("platform", "output"), [("gradescope", "/dev/full"), ("exercism", "/proc/new"), ("prairielearn", "file/new")]
)
def test_an_output_that_cannot_be_written_is_named(platform: str, output: str, nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = nnkata("export", platform, "--output", output, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"nnkata: {output} cannot be written: ")
    assert not list(tmp_path.rglob(".part-*"))


def test_an_autograder_overwrites_no_network(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "network.py").write_bytes(b"mine")
    done = nnkata("export", "gradescope", "--output", tmp_path / "network.py")
    assert (done.returncode, "network.py has to end in .zip" in done.stderr) == (2, True)
    assert (tmp_path / "network.py").read_bytes() == b"mine"


def test_a_folder_with_files_stays_unchanged(nnkata: Run, tmp_path: Path) -> None:
    target = tmp_path / "runner"
    target.mkdir()
    (target / "mine").write_text("my work")
    done = nnkata("export", "exercism", "--output", target)
    assert done.returncode == 2
    assert "exists and is not empty" in done.stderr
    assert [path.name for path in target.iterdir()] == ["mine"]


def test_an_empty_folder_is_filled_even_as_the_working_directory(nnkata: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = nnkata("export", "exercism", "--output", ".", cwd=tmp_path / "empty")
    assert done.returncode == 0, done.stderr
    assert nnkata("export", "exercism", "--output", tmp_path / "new").returncode == 0

    def files(name: str) -> set[str]:
        return {path.relative_to(tmp_path / name).as_posix() for path in (tmp_path / name).rglob("*")}

    assert files("empty") == files("new")
    assert "bin/run.sh" in files("new")


def test_mnist_at_a_path_is_exported_too(nnkata: Run, tmp_path: Path) -> None:
    data, mnist = load("bundled"), tmp_path / "mnist"
    mnist.mkdir()
    images, labels = data.images[:30].tobytes(), data.labels[:30].tobytes()
    (mnist / "train-images-idx3-ubyte").write_bytes(struct.pack(">IIII", 2051, 30, 28, 28) + images)
    (mnist / "train-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, 30) + labels)
    (mnist / "notes.txt").write_text("not MNIST")
    done = nnkata("export", "gradescope", "--data", mnist, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    archive = zipfile.ZipFile(tmp_path / "autograder.zip")
    assert [name for name in archive.namelist() if name.startswith("data/")] == ["data/mnist.npz"]
    assert json.loads(archive.read("nnkata.json"))["options"]["data"] == "data/mnist.npz"
    archive.extract("data/mnist.npz", tmp_path / "there")
    assert np.array_equal(load(str(tmp_path / "there" / "data" / "mnist.npz")).images, data.images[:30])


def test_the_same_export_gives_the_same_bytes(nnkata: Run, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        assert nnkata("export", "gradescope", "--output", tmp_path / name).returncode == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("script", sorted((ROOT / "nnkata" / "exports" / "files").rglob("*.sh")), ids=lambda p: p.name)
def test_the_scripts_are_shell(script: Path) -> None:
    done = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
