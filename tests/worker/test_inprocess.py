"""The transport without a wall: the submission's own ways of finding modules are not the kit's."""

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from nnkata.subject import InProcess, Subject, locate
from nnkata.worker.foreign_code.definitions import Finder

CLUSTERS = """\
class KMeans:
    def __init__(self, k, *, start=0):
        self.k, self.centres = k, [start] * k

    def fit(self, points):
        self.centres = points[: self.k]
        return len(points)
"""
NET = """\
import no_such_package


def late():
    import another_absent_package
    return type(another_absent_package).__name__
"""
ADAPTER = """\
from nnkata.worker.foreign import load

theirs = load("net.py")


def new():
    return theirs.late()
"""


def test_stand_ins_for_absent_modules_serve_the_submission_alone(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "adapter.py").write_text(ADAPTER)
    before = sys.meta_path[:]
    opened = InProcess.open(replace(locate(str(tmp_path / "adapter.py")), class_name=""))
    assert sys.meta_path == before
    assert not any(isinstance(finder, Finder) for finder in sys.meta_path)
    assert Subject(opened).call(None, "new", []).value == "Absent"
    assert sys.meta_path == before
    with pytest.raises(ModuleNotFoundError):
        import_module("a_third_absent_package")


def test_an_object_of_a_class_is_made_with_any_arguments(tmp_path: Path) -> None:
    (tmp_path / "kmeans.py").write_text(CLUSTERS)
    subject = Subject(InProcess.open(replace(locate(str(tmp_path / "kmeans.py")), class_name="KMeans")))
    first, second = subject.instance(2, start=7), subject.instance(k=1)
    assert first.get("centres") == [7, 7]
    assert first.call("fit", [3, 4, 5]).value == 3
    assert (first.get("centres"), second.get("centres")) == ([3, 4], [0])
