"""A submission whose text adds folders to `sys.path`: they are carried along, are its own, and mypy reads them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnkata.katas.article.steps.imports import foreign
from nnkata.subject.source.import_folders import added, below_added, without_added
from nnkata.worker.tree import parsed

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
PLAIN = (ROOT / "solutions" / "correct" / "plain.py").read_text()
USES = "\nfrom mynet.core import DeepNeuralNetwork, preprocess\n"
SRC = "import sys\nfrom pathlib import Path\n\nsys.path.insert(0, str(Path(__file__).parent / 'src'))\n"
LIB = "import os\nimport sys\n\nHERE = os.path.dirname(__file__)\nsys.path.append(os.path.join(HERE, 'code', 'lib'))\n"
ABROAD = "import sys\n\nsys.path.append('/nowhere')\n"


def put(folder: Path, begin: str, into: str, text: str = PLAIN) -> Path:
    (folder / into / "mynet").mkdir(parents=True)
    (folder / into / "mynet" / "core.py").write_text(text)
    (folder / "network.py").write_text(begin + USES)
    return folder / "network.py"


def failed(nnkata: Run, path: Path, *options: str) -> list[str]:
    told = json.loads(nnkata("check", path, "--format", "json", *options).stdout)
    assert told["stages"], told
    return [clause["clause"] for s in told["stages"] for clause in s["clauses"] if clause["status"] == "failed"]


@pytest.mark.parametrize("isolation", ["process", "sandbox"])
@pytest.mark.parametrize(("begin", "into"), [(SRC, "src"), (LIB, "code/lib")])
def test_modules_in_a_folder_of_the_search_path_are_found(
    nnkata: Run, tmp_path: Path, begin: str, into: str, isolation: str
) -> None:
    path = put(tmp_path, begin, into)
    assert failed(nnkata, path, "--stage", "typing", "--stage", "from-scratch", "--isolation", isolation) == []


def test_their_types_are_checked(nnkata: Run, tmp_path: Path) -> None:
    wrong = PLAIN.replace("-> float:", "-> str:")
    assert wrong.count("-> str:") == 1
    path = put(tmp_path, SRC, "src", wrong)
    assert failed(nnkata, path, "--stage", "typing", "--stage", "from-scratch") == ["typing-1", "typing-2"]


def test_a_module_that_lies_in_none_of_the_folders_is_foreign() -> None:
    own = {"network.py": SRC + USES, "src/mynet/core.py": "import torch\n"}
    assert [*foreign(own["network.py"], own), *foreign(own["src/mynet/core.py"], own)] == ["torch"]
    assert [*foreign(USES, {**own, "network.py": USES})] == ["mynet"]


def test_a_text_names_folders_only_if_it_changes_the_search_path(tmp_path: Path) -> None:
    (tmp_path / "src" / "lib").mkdir(parents=True)
    assert below_added(tmp_path, added(parsed(LIB.replace("code", "src")))) == {tmp_path / "src", tmp_path / "src/lib"}
    assert below_added(tmp_path, added(parsed("name = 'src'"))) == set()
    assert below_added(tmp_path, added(parsed(ABROAD + "here = '..', '.', '/', '', 'x' * 300"))) == set()
    assert without_added("src/lib/a/b.py", {"src", "lib"}) == "a/b.py"
    assert without_added("src/a.py", {"lib"}) == "src/a.py"
    assert without_added("lib.py", {"lib"}) == "lib.py"
