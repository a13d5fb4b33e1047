"""Notebooks as source text: cells, magics, formats, and the cell of a wrong line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nnkata.subject.source.notebook import MAX_CODE, NotANotebook, read_notebook

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


def test_a_training_that_fails_and_a_report_in_chinese_name_the_cell(nnkata: Run, tmp_path: Path) -> None:
    text = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
    wrong = text.replace("    def forward_pass(", "    def forward_pass(self, x):\n        1 / 0\n\n    def unused(", 1)
    assert wrong != text
    line = 1 + wrong.split("\n").index("        1 / 0")
    (tmp_path / "hw.ipynb").write_bytes(notebook("import numpy as np", wrong))
    done = nnkata("train", "hw.ipynb", "--epochs", "1", cwd=tmp_path)
    assert f"ZeroDivisionError: division by zero (hw.ipynb, cell 2, line {line})" in done.stderr
    assert "hw.py" not in done.stderr
    done = nnkata("check", "hw.ipynb", "--clause", "forward-1", "--language", "zh", cwd=tmp_path)
    assert f"（hw.ipynb 单元格 2 第 {line} 行）" in done.stdout


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
