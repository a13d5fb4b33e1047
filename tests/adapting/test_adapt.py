"""`nnkata adapt`: from foreign files to verdicts, in the sandbox."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nnkata.katas.mlp.adapt.files import NotFit, foreign
from nnkata.katas.mlp.adapt.search import checked
from nnkata.katas.mlp.adapt.text import MAX_LINES, lines_of
from tests.support import forks

NETWORKS = Path(__file__).parents[1] / "networks"


def nnkata(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return forks.run(words, folder)


def adapted(name: str, folder: Path) -> Path:
    shutil.copy(NETWORKS / name, folder)
    done = nnkata("adapt", name, folder=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "adapter.py"


def verdict(adapter: Path, *words: str) -> dict[str, Any]:
    form = ["--format", "json", "--isolation", "sandbox", "--seed", "3", "--kata", "mlp"]
    done = nnkata("check", adapter.name, *form, *words, folder=adapter.parent)
    found: dict[str, Any] = {c["clause"]: c for s in json.loads(done.stdout)["stages"] for c in s["clauses"]}
    return found


def test_functions_on_columns_with_biases_summed_to_one_number(tmp_path: Path) -> None:
    adapter = adapted("columns.py", tmp_path)
    text = adapter.read_text(encoding="utf-8")
    assert lines_of(text) <= MAX_LINES
    assert "theirs.m = len(x)" in text  # the author's script sets it from missing data
    found = verdict(adapter, "--stage", "gradients", "--stage", "output")
    assert found["output-2"]["status"] == "passed"
    assert found["gradients-2"]["misconception"] == "bias-summed-to-one-number"
    assert found["gradients-3"]["status"] == found["gradients-5"]["status"] == "passed"


def test_a_class_that_updates_by_itself(tmp_path: Path) -> None:
    adapter = adapted("updating.py", tmp_path)
    assert "moved(parameters, net" in adapter.read_text(encoding="utf-8")
    found = verdict(adapter)
    assert [tag for tag, clause in found.items() if clause["status"] not in ("passed", "skipped")] == []
    assert found["training-1"]["status"] == found["accuracy-1"]["status"] == "passed"


def test_a_script_without_functions(tmp_path: Path) -> None:
    adapter = adapted("script.py", tmp_path)
    assert "block(theirs, " in adapter.read_text(encoding="utf-8")
    found = verdict(adapter, "--stage", "gradients")
    assert found["gradients-2"]["status"] == found["gradients-5"]["status"] == "passed"


def test_a_notebook(tmp_path: Path) -> None:
    text = (NETWORKS / "updating.py").read_text(encoding="utf-8")
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}} for source in ("%matplotlib inline\n!pip list", text)
    ]
    (tmp_path / "net.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    done = nnkata("adapt", "net.ipynb", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert verdict(tmp_path / "adapter.py", "--stage", "gradients")["gradients-2"]["status"] == "passed"


def test_a_folder_with_a_package(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    text = (NETWORKS / "updating.py").read_text(encoding="utf-8")
    (tmp_path / "src" / "model.py").write_text(text, encoding="utf-8")
    (tmp_path / "main.py").write_text(
        "from src.model import NeuralNetwork\nnn = NeuralNetwork(784, 16, 10)\n", encoding="utf-8"
    )
    done = nnkata("adapt", ".", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert verdict(tmp_path / "adapter.py", "--stage", "output")["output-2"]["status"] == "passed"


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    adapter = adapted("updating.py", tmp_path)
    before = adapter.read_text(encoding="utf-8")
    done = nnkata("adapt", "updating.py", folder=tmp_path)
    assert (done.returncode, adapter.read_text(encoding="utf-8")) == (2, before)
    assert "exists and is left as it is" in done.stderr


def test_an_adapter_is_a_python_file(tmp_path: Path) -> None:
    shutil.copy(NETWORKS / "updating.py", tmp_path)
    done = nnkata("adapt", "updating.py", "--output", "x.txt", folder=tmp_path)
    assert (done.returncode, "x.txt has to end in .py" in done.stderr) == (2, True)
    assert not (tmp_path / "x.txt").exists()
    assert nnkata("adapt", "updating.py", "--output", "mine.py", folder=tmp_path).returncode == 0


def test_a_file_without_a_network_gives_one_line(tmp_path: Path) -> None:
    (tmp_path / "tool.py").write_text("import numpy as np\n\ndef add(a, b):\n    return a + b\n", encoding="utf-8")
    done = nnkata("adapt", "tool.py", folder=tmp_path)
    assert done.returncode == 2
    assert "no network was found in tool.py" in done.stderr
    assert "theirs = load('tool.py') gives the classes and functions of that file" in done.stderr
    assert not (tmp_path / "adapter.py").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('    return f"{x["a"]}"', "syntax of Python 3.12 (line 3)"),
        ("    print x, lambda (a, b): a", "this is Python 2"),
        ('    return "x', "it is not Python: unterminated string literal (detected at line 3) (line 3)"),
        (f"    return {' * '.join('2' * 30_000)}", "perhaps that of line 3"),
    ],
)
def test_a_file_that_is_not_python_is_told_in_words(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "net.py").write_text(f"import numpy as np\ndef f(x):\n{line}\n", encoding="utf-8")
    done = nnkata("adapt", "net.py", folder=tmp_path)
    if sys.version_info >= (3, 12) and "3.12" in said:
        said = "no network was found"
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_a_notebook_in_another_language_is_told_as_one(tmp_path: Path) -> None:
    language = {"metadata": {"language_info": {"name": "octave"}}, "nbformat": 4, "nbformat_minor": 5}
    cell: dict[str, object] = {"cell_type": "code", "source": ["x = 1"], "metadata": {}, "outputs": []}
    (tmp_path / "net.ipynb").write_text(json.dumps({"cells": [cell], **language}), encoding="utf-8")
    done = nnkata("adapt", "net.ipynb", folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "nnkata: net.ipynb: a notebook in octave, not in Python\n")


@pytest.mark.parametrize(
    ("line", "tried"),
    [
        ("from .net import Net", True),
        ("from lib.net import (\n    Net,\n)", True),
        ("from lib import (\n    other,\n    net,\n)", True),
        ("import lib.net as n", True),
        ("%run net", True),
        ('exec(open("net.py").read())', True),
        ("import network", False),
        ("# the net learns", False),
        ("from lib import other  # not the net", True),  # a comment after an import: tried, though in vain
    ],
)
def test_another_file_is_tried_only_if_it_uses_the_file(tmp_path: Path, line: str, tried: bool) -> None:
    folder = tmp_path / "course" / "work"  # an import from above reads the files of the course
    folder.mkdir(parents=True)
    (folder / "net.py").write_text("import numpy as np\nnet = 1\n", encoding="utf-8")
    text = f"{line}\nclass Network:\n    def forward(self): ...\n    def backward(self): ...\n"
    (folder / "main.py").write_text(text, encoding="utf-8")
    assert any(name.endswith("main.py") for name in foreign(folder / "net.py").tried) is tried


def test_a_file_without_a_network_beside_one_is_not_adapted_as_the_other(tmp_path: Path) -> None:
    shutil.copy(NETWORKS / "updating.py", tmp_path)
    (tmp_path / "s.py").write_text("print('hello')\n", encoding="utf-8")
    done = nnkata("adapt", "s.py", folder=tmp_path)
    assert (done.returncode, "no network was found in s.py" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.py", "there is no file"),
        ("folder", "holds no network in Python"),
        ("net.txt", r"net\.txt does not end in \.py, .* rename it: net\.py"),
        ("net.zip", r"net\.zip is not Python source: it is a ZIP archive\nunpack it"),
    ],
)
def test_nothing_to_adapt(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "net.txt").write_text("import numpy as np\n", encoding="utf-8")
    (tmp_path / "net.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    with pytest.raises(NotFit, match=message):
        foreign(tmp_path / name)


@pytest.mark.parametrize(
    "recipe",
    [
        {},
        {"recipe": {"new": "return 1"}, "troubles": {}},
        {"recipe": {"new": ["return 1\nimport os"]}, "troubles": {}},
        {"recipe": {"new": ["return ("]}, "troubles": {}},
        {"recipe": {"new": ["return 1"] * 99}, "troubles": {}},
        {"recipe": {"likeness": "much"}, "troubles": {}},
        [],
    ],
)
def test_the_answer_of_the_search_is_checked(recipe: Any) -> None:
    with pytest.raises(NotFit, match="the answer of the search is not a recipe"):
        checked(recipe)
