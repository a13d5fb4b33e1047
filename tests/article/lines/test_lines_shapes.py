"""Lines where the failure is raised further down, where a branch was not taken, or where a count goes astray."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.locate import locate as lines_of
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, Subject, locate
from nnkata.subject.inprocess import InProcess

TEXT = """import numpy as np


def preprocess(images, labels):
    x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / np.float32(255)
    return x, np.eye(10, dtype=np.float32)[np.asarray(labels).astype(int)]


def logistic(z):
    out = np.zeros_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    small = np.exp(z[~positive])
    out[~positive] = small / (1 + small)
    return out


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        n0, n1, n2, n3 = self.sizes
        rng = np.random.default_rng()
        return {
            "W1": rng.normal(0, n1**-0.5, (n1, n0)),
            "W2": rng.normal(0, n2**-0.5, (n2, n1)),
            "W3": rng.normal(0, n3**-0.5, (n3, n2)),
        }

    def sigmoid(self, x, derivative=False):
        x = np.asarray(x, dtype=float)
        match derivative:
            case True:
                return logistic(x) * logistic(-x)
            case _:
                return logistic(x)

    def softmax(self, x):
        e = np.exp(x - x.max())
        return e / e.sum()

    def activate(self, layer, z):
        match layer:
            case 1 | 2:
                return self.sigmoid(z)
            case _:
                return self.softmax(z)

    def forward_pass(self, x_train):
        a = np.array(x_train, dtype=float)
        self.a, self.z, layer = [a], [None], 1
        while layer < 3:
            z = self.params[f"W{layer}"] @ a
            a = self.activate(layer, z)
            self.a.append(a)
            self.z.append(z)
            layer += 1
        z = self.params["W3"] @ a
        return self.activate(3, z)

    def backward_pass(self, y_train, output):
        error = output - y_train
        found = []
        layer = 3
        while layer > 0:
            found.append(np.outer(error, self.a[layer - 1]))
            if layer > 1:
                error = self.params[f"W{layer}"].T @ error
                error = error * self.sigmoid(self.z[layer - 1], True)
            layer -= 1
        names = ["W3", "W2", "W1"]
        return dict(zip(names, found))

    def update_network_parameters(self, changes_to_w):
        for key in ("W1", "W2", "W3"):
            W = self.params[key]
            self.params[key] = W - self.l_rate * changes_to_w[key]

    def compute_accuracy(self, x_val, y_val):
        counts = np.zeros(2)
        for x, y in zip(x_val, y_val):
            hit = int(np.argmax(self.forward_pass(x)) == np.argmax(y))
            np.add.at(counts, hit, 1)
        return float(counts[1] / counts.sum())

    def train(self, x_train, y_train, x_val, y_val):
        epoch = 0
        while epoch < self.epochs:
            for x, y in zip(x_train, y_train):
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
            epoch += 1
"""
LAYERS = """import numpy as np


def preprocess(images, labels):
    x = np.asarray(images).reshape(len(images), -1).astype(np.float32) / np.float32(255)
    y = []
    for label in labels:
        row = np.zeros(10, dtype=np.float32)
        row[int(label)] = 1
        y.append(row)
    return x, np.array(y)


class Layer:
    def __init__(self, net, key, function):
        self.net = net
        self.key = key
        self.function = function

    def weight(self):
        return self.net.params[self.key]

    def ahead(self, a):
        self.entered = np.array(a, dtype=float)
        self.z = self.weight() @ self.entered
        return getattr(self.net, self.function)(self.z)

    def gradient(self, delta):
        return np.outer(delta, self.entered)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()
        self.one = Layer(self, "W1", "sigmoid")
        self.two = Layer(self, "W2", "sigmoid")
        self.three = Layer(self, "W3", "softmax")

    def initialization(self):
        inputs, hidden_1, hidden_2, outputs = self.sizes
        W1 = np.random.randn(hidden_1, inputs) / np.sqrt(hidden_1)
        W2 = np.random.randn(hidden_2, hidden_1) / np.sqrt(hidden_2)
        W3 = np.random.randn(outputs, hidden_2) / np.sqrt(outputs)
        return {"W1": W1, "W2": W2, "W3": W3}

    def sigmoid(self, x, derivative=False):
        e = np.exp(-np.abs(x))
        if derivative:
            return e / (1 + e) ** 2
        return np.where(x >= 0, 1, e) / (1 + e)

    def softmax(self, x):
        e = np.exp(x - x.max())
        return e / e.sum()

    def forward_pass(self, x_train):
        a = x_train
        for layer in (self.one, self.two, self.three):
            a = layer.ahead(a)
        return a

    def backward_pass(self, y_train, output):
        n = 1
        delta3 = output - y_train
        error2 = self.three.weight().T @ delta3
        delta2 = error2 * self.sigmoid(self.two.z, True)
        error1 = self.two.weight().T @ delta2
        delta1 = error1 * self.sigmoid(self.one.z, True)
        g3 = self.three.gradient(delta3) / n
        g2 = self.two.gradient(delta2) / n
        g1 = self.one.gradient(delta1) / n
        return {"W1": g1, "W2": g2, "W3": g3}

    def update_network_parameters(self, changes_to_w):
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - self.l_rate * change

    def predict(self, x):
        return int(np.argmax(self.forward_pass(x)))

    def compute_accuracy(self, x_val, y_val):
        hits = []
        for x, y in zip(x_val, y_val):
            guess = self.predict(x)
            hits.append(guess == np.argmax(y))
        return float(np.mean(hits))

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for i in range(len(x_train)):
                x, y = x_train[i], y_train[i]
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
"""
#: The same of the network of layer objects.
LAYER_EDITS = [
    ('"W3", "softmax")', '"W3", "sigmoid")', "forward-1", '"W3", "sigmoid")'),
    ('Layer(self, "W2"', 'Layer(self, "W1"', "forward-1", "self.two = Layer("),
    ("self.one.gradient(delta1)", "self.two.gradient(delta1)", "backward-5", "self.two.gradient(delta1)"),
    ("self.two.gradient(delta2)", "self.two.gradient(error2)", "backward-4", "self.two.gradient(error2)"),
    ("        n = 1", "        n = len(y_train)", "backward-2", "n = len(y_train)"),
    ("randn(hidden_2, hidden_1)", "randn(hidden_2, hidden_2)", "initialization-1", "randn(hidden_2, hidden_2)"),
    ("x_train[i], y_train[i]", "x_train[epoch], y_train[epoch]", "training-4", "x_train[epoch]"),
    ("int(np.argmax(self", "int(np.argmin(self", "training-9", "int(np.argmin(self"),
    ("hits.append(guess == np.argmax(y))", "hits.append(guess)", "training-9", "hits.append(guess)"),
    (
        "    for label in labels:\n        row = np.zeros(10, dtype=np.float32)",
        "    row = np.zeros(10, dtype=np.float32)\n    for label in labels:",
        "preprocessing-6",
        "row = np.zeros",
    ),
]
UNFIT = "operands could not be broadcast together with shapes (4,5) (5,4)"
#: What stood there, what stands there, the clause, and the text of the line that is at fault then.
EDITS = [
    ("out[~positive] = small / (1 + small)", "out[~positive] = 1 / (1 + small)", "activations-1", "out[~positive] = 1"),
    ("out[~positive] = small / (1 + small)", "out[~positive] = 1 / (1 + small)", "backward-4", "out[~positive] = 1"),
    ("case True:", 'case "True":', "activations-3", 'case "True":'),
    (
        "            case 1 | 2:",
        "            case 1:",
        "forward-1",
        "            case _:\n                return self.softmax(z)",
    ),
    ("a = self.activate(layer, z)", "a = np.maximum(z, 0)", "forward-1", "a = np.maximum"),
    ("while layer < 3:", "while layer < 2:", "forward-1", "while layer < 2:"),
    ("if layer > 1:", "if layer > 2:", "backward-5", "if layer > 2:"),
    ('names = ["W3", "W2", "W1"]', 'names = ["W3", "W2"]', "backward-5", "names ="),
    ('for key in ("W1", "W2", "W3"):', 'for key in ("W2", "W3"):', "update-1", "for key in"),
    ("self.params[key] = W - self.l_rate", "self.params[key] = W - int(self.l_rate)", "update-1", "W - int("),
    ("            epoch += 1", "                epoch += 1", "training-3", "                epoch += 1"),
    ("counts[1] / counts.sum()", "counts[1] / max(counts[0], 1)", "training-9", "max(counts[0], 1)"),
    ("(n2, n1)", "(n1, n2)", "initialization-9", '"W2": rng'),
]


def place(folder: Path, text: str, clause: str, error: BaseException) -> int | None:
    (folder / "network.py").write_text(text, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(folder / "network.py"))))
    found = lines_of(subject, 7, {"network.py": text}, {clause: error}).get(clause)
    return found and found.line


@pytest.mark.parametrize(("old", "new", "clause", "line"), EDITS)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, old: str, new: str, clause: str, line: str) -> None:
    assert TEXT.count(old) == 1, old
    wrong = TEXT.replace(old, new)
    there = wrong[: wrong.index(line)].count("\n") + 1
    assert place(tmp_path, wrong, clause, Mismatch("a quantity", 0, 1)) == there


@pytest.mark.parametrize(("old", "new", "clause", "line"), LAYER_EDITS)
def test_the_line_of_a_network_of_layers_is_that_of_the_mistake(
    tmp_path: Path, old: str, new: str, clause: str, line: str
) -> None:
    assert LAYERS.count(old) == 1, old
    wrong = LAYERS.replace(old, new)
    there = wrong[: wrong.index(line)].count("\n") + 1
    assert place(tmp_path, wrong, clause, Mismatch("a quantity", 0, 1)) == there


def test_weights_that_layer_objects_keep_are_told_where_they_are_kept(tmp_path: Path) -> None:
    wrong = LAYERS.replace("self.function = function", "self.function = function\n        self.own = net.params[key]")
    wrong = wrong.replace("return self.net.params[self.key]", "return self.own")
    there = wrong[: wrong.index("self.own = ")].count("\n") + 1
    for clause in ("forward-5", "update-2"):
        assert place(tmp_path, wrong, clause, Mismatch("a quantity", 0, 1)) == there


def test_a_gradient_of_another_shape_is_at_fault_where_the_update_raises(tmp_path: Path) -> None:
    wrong = TEXT.replace("np.outer(error, self.a[layer - 1])", "np.outer(self.a[layer - 1], error)")
    update, made = (wrong[: wrong.index(text)].count("\n") + 1 for text in ("W - self.l_rate", "found.append(np"))
    raised = Raised("ValueError", UNFIT, f"network.py, line {update}")
    assert place(tmp_path, wrong, "training-1", raised) == made


def test_another_exception_beside_such_a_gradient_stays_where_it_is(tmp_path: Path) -> None:
    wrong = TEXT.replace("np.outer(error, self.a[layer - 1])", "np.outer(self.a[layer - 1], error)")
    raised = Raised("NameError", "name 'epocs' is not defined", "network.py, line 93")
    assert place(tmp_path, wrong, "training-1", raised) == 93


def test_gradients_of_right_shapes_leave_the_line_to_the_exception(tmp_path: Path) -> None:
    wrong = TEXT.replace("np.outer(error, self.a[layer - 1])", "2 * np.outer(error, self.a[layer - 1])")
    raised = Raised("ValueError", UNFIT, "network.py, line 93")
    assert place(tmp_path, wrong, "training-1", raised) == 93


@pytest.mark.parametrize("text", [TEXT, LAYERS])
def test_a_right_network_has_no_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "network.py").write_text(text, encoding="utf-8")
    subject = Subject(InProcess.open(locate(str(tmp_path / "network.py"))))
    clauses = ("activations-1", "activations-3", "forward-1", "backward-5", "update-1", "training-4", "training-9")
    errors: dict[str, BaseException] = {clause: Mismatch("a quantity", 0, 1) for clause in clauses}
    assert lines_of(subject, 7, {"network.py": text}, errors) == {}
