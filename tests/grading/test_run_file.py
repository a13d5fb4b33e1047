"""A notebook that runs a file by `%run`, in a batch: the reason says that the file was not handed in."""

import json
from pathlib import Path

import msgspec
import pytest

from nnkata.grading.bundle import bundle
from nnkata.grading.course.find import Found
from nnkata.grading.task import UNJUDGED, Options, Task, judge_task, task
from nnkata.verdict import Verdict
from tests.courses.making import put

OPTIONS = Options(isolation="process", seed=1)


def made(folder: Path, *cells: str, **beside: str) -> Task:
    code = [{"cell_type": "code", "source": cell} for cell in cells]
    put(folder, {"network.ipynb": json.dumps({"cells": code, "metadata": {}, "nbformat": 4}).encode()})
    put(folder, {f"{name}.py": text.encode() for name, text in beside.items()})
    return task("ada", bundle(Found("ada", folder)), OPTIONS)


@pytest.mark.parametrize(
    ("cells", "beside", "said"),
    [
        (
            ["%run -i 'src/net.py'", "x = 1"],
            {},
            "%run -i 'src/net.py' is left out here; if the network is in src/net.py",
        ),
        (["%run net.py"], {"net": "def forward(x): return x\n"}, ""),
        (["%run plots.py", "class DeepNeuralNetwork:\n    pass"], {}, ""),
        (["x = 1"], {}, ""),
    ],
)
def test_only_an_absent_file_that_may_have_the_network_is_named(
    cells: list[str], beside: dict[str, str], said: str, tmp_path: Path
) -> None:
    absent = made(tmp_path, *cells, **beside).absent
    assert absent.strip().startswith(said)
    assert bool(absent) == bool(said)


def test_the_reason_of_a_batch_has_it(tmp_path: Path) -> None:
    found = msgspec.json.decode(
        judge_task(msgspec.msgpack.encode(made(tmp_path, "%run net.py", "x = 1"))), type=Verdict
    )
    why = found.environment[UNJUDGED]
    assert "network.ipynb has no class" in why
    assert why.endswith("%run net.py is left out here; if the network is in net.py, that file was not handed in")
