"""Submissions of a batch that cannot be imported as they are: their definitions are judged."""

import json
from pathlib import Path

import msgspec
import pytest

from nnkata.grading.definitions_only import DEFINITIONS
from nnkata.grading.task import UNJUDGED, Options, Task, judge_task
from nnkata.subject.walls.limits import Limits
from nnkata.verdict import Verdict, decode
from tests.courses.making import put
from tests.grading.test_grade import FEW, ROOT, graded, rows

REFERENCE = (ROOT / "reference" / "network.py").read_bytes()
RATES = ("update-1", "update-2")


def judged(*below: bytes, above: bytes = b"", seconds: float = 10) -> Verdict:
    """The verdict on the reference with lines of its own above and below, in its first clauses about an update."""
    options = Options("process", 7, only=RATES, limits=Limits(call_seconds=seconds))
    source = above + REFERENCE + b"\n" + b"\n".join(below) + b"\n"
    return decode(judge_task(msgspec.msgpack.encode(Task("ada", "ada.py", {"ada.py": source}, options))))


@pytest.mark.parametrize(
    ("below", "advice"),
    [
        (b"epochs = int(input('Epochs? '))", "nobody answers input() while a file is judged"),
        (b"x = np.loadtxt('mnist_train.csv', delimiter=',')", "the data are handed to your functions"),
        (b"import argparse\nargparse.ArgumentParser().parse_args(['--rate'])", "the arguments of the command line"),
        (b"import sys\nsys.exit(0)", "it ends the program while it is imported"),
        (b"import os\nos._exit(3)", "ends the process"),
        (b"DeepNeuralNetwork([2, 2, 2, 2]).fit()", "runs while the file is imported"),
        (b"get_ipython().run_line_magic('matplotlib', 'inline')", "that is there in a notebook alone"),
    ],
)
def test_the_definitions_of_a_script_are_judged_and_the_reason_is_kept(below: bytes, advice: str) -> None:
    found = judged(below)
    assert [clause.status for clause in found.judged] == ["passed"] * len(RATES)
    assert advice in found.environment[DEFINITIONS]
    assert "\n" not in found.environment[DEFINITIONS]


@pytest.mark.parametrize("above", [b"import mnist_loader as m\n", b"from .settings import WIDTHS\n", b"import nunpy\n"])
def test_an_absent_module_that_the_network_does_not_need_costs_nothing(above: bytes) -> None:
    found = judged(above=above)
    assert found.passed
    assert "is not there" in found.environment[DEFINITIONS]


def test_an_absent_module_that_the_network_needs_is_named_where_it_is_used() -> None:
    rate = b"\nDeepNeuralNetwork.update_network_parameters = lambda self, changes: updated(self.params, changes)"
    found = judged(b"from helpers import updated", rate)
    assert {clause.reading for clause in found.failures} == {
        "helpers is not there: hand in your own modules beside the file, and do without others"
    }


def test_a_source_in_another_encoding_stays_in_it() -> None:
    head = "# -*- coding: latin-1 -*-\nNAME = 'Zo\xeb'\n".encode("latin-1")
    ascii_only = REFERENCE.decode().encode("ascii", "replace")
    options = Options("process", 7, only=RATES)
    source = head + ascii_only + b"\ninput(NAME)\n"
    found = decode(judge_task(msgspec.msgpack.encode(Task("zoe", "zoe.py", {"zoe.py": source}, options))))
    assert found.passed
    assert DEFINITIONS in found.environment


def test_training_that_takes_too_long_is_left_out() -> None:
    found = judged(b"while True: pass", seconds=1)
    assert found.passed
    assert "no answer within 1 s" in found.environment[DEFINITIONS]


def test_a_script_that_can_be_imported_is_judged_as_a_whole() -> None:
    found = judged(b"RATE = 2.0\nprint(DeepNeuralNetwork([2, 2, 2, 2]).l_rate)")
    assert found.passed
    assert DEFINITIONS not in found.environment


def test_a_file_whose_definitions_cannot_be_imported_either_has_the_reason_of_the_whole() -> None:
    found = judged(b"input()", above=b"class Bad:\n    width = wdith\n")
    assert "name 'wdith' is not defined" in found.environment[UNJUDGED]
    assert DEFINITIONS not in found.environment


def test_nothing_is_judged_twice_without_lines_that_run() -> None:
    found = judged(above=b"class Bad:\n    width = wdith\n")
    assert "name 'wdith' is not defined" in found.environment[UNJUDGED]


def test_the_gradebook_and_the_end_of_a_batch_name_them(tmp_path: Path) -> None:
    files = {"ada.py": REFERENCE + b"\ninput()\n", "ben.py": REFERENCE}
    done = graded(put(tmp_path / "course", files), tmp_path / "out", *FEW)
    assert "Submissions: 2; conforming: 2; not conforming: 0." in done.stdout, done.stderr
    assert "Judged by their definitions alone: ada; the reasons are in gradebook.csv" in done.stdout
    book = rows(tmp_path / "out")
    assert (book["ada"]["status"], book["ben"]["why"]) == ("passed", "")
    assert book["ada"]["why"].startswith("its definitions alone are judged: importing ada.py raised EOFError")
    known = json.loads((tmp_path / "out" / "submissions.json").read_text())["submissions"]
    assert [len(one["notes"]) for one in known] == [1, 0]
