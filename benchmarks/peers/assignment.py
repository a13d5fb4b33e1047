"""The plain tests as an assignment of otter-grader and of nbgrader: one test per function."""

import contextlib
import io
import itertools
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.peers import test_functions, test_passes, test_training
from benchmarks.peers.common import SMALL

MODULES = (test_functions, test_passes, test_training)
ROOT = Path(__file__).resolve().parents[2]
CALL = "hold({name!r}, DeepNeuralNetwork, preprocess)"
IMPORT = "from benchmarks.peers.assignment import hold"


def functions() -> dict[str, Any]:
    """The test functions by name, in their order."""
    return {name: value for module in MODULES for name, value in vars(module).items() if name.startswith("test_")}


def hold(name: str, network: Any, preprocess: Any) -> None:
    """Run one test function with all its examples on a class and a function, as pytest would, but without pytest.

    Raises:
        AssertionError: the submission is wrong.
    """
    function = functions()[name]
    m = SimpleNamespace(DeepNeuralNetwork=network, preprocess=preprocess)
    for example in _examples(function):
        given: dict[str, Callable[[], Any]] = {
            "m": lambda: m,
            "rng": lambda: np.random.default_rng(1),
            "net": lambda: network(SMALL),
            "sets": test_training.split_sets,
        }
        wanted = function.__code__.co_varnames[: function.__code__.co_argcount]
        arguments = {argument: given[argument]() for argument in wanted if argument not in example}
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):  # output would fail a doctest
            if any(mark.name == "filterwarnings" for mark in _marks(function)):
                warnings.simplefilter("error")
            function(**arguments, **example)


def _marks(function: Any) -> list[Any]:
    return list(getattr(function, "pytestmark", []))


def _examples(function: Any) -> Iterator[dict[str, Any]]:
    tables = []
    for mark in _marks(function):
        if mark.name == "parametrize":
            names, rows = mark.args
            split = [names] if isinstance(names, str) else list(names)
            tables.append([dict(zip(split, [row] if len(split) == 1 else row, strict=True)) for row in rows])
    for parts in itertools.product(*tables):
        yield {key: value for part in parts for key, value in part.items()}


def otter(folder: Path) -> Path:
    """An autograder of otter-grader, as `otter generate` makes it from a folder of tests."""
    tests = folder / "tests"
    tests.mkdir()
    for name in functions():
        case = {"code": f">>> {IMPORT}\n>>> {CALL.format(name=name)}\n", "hidden": False, "locked": False}
        test = {"name": name, "points": 1, "suites": [{"cases": [case], "scored": True, "type": "doctest"}]}
        (tests / f"{name}.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n", encoding="utf-8")
    target = folder / "autograder.zip"
    line = [sys.executable, "-m", "otter", "generate", "-t", str(tests), "-o", str(target)]
    _quietly([*line, "--no-config", "--no-requirements", "--no-environment"], folder)
    return target


def nbgrader(folder: Path, submissions: dict[str, Path]) -> Path:
    """A course of nbgrader: the released assignment `network`, and one submission per student."""
    course = folder / "course"
    (course / "source" / "network").mkdir(parents=True)
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'course'\n")
    _notebook(course / "source" / "network" / "network.ipynb", "### BEGIN SOLUTION\n### END SOLUTION")
    _quietly([sys.executable, "-m", "nbgrader", "generate_assignment", "network"], course)
    for student, path in submissions.items():
        text = path.read_text(encoding="utf-8")
        target = course / "submitted" / student / "network" / "network.ipynb"
        target.parent.mkdir(parents=True)
        _notebook(target, text)
    return course


def _notebook(path: Path, text: str) -> None:
    def cell(source: str, name: str, grade: bool) -> dict[str, Any]:
        about: dict[str, Any] = {"grade_id": name, "grade": grade, "solution": not grade, "locked": grade}
        about |= {"schema_version": 3, "task": False} | ({"points": 1} if grade else {})
        code: dict[str, Any] = {
            "cell_type": "code",
            "execution_count": None,
            "outputs": [],
            "source": source,
            "id": name[-60:],
        }
        return {**code, "metadata": {"nbgrader": about}}

    cells = [cell(text, "network", grade=False)]
    cells += [cell(f"{IMPORT}\n{CALL.format(name=name)}", name, grade=True) for name in functions()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(whole), encoding="utf-8")


def environment() -> dict[str, str]:
    """Our environment, with this repository for Python, and this Python's commands in PATH (nbgrader calls alembic)."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path}


def _quietly(line: list[str], folder: Path) -> None:
    done = subprocess.run(line, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(line)} ended with {done.returncode}: {(done.stdout + done.stderr)[-1000:]}")
