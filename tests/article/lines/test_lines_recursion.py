"""Lines of networks without loops of their own: recursion, generators, functions in functions, lists of numbers."""

from pathlib import Path

import pytest

from nnkata.traces.trace import read
from nnkata.worker.trace import MAX_NUMBERS, Trace, leaves
from tests.support.pointed import is_found, line_of

START = """import numpy as np


def preprocess(images, labels):
    rows = [[p / 255 for row in image for p in np.ravel(row)] for image in images]
    x = np.array(rows, dtype=np.float32)
    y = np.zeros((len(labels), 10))
    for i, label in enumerate(labels):
        y[i, int(label)] = 1
    return x, y


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        s = self.sizes
        return {f"W{i}": np.random.randn(s[i], s[i - 1]) / np.sqrt(s[i]) for i in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        e = np.exp(-np.abs(x))
        s = np.where(x >= 0, 1, e) / (1 + e)
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()
"""
RECURSION = """
    def forward_pass(self, x_train):
        self.kept = []
        return self.up(x_train, 1)

    def up(self, a, level):
        z = self.params[f"W{level}"] @ a
        self.kept.append((a, z))
        if level == 3:
            return self.softmax(z)
        return self.up(self.sigmoid(z), level + 1)

    def backward_pass(self, y_train, output):
        return self.down(output - y_train, 3)

    def down(self, d, level):
        mine = {f"W{level}": np.outer(d, self.kept[level - 1][0])}
        if level == 1:
            return mine
        z = self.kept[level - 2][1]
        d = (self.params[f"W{level}"].T @ d) * self.sigmoid(z, derivative=True)
        return mine | self.down(d, level - 1)

    def update_network_parameters(self, changes_to_w):
        def step(keys):
            if keys:
                key = keys[0]
                self.params[key] = self.params[key] - self.l_rate * changes_to_w[key]
                step(keys[1:])

        step(["W1", "W2", "W3"])

    def compute_accuracy(self, x_val, y_val):
        def hit(i):
            return float(np.argmax(self.forward_pass(x_val[i])) == np.argmax(y_val[i]))

        return sum(map(hit, range(len(x_val)))) / len(x_val)

    def train(self, x_train, y_train, x_val, y_val):
        def learn(x, y):
            self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))

        def epoch(n):
            if n == self.epochs:
                return
            for x, y in zip(x_train, y_train):
                learn(x, y)
            epoch(n + 1)

        epoch(0)
"""
GENERATORS = """
    def layers(self, a):
        for i in range(1, 4):
            z = self.params[f"W{i}"] @ a
            a = self.sigmoid(z) if i < 3 else self.softmax(z)
            yield z, a

    def forward_pass(self, x_train):
        self.tape = [(None, x_train), *self.layers(x_train)]
        return self.tape[-1][1]

    def deltas(self, d):
        for i in (3, 2, 1):
            yield i, d
            if i > 1:
                z = self.tape[i - 1][0]
                d = (self.params[f"W{i}"].T @ d) * self.sigmoid(z, derivative=True)

    def backward_pass(self, y_train, output):
        return {f"W{i}": np.outer(d, self.tape[i - 1][1]) for i, d in self.deltas(output - y_train)}

    def update_network_parameters(self, changes_to_w):
        for key in changes_to_w:
            np.subtract(self.params[key], self.l_rate * changes_to_w[key], out=self.params[key])

    def compute_accuracy(self, x_val, y_val):
        right = 0
        for x, y in zip(x_val, y_val):
            right += int(np.argmax(self.forward_pass(x)) == np.argmax(y))
        return right / len(x_val)

    def samples(self, x, y):
        for _ in range(self.epochs):
            for i in np.random.permutation(len(x)):
                yield x[i], y[i]

    def train(self, x_train, y_train, x_val, y_val):
        for x, y in self.samples(x_train, y_train):
            output = self.forward_pass(x)
            self.update_network_parameters(self.backward_pass(y, output))
"""
NUMBERS = """
    def times(self, M, v):
        return [sum(m * n for m, n in zip(row, v)) for row in M]

    def forward_pass(self, x_train):
        a = x_train.tolist()
        self.layers = {0: {"a": a}}
        for i in (1, 2):
            z = self.times(self.params[f"W{i}"].tolist(), a)
            a = []
            for t in z:
                a.append(1 / (1 + np.exp(-t)))
            self.layers[i] = {"z": z, "a": a}
        return self.softmax(np.array(self.times(self.params["W3"].tolist(), a)))

    def backward_pass(self, y_train, output):
        d = [o - t for o, t in zip(output.tolist(), y_train.tolist())]
        changes = {}
        for i in (3, 2, 1):
            below = self.layers[i - 1]["a"]
            changes[f"W{i}"] = np.array([[u * v for v in below] for u in d])
            back = self.times(self.params[f"W{i}"].T.tolist(), d)
            d = [b * a * (1 - a) for b, a in zip(back, below)]
        return changes

    def update_network_parameters(self, changes_to_w):
        for key in changes_to_w:
            self.params[key] = self.params[key] - self.l_rate * changes_to_w[key]

    def compute_accuracy(self, x_val, y_val):
        return float(np.mean([np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)]))

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            for x, y in zip(x_train, y_train):
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
TEXTS = {"recursion": START + RECURSION, "generators": START + GENERATORS, "numbers": START + NUMBERS}
#: The form, the right text, the wrong one, and the clause.
WRONG = [
    ("recursion", "self.kept[level - 2][1]", "self.kept[level - 1][1]", "backward-4"),
    ("recursion", "return mine | self.down(d, level - 1)", "return self.down(d, level - 1)", "backward-1"),
    ("recursion", "return self.up(self.sigmoid(z), level + 1)", "self.up(self.sigmoid(z), level + 1)", "forward-2"),
    ("recursion", "return self.down(output - y_train, 3)", "self.down(output - y_train, 3)", "backward-1"),
    ("recursion", "return s * (1 - s) if derivative else s", "s = s * (1 - s) if derivative else s", "activations-1"),
    ("recursion", "if level == 3:", "if level == 2:", "forward-2"),
    ("recursion", "step(keys[1:])", "step(keys[2:])", "update-1"),
    ("recursion", "if n == self.epochs:", "if n == self.epochs - 1:", "training-1"),
    ("recursion", "== np.argmax(y_val[i])", "== np.argmin(y_val[i])", "training-9"),
    ("recursion", "== np.argmax(y_val[i]))", "== y_val[i][0])", "training-9"),
    ("recursion", "in zip(x_train, y_train)", "in zip(x_train, y_train[::-1])", "training-5"),
    ("generators", "range(1, 4)", "range(1, 3)", "forward-2"),
    ("generators", "self.tape[i - 1][0]", "self.tape[i - 1][1]", "backward-4"),
    ("generators", "yield x[i], y[i]", "yield x[i], y[-i]", "training-5"),
    ("generators", "l_rate * changes_to_w[key], out=self.params[key])", "l_rate * changes_to_w[key])", "update-1"),
    ("generators", "right += int", "right = int", "training-9"),
    ("numbers", "* a * (1 - a)", "* (1 - a)", "backward-4"),
    ("numbers", 'self.params[f"W{i}"].T.tolist(), d)', '(2 * self.params[f"W{i}"].T).tolist(), d)', "backward-4"),
    ("numbers", "a.append(1 / (1 + np.exp(-t)))", "a.append(1 / (1 + np.exp(-2 * t)))", "forward-2"),
    ("numbers", "o - t for o", "2 * (o - t) for o", "backward-3"),
    ("numbers", '[i - 1]["a"]', '[i - 1].get("z", a)', "backward-3"),
    ("numbers", "[p / 255 for", "[p / 256 for", "preprocessing-4"),
    ("numbers", "y[i, int(label)] = 1", "y[i, int(label) - 1] = 1", "preprocessing-6"),
]


@pytest.mark.parametrize(("form", "right", "wrong", "clause"), WRONG)
def test_the_line_is_the_one_that_was_changed(tmp_path: Path, form: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", TEXTS[form], right, wrong, clause)


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize(
    "clause", ["preprocessing-6", "activations-1", "forward-2", "backward-3", "update-1", "training-5", "training-9"]
)
def test_a_right_network_has_no_line(tmp_path: Path, form: str, clause: str) -> None:
    assert line_of(tmp_path / "network.py", TEXTS[form], clause) is None


def test_a_forward_pass_above_the_loop_of_the_samples_is_the_line(tmp_path: Path) -> None:
    loop, forward = "        for x, y in self.samples", "            output = self.forward_pass(x)\n"
    text = TEXTS["generators"].replace(forward, "")
    text = text.replace(loop, "        output = self.forward_pass(x_train[0])\n" + loop)
    assert line_of(tmp_path / "network.py", text, "training-2") == text[: text.index(loop)].count("\n")


def test_a_list_of_numbers_is_one_value() -> None:
    found = {name: getattr(value, "shape", None) for name, value in leaves("a", [[1.0, 2], [3, 4.5]])}
    assert found == {"a": (2, 2)}
    assert [name for name, _value in leaves("a", [[1.0, 2], [3.0]])] == ["a[0]", "a[1][0]"]
    assert [name for name, _value in leaves("a", [7, 6, 5])] == ["a[0]", "a[1]", "a[2]"]
    assert [name for name, _value in leaves("a", {1: {"z": [0.5, 0.25]}})] == ["a[1]['z']"]


def _sizes(values: list[list[float]]) -> list[int]:
    """The sizes of the values that remain of a name's."""
    events = [["network.py", 4, 0, "a", value] for value in values]
    seen = read({"value": None, "raised": None, "events": events, "frames": [["network.py", 1, "f", -1, 0]]})
    return [event.value.size for event in seen.events] if seen else []


def test_a_list_that_grows_is_whole_at_its_end() -> None:
    assert _sizes([[1.0, 2.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0, 4.0]]) == [4]
    assert _sizes([[1.0, 2.0], [1.0, 5.0, 3.0]]) == [2, 3]
    assert _sizes([[0.0, 0.0], [0.0, 0.0, 0.0]]) == [2, 3]  # of two layers


def test_a_loop_over_many_numbers_leaves_room_for_what_comes_after_it() -> None:
    trace = Trace(lambda _file: ("network.py", 0))
    with trace.watching():
        _counts(10 * MAX_NUMBERS)
    names = [str(event[3]) for event in trace.events]
    assert names.count("n") == MAX_NUMBERS + 1
    assert "last" in names


def _counts(many: int) -> float:
    n = 0.0
    for _ in range(many):
        n += 0.5
    last = n + 1
    return n + last
