"""The definitions of a text that a class needs: what is kept of a notebook's other statements."""

import sys
from typing import Any

import pytest

from nnkata.subject.source.definitions import definitions

NUMPY = frozenset({"numpy"})


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
