"""A right network passes under any possible file name, and findings name that file."""

from pathlib import Path

import pytest

from nnkata.reports.places import Remark, file_of, places
from nnkata.reports.report import Report
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import ClauseResult
from tests.conftest import ROOT

RIGHT = (ROOT / "reference" / "network.py").read_text(encoding="utf-8")
NAMES = [
    *("class.py", "import.py", "None.py", "match.py", "net.v2.py", "hw-1.py", "1.py", "my network.py", "hw (1).py"),
    *("typing.py", "numpy.py", "random.py", "code.py", "submission.py", "nnkata_conformance.py", "nnkata_protocols.py"),
    *(
        "作业.py",
        "re\u0301seau.py",
        "it's.py",
        "a&b <c>.py",
        "50%.py",
        "#1.py",
        "a,b;c.py",
        "[x].py",
        "$HOME.py",
        "Net.PY",
    ),
]
READING = frozenset(["typing-1", "typing-2", "typing-3", "from-scratch-1", "from-scratch-3"])


@pytest.mark.parametrize("name", NAMES)
def test_a_right_network_passes_under_any_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(RIGHT, encoding="utf-8")
    verdict = judge(Settings(str(tmp_path / name), only=READING, isolation="none"))
    assert [(result.clause, result.message) for result in verdict.failures] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_names_that_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"{RIGHT}\n\ndef more(x):\n    return x\n", encoding="utf-8")
    verdict = judge(Settings(str(tmp_path / name), only=frozenset(["typing-1"]), isolation="none"))
    report = Report(verdict, known_clauses())
    (failure,) = verdict.failures
    assert report.place(failure) == (str(tmp_path / name), len(RIGHT.splitlines()) + 3)


def test_a_helper_with_the_name_of_the_copy_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "submission.py").write_text(RIGHT, encoding="utf-8")
    text = "from submission import DeepNeuralNetwork, preprocess\n\n__all__ = ['DeepNeuralNetwork', 'preprocess']\n"
    (tmp_path / "hw-1.py").write_text(text)
    verdict = judge(Settings(str(tmp_path / "hw-1.py"), only=READING, isolation="none"))
    assert [(result.clause, result.message) for result in verdict.failures] == []


@pytest.mark.parametrize("name", [*NAMES, "it's #1 & <b>[x](y) %0A,50%.py"])
def test_the_place_of_an_exception_is_read_back_from_its_message(name: str) -> None:
    text = f"it raised ValueError: see (other.py, line 3) and x.py:4: error ({name}, line 21)"
    result = ClauseResult("forward-1", "", "error", text)
    assert places(result, source=True) == [Remark(name, 21)]
    assert places(ClauseResult("forward-1", "", "failed", text), source=False) == []
    assert file_of(f"work/{name}:Mine") == f"work/{name}"
