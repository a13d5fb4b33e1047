"""Actions of real files at import: each gets one line of advice, and right files get none."""

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.subject import NotFound, Raised
from nnkata.subject.inprocess import InProcess
from nnkata.subject.isolated import Isolated
from nnkata.subject.locate import locate
from nnkata.subject.source import import_advice
from nnkata.subject.walls.limits import Limits

NETWORK = "class DeepNeuralNetwork:\n    def __init__(self, sizes, epochs=10, l_rate=0.001): ...\n"

#: pdb.set_trace() on line 4 stops at the line after it; from CPython 3.13 on, at its own.
STOPS_AT = 4 if sys.version_info >= (3, 13) else 5

Refused = Callable[[str], NotFound]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """Import a network followed by these lines, behind a wall; the reason of the refusal."""

    def tried(lines: str) -> NotFound:
        (tmp_path / "network.py").write_text(NETWORK + textwrap.dedent(lines), encoding="utf-8")
        with pytest.raises(NotFound) as refusal:
            Isolated.open(locate(str(tmp_path / "network.py")), Limits(call_seconds=1.0))
        return refusal.value

    return tried


@pytest.mark.parametrize(
    ("lines", "said", "line"),
    [
        ("name = input('name? ')", "nobody answers input()", 3),
        ("import argparse\nargparse.ArgumentParser().parse_args(['--x'])", "arguments of the command line", 4),
        ("import sys\nsys.exit(0)", "it ends the program", 4),
        ("import pdb\npdb.set_trace()\ndone = True", "no debugger runs", STOPS_AT),
        ("get_ipython().system('ls')", "notebook alone", 3),
        ("import tqdm_that_is_absent", "tqdm_that_is_absent is not there: hand in", 3),
        ("import nunpy as np", "nunpy is not there; did you mean numpy?", 3),
        ("import ranodm", "ranodm is not there; did you mean random?", 3),
        ("import codes", "codes is not there: hand in", 3),
        ("open('mnist_train.csv')", "no file is needed", 3),
        ("for line in raw_input():\n    pass", "raw_input is Python 2", 3),
        ("done = false", "Python writes false as False", 3),
        ("noise = np.zeros(3)", "`import numpy as np` is missing at the top of the file", 3),
        ("def first(x: NDArray): ...", "`from numpy.typing import NDArray` is missing", 3),
        ("def some(x: Optional): ...", "`from typing import Optional` is missing", 3),
        ("net = DeepNeuralNetwork([4, 4, 4, 4])\nprint(net.weights)", "line 4 runs while the file is imported", 4),
    ],
)
def test_an_action_at_import_is_reported_with_its_line_and_advice(
    refused: Refused, lines: str, said: str, line: int
) -> None:
    error = refused(lines)
    assert said in str(error)
    assert error.where == f"network.py, line {line}"


@pytest.mark.parametrize(
    ("lines", "line"),
    [("while True:\n    pass", 3), ("import time\nx = 1\n\ndef train():\n    time.sleep(60)\n\ntrain()", 9)],
)
def test_training_at_import_is_reported_with_its_line_and_the_main_guard(
    refused: Refused, lines: str, line: int
) -> None:
    error = refused(lines)
    assert f"line {line} runs while the file is imported" in str(error)
    assert 'if __name__ == "__main__":' in str(error)
    assert error.where == f"network.py, line {line}"


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        ("ImportError", "cannot import name 'randon' from 'numpy' (x.py)", "did you mean numpy.random?"),
        ("ImportError", "cannot import name 'tme' from 'time' (unknown location)", "did you mean time.time?"),
        ("ImportError", "cannot import name 'sigmoid' from 'numpy' (x.py)", ""),
        ("ImportError", "cannot import name 'Dens' from 'layers' (layers.py)", ""),
        ("AttributeError", "module 'numpy' has no attribute 'zeroes'", "did you mean numpy.zeros?"),
        ("NameError", "name 'laerning_rate' is not defined", "did you mean learning_rate?"),
    ],
)
def test_a_misspelt_name_at_import_is_told_with_the_near_one(kind: str, message: str, said: str) -> None:
    found = import_advice.of_import("learning_rate = 1\n", Raised(kind, message, "network.py, line 1"))
    assert said in found if said else not found


@pytest.mark.parametrize(
    "message", ["`np.asfarray` was removed in the NumPy 2.0 release.", "module 'numpy' has no attribute 'product'"]
)
def test_a_name_that_numpy_has_dropped_is_not_sent_under_the_main_guard(message: str) -> None:
    error = Raised("AttributeError", message, "network.py, line 2")
    assert import_advice.of_import("import numpy as np\nX = np.product([1])\n", error) == ""


def test_an_absent_tool_gets_advice_on_the_place_of_its_import() -> None:
    error = Raised("ModuleNotFoundError", "No module named 'matplotlib'", "network.py, line 2")
    assert "matplotlib is not there: import it where it is used" in import_advice.of_import("", error)


@pytest.mark.parametrize(
    ("kind", "message", "said"),
    [
        ("AttributeError", "'numpy.ndarray' object has no attribute 'values'", ""),
        ("EOFError", "EOF when reading a line", "nobody answers input()"),
        ("SystemExit", "1", "it ends the program"),
        ("BdbQuit", "", "no debugger runs"),
        ("ValueError", "shapes (3,) and (4,) not aligned", ""),
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'mnist.npz'", "no file is needed"),
        ("ModuleNotFoundError", "No module named 'tqdm'", "do without it here"),
    ],
)
def test_an_exception_of_a_known_kind_gets_advice(kind: str, message: str, said: str) -> None:
    found = import_advice.of_call(Raised(kind, message, "network.py, line 5"))
    assert said in found if said else not found


@pytest.mark.parametrize("stops", ["breakpoint()", "pdb.set_trace()"])
def test_a_debugger_that_starts_at_import_is_named(stops: str) -> None:
    found = import_advice.of_import(f"import numpy\n\n{stops}\n", Raised("KeyError", "'pdb'", "network.py, line 3"))
    assert found == "no debugger runs while a file is judged: delete its call"


def test_definitions_assignments_and_guarded_lines_do_not_run() -> None:
    text = '"""A network."""\nimport time\nSIZES = [784, 128]\n'
    text += 'def f():\n    print(1)\n\nif __name__ == "__main__":\n    f()\n'
    assert list(import_advice.runs(text)) == []


def test_an_absent_module_of_the_submission_is_named_as_in_its_import(refused: Refused) -> None:
    error = refused("from .utils import helper")
    assert "No module named '.utils'" in str(error)
    assert "utils is not there: hand in your own modules" in str(error)
    assert "submission" not in str(error)
    assert (
        import_advice.relative("No module named 'submission'") == "No module named 'submission'"
    )  # a module of that name


def test_a_slow_unneeded_import_is_named_if_nothing_else_runs() -> None:
    said, line = import_advice.of_silence("import os\nimport numpy as np\nfrom sklearn.datasets import load_digits\n")
    assert "sklearn is not there: import it where it is used" not in said
    assert "sklearn" in said
    assert line == 3
    assert import_advice.of_silence("import os\nimport numpy as np\n") == ("", 0)


def test_a_right_file_gets_no_advice(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(NETWORK + 'if __name__ == "__main__":\n    input()\n', encoding="utf-8")
    assert InProcess.open(locate(str(tmp_path / "network.py"))) is not None


def test_a_class_that_is_not_at_the_top_is_found_with_its_line(tmp_path: Path) -> None:
    inner = textwrap.indent(NETWORK, "    ")
    for around in ("def main():", 'if __name__ == "__main__":', "if False:"):
        (tmp_path / "network.py").write_text(f"x = 1\n{around}\n{inner}")
        with pytest.raises(NotFound, match=r"within .*\(line 3\).*move it out") as refusal:
            InProcess.open(locate(str(tmp_path / "network.py")))
        assert around.replace('"', "'") in str(refusal.value)
    (tmp_path / "network.py").write_text("class Other:\n    pass\n")
    with pytest.raises(NotFound, match="classes there: Other"):
        InProcess.open(locate(str(tmp_path / "network.py")))
    (tmp_path / "network.py").write_text("x = 1\n")
    with pytest.raises(NotFound, match=r"network.py has no class; the contract asks for a class DeepNeuralNetwork"):
        InProcess.open(locate(str(tmp_path / "network.py")))


def test_a_class_whose_name_is_given_to_its_network_is_told_with_the_line(tmp_path: Path) -> None:
    lines = NETWORK.count("\n") + 1
    (tmp_path / "network.py").write_text(f"{NETWORK}DeepNeuralNetwork = DeepNeuralNetwork([4, 3, 3, 2])\n")
    with pytest.raises(NotFound, match=rf"line {lines} gives the name DeepNeuralNetwork to something else") as refusal:
        InProcess.open(locate(str(tmp_path / "network.py")))
    assert refusal.value.where == f"network.py, line {lines}"


def test_a_folder_without_the_usual_file_names_those_with_a_network(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"is empty: it has no network\.py$"):
        locate(str(tmp_path))
    (tmp_path / "helper.py").write_text("x = 1\n")
    with pytest.raises(NotFound, match=r"name the file itself$"):
        locate(str(tmp_path))
    (tmp_path / "src" / "dnn").mkdir(parents=True)
    (tmp_path / "src" / "dnn" / "network.py").write_text(NETWORK)
    with pytest.raises(NotFound, match=f"name the file itself: {tmp_path}/src/dnn/network.py$"):
        locate(str(tmp_path))
    (tmp_path / "core.py").write_text(NETWORK)
    cells = '{"cells": [{"cell_type": "code", "source": ["x = 1"], "outputs": []}], "nbformat": 4}'
    (tmp_path / "work.ipynb").write_text(cells)
    files = "core.py", "src/dnn/network.py", "work.ipynb"
    with pytest.raises(NotFound) as refusal:
        locate(str(tmp_path))
    assert str(refusal.value).endswith("itself: " + ", ".join(f"{tmp_path}/{file}" for file in files))


def test_the_line_without_an_answer_is_that_of_a_call_of_the_file_s_own() -> None:
    text = "import sys\nsys.setrecursionlimit(9)\n\ndef f():\n    f()\n\nf()\nprint(1)\n"
    assert import_advice.of_silence(text)[1] == 7
    assert import_advice.of_silence("import time\nx = 1\ntime.sleep(9)\n")[1] == 3


def test_a_file_that_ends_its_process_at_import_is_told_the_line(refused: Refused) -> None:
    error = refused("import os\nx = 1\nos._exit(0)")
    assert "line 5 ends the process" in str(error)
    assert error.where == "network.py, line 5"
    assert import_advice.of_end("import os\n\ndef stop():\n    os._exit(1)\n") == ("", 0)


@pytest.mark.parametrize("name", ["helper.py", "parts/helper.py"])
def test_a_file_beside_that_is_not_python_is_told_like_the_file_itself(
    refused: Refused, tmp_path: Path, name: str
) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / name).write_text("x = 1\ny = (1，2)\n", encoding="utf-8")
    error = refused(f"from {name[:-3].replace('/', '.')} import x")
    assert str(error).startswith("importing network.py: helper.py is not Python: invalid character")
    assert "(line 2)" in str(error)
    assert "keyboard set to English" in str(error)
    assert error.where == "helper.py, line 2"


def test_a_syntax_error_of_the_file_s_own_making_is_an_exception_like_others(refused: Refused) -> None:
    assert "raised SyntaxError: invalid syntax" in str(refused("eval('1 +')"))


@pytest.mark.parametrize(
    ("kind", "message", "where", "said"),
    [
        ("FileNotFoundError", "net.py is not beside the adapter", "adapter.py, line 2", "the folder of the adapter"),
        (
            "ImportError",
            "cannot import name 'f' from partially initialized module 'network' (most likely due to a circular import)",
            "network.py, line 3",
            "network imports itself: delete the line",
        ),
        (
            "ImportError",
            "cannot import name 'f' from partially initialized module 'helper' (most likely due to a circular import)",
            "network.py, line 3",
            "helper is imported while it imports this file",
        ),
    ],
)
def test_files_that_are_not_there_or_import_each_other(kind: str, message: str, where: str, said: str) -> None:
    assert said in import_advice.of_import("x = 1\n", Raised(kind, message, where))
