"""The program of an export, on submissions as a platform lays them out, without the platform's container."""

import json
from pathlib import Path

import pytest

from nnkata.exports.bundle import Baked
from nnkata.exports.judge import JUDGED, REFUSED, results
from nnkata.grading.task import Options
from tests.courses.making import put

RIGHT = (Path(__file__).parents[2] / "reference" / "network.py").read_bytes()
WRONG = RIGHT.replace(b"def preprocess(", b"def preprocess(*_all: object) -> None:\n    raise OSError\n\n\ndef unused(")
BAKED = Baked("gradescope", Options("process", 1, only=("preprocessing-1",)))


@pytest.mark.parametrize(
    ("files", "score"),
    [
        ({"Nov 30/network.py": WRONG, "Dec 2/network.py": RIGHT}, 1.0),
        ({"Nov 30/network.py": RIGHT, "Dec 2/network.py": WRONG}, 0.0),
        ({"2 Nov 2026/network.py": WRONG, "1 Dec 2026/network.py": RIGHT}, 1.0),
        ({"hw/attempt 9/network.py": WRONG, "hw/attempt 10/network.py": RIGHT}, 1.0),
        ({"network.py": RIGHT, "old/network.py": WRONG}, 1.0),
    ],
)
def test_of_several_attempts_the_latest_is_judged(files: dict[str, bytes], score: float, tmp_path: Path) -> None:
    text, status = results(BAKED, put(tmp_path / "submission", files))
    assert status == JUDGED
    assert json.loads(text)["score"] == score


def test_each_file_without_python_is_named_once(tmp_path: Path) -> None:
    text, status = results(BAKED, put(tmp_path / "submission", {"a.pdf": b"%PDF", "b/c.docx": b"PK"}))
    assert status == REFUSED
    told = json.loads(text)
    assert "there is no Python file in it, only a.pdf, c.docx; a .py or .ipynb file is needed" in told["output"]
    assert (told["score"], told["tests"]) == (0.0, [])
