"""Lines of networks that keep values in names of an outer scope: globals, and functions made in the constructor."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.katas.article.lines.sources.outer_names import unset
from nnkata.subject import Raised, Subject, locate
from nnkata.subject.inprocess import InProcess
from nnkata.traces.place import Place
from tests.support.pointed import is_found, line_of

TEXT = """import numpy as np

X = A1 = A2 = None


def dense(params, name):
    kept = None

    def forward(a):
        nonlocal kept
        kept = a
        return params()[name] @ a

    def backward(d, grads):
        grads[name] = np.outer(d, kept)
        return d @ params()[name]

    return forward, backward


def preprocess(images, labels):
    x = np.float32(images).reshape(-1, 784) / 255
    digits = np.asarray(labels).astype(int)
    y = np.eye(10)[digits]
    return x, y.astype("float32")


def logistic(z):
    e = np.exp(-np.abs(z))
    return np.where(z < 0, e, 1) / (1 + e)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()
        self.last = dense(lambda: self.params, "W3")

    def initialization(self):
        inputs = self.sizes[0]
        first = self.sizes[1]
        second = self.sizes[2]
        classes = self.sizes[3]
        kernels = {
            "W1": np.random.randn(inputs, first) / np.sqrt(first),
            "W2": np.random.randn(first, second) / np.sqrt(second),
            "W3": np.random.randn(second, classes) / np.sqrt(classes),
        }
        return {name: kernel.T for name, kernel in kernels.items()}

    def sigmoid(self, x, derivative=False):
        s = logistic(np.asarray(x, float))
        return s - s * s if derivative else s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        global X, A1, A2
        X = x_train
        A1 = self.sigmoid(self.params["W1"] @ X)
        A2 = self.sigmoid(self.params["W2"] @ A1)
        return self.softmax(self.last[0](A2))

    def backward_pass(self, y_train, output):
        grads = {}
        back = self.last[1](output - y_train, grads)
        inner = back * A2 * (1 - A2)
        grads["W2"] = np.outer(inner, A1)
        outer = (inner @ self.params["W2"]) * A1 * (1 - A1)
        grads["W1"] = np.outer(outer, X)
        return grads
"""


def number(text: str, part: str) -> int:
    """The number of the line with this part."""
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "raises", "there"),
    [
        ("global X, A1, A2\n", "global X, A2\n", 'grads["W2"] = ', "global X, A2"),
        ("global X, A1, A2\n", "global A1, A2\n", 'grads["W1"] = ', "global A1, A2"),
        ("        nonlocal kept\n", "", "np.outer(d, kept)", "kept = a\n"),
    ],
)
def test_a_name_that_is_set_in_its_function_alone_has_the_line_there(
    right: str, wrong: str, raises: str, there: str
) -> None:
    text = TEXT.replace(right, wrong)
    assert unset(Place("n.py", number(text, raises)), {"n.py": text}) == Place("n.py", number(text, there))
    assert unset(Place("n.py", number(TEXT, raises)), {"n.py": TEXT}) is None


def test_such_a_line_stands_in_place_of_the_one_that_raised(tmp_path: Path) -> None:
    path, text = tmp_path / "network.py", TEXT.replace("global X, A1, A2\n", "global A1, A2\n")
    path.write_text(text, encoding="utf-8")
    where = f"network.py, line {number(text, 'np.outer(outer, X)')}"
    error = Raised("TypeError", "unsupported operand type(s) for *: 'float' and 'NoneType'", where)
    found = lines_of(Subject(InProcess.open(locate(str(path)))), 7, {path.name: text}, {"backward-1": error})
    assert found["backward-1"].line == number(text, "global A1, A2")


@pytest.mark.usefixtures("whole_search")
@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("grads[name] = np.outer(d, kept)", "grads[name] = -np.outer(d, kept)", "backward-2"),
        ("return s - s * s if derivative else s", "return s * s - s if derivative else s", "activations-3"),
        (
            "np.random.randn(inputs, first) / np.sqrt(first)",
            "np.random.randn(inputs, first) / np.sqrt(inputs)",
            "initialization-7",
        ),
        ("first = self.sizes[1]", "first = self.sizes[2]", "initialization-1"),
        ("second = self.sizes[2]", "second = self.sizes[1]", "initialization-1"),
        ("y = np.eye(10)[digits]", "y = digits", "preprocessing-6"),
    ],
)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TEXT, right, wrong, clause)


@pytest.mark.usefixtures("whole_search")
def test_the_line_of_a_wrong_slope_is_not_that_of_a_caller_that_could_undo_it(tmp_path: Path) -> None:
    by_hand = "back * A2 * (1 - A2)"
    text = TEXT.replace(by_hand, "back * self.sigmoid(self.params['W2'] @ A1, True)")
    right, wrong = "return s - s * s if derivative else s", "return s * s - s if derivative else s"
    found = line_of(tmp_path / "network.py", text.replace(right, wrong), "backward-4")
    assert found == number(text, right)


@pytest.mark.parametrize("clause", ["activations-3", "backward-4", "preprocessing-6"])
def test_a_right_network_of_this_kind_has_no_line(tmp_path: Path, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXT, clause) is None
