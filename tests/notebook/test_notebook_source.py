"""Notebooks as source text, and source text reduced to its definitions."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnkata.subject.source.definitions import definitions
from nnkata.subject.source.notebook import MAX_CODE, NotANotebook, read_notebook

NUMPY = frozenset({"numpy"})
ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def notebook(*cells: str, kind: str = "code", **more: Any) -> bytes:
    made = [{"cell_type": kind, "source": cell.splitlines(True), "outputs": [], "metadata": {}} for cell in cells]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, **more}).encode()


def test_cells_become_one_text_that_maps_each_line_to_its_cell() -> None:
    prose = {"cell_type": "markdown", "source": "# a title"}
    cells = [
        prose,
        {"cell_type": "code", "source": "import numpy as np\nx = 1"},
        {"cell_type": "code", "source": ["def f():\n", "    return x\n"]},
    ]
    read = read_notebook(json.dumps({"cells": cells}).encode())
    assert read.text == "import numpy as np\nx = 1\ndef f():\n    return x\n\n"
    assert [read.place(line) for line in (1, 2, 4, 99)] == [(2, 1), (2, 2), (3, 2), None]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
        ("!pip install a \\\n  b\nx = 1", "pass  # !pip install a \n#   b\nx = 1"),
        ("files = !ls\nt = %timeit -o f()", "files = None  # files = !ls\nt = None  # t = %timeit -o f()"),
        ("np.dot?\n?np.dot\nnp.dot??", "pass  # np.dot?\npass  # ?np.dot\npass  # np.dot??"),
        ("for i in x:\n    %time f(i)", "for i in x:\n    pass  # %time f(i)"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("s = '''\n%d\n''' % 3", "s = '''\n%d\n''' % 3"),
        (
            "%time\ns = '''\n%d\n\\'''\n!ls\n''' % 3\n!ls",
            "pass  # %time\ns = '''\n%d\n\\'''\n!ls\n''' % 3\npass  # !ls",
        ),
        ("%time\nx = (7  # (\n %b)\n%time", "pass  # %time\nx = (7  # (\n %b)\npass  # %time"),
        ("%time\nx = ')' * 7 \\\n  %b\n?x  # \\\n?x", "pass  # %time\nx = ')' * 7 \\\n  %b\npass  # ?x  # \n# ?x"),
        ("  x = 1\n  y = 2", "x = 1\ny = 2"),
        ("pip install numpy\nimport numpy", "pass  # pip install numpy\nimport numpy"),
        ("cd ../data\nls -l\nx = 1", "pass  # cd ../data\npass  # ls -l\nx = 1"),
        ("!ls\ncat if ls else time\ntime - x\ntime in ls", "pass  # !ls\ncat if ls else time\ntime - x\ntime in ls"),
    ],
)
def test_magics_become_comments_line_for_line(cell: str, text: str) -> None:
    read = read_notebook(notebook(cell))
    assert read.text == text + "\n"
    assert not read.left_out


def test_a_cell_that_is_not_python_is_left_out_and_reported() -> None:
    read = read_notebook(notebook("x = 1", "x = (", "%%bash\nls", "%%writefile layers.py\ny = 2\n", "z = 3"))
    assert read.text == "x = 1\nz = 3\n"
    assert [told.partition(":")[0] for told in read.left_out] == ["cell 2", "cell 3", "cell 4"]
    assert read.files == {"layers.py": "y = 2\n"}


def test_imports_from_the_future_come_first_and_keep_their_place() -> None:
    read = read_notebook(notebook("x = 1", "from __future__ import annotations\ny = 2"))
    assert read.text.startswith("from __future__ import annotations\nx = 1\n")
    assert read.place(1) == (2, 1)
    compile(read.text, "text", "exec")


def test_format_3_is_read() -> None:
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n"], "language": "python"}]}]}
    assert read_notebook(json.dumps(old).encode()).text == "x = 1\n\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a notebook"),
        (b"{}", "no cells"),
        (b"\xff\xfe{", "not a notebook"),
        (b'{"cells": [{"cell_type": 1}]}', "not a notebook"),
        (b'{"cells": ' + b"[" * 200_000, "not a notebook"),
        (b'{"cells": [{"cell_type": "code", "metadata": ' + b'{"a": ' * 200_000, "not a notebook"),
        (notebook("x", metadata={"language_info": {"name": "R"}}), "in R"),
        (notebook("x", metadata={"kernelspec": {"name": "ir", "language": "julia"}}), "in julia"),
        (notebook("x" * MAX_CODE + "x"), "256 KiB"),
    ],
)
def test_a_file_that_is_not_a_python_notebook_is_an_error_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(NotANotebook, match=why):
        read_notebook(content)


def test_definitions_keep_only_the_needs_of_a_class_on_unchanged_lines() -> None:
    text = """import numpy as np
import matplotlib.pyplot as plt, os
RATE = 0.1; print("x")
x_train = open("there is none")
def helper(): return RATE
class Net:
    def train(self, x_train):
        return helper() * np.sum(x_train)
    def plot(self): plt.show()
def forward(self): return 1
Net.forward = forward
net = Net()
while True: net.train(x_train)
"""
    cut = definitions(text, NUMPY)
    lines = cut.split("\n")
    assert lines[:5] == [
        "import numpy as np",
        'with __import__("contextlib").suppress(ImportError): import matplotlib.pyplot as plt, os',
        "RATE = 0.1",
        "",
        "def helper(): return RATE",
    ]
    assert lines[10:] == ["Net.forward = forward", "", "", ""]
    space: dict[str, Any] = {}
    exec(compile(cut.replace("matplotlib", "no_such_module"), "cut", "exec"), space)
    assert space["Net"]().forward() == 1
    assert space["Net"]().train([1, 2]) == pytest.approx(0.3)


def test_definitions_keep_a_default_a_decorator_and_a_base_that_is_made_above() -> None:
    text = (
        "import functools\nBase = dict\nN = 3\nM = 4\nclass A(Base):\n    @functools.cache\n    def f(self, n=N): ...\n"
    )
    cut = definitions(text, frozenset({"functools"}))
    assert cut.split("\n")[:4] == ["import functools", "Base = dict", "N = 3", ""]


@pytest.mark.parametrize(
    ("annotation", "kept"), [('"Sequence[int]"', True), ('list["Sequence"]', True), ('Literal["Sequence"]', False)]
)
def test_definitions_keep_what_a_quoted_annotation_names(annotation: str, kept: bool) -> None:
    text = "import typing\nfrom typing import Literal\n"
    text += "if typing.TYPE_CHECKING:\n    from collections.abc import Sequence\n"
    cut = definitions(f"{text}class Net:\n    def widths(self, x: int) -> {annotation}: ...\n", NUMPY)
    assert ("import Sequence" in cut) is kept


def test_definitions_keep_the_types_that_a_type_statement_names() -> None:
    text = "import numpy as np\ntype Named[T] = dict[str, T]\ntype Other = int\n"
    text += "class Net:\n    def f(self) -> Named[float]: ...\n"
    if sys.version_info < (3, 12):
        with pytest.raises(SyntaxError):
            definitions(text, NUMPY)
    else:
        lines = definitions(text, NUMPY).split("\n")
        assert lines[1:3] == ["type Named[T] = dict[str, T]", ""]


def test_a_wrong_line_of_a_notebook_is_named_by_its_cell(nnkata: Run, tmp_path: Path) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
    loop = "for x, y in zip(x_train, y_train, strict=True):"
    text = text.replace(loop, loop.replace("_train", "_train[1:]")).replace(
        "x_val: Any, y_val: Any) -> None", "x_val, y_val)"
    )
    line = 1 + text.split("\n").index(f"            {loop.replace('_train', '_train[1:]')}")
    head = 1 + text.split("\n").index("    def train(self, x_train: Any, y_train: Any, x_val, y_val):")
    (tmp_path / "hw.ipynb").write_bytes(notebook("import numpy as np\n%ls", text))
    asked = ["--clause", "training-1", "--clause", "typing-1", "--seed", "7", "--all"]
    made = [part for name in ("text", "json", "github") for part in ("--format", name, "--output", tmp_path / name)]
    nnkata("check", "hw.ipynb", *asked, *made, cwd=tmp_path)
    told = (tmp_path / "text").read_text()
    assert f"It comes from hw.ipynb, cell 2, line {line}." in told
    assert f"hw.ipynb, cell 2, line {head}: error: Function is missing a type" in told
    assert "hw.py" not in told
    verdict = json.loads((tmp_path / "json").read_text())
    failed = [c for stage in verdict["stages"] for c in stage["clauses"] if c["status"] == "failed"]
    assert [(c["file"], c["cell"], c["line"]) for c in failed] == [("hw.ipynb", 2, line), ("hw.ipynb", 2, head)]
    assert verdict["code"]["hw.ipynb, cell 2"][str(line)] == text.split("\n")[line - 1]
    assert "::error file=hw.ipynb,line=1,title=training-1" in (tmp_path / "github").read_text()


def test_check_judges_a_notebook_as_grade_does_and_says_which_cell(nnkata: Run, tmp_path: Path) -> None:
    right = (ROOT / "reference" / "network.py").read_text(encoding="utf-8")
    wrong = right + "\n\ndef _boom(self: Any, x_train: Any) -> Any:\n    raise ValueError\n"
    first = "%matplotlib inline\nimport no_such_module"
    (tmp_path / "right.ipynb").write_bytes(notebook(first, right, "while True: pass"))
    (tmp_path / "wrong.ipynb").write_bytes(notebook(first, wrong, "DeepNeuralNetwork.forward_pass = _boom"))
    done = nnkata("check", str(tmp_path / "right.ipynb"), "--stage", "forward")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "right.ipynb" in done.stdout
    done = nnkata("check", str(tmp_path / "wrong.ipynb"), "--stage", "forward")
    assert done.returncode == 1
    assert "wrong.ipynb, cell 2, line" in done.stdout


def test_a_cell_whose_class_is_no_python_is_the_reason_and_nothing_that_follows_from_it(
    nnkata: Run, tmp_path: Path
) -> None:
    right = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
    start = right.index("class ")
    broken = right[start:].replace("self, x", "self，x", 1)
    assert broken != right[start:]
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "hand-in.ipynb").write_bytes(notebook("x = 1", right[:start], broken))
    done = nnkata("check", str(folder / "hand-in.ipynb"))
    assert done.returncode == 2
    assert "hand-in.ipynb, cell 3: not Python: invalid character" in done.stderr
    assert "keyboard set to English" in done.stderr
    assert not any(text in done.stderr for text in ("has no class", "adapt", "hand-in.py"))
    (folder / "helped").mkdir()
    (folder / "helped" / "work.ipynb").write_bytes(notebook(broken))
    (folder / "helped" / "helper.py").write_text("x = 1\n")
    (folder / "helped" / "other.py").write_text("y = 1\n")
    done = nnkata("grade", str(folder), "--output", str(tmp_path / "marks"), "--jobs", "1", "--isolation", "process")
    assert "not judged: hand-in: hand-in.ipynb, cell 3: not Python: invalid character" in done.stdout
    assert "not judged: helped: work.ipynb, cell 1: not Python: invalid character" in done.stdout
    assert not any(text in done.stdout for text in ("has no class", "nnkata adapt", "hand-in.py"))


def test_a_broken_cell_without_the_class_is_told_and_the_rest_is_judged(nnkata: Run, tmp_path: Path) -> None:
    right = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
    (tmp_path / "work.ipynb").write_bytes(notebook("x = (", right, "class DeepNeuralNetwork(:\n    pass"))
    done = nnkata("check", str(tmp_path / "work.ipynb"), "--stage", "forward")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "work.ipynb, cell 1: not Python" in done.stderr
    assert "work.ipynb, cell 3: not Python" in done.stderr


def test_a_notebook_without_code_or_with_an_unfinished_merge_says_so(nnkata: Run, tmp_path: Path) -> None:
    merged = notebook("x = 1").replace(b'"cells"', b'\n<<<<<<< HEAD\n"cells"')
    for content, said in (
        (notebook("# a title", kind="markdown"), "work.ipynb has no cell with code"),
        (notebook("", "# nothing"), "work.ipynb has no class"),
        (notebook("x = 1\nprint(x)"), "work.ipynb has no class"),
        (notebook("%run -i net/mine.py\nx = 1"), "%run -i net/mine.py is left out here; if the network"),
        (merged, "line 2 is a merge that git left unfinished"),
        (notebook("x = 1")[:-30], "it ends in the middle"),
        (b" \n", "it is empty"),
    ):
        (tmp_path / "work.ipynb").write_bytes(content)
        done = nnkata("check", str(tmp_path / "work.ipynb"))
        assert done.returncode == 2
        assert said in done.stderr
        assert "work.py" not in done.stderr


def test_a_line_that_runs_at_import_is_one_of_its_cell(nnkata: Run, tmp_path: Path) -> None:
    right = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
    used = right.replace("class DeepNeuralNetwork:", "class DeepNeuralNetwork:\n    base = BASE", 1)
    assert used != right
    (tmp_path / "work.ipynb").write_bytes(notebook("import os", "\nBASE = int('seven')", used))
    done = nnkata("check", str(tmp_path / "work.ipynb"))
    assert done.returncode == 2
    assert "work.ipynb, cell 2, line 2" in done.stderr
    assert "cell 2: line 2 runs while the file is imported" in done.stderr
    (tmp_path / "helper.py").write_text("raise ValueError\n")
    (tmp_path / "work.ipynb").write_bytes(notebook("from helper import x", right.replace("np.exp", "x.exp")))
    done = nnkata("check", str(tmp_path / "work.ipynb"))
    assert "runs while the file is imported" not in done.stderr


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ("KEYS = []\nfor i in range(1, 4):\n    KEYS.append(f'W{i}')", 3),
        ("KEYS = ['W1']\nKEYS.extend(['W2', 'W3'])", 2),
        ("TABLE = {}\nfor k in 'abc':\n    TABLE[k] = k.upper()\nKEYS = list(TABLE)", 4),
        ("KEYS = []\ni = 0\nwhile i < 3:\n    KEYS.append(i)\n    i += 1", 5),
        ("for KEYS in (['W1'], ['W2']):\n    pass", 2),
        ("import numpy as np\nwith np.errstate(all='ignore'):\n    KEYS = ['W1']", 3),
        ("KEYS = ['W1']\nif len(KEYS) < 3:\n    KEYS += ['W2']", 3),
        ("N = 3\nKEYS = [0] * N\nfor i in range(N):\n    KEYS[i] = i", 4),
    ],
)
def test_definitions_keep_what_fills_a_name_that_is_needed(lines: str, kept: int) -> None:
    cut = definitions(f"{lines}\nclass Net:\n    def f(self): return KEYS\n", NUMPY)
    assert sum(bool(line) for line in cut.split("\n")[: lines.count("\n") + 1]) == kept
    spaces: list[dict[str, Any]] = [{}, {}]
    for space, text in zip(spaces, (cut, lines), strict=True):
        exec(compile(text, "cut", "exec"), space)
    assert spaces[0]["Net"]().f() == spaces[1]["KEYS"]


@pytest.mark.parametrize(
    "lines",
    [
        "history = []\nfor epoch in range(3):\n    history.append(train())",
        "history = []\nnet = Net()\nfor epoch in range(3):\n    net.f()\n    history.append(epoch)",
        "history = []\nfor line in open('log.txt'):\n    history.append(line)",
        "history = []\nwhile True:\n    history.append(1)",
        "history = []\nprint(history)",
        "history = []\nwith open('log.txt') as log:\n    history.append(log.read())",
    ],
)
def test_definitions_leave_out_a_loop_that_does_more_than_to_fill(lines: str) -> None:
    cut = definitions(f"class Net:\n    def f(self): return history\ndef train(): ...\n{lines}\n", NUMPY)
    assert cut.split("\n")[3:] == ["history = []", *[""] * (lines.count("\n") + 1)]


def test_definitions_keep_a_method_that_setattr_adds() -> None:
    text = "class Net: ...\ndef train(self): return 7\nsetattr(Net, 'train', train)\nsetattr(Net(), 'x', print(1))\n"
    cut = definitions(text, NUMPY)
    assert cut.split("\n")[2:] == ["setattr(Net, 'train', train)", "", ""]


def test_a_notebook_with_a_helper_and_a_wait_calls_no_import_function(nnkata: Run, tmp_path: Path) -> None:
    right = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
    text = right.replace("np.exp", "maths.exp")
    assert text != right
    first = "await something()\nx = await other()\nimport maths\n"
    maths = "%%writefile maths.py\nfrom numpy import exp as exp\n"
    (tmp_path / "work.ipynb").write_bytes(notebook(maths, first, text))
    done = nnkata("check", str(tmp_path / "work.ipynb"), "--stage", "forward", "--stage", "from-scratch")
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / "work.ipynb").write_bytes(notebook(maths, first, text + "\nnumber = __import__('json').dumps(1)\n"
                                                   "def f(): return number\n"))  # fmt: skip
    done = nnkata("check", str(tmp_path / "work.ipynb"), "--stage", "from-scratch")
    assert done.returncode == 1
    assert "__import__" in done.stdout


def test_definitions_keep_the_contract_s_names_however_they_are_made() -> None:
    text = "def scaled(x, y): return x, y\npreprocess = scaled\nif 'DeepNeuralNetwork' not in globals():\n"
    text += "    class DeepNeuralNetwork: ...\nother = scaled\n"
    assert definitions(text, NUMPY) == text.replace("other = scaled", "")
    text = "class Net: ...\nDeepNeuralNetwork = Net\n"
    assert definitions(text, NUMPY) == text


def test_definitions_know_the_line_ends_that_python_reads() -> None:
    text = 'def f():\r    return 1\r\nx = """a\rb"""\rdef g(): return x\r\ninput()\n'
    assert definitions(text, NUMPY).split("\n") == [
        "def f():",
        "    return 1",
        'x = """a',
        'b"""',
        "def g(): return x",
        "",
        "",
    ]


def test_definitions_keep_a_name_that_a_function_changes() -> None:
    text = "count = 0\ndef tick():\n    global count\n    count += 1\n"
    assert definitions(text, NUMPY) == text


@pytest.mark.parametrize(
    ("setting", "kept"),
    [
        ("import warnings\nwarnings.filterwarnings('ignore')", True),
        ("import numpy as np\nold = np.seterr(all='ignore')", True),
        ("import sys, warnings\nif not sys.warnoptions:\n    warnings.simplefilter('ignore')", True),
        ("from sys import setrecursionlimit\nsetrecursionlimit(5000)", True),
        ("import warnings\nwarnings.filterwarnings(input())", False),
        ("import warnings\nwarnings.warn('look')", False),
        ("import warnings\nif True:\n    warnings.filterwarnings('ignore')\n    train()", False),
    ],
)
def test_definitions_keep_settings_that_only_choose_warnings_and_limits(setting: str, kept: bool) -> None:
    text = definitions(f"{setting}\nclass DeepNeuralNetwork: pass\n")
    assert (setting.splitlines()[-1] in text) is kept


@pytest.mark.parametrize(
    ("loop", "kept"),
    [
        ("for f in [sigmoid]: setattr(DeepNeuralNetwork, f.__name__, f)", True),
        ("for name, f in {'sigmoid': sigmoid}.items(): setattr(DeepNeuralNetwork, name, f)", True),
        ("for f in [sigmoid]: setattr(DeepNeuralNetwork, f.__name__, f); f(1)", False),
        ("for f in [sigmoid]: setattr(DeepNeuralNetwork, 'x', DeepNeuralNetwork.train())", False),
    ],
)
def test_definitions_keep_a_loop_that_adds_methods_and_calls_none(loop: str, kept: bool) -> None:
    text = definitions(f"class DeepNeuralNetwork: pass\ndef sigmoid(self, x): return x\n{loop}\n")
    assert (loop in text) is kept


@pytest.mark.parametrize(
    ("line", "used", "kept"),
    [
        ("@interact(n=(0, 9))\ndef show(n): return n", "", False),
        ("@widgets.interact\nasync def show(n): return n", "", False),
        ("@interact(n=(0, 9))\ndef show(n): return n", "show", True),
        ("@functools.cache\ndef show(n): return n", "", True),
        ("def wrap(f): return f\n@wrap\ndef show(n): return n", "", True),
    ],
)
def test_definitions_keep_a_function_decorated_by_an_absent_library_only_where_it_is_used(
    line: str, used: str, kept: bool
) -> None:
    begin = "import functools\nfrom ipywidgets import interact\nimport ipywidgets as widgets\n"
    use = f"class Net:\n    def forward(self): return {used or 1}\n"
    cut = definitions(f"{begin}{line}\n{use}", frozenset({"functools"}))
    assert ("def show" in cut) is kept
    assert ("@" in cut) is kept
    if not used:
        space: dict[str, Any] = {}
        exec(compile(cut, "cut", "exec"), space)
        assert space["Net"]().forward() == 1
