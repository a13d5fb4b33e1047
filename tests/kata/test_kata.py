"""A kata of another package: installed, chosen by its name, judged by every command without a line in the kit."""

import ast
import csv
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import junitparser
import pytest

from nnkata import registry
from nnkata.errors import UsageError
from nnkata.katas.article import STAGES
from tests.support import forks

ROOT = Path(__file__).parents[2]
WRONG = "def average(numbers):\n    return float(sum(numbers) / 2)\n"
RIGHT = "def average(numbers):\n    return float(sum(numbers) / len(numbers))\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a shell in which the package of tests/average is installed."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(folder), str(ROOT / "tests/average")]
    subprocess.run(command, check=True, capture_output=True)
    return {**os.environ, "PYTHONPATH": str(folder), "LANGUAGE": "en"}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "right.py").write_text(RIGHT)
    (folder / "wrong.py").write_text(WRONG)
    return folder


def run(environment: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return forks.run(words, folder, environment)


def test_the_package_is_small() -> None:
    files = [path for path in (ROOT / "tests/average").rglob("*") if path.suffix in (".py", ".toml", ".feature")]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files) <= 150


def test_the_kata_of_the_guide_is_complete(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "own-features.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^`kata/([\w./]+)`[^`\n]*(?:`[^`\n]*`[^`\n]*)*:\n\n```\w+\n(.*?)^```$", page, re.M | re.S))
    for name, text in shown.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    package = tmp_path / "nnkata_doubling"
    right = (
        (package / "skeleton.py")
        .read_text()
        .replace('raise NotImplementedError("twice the number")', "return 2 * number")
    )
    (package / "reference.py").write_text(right)
    project = tomllib.loads((tmp_path / "pyproject.toml").read_text())["project"]
    installed = tmp_path / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 1\n")
    (group, points) = next(iter(project["entry-points"].items()))
    lines = "".join(f"{name} = {target}\n" for name, target in points.items())
    (installed / "entry_points.txt").write_text(f"[{group}]\n{lines}")
    work = tmp_path / "work"
    work.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "LANGUAGE": "en"}
    begun = run(environment, work, "init", "doubling.py", "--kata", "doubling")
    assert "nnkata check doubling.py --upto doubling --kata doubling" in begun.stdout
    holes = run(environment, work, "check", "doubling.py", "--kata", "doubling")
    assert (holes.returncode, "not written yet: twice the number" in holes.stdout) == (1, True)
    (work / "doubling.py").write_text(right)
    assert run(environment, work, "check", "doubling.py", "--kata", "doubling").returncode == 0
    assert "  doubling         doubling-1\n" in run(environment, work, "explain", "--kata", "doubling").stdout
    assert "1/1\n\nAll commands:" in run(environment, work, "--kata", "doubling").stdout


def test_a_long_command_that_explains_is_kept_whole(installed: dict[str, str], course: Path) -> None:
    done = run(installed, course, "check", "wrong.py", "--kata", "average")
    assert "bundled data" not in done.stdout, "it has no data"
    assert (
        "Why:    nnkata explain average-1 --kata average\n        (a hint: the check above with --hint)\n"
        in done.stdout
    )
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_wrong_kata_in_the_configuration_names_the_file(installed: dict[str, str], course: Path) -> None:
    (course / "pyproject.toml").write_text('[tool.nnkata]\nkata = "averag"\n')
    done = run(installed, course, "check", "wrong.py")
    assert done.returncode == 2
    assert f"{course / 'pyproject.toml'}: there is no kata 'averag'" in "".join(done.stderr.splitlines())


def test_check_judges_by_it_and_names_its_mistake(installed: dict[str, str], course: Path) -> None:
    assert run(installed, course, "check", "right.py", "--kata", "average").returncode == 0
    done = run(installed, course, "check", "wrong.py", "--kata", "average", "--format", "json")
    verdict = json.loads(done.stdout)
    assert (done.returncode, verdict["kata"], verdict["contract"]) == (1, "average", "1.0")
    (stage,) = verdict["stages"]
    assert [(c["clause"], c["status"], c["misconception"]) for c in stage["clauses"]] == [
        ("average-1", "failed", "divided-by-two"),
        ("average-2", "failed", None),
        ("average-3", "passed", None),
    ]


def test_the_configuration_chooses_the_kata_and_the_text_names_it(installed: dict[str, str], course: Path) -> None:
    (course / "pyproject.toml").write_text('[tool.nnkata]\nkata = "average"\n')
    done = run(installed, course, "check", "wrong.py")
    assert done.returncode == 1
    assert "--kata average" in done.stdout
    assert "the chapter on means" in done.stdout


def test_explain_shows_the_katas_texts(installed: dict[str, str], course: Path) -> None:
    done = run(installed, course, "explain", "average-1", "--kata", "average")
    assert "The average of n numbers is their sum divided by n." in done.stdout
    done = run(installed, course, "explain", "average-1", "--kata", "average", "--hint")
    assert "How many numbers are there?" in done.stdout


def test_grade_and_its_gradebook_and_page(installed: dict[str, str], course: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    how = ["--kata", "average", "--isolation", "process", "--jobs", "1"]
    done = run(installed, tmp_path, "grade", str(course), "--output", str(output), *how)
    assert done.returncode == 0, done.stderr
    with (output / "gradebook.csv").open(encoding="utf-8-sig") as file:
        rows = {row["submission"]: row["points"] for row in csv.DictReader(file)}
    assert {name: float(points) for name, points in rows.items()} == {"right": 3.0, "wrong": 1.0}
    assert "divided-by-two" in (output / "index.html").read_text(encoding="utf-8")


def test_junit_and_html_are_read_back(installed: dict[str, str], course: Path) -> None:
    forms = ["--format", "junit=j.xml", "--format", "html=v.html"]
    assert run(installed, course, "check", "wrong.py", "--kata", "average", *forms).returncode == 1
    cases = [case for suite in junitparser.JUnitXml.fromfile(str(course / "j.xml")) for case in suite]
    assert [(case.name.split(":")[0], bool(case.result)) for case in cases] == [
        ("average-1", True),
        ("average-2", True),
        ("average-3", False),
    ]
    assert "average-1" in (course / "v.html").read_text(encoding="utf-8")
    assert 'name="data"' not in (course / "j.xml").read_text(encoding="utf-8"), "it has no data"


def test_written_files_take_the_kata_along(installed: dict[str, str], tmp_path: Path) -> None:
    done = run(installed, tmp_path, "init", "average.py", "--kata", "average", "--ci", "--vscode")
    assert done.returncode == 0, done.stderr
    workflow = (tmp_path / ".github" / "workflows" / "nnkata.yml").read_text()
    assert "nnkata check average.py --kata average\n" in workflow
    for task in json.loads((tmp_path / ".vscode" / "tasks.json").read_text())["tasks"]:
        assert " average.py --kata average" in " ".join(task["args"])
    packed = re.findall(r"\./(\.github/nnkata/\S+\.whl)", workflow)
    assert [entry.value for entry in offered(tmp_path / packed[-1])] == ["nnkata_average:KATA"]
    done = run(installed, tmp_path, "export", "gradescope", "--kata", "average")
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "autograder.zip") as archive:
        (name,) = [name for name in archive.namelist() if name.startswith("nnkata_average")]
        assert 'init "$work/submission/"average.py --kata average' in archive.read("install.sh").decode()
        assert "nnkata" not in archive.read("requirements.txt").decode()
        archive.extract(name, tmp_path)
    assert [entry.name for entry in offered(tmp_path / name)] == ["average"]
    with zipfile.ZipFile(tmp_path / name) as wheel:
        assert {"steps.py", "en.toml", "average.feature"} <= {Path(file).name for file in wheel.namelist()}


def offered(wheel: Path) -> list[EntryPoint]:
    """The katas of a wheel."""
    (found,) = distributions(path=[str(wheel)])
    return [entry for entry in found.entry_points if entry.group == registry.GROUP]


def test_watch_judges_by_it(installed: dict[str, str], course: Path) -> None:
    command = [sys.executable, "-m", "nnkata", "watch", "right.py", "--kata", "average"]
    process = subprocess.Popen(command, cwd=course, env=installed, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert any("3 of 3 clauses pass." in line for line in process.stdout)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def test_an_unknown_kata_is_an_error_that_lists_the_known_ones(installed: dict[str, str], course: Path) -> None:
    done = run(installed, course, "check", "right.py", "--kata", "averag")
    assert done.returncode == 2
    assert "average" in done.stderr
    assert "did you mean average?" in done.stderr
    with pytest.raises(UsageError, match="there is no kata 'mnist'"):
        registry.load("mnist")  # a part of katas, not one itself


#: Words that the kit's code may not contain: the names of weights, of the data, of clauses; and of stages, as whole
#: strings, unless they are also the name of a module (typing, mnist) or of a usual method (forward, backward, update).
STAGE = "|".join(STAGES)
USUAL = "typing|mnist|forward|backward|update"
FOREIGN = re.compile(rf"\b(?:W[123]|MNIST|(?:{STAGE})-\d+)\b|^'(?!(?:{USUAL})')(?:{STAGE})'$")
KIT = [path for path in sorted((ROOT / "nnkata").rglob("*.py")) if "katas" not in path.parts]


def said(path: Path) -> Iterator[tuple[int, str]]:
    """The names and strings of the code, with their lines; comments may state the origin of a figure."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None  # a docstring; ast.walk reaches it later
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, repr(node.value)
        elif isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, node.id if isinstance(node, ast.Name) else node.attr


def test_no_file_of_the_kit_names_a_weight_a_stage_or_a_clause() -> None:
    names = [(path, line, text) for path in KIT for line, text in said(path)]
    assert [f"{path}:{line}: {text}" for path, line, text in names if FOREIGN.search(text)] == []
    assert any(FOREIGN.search(text) for _line, text in said(ROOT / "nnkata/katas/article/steps/backward.py"))
