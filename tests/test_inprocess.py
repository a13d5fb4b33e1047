"""The transport without a wall: the submission's own ways of finding modules are not the kit's."""

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from nnkata.subject import InProcess, Subject, locate
from nnkata.worker.definitions import Finder

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
