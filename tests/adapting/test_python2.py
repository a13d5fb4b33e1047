"""Networks in Python 2: their text in Python 3 on the same lines, and an adapter for them."""

import json
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.adapt.files import foreign as files_of
from nnkata.katas.mlp.adapt.search import checked
from nnkata.katas.mlp.adapt.text import adapter
from nnkata.worker import foreign
from nnkata.worker.adapting.search import search
from nnkata.worker.foreign_code.python2 import MARK, divided, in_python3
from nnkata.worker.foreign_code.statements import code_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
NETWORK = """
import numpy as np, random
class Net(object):
    def __init__(self, sizes):
        self.sizes = sizes
        self.W = [np.random.randn(b, a) / 9 for a, b in zip(sizes, sizes[1:])]
        self.b = map(lambda n: np.zeros((n, 1)), sizes[1:])
        print "made", len(self.W), "layers"
    def feedforward(self, a):
        for W, b in zip(self.W, self.b):
            a = 1 / (1 + np.exp(-(np.dot(W, a) + b)))
        return a
    def backprop(self, x, y):
        a, kept = x, [x]
        for W, b in zip(self.W, self.b):
            a = 1 / (1 + np.exp(-(np.dot(W, a) + b)))
            kept.append(a)
        slopes_W, slopes_b = [None] * len(self.W), [None] * len(self.W)
        d = (a - y) * a * (1 - a)
        for n in xrange(len(self.W) - 1, -1, -1):
            slopes_b[n], slopes_W[n] = d, np.dot(d, kept[n].T)
            d = np.dot(self.W[n].T, d) * kept[n] * (1 - kept[n])
        return slopes_b, slopes_W
if __name__ == "__main__":
    net = Net([784, 31 / 2, 10])
    try:
        net.train()
    except AttributeError, error:
        print error
"""


def test_each_statement_is_translated_on_its_line() -> None:
    text = in_python3(
        "if x: print 'one', x; print\n"
        "else: print >>log, 'two',\n"
        "try:\n\traise IOError, 'bad %s' % x\n"
        "except (IOError, ValueError), e:\n        pass\n"
        "n = 10L <> 3\n"
        "d.iteritems(); d.has_key(n)\n"
        "s = 'print 1 / 2'  # print 1 / 2\n"
    )
    assert text.split("\n") == [
        "if x: print( 'one', x); print",
        "else: print( log, 'two',)",
        "try:",
        "        raise IOError( 'bad %s' % x)",
        "except (IOError, ValueError) as e:",
        "        pass",
        "n = 10 != 3",
        "d.items(); d.__contains__(n)",
        "s = 'print 1 / 2'  # print 1 / 2",
        "",
        MARK,
        "",
    ]


def test_a_quotient_of_integers_is_rounded_down_and_no_other() -> None:
    text = in_python3("print 1\né = (7 + 1) / (1 + 2) / 1.0\nf = 'é', len('abc') / 2, n / (  # half\n    2)\n")
    found: dict[str, object] = {"divided": divided, "n": np.array([3, 5])}
    exec(text, found)
    assert found["é"] == 2.0
    assert str(found["f"]) == "('é', 1, array([1, 2]))"
    assert "divided" not in in_python3("from __future__ import division\nprint 1 / 2\n")


@pytest.mark.parametrize(
    "text",
    [
        "print('x', 1 / 2)\nfor i in range(3): print(i)\n",
        "try:\n    xrange\nexcept NameError:\n    xrange = range\nfor i in xrange(3): pass\n",
        "from past.builtins import xrange\nfor i in xrange(3): pass\n",
        "this is no python: print 'x'\n",
        "class Open(:\n    print 'x'\n",
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert in_python3(text) is text


def test_names_of_python_2_alone_are_enough() -> None:
    assert MARK in in_python3("for i in xrange(10 / 3): total = i\n")


def test_a_network_in_python_2_is_loaded_and_gets_an_adapter(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text(NETWORK, encoding="utf-8")
    theirs = foreign.loaded(tmp_path / "net.py", tmp_path)
    assert isinstance(theirs.Net([3, 2]).b, list)  # its `map` gives a list
    answer = search(str(tmp_path), ["net.py"])
    recipe = answer["recipe"]
    assert recipe["new"] == ["return made(theirs, 'net', 25)"]
    assert "likeness" not in recipe["why_gradients"]
    assert recipe["alike"] is True
    net = foreign.made(theirs, "net", 25)
    assert net.W[0].shape == (15, 784)  # 31 / 2
    said = "# net.py is Python 2: `load` translates it (print, xrange, division of integers, except E, e)."
    assert said in adapter(checked(answer), "nnkata adapt net.py", files_of(tmp_path)).splitlines()


def test_the_cells_of_an_old_notebook_are_translated_together(tmp_path: Path) -> None:
    cells = ["%matplotlib inline\nprint 'x'", "half = 7 / 2", "broken ("]
    content = {"cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    (tmp_path / "old.ipynb").write_text(json.dumps(content), encoding="utf-8")
    assert foreign.loaded(tmp_path / "old.ipynb", tmp_path).half == 3
    content = {"cells": [{"cell_type": "code", "source": cell} for cell in cells[1:]]}
    (tmp_path / "new.ipynb").write_text(json.dumps(content), encoding="utf-8")
    assert code_of(tmp_path / "new.ipynb") == "half = 7 / 2"


def test_lines_of_ipython_in_an_exported_notebook_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("%matplotlib inline\nrate = (7\n    % 4)\n!ls\n", encoding="utf-8")
    assert foreign.loaded(tmp_path / "net.py", tmp_path).rate == 3
