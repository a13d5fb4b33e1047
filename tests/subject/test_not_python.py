"""A file that is not Python: its kind, and its syntax error with advice."""

import re
from pathlib import Path

import pytest

from nnkata.language import use
from nnkata.subject import NotFound
from nnkata.subject.locate import locate
from nnkata.subject.source.syntax import translated


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
    ("encoding", "said"),
    [("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"), ("utf-32", "UTF-32"), ("utf-32-le", "UTF-32")],
)
def test_an_encoding_that_python_does_not_read_is_named(tmp_path: Path, encoding: str, said: str) -> None:
    (tmp_path / "network.py").write_bytes("import numpy as np\n".encode(encoding))
    with pytest.raises(NotFound, match=f"saved as {said},"):
        locate(str(tmp_path / "network.py"))


def test_a_file_with_null_bytes_is_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_bytes(b"class DeepNeuralNetwork:\n    pass\n\0")
    with pytest.raises(NotFound, match="contains NUL bytes") as refusal:
        locate(str(tmp_path / "network.py"))
    assert "None" not in str(refusal.value)


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
        (tmp_path / "network.py").write_text(text + "class DeepNeuralNetwork:\n    pass\n")
        assert locate(str(tmp_path / "network.py")).class_name == "DeepNeuralNetwork"
