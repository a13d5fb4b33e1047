"""Lines of values that a function only passes on: caches, closures, keys, batches, iterators, totals."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.katas.article.lines.sources.statements import shared
from nnkata.subject import Raised, Subject, locate
from nnkata.subject.inprocess import InProcess
from tests.article.lines.test_lines_recursion import START
from tests.support.pointed import is_found, line_of

CACHES = """
    def affine(self, key, a):
        z = self.params[key] @ a
        cache = (key, a)
        return z, cache

    def back(self, d, cache):
        key, a = cache
        return np.outer(d, a), self.params[key].T @ d

    def error(self, output, target):
        return output - target

    def forward_pass(self, x_train):
        z1, self.c1 = self.affine("W1", x_train)
        self.a1 = self.sigmoid(z1)
        z2, self.c2 = self.affine("W2", self.a1)
        self.a2 = self.sigmoid(z2)
        z3, self.c3 = self.affine("W3", self.a2)
        return self.softmax(z3)

    def backward_pass(self, y_train, output):
        d = self.error(output, y_train)
        dW3, d = self.back(d, self.c3)
        dW2, d = self.back(d * self.a2 * (1 - self.a2), self.c2)
        dW1, d = self.back(d * self.a1 * (1 - self.a1), self.c1)
        return {"W1": dW1, "W2": dW2, "W3": dW3}

    def update_network_parameters(self, changes_to_w):
        self.params |= {key: self.params[key] - self.l_rate * change for key, change in changes_to_w.items()}

    def compute_accuracy(self, x_val, y_val):
        answers = np.array([np.argmax(self.forward_pass(x)) for x in x_val])
        right = np.sum(answers == np.argmax(y_val, axis=1))
        return float(right / len(x_val))

    def train(self, x_train, y_train, x_val, y_val):
        epoch = 0
        while (epoch := epoch + 1) <= self.epochs:
            pairs = zip(x_train, y_train)
            for x, y in pairs:
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
ROWS = """
    def forward(self, X):
        self.X = X
        self.A1 = self.sigmoid(X @ self.params["W1"].T)
        self.A2 = self.sigmoid(self.A1 @ self.params["W2"].T)
        E = np.exp(self.A2 @ self.params["W3"].T)
        return E / E.sum(axis=1, keepdims=True)

    def back(self, Y, P):
        D3 = (P - Y) / len(Y)
        D2 = D3 @ self.params["W3"] * self.A2 * (1 - self.A2)
        D1 = D2 @ self.params["W2"] * self.A1 * (1 - self.A1)
        return {"W1": D1.T @ self.X, "W2": D2.T @ self.A1, "W3": D3.T @ self.A2}

    def forward_pass(self, x_train):
        return self.forward(x_train[None, :])[0]

    def backward_pass(self, y_train, output):
        return self.back(y_train[None, :], output[None, :])

    def update_network_parameters(self, changes_to_w):
        for key in self.params:
            self.params[key] = self.params[key] - self.l_rate * changes_to_w[key]

    def compute_accuracy(self, x_val, y_val):
        return float(np.mean([np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)]))

    def train(self, x_train, y_train, x_val, y_val):
        batch = 1
        for _ in range(self.epochs):
            order = np.random.permutation(len(x_train))
            for start in range(0, len(x_train), batch):
                rows = order[start : start + batch]
                P = self.forward(x_train[rows])
                changes = self.back(y_train[rows], P)
                self.update_network_parameters(changes)
"""
TEXTS = {"caches": START + CACHES, "rows": START + ROWS}
WRONG = [
    ("caches", "cache = (key, a)", "cache = (key, z)", "backward-3"),
    ("caches", "return output - target", "return target - output", "backward-3"),
    ("caches", '"W2": dW2, "W3": dW3}', '"W2": dW3, "W3": dW2}', "backward-3"),
    ("caches", "self.params |= {key", "self.params | {key", "update-1"),
    ("caches", "right = np.sum(answers == ", "right = 1 + np.sum(answers == ", "training-9"),
    ("caches", ":= epoch + 1) <= self.epochs", ":= epoch + 1) < self.epochs", "training-1"),
    ("rows", "batch = 1", "batch = 2", "training-2"),
    ("rows", "len(x_train), batch)", "len(x_train) - batch, batch)", "training-1"),
    ("rows", "self.back(y_train[rows], P)", "self.back(y_train[start : start + batch], P)", "training-5"),
]


@pytest.mark.parametrize(("form", "right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, form: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TEXTS[form], right, wrong, clause)


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize("clause", ["forward-2", "forward-5", "backward-3", "update-1", "training-5", "training-9"])
def test_a_right_network_has_no_line(tmp_path: Path, form: str, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXTS[form], clause) is None


def test_pairs_that_are_used_up_after_an_epoch_are_the_line(tmp_path: Path) -> None:
    made, start = "            pairs = zip(x_train, y_train)\n", "        epoch = 0\n"
    text = TEXTS["caches"].replace(made, "").replace(start, start + made[4:])
    assert line_of(tmp_path / "network.py", text, "training-3") == text[: text.index("pairs = zip")].count("\n") + 1


@pytest.mark.parametrize("clause", ["forward-5", "training-2", "update-5"])
def test_matrices_that_the_constructor_keeps_beside_params_are_the_line(tmp_path: Path, clause: str) -> None:
    made = "        self.params = self.initialization()\n"
    text = TEXTS["caches"].replace(made, made + "        self.matrices = list(self.params.values())\n")
    text = text.replace("self.params[key] @ a", "self.matrices[int(key[1]) - 1] @ a")
    text = text.replace("self.params[key].T @ d", "self.matrices[int(key[1]) - 1].T @ d")
    line = text[: text.index("self.matrices")].count("\n") + 1
    assert line_of(tmp_path / "network.py", text, clause) == line


def test_a_matrix_of_a_column_and_a_row_is_the_line_of_an_exception_below_it(tmp_path: Path) -> None:
    text = TEXTS["caches"].replace("return output - target", "return output[:, None] - target")
    calls = ("forward_pass", [X]), ("backward_pass", [Y, None])
    line = text[: text.index("return output[:, None]")].count("\n") + 1
    assert _line_of_raised(tmp_path / "network.py", text, "backward-3", *calls) == line


OBJECTS = """
    def forward_pass(self, x_train):
        self.layers = [
            Weighted(self.params["W1"]), Bent(self.sigmoid),
            Weighted(self.params["W2"]), Bent(self.sigmoid),
            Weighted(self.params["W3"]),
        ]
        value = x_train
        for layer in self.layers:
            value = layer.forward(value)
        return self.softmax(value)


class Weighted:
    def __init__(self, W):
        self.W = W

    def forward(self, value):
        return self.W @ value


class Bent:
    def __init__(self, bend):
        self.bend = bend

    def forward(self, value):
        return self.bend(value)
"""


def test_a_list_of_layers_without_one_of_them_is_the_line(tmp_path: Path) -> None:
    text = (START + OBJECTS).replace('Weighted(self.params["W2"]), Bent(self.sigmoid),', 'Weighted(self.params["W2"]),')
    line = text[: text.index("self.layers = [")].count("\n") + 1
    assert line_of(tmp_path / "network.py", text, "forward-2") == line
    assert line_of(tmp_path / "network.py", START + OBJECTS, "forward-2") is None


def test_the_first_sample_that_is_kept_for_all_others_is_the_line(tmp_path: Path) -> None:
    kept = '        if not hasattr(self, "x"):\n            self.x = x_train\n'
    text = TEXTS["caches"].replace('        z1, self.c1 = self.affine("W1", x_train)\n', kept + KEPT)
    assert line_of(tmp_path / "network.py", text, "forward-2") == text[: text.index("if not has")].count("\n") + 1


KEPT = '        z1, self.c1 = self.affine("W1", self.x)\n'


def test_a_default_that_all_calls_share_is_the_line(tmp_path: Path) -> None:
    text = TEXTS["caches"].replace("def affine(self, key, a):", "def affine(self, key, a, cache={}):")
    text = text.replace("cache = (key, a)", 'cache["key"], cache["a"] = key, a')
    text = text.replace("key, a = cache\n", 'key, a = cache["key"], cache["a"]\n')
    line = text[: text.index("def affine")].count("\n") + 1
    assert line_of(tmp_path / "network.py", text, "backward-4") == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nkept = dict.fromkeys((1, 2), {})", 2),
        ("kept = [[]] * 3", 1),
        ("kept = [{'z': 0}] * 3", 1),
        ("def f(x, kept=[]):\n    kept[0] = x", 1),
        ("kept = [0.0] * 3\nothers = {k: [] for k in kept}", None),
        ("kept = dict.fromkeys((1, 2))", None),
        ("def f(x, kept=()):\n    return kept", None),
        ("def f(x, sizes=[7, 6]):\n    return sizes[x]", None),
    ],
)
def test_one_dict_or_list_for_several_is_found(text: str, line: int | None) -> None:
    found = shared({"network.py": text})
    assert (found and found.line) == line


def _line_of_raised(path: Path, text: str, clause: str, *calls: tuple[str, Sequence[object]]) -> int:
    """The line for the exception of the last of these calls; None stands for the result of the call before it."""
    path.write_text(text, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(path))))
    net, value = subject.network((7, 6, 5, 4)), None
    for name, args in calls[:-1]:
        value = net.call(name, *args).value
    name, args = calls[-1]
    with pytest.raises(Raised) as caught:
        net.call(name, *(value if arg is None else arg for arg in args))
    return lines_of(subject, 7, {path.name: text}, {clause: caught.value})[clause].line


X, Y = np.full(7, 0.1), np.eye(4)[0]


def test_a_function_that_is_not_called_is_the_line_of_an_exception_below_it(tmp_path: Path) -> None:
    text = TEXTS["caches"].replace("self.a1 = self.sigmoid(z1)", "a1 = self.sigmoid")
    text = text.replace('"W2", self.a1)', '"W2", a1)')
    found = _line_of_raised(tmp_path / "network.py", text, "forward-2", ("forward_pass", [X]))
    assert found == text[: text.index("a1 = self.sigmoid")].count("\n") + 1


def test_an_update_that_drops_a_matrix_is_the_line_of_the_missing_key(tmp_path: Path) -> None:
    text = TEXTS["rows"].replace("self.params[key] = self.params[key]", "self.params = {key: self.params[key]")
    text = text.replace("- self.l_rate * changes_to_w[key]", "- self.l_rate * changes_to_w[key]}")
    text = text.replace("for key in self.params:", "for key in list(self.params):")
    calls = ("update_network_parameters", [{f"W{i}": np.ones(s) for i, s in enumerate(((6, 7), (5, 6), (4, 5)), 1)}])
    line = text[: text.index("self.params = {key")].count("\n") + 1
    assert _line_of_raised(tmp_path / "network.py", text, "update-1", calls) == line


def test_the_slope_at_another_value_in_a_closure_is_the_line(tmp_path: Path) -> None:
    text = START + CLOSURES
    right = "return d * slope(kept['z'])"
    assert text.count(right) == 1
    wrong = text.replace(right, "return d * slope(kept['a'])")
    calls = ("forward_pass", [X]), ("backward_pass", [Y, None])
    line = text[: text.index(right)].count("\n") + 1
    assert _line_of_raised(tmp_path / "network.py", wrong, "backward-1", *calls) == line
    assert line_of(tmp_path / "network.py", text, "backward-3") is None


CLOSURES = """
    def forward_pass(self, x_train):
        def slope(z):
            return self.sigmoid(z, derivative=True)

        self.layers = [dense(W, slope) for W in self.params.values()]
        a = self.sigmoid(self.layers[0][0](x_train))
        a = self.sigmoid(self.layers[1][0](a))
        return self.softmax(self.layers[2][0](a))

    def backward_pass(self, y_train, output):
        (_, bent1, back1), (_, bent2, back2), (_, _, back3) = self.layers
        dW3, d = back3(output - y_train)
        dW2, d = back2(bent2(d))
        dW1, d = back1(bent1(d))
        return {"W1": dW1, "W2": dW2, "W3": dW3}


def dense(W, slope):
    kept = {}

    def forward(a):
        kept["a"], kept["z"] = a, W @ a
        return kept["z"]

    def bent(d):
        return d * slope(kept['z'])

    def back(d):
        return np.outer(d, kept["a"]), W.T @ d

    return forward, bent, back
"""
