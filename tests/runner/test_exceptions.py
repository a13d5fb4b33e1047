"""A clause that fails by an exception explains it in plain words; its kind alone names no mistake."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from nnkata import language
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.shapes import told
from nnkata.steps.exceptions import TABLE, plain
from nnkata.steps.relation import relation
from nnkata.subject import Raised, Subject
from nnkata.subject.inprocess import InProcess
from nnkata.subject.locate import locate

PLAIN = Path(__file__).parents[2] / "solutions" / "correct" / "plain.py"
#: Lines that a learner may write, each with a part of the sentence about its exception.
LINES = [
    ("def f():\n    delta = delta + 1\nf()", "delta is used before anything is assigned"),
    ("a = wieghts", "nothing is called wieghts here"),
    ("a = nps", "nothing is called nps here"),
    ("del np\nnp.zeros(1)", "`import numpy as np` is missing"),
    ("math.exp(1)", "`import math` is missing"),
    ("a = ____ * 2", "____ is a blank of the template"),
    ("a = TODO", "TODO is a blank of the template"),
    ("a = YOUR_CODE_HERE", "YOUR_CODE_HERE is a blank of the template"),
    ("a = _w", "nothing is called _w here"),
    ("a = self.params", "self is missing among the arguments of this def"),
    ("for i in xrange(3): pass", "xrange is Python 2"),
    ("a = true", "Python writes True, False, None and self"),
    ("a = ... * np.float64(2)", "`...` stands for code that is not written yet"),
    ("a = ... + 1", "`...` stands for code that is not written yet"),
    ("np.ones(3) ^ 2", "^ is not a power in Python"),
    ("1.5 ^ 2", "^ is not a power in Python"),
    ("np.float64(1.5) ^ 2", "^ is not a power in Python"),
    ("raise OSError(30, 'Read-only file system', '/submission/log.txt')", "only the working folder"),
    ("raise PermissionError(13, 'Permission denied', '/submission/log.txt')", "only the working folder"),
    ("{'A1': 1}['A0']", "nothing was stored under the key 'A0'"),
    ("{1: 1}[4]", "nothing was stored under the key 4"),
    ("x = None\nx['W1']", "None stands where a value is meant"),
    ("x = None\nx.shape", "None stands where a value is meant"),
    ("1.0 - None", "None stands where a value is meant"),
    ("np.ones(3).values", "no tables of pandas: use the array itself, without .values"),
    ("np.ones(3).iloc[0]", "without .iloc"),
    ("np.ones(3).forward", "a NumPy array has no forward"),
    ("np.exponent(1)", "the module numpy has no exponent"),
    ("np.float(1)", "NumPy has no np.float any more: write float"),
    ("np.zeroes(3)", "there is no numpy.zeroes here: did you mean numpy.zeros?"),
    ("np.randn(3)", "did you mean numpy.random.randn?"),
    ("import math\nmath.sqr(2)", "did you mean math.sqrt?"),
    ("np.sigmoid(1)", "the module numpy has no sigmoid"),
    ("np.ones(3).tanspose()", "there is no tanspose here: did you mean transpose?"),
    ("[].apend(1)", "there is no apend here: did you mean append?"),
    ("class A:\n    @property\n    def w(self): return 1\nA().w = 2", "w is a property, which computes its value"),
    (
        "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass A:\n    w: int = 1\nA().w = 2",
        "w is a field of a frozen dataclass",
    ),
    (
        "from abc import ABC, abstractmethod\nclass A(ABC):\n    @abstractmethod\n    def back(self): ...\n"
        "class B(A): ...\nB()",
        "B lacks a method that its base class demands (",
    ),
    ("dict(**(1, 2))", "** takes a dict apart, and a value of type tuple stands there"),
    ("a, b = 1, 2, 3", "the names before the = are not as many"),
    ("a, b, c = 1, 2", "the names before the = are not as many"),
    ("g = (n for n in [1])\ng[0]", "a generator has no numbered elements"),
    ("zip([1], [2])[0]", "a zip has no numbered elements"),
    ("[1.0] * 0.5", "a list is multiplied by a number"),
    ("np.ones((2, 2)) @ 3.0", "@ stands beside a single number, None, or a function"),
    ("np.ones(2) @ len", "@ stands beside a single number, None, or a function"),
    ("1.0 - len", "- stands beside a function"),
    ("(1 > 0).dtype", "a value of type bool has no dtype: is another variable meant?"),
    ("class Net: pass\nNet().a1", "Net has no a1"),
    ("def softmax(x): pass\nsoftmax(1, derivative=True)", "softmax has no argument derivative"),
    ("def update(changes): pass\nupdate(1, 2)", "update is called with more arguments"),
    ("def update(changes): pass\nupdate()", "the call of update leaves out 'changes'"),
    ("np.ones(3)(0)", "a value (numpy.ndarray) is called like a function"),
    ("import math\nmath.exp(np.ones(3))", "np.exp stands in the place of math.exp"),
    ("np.ones(3)['W1']", "an array is indexed by something that is not a number"),
    ("a = [1]\na['W1']", "a list is indexed by a text"),
    ("np.ones(4)[4]", "index 4 is beyond the end: the last is 3"),
    ("[1][1]", "the last element is number len - 1"),
    ("np.ones(4)[0, 1]", "an array of 1 dimensions is indexed by 2 numbers"),
    ("np.float64(1)[0]", "a single number stands where an array"),
    ("for i in 7: pass", "a single number stands where an array"),
    ("len(7)", "a single number stands where an array"),
    ("np.argmax(np.ones(4), axis=1)", "an array of 1 dimensions has no axis 1"),
    ("if np.ones(3) > 0: pass", "a condition is decided by a whole array"),
    ("np.ones(6).reshape(4, 2)", "6 numbers do not fill the shape (4,2)"),
    ("np.zeros(3)[0] = np.ones(2)", "an array is assigned to the place of a single number"),
    ("a = np.ones(3, int)\na -= 0.5", "an array of int64 cannot take fractions in place"),
    ("{np.ones(1): 1}", "a value (numpy.ndarray) is used as a key"),
    ("{} - 1", "- stands between dict and int"),
    ("np.random.normal(0, -1, 3)", "a standard deviation below 0"),
    ("1 / 0", "a division by 0"),
    ("def f(): f()\nf()", "without an end"),
]


def raised(lines: str) -> Raised:
    """The exception of these lines, as a worker reports it."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each line has its own
        exec(lines, {"np": np})
    return Raised(type(caught.value).__name__, str(caught.value), "network.py, line 1")


@pytest.mark.parametrize(("lines", "said"), LINES, ids=[said[:30] for _lines, said in LINES])
def test_an_exception_of_python_or_numpy_is_explained_in_plain_words(lines: str, said: str) -> None:
    assert said in relation(raised(lines))


#: The source of a network, whose line 8 has a name that is not there.
SOURCE = """import numpy as np

RATE = 0.1

class Net:
    def forward(self, x_train):
        self.hidden = x_train
        output = x_train

    def softmax(self, x):
        other = x
"""


@pytest.mark.parametrize(
    ("kind", "message", "close"),
    [
        ("NameError", "name 'ouput' is not defined", "output"),
        ("NameError", "name 'x_trian' is not defined", "x_train"),
        ("NameError", "name 'RATES' is not defined", "RATE"),
        ("NameError", "name 'pritn' is not defined", "print"),
        ("NameError", "name 'softmax' is not defined", "self.softmax"),
        ("NameError", "name 'hidden' is not defined", "self.hidden"),
        ("NameError", "name 'others' is not defined", ""),  # a name of another function
        ("NameError", "name 'wieghts' is not defined", ""),
        ("AttributeError", "'Net' object has no attribute 'hiden'", "hidden"),
        ("AttributeError", "'Net' object has no attribute 'forwrad'", "forward"),
        ("AttributeError", "'Net' object has no attribute 'backward'", ""),
        ("AttributeError", "'Other' object has no attribute 'hiden'", ""),
    ],
)
def test_a_misspelt_name_of_the_source_is_told_with_the_near_one(kind: str, message: str, close: str) -> None:
    said = relation(Raised(kind, message, "network.py, line 8"), {"network.py": SOURCE})
    assert said.endswith(f"did you mean {close}?") if close else "did you mean" not in said
    assert "did you mean" not in relation(Raised(kind, message, "network.py, line 8"), {"network.py": "not Python ("})


SELF = "class Net:\n    LINE\n    def softmax(self, x): return x\n"
SLOTS = "class Net:\n    __slots__ = SLOTS\n    def __init__(self): self.params = {}\n"


@pytest.mark.parametrize(
    ("message", "source", "said"),
    [
        ("Net.softmax() missing 1 required positional argument: 'x'", SELF.replace("LINE", "@staticmethod"), "no self"),
        ("Net.softmax() missing 1 required positional argument: 'x'", SELF.replace("LINE", "x = 1"), "leaves out 'x'"),
        ("'Net' object has no attribute 'params'", SLOTS.replace("= SLOTS", "= ('sizes',)"), "__slots__ of Net lack"),
        ("'Net' object has no attribute 'params'", SLOTS.replace("= SLOTS", "= ('params',)"), "is it set in __init__"),
    ],
)
def test_a_fault_in_the_lines_of_the_class_is_told_in_place_of_its_effect(message: str, source: str, said: str) -> None:
    kind = "AttributeError" if "attribute" in message else "TypeError"
    assert said in plain(Raised(kind, message, "network.py, line 1"), {"network.py": source})


def test_every_sentence_is_tested_and_an_unknown_exception_shows_only_its_message() -> None:
    used = {_row(raised(lines)) for lines, _said in LINES}
    assert used == {say for _kinds, _pattern, say in TABLE}
    assert plain(Raised("RuntimeError", "no forward pass to go back over", "network.py, line 1")) == ""
    assert plain(Raised("KeyError", "'<b>no name</b>'", "network.py, line 1")) == ""


def _row(error: Raised) -> object:
    return next(say for kinds, pattern, say in TABLE if error.kind in kinds and re.search(pattern, error.message))


def test_the_sentences_exist_in_chinese(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: language.use("en"))
    language.use("zh-CN")
    assert "np.exp" in plain(raised("import math\nmath.exp(np.ones(3))"))
    assert "np.exp stands" not in plain(raised("import math\nmath.exp(np.ones(3))"))


@pytest.fixture
def shapes(tmp_path: Path) -> Callable[[str, str], dict[str, str]]:
    """The explanation of the shapes in the exception of the plain network with a replaced text."""

    def changed(old: str, new: str) -> dict[str, str]:
        text = PLAIN.read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "network.py").write_text(text.replace(old, new), encoding="utf-8")
        return told(Observed(Subject(InProcess.open(locate(str(tmp_path / "network.py")))), 7).passes)

    return changed


def test_shapes_in_a_message_identify_the_matrix_and_a_transpose(
    shapes: Callable[[str, str], dict[str, str]],
) -> None:
    said = shapes('np.dot(params["W3"].T, error)', 'np.dot(params["W3"], error)')
    (text,) = said.values()
    assert "(4, 5), the shape of W3" in text
    assert "(4,), the shape of Z3, output, y, δ3" in text
    assert shapes("import numpy", "import numpy") == {}
