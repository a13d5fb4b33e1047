"""The modules that a submission loads: its own, the standard library's, and libraries."""

import os
import py_compile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import nnkata
from nnkata.subject import Isolated, Subject, locate
from nnkata.worker.host import Host
from nnkata.worker.raised import Raised as RaisedThere
from tests.support.attacked import attack, subject

__all__ = ["subject"]


def test_loaded_modules_beyond_numpy_are_named(subject: Callable[[str], Subject]) -> None:
    loading = subject("import json, decimal, numpy.fft\nimport parse, pluggy")
    attack(loading)
    assert set(loading.loaded()) == {"parse", "pluggy"}


def test_the_settings_of_this_python_are_the_standard_library_s(subject: Callable[[str], Subject]) -> None:
    configured = subject("import sysconfig\nreturn sysconfig.get_config_vars()['prefix'], list(sys.modules)")
    modules = attack(configured)[1]
    assert any(name.startswith("_sysconfigdata_") for name in modules)  # no name of the list of standard modules
    assert configured.loaded() == []


@pytest.mark.parametrize("module", ["distutils.version", "sysconfig"])
def test_a_stand_in_for_a_standard_module_is_no_library(subject: Callable[[str], Subject], module: str) -> None:
    dated = subject(f"try:\n    import {module}\nexcept ImportError:\n    pass")  # Python 3.12 has no distutils
    attack(dated)
    assert dated.loaded() == []


def test_the_second_name_of_the_main_module_is_no_library(subject: Callable[[str], Subject]) -> None:
    counting = subject("import multiprocessing\nreturn list(sys.modules)")
    assert "__mp_main__" in attack(counting)
    assert counting.loaded() == []


def test_a_module_beside_the_submission_is_its_own(subject: Callable[[str], Subject], tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("VALUE = 7")
    (tmp_path / "numpy.py").write_text("raise SystemExit")
    helped = subject("import helper\nreturn helper.VALUE")
    assert attack(helped) == 7
    assert helped.loaded() == []


def test_a_line_of_a_library_is_not_the_submissions_though_it_lies_in_its_folder(tmp_path: Path) -> None:
    folder = os.path.commonpath([Path(nnkata.__file__), Path(np.__file__)])  # like an environment in a clone
    for text in ("import absent_module", "import numpy as np\nnp.linalg.cholesky(-np.eye(2))"):
        path = tmp_path / "network.py"
        path.write_text(text)
        with pytest.raises(RaisedThere) as caught:
            Host().open(str(path), folder, "", "Network")
        assert caught.value.where == ""
        with pytest.raises(RaisedThere) as caught:
            Host().open(str(path), str(tmp_path), "", "Network")
        assert caught.value.where == f"network.py, line {len(text.splitlines())}"


def test_a_module_without_source_is_named(subject: Callable[[str], Subject], tmp_path: Path) -> None:
    (tmp_path / "source.py").write_text("")
    py_compile.compile(str(tmp_path / "source.py"), str(tmp_path / "compiled.pyc"), doraise=True)
    made = subject("import compiled")
    attack(made)
    assert made.loaded() == ["compiled"]


@pytest.mark.parametrize("name", ["network.txt", "network", "network.py.bak"])
def test_a_submission_of_any_ending_is_no_library(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("import numpy, pluggy\nclass DeepNeuralNetwork: pass\n")
    transport = Isolated.open(locate(str(path)))
    try:
        assert Subject(transport).loaded() == ["pluggy"]
    finally:
        transport.close()


def test_a_folder_with_a_similar_prefix_is_another_folder(subject: Callable[[str], Subject], tmp_path: Path) -> None:
    other = Path(f"{tmp_path}-other")
    other.mkdir()
    (other / "elsewhere_module.py").write_text("")
    loading = subject(f"sys.path.append({str(other)!r})\nimport elsewhere_module")
    attack(loading)
    assert loading.loaded() == ["elsewhere_module"]


def test_numpy_s_functions_in_other_hands_do_not_end_the_worker(subject: Callable[[str], Subject]) -> None:
    patched = subject("np.array = np.array_equal = None\nreturn 1")
    changed = subject("np.array_equal = lambda *_: True\nreturn 1")
    for one in (patched, changed):
        attack(one)
        net = one.network([2, 2, 2, 2])
        assert net.call("works", np.ones(2)).value.tolist() == [2, 2]
