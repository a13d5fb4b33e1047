"""Actions of real files at import: each gets one line of advice, and right files get none."""

import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from nnkata.language import use
from nnkata.subject import NotFound, Raised
from nnkata.subject.inprocess import InProcess
from nnkata.subject.isolated import Isolated
from nnkata.subject.locate import locate
from nnkata.subject.source import import_advice
from nnkata.subject.source.syntax import translated
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
    ("text", "said"),
    [
        ("import numpy as np\n%matplotlib inline\n", "notebook's own command"),
        ("!pip install numpy\n", "notebook's own command"),
        ("print 'accuracy', 0.9\n", "this is Python 2"),
        ("try:\n    pass\nexcept ValueError, e:\n    pass\n", "this is Python 2"),
        ("# \u2028\n\f\nprint 'accuracy', 0.9\n", "this is Python 2"),  # neither ends a line of Python's
        ("x = (1，2)\n", "keyboard set to English"),
        ("def f():\n\tif True:\n        return 1\n", "tabs and spaces are mixed"),
        ("x = 1\n<<<<<<< HEAD\nx = 2\n=======\nx = 3\n>>>>>>> other\n", "a merge that git left unfinished"),
        ("x = 1\n\u00a0y = 2\n", "it is invisible"),
        ("x = 1\u200b\n", "it is invisible"),
        (">>> x = 1\n>>> x\n1\n", "delete the prompts"),
        ("x = 1\n... y = 2\n", "delete the prompts"),
        ("In [3]: import numpy as np\n", "delete the prompts"),
        ("  1 import numpy as np\n  2 x = 1\n", "copied with its line numbers"),
        ("1: class A:\n2:     pass\n", "copied with its line numbers"),
        ("--- a/network.py\n+++ b/network.py\n@@ -0,0 +1,2 @@\n+x = 1\n", "a change as git shows it"),
        ("Here is the code:\n\n```python\nx = 1\n```\n", "line 3 is the mark ```"),
        ("https://github.com/user/homework/network.py\n", "this is a link"),
        ("这是我的作业，请批改。\nx = 1\n", "a sentence, not code"),
        ("x = 1\nThis is my homework.\n", "a sentence, not code"),
        ("improt numpy as np\n", "no word improt: did you mean import?"),
        ("def f(x):\n    retrun x\n", "did you mean return?"),
        ("fro n in range(3):\n    pass\n", "did you mean for?"),
        ("wile True:\n    break\n", "did you mean while?"),
        ("def f(x):\nreturn x\n", "no line of the file is indented"),
        ("def f():\n    x = 1\n    def g():\n    y = 2\n", "indent the lines that belong to it"),
        ("def f(x):\n    # your code\n\ndef g(x):\n    return x\n", "there is nothing in it yet: write it, or `raise"),
        ("class A:\n    def f(x):\n        return x\n    def g(x):\n", "there is nothing in it yet"),
        ("def f(x):\n    if x:\n\ndef g(x):\n    return x\n", "there is nothing in it yet: write it, or `pass`"),
        ("def f(x):\n    y = 1\n      z = 2\n", "indent this line like the line above it"),
        ("def f(x):\n    if x:\n        y = 1\n      z = 2\n", "like the other lines of its block"),
        ("x = <YOUR CODE HERE>\n", "a blank of the template"),
        ("x = 【填空】\n", "a blank of the template"),
        ("x = __ __ __\n", "a blank of the template"),
        ("if 1:\n    pass\nelse if 2:\n    pass\n", "`else if` as `elif`"),
        ("def f(x) {\n    return x\n}\n", "no braces"),
        ("i = 0\ni++\n", "no ++"),
        ("x := 1\n", "with = here"),
        ("def f(x, rate=0,001):\n    return x\n", "with a point"),
        ("x = 010\n", "does not begin with a zero"),
        ("x = 1 && 2\n", "&& as `and`"),
        ("x = 1 // 2\ny = 2 // and so on\n", "a comment begins with #"),
        ("lambda = 0.1\n", "lambda is a word of Python itself"),
        ("def f(x, class):\n    return x\n", "class is a word of Python itself"),
        ("# coding: uft-8\nx = 1\n", "names an encoding that Python does not know"),
        ("x = open('C:\\Users\\me')\n", "r before its quote"),
        ("Traceback (most recent call last):\n  File 'x', line 3\n", "an error message"),
        ("$ python network.py\n", "a command for the terminal"),
        ("x = &quot;a&quot;\n", "the source of a web page"),
        ("import numpy as np def f(x): return x def g(x): return 2\n", "joined into one"),
        ("public class Net {\n}\n", "another programming language"),
        ("const np = require('numjs');\n", "another programming language"),
        ("+import numpy\n+\n+x = 1\n+y = 2\n+def f():\n+    return 1\n+z = 3\n", "a change as git shows it"),
        ("1 # My network.\n2 [1]\n3\n4 x = 1\n5 y = 2\n6 z = 3\n", "copied with its line numbers"),
        ("Import numpy as np\n", "small letters: import"),
        ("def f(x):\n    If x:\n        return 1\n", "small letters: if"),
    ],
)
def test_a_file_that_is_not_python_is_reported_with_its_kind(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "network.py").write_text(text, encoding="utf-8")
    with pytest.raises(NotFound) as refusal:
        locate(str(tmp_path / "network.py"))
    assert said in str(refusal.value)
    assert refusal.value.where.startswith("network.py, line ") or "encoding" in said


@pytest.mark.parametrize(
    "text",
    ["x = (1\n", "x = 1]\n", "if x\n    pass\n", " x = 1\n", "x = 'a\n", "return 1\n", "f(a=1, 2)\n", "x = 1 2\n",
     "if x = 1: pass\n", "权重 = (1 +\n", "Net forward(\n", "x = None y\n", "x = y z, in\n", "a b && c\n", "x = 1 {\n",
     "f(x++, y--) z\n", "x = 'a' 1_lambda\n", "-1\n+2\n-3\n(4\n"],
)  # fmt: skip
def test_another_syntax_error_gets_no_advice(tmp_path: Path, text: str) -> None:
    (tmp_path / "network.py").write_text(text, encoding="utf-8")
    with pytest.raises(NotFound) as refusal:
        locate(str(tmp_path / "network.py"))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    ["x = (1\n", "x = (1]\n", "x = 1]\n", "if x\n    pass\n", "def f():\npass\n", " x = 1\n", "x = 'a\n", "x = 1，2\n",
     "def f():\n    x = 1\n   y = 2\n", "return 1\n", "f(a=1, 2)\n", "x = 1 2\n", "1 = x\n", "if x = 1: pass\n"],
)  # fmt: skip
def test_a_syntax_error_is_explained_in_chinese_beside_pythons_words(tmp_path: Path, text: str) -> None:
    (tmp_path / "network.py").write_text(text, encoding="utf-8")
    with pytest.raises(SyntaxError) as slip:
        compile(text, "network.py", "exec")
    assert translated(slip.value.msg) == slip.value.msg
    use("zh-CN")
    try:
        with pytest.raises(NotFound) as refusal:
            locate(str(tmp_path / "network.py"))
        assert translated("something that no parser says") == "something that no parser says"
    finally:
        use("en")
    said = str(refusal.value)
    assert f"（{slip.value.msg}）" in said
    assert re.match(r"network\.py 不是 Python 代码：[^（]*[一-鿿][^（]*（", said)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("expected an indented block after function definition on line 3", "第 3 行（函数定义）之后"),
        ("expected an indented block after 'for' statement on line 3", "第 3 行（for 语句）之后"),
        ("cannot assign to function call here. Maybe you meant '==' instead of '='?", "不能给这个函数调用赋值"),
        ("expected an indented block after 'match' statement on line 3", "第 3 行（'match' statement）之后"),
    ],
)
def test_the_parts_of_a_program_in_a_syntax_error_are_chinese_as_well_if_usual(message: str, said: str) -> None:
    use("zh-CN")
    try:
        assert translated(message).startswith(said)
    finally:
        use("en")


def test_an_unknown_syntax_error_is_reported_in_pythons_words(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text("def f(:\n    pass\n", encoding="utf-8")
    with pytest.raises(NotFound) as refusal:
        locate(str(tmp_path / "network.py"))
    assert str(refusal.value) == "network.py is not Python: invalid syntax (line 1)"


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


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"), ("utf-32-le", "UTF-32")],
)
def test_an_encoding_that_python_does_not_read_is_named(tmp_path: Path, encoding: str, said: str) -> None:
    (tmp_path / "network.py").write_bytes("import numpy as np\n".encode(encoding))
    with pytest.raises(NotFound, match=f"saved as {said},"):
        locate(str(tmp_path / "network.py"))


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


def test_a_file_with_null_bytes_is_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_bytes(NETWORK.encode() + b"\0")
    with pytest.raises(NotFound, match="contains NUL bytes") as refusal:
        locate(str(tmp_path / "network.py"))
    assert "None" not in str(refusal.value)


def test_a_slow_unneeded_import_is_named_if_nothing_else_runs() -> None:
    said, line = import_advice.of_silence("import os\nimport numpy as np\nfrom sklearn.datasets import load_digits\n")
    assert "sklearn is not there: import it where it is used" not in said
    assert "sklearn" in said
    assert line == 3
    assert import_advice.of_silence("import os\nimport numpy as np\n") == ("", 0)


def test_a_right_file_gets_no_advice(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(NETWORK + 'if __name__ == "__main__":\n    input()\n', encoding="utf-8")
    assert InProcess.open(locate(str(tmp_path / "network.py"))) is not None


ZIP = b"PK\x03\x04" + bytes(60)
NOTEBOOK = b'{"cells": [{"cell_type": "code", "source": ["x = 1"], "outputs": []}], "nbformat": 4}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ZIP, "is not Python source: it is a ZIP archive\nunpack it"),
        (ZIP + b"word/document.xml", "is not Python source: it is a document of Word\nhand in the .py"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "is not Python source: it is an archive\nunpack it"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "is not Python source: it is a PDF"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n",
            "is not Python source: it is a pointer of Git LFS",
        ),
        (b"{\\rtf1\\ansi import numpy}", "is not Python source: it is a document (RTF)"),
        (b"\x89PNG\r\n\x1a\n", "is not Python source: it is a picture"),
        (b"\xa7\r\r\n" + bytes(12), "is not Python source: it is compiled Python"),
        (NOTEBOOK, "is not Python source: it is a notebook under another name\nrename it to .ipynb"),
        (b"\xef\xbb\xbf\n" + NOTEBOOK, "is not Python source: it is a notebook under another name"),
        (b"<!DOCTYPE html>\n<html><body>Please sign in", "is not Python source: it is a page of the web"),
    ],
)
def test_a_file_of_another_kind_is_told_by_its_beginning(tmp_path: Path, content: bytes, said: str) -> None:
    for name in ("network.py", "work.txt"):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotFound) as refusal:
            locate(str(tmp_path / name))
        assert f"{name} {said}" in str(refusal.value)


def test_a_notebook_where_a_file_is_meant_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "hw.ipynb").write_bytes(NOTEBOOK)
    with pytest.raises(NotFound, match=r"^hw\.ipynb is a notebook: `nnkata check` judges it, and `%%nnkata` its cells"):
        locate(str(tmp_path / "hw.ipynb"))


def test_a_python_file_is_of_no_other_kind(tmp_path: Path) -> None:
    for text in ("{1: 'nbformat'}\n", "# PK\x03\n", "'%PDF'\n", "(7)\n"):
        (tmp_path / "network.py").write_text(text + NETWORK)
        assert locate(str(tmp_path / "network.py")).class_name == "DeepNeuralNetwork"


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


def test_a_folder_without_the_usual_file_names_those_with_a_network(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"name the file itself$"):
        locate(str(tmp_path))
    (tmp_path / "helper.py").write_text("x = 1\n")
    (tmp_path / "src" / "dnn").mkdir(parents=True)
    (tmp_path / "src" / "dnn" / "network.py").write_text(NETWORK)
    with pytest.raises(NotFound, match=f"name the file itself: {tmp_path}/src/dnn/network.py$"):
        locate(str(tmp_path))
    (tmp_path / "core.py").write_text(NETWORK)
    (tmp_path / "work.ipynb").write_bytes(NOTEBOOK)
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
