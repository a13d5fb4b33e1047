"""Rates that a script sets, gradients that only a moving step keeps, biases in the weights, sizes of one sample."""

import json
import subprocess
import textwrap
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mlp.layout import layouts
from tests.adapting.adapted import Recipe, recipe_of
from tests.support import forks

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")

SETTER = """
import numpy as np
from keras.datasets import mnist
(xs, ys), _ = mnist.load_data()

class Digits:
    def __init__(self, inputs, hidden, outputs):
        self.one = np.random.normal(0, 0.1, (hidden, inputs))
        self.two = np.random.normal(0, 0.1, (outputs, hidden))
    def train(self, inputs, targets):
        x, t = np.array(inputs, ndmin=2).T, np.array(targets, ndmin=2).T
        h = 1 / (1 + np.exp(-self.one @ x))
        o = 1 / (1 + np.exp(-self.two @ h))
        d = (t - o) * o * (1 - o)
        FIRST
        e = self.two.T @ d * h * (1 - h)
        SECOND
        self.one += self.lr * e @ x.T
    def test(self, inputs):
        h = 1 / (1 + np.exp(-self.one @ np.array(inputs, ndmin=2).T))
        return 1 / (1 + np.exp(-self.two @ h))
    def set_learning_rate(self, rate):
        self.lr = rate

digits = Digits(784, 20, 10)
"""
STEP = "self.two += self.lr * d @ h.T"

#: Gradients that pile up, and that each layer divides by the number of samples.
PILED = """
import numpy as np
class Dense:
    def __init__(self, inputs, outputs):
        self.w = np.random.randn(outputs, inputs) / np.sqrt(inputs)
        self.grad_w = np.zeros_like(self.w)
    def forward(self, x):
        self.x = x
        return x @ self.w.T
    def back(self, grad):
        self.grad_w += grad.T @ self.x / len(grad)
        return grad @ self.w
class Tanh:
    def forward(self, x):
        self.a = np.tanh(x)
        return self.a
    def back(self, grad):
        return grad * (1 - self.a**2)
class MLP:
    def __init__(self, hidden):
        self.layers = [Dense(784, hidden), Tanh(), Dense(hidden, 10)]
    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def back(self, grad):
        for layer in reversed(self.layers):
            grad = layer.back(grad)
        return grad
"""

MOMENTUM = """
import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def one(x):
    return np.c_[x, np.ones(len(x))] if LAST else np.c_[np.ones(len(x)), x]

class Net:
    def __init__(self, layers, lr=0.003, momentum=0.9):
        self.lr, self.momentum = lr, momentum
        self.W = [np.random.randn(a + 1, b) / np.sqrt(a) for a, b in zip(layers, layers[1:])]
        self.velocity = [np.zeros(w.shape) for w in self.W]
    def forward(self, x):
        a = np.maximum(0, one(x) @ self.W[0])
        return softmax(one(a) @ self.W[1]), a
    def backward(self, x, y):
        out, a = self.forward(x)
        d = out - y
        inner = self.W[1][:-1] if LAST else self.W[1][1:]
        e = (a > 0) * (d @ inner.T)
        for n, g in enumerate([one(x).T @ e, one(a).T @ d]):
            self.velocity[n] = self.momentum * self.velocity[n] + self.lr * FACTOR * g / len(x)
            self.W[n] -= self.velocity[n]

net = Net([784, 30, 10])
"""
SIZED = """
import numpy as np

class Net:
    def __init__(self, sizes):
        self.weights = [np.random.randn(b, a) / np.sqrt(a) for a, b in zip(sizes, sizes[1:])]
        self.biases = [np.zeros((b, 1)) for b in sizes[1:]]
    def forwardPropagate(self, batch, batchSize):
        self.a = [np.zeros((len(b), batchSize)) for b in self.biases]
        out = batch
        for n, (w, b) in enumerate(zip(self.weights, self.biases)):
            out = self.a[n] = 1 / (1 + np.exp(-(w @ out + b)))
        return out
    def updateBatch(self, batch, labels, eta, batchSize):
        out = self.forwardPropagate(batch, batchSize)
        d = out - labels
        e = self.weights[1].T @ d * self.a[0] * (1 - self.a[0])
        self.weights = [w - eta / batchSize * g for w, g in zip(self.weights, [e @ batch.T, d @ self.a[0].T])]
        self.biases = [b - eta / batchSize * g.sum(axis=1, keepdims=True) for b, g in zip(self.biases, [e, d])]
"""


def found(folder: Path, text: str) -> Recipe:
    return recipe_of(textwrap.dedent(text), folder, "theirs.py")


def test_a_rate_that_the_script_sets_is_set(tmp_path: Path) -> None:
    recipe = found(tmp_path, SETTER.replace("FIRST", "pass").replace("SECOND", STEP))
    assert recipe["alike"]
    assert "net.lr = 0.1" in "".join(recipe["gradients"])


def test_weights_that_move_before_they_carry_back_are_not_called_right(tmp_path: Path) -> None:
    recipe = found(tmp_path, SETTER.replace("FIRST", STEP).replace("SECOND", "pass"))
    assert recipe["gradients"]
    assert not recipe["alike"]


def test_the_size_of_a_batch_is_passed_as_such(tmp_path: Path) -> None:
    recipe = found(tmp_path, SIZED)
    assert recipe["alike"]
    assert recipe["form"] == "columns"
    assert "updateBatch(x.T, y.T, 0.1, len(x))" in "".join(recipe["gradients"])


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return forks.run(words, folder)


@pytest.mark.parametrize(
    ("last", "factor", "right"), [("True", "1", True), ("False", "1", True), ("True", "(1 + (g > 0))", False)]
)
def test_momentum_and_biases_in_the_weights_are_judged_by_their_gradients(
    tmp_path: Path, last: str, factor: str, right: bool
) -> None:
    text = MOMENTUM.replace("LAST", last).replace("FACTOR", factor)
    (tmp_path / "theirs.py").write_text(text, encoding="utf-8")
    assert run(tmp_path, "adapt", "theirs.py").returncode == 0
    form = ("--format", "json", "--seed", "3", "--kata", "mlp", "--isolation", "sandbox")
    done = run(tmp_path, "check", "adapter.py", *form, "--upto", "gradients", "--skip", "output-9")
    clauses = {c["clause"]: c for stage in json.loads(done.stdout)["stages"] for c in stage["clauses"]}
    failed = [tag for tag, clause in clauses.items() if clause["status"] not in ("passed", "skipped")]
    assert clauses["parameters-3"]["status"] == "passed"
    assert clauses["gradients-2"]["status"] == ("passed" if right else "failed")
    assert not right or failed == []


def test_an_adapter_above_the_folder_of_a_package_finds_its_imports(tmp_path: Path) -> None:
    package = tmp_path / "theirs" / "model"
    package.mkdir(parents=True)
    (package / "layers.py").write_text("import numpy as np\n\ndef squash(z):\n    return 1 / (1 + np.exp(-z))\n")
    text = SIZED.replace("import numpy as np", "import numpy as np\nfrom model.layers import squash")
    text = text.replace("1 / (1 + np.exp(-(w @ out + b)))", "squash(w @ out + b)")
    (package / "net.py").write_text(text, encoding="utf-8")
    assert run(tmp_path, "adapt", "theirs", "--output", "mine.py").returncode == 0
    done = run(tmp_path, "check", "mine.py", "--kata", "mlp", "--isolation", "sandbox", "--stage", "output")
    assert "ModuleAbsent" not in done.stdout
    assert done.returncode == 0, done.stdout


def test_a_row_more_of_each_matrix_is_its_bias_and_goes_back_into_it() -> None:
    shapes = [(5, 4), (5, 3)]
    ways = [way for way in layouts(shapes) if way.joined is not None and not (way.once or way.later)]
    assert [(way.widths, way.joined, way.biased) for way in ways] == [
        ((4, 4, 3), -1, (True, True)),
        ((4, 4, 3), 0, (True, True)),
    ]
    arrays = [np.arange(20.0).reshape(5, 4), np.arange(15.0).reshape(5, 3)]
    for way in ways:
        (weights, bias), _last = way.whole(arrays)
        assert weights.shape == (4, 4)
        assert bias is not None
        assert np.array_equal(bias, arrays[0][way.joined or 0])
        assert all(map(np.array_equal, way.taken_apart(way.whole(arrays)), arrays))


@pytest.mark.parametrize("shapes", [[(4, 9), (9, 2)], [(5, 4), (4,), (4, 3)], [(6, 4), (4, 3)]])
def test_other_shapes_have_no_bias_in_all_of_their_matrices(shapes: list[tuple[int, ...]]) -> None:
    assert all(way.joined is None or way.once for way in layouts(shapes))
    assert layouts(shapes)[0].joined is None


def test_an_error_is_not_divided_where_the_layers_divide_what_piles_up(tmp_path: Path) -> None:
    """The calls tried before have piled up too, and hid that the undivided error gives the usual scale."""
    lines = recipe_of(PILED, tmp_path)["gradients"]
    assert "net.back(v - y)" in lines
    assert "array[...] = 0" in lines[0]


#: The way back keeps the errors; a third call, which needs the samples again, keeps the gradients.
THREE = """
import numpy as np
class Net:
    def __init__(self, inputs, hidden, outputs, activation):
        self.W = {1: np.random.randn(hidden, inputs) * 0.05, 2: np.random.randn(outputs, hidden) * 0.3}
        self.delta_W, self.e, self.activation = {}, {}, activation
    def forward(self, sample):
        z = self.W[1] @ sample
        self.h = np.tanh(z) if self.activation == "tanh" else z
        e = np.exp(self.W[2] @ self.h)
        self.p = e / e.sum()
        return self.p
    def backward(self, target):
        self.e[2] = self.p - target
        self.e[1] = self.W[2].T @ self.e[2] * (1 - self.h**2)
    def gradient(self, sample):
        self.delta_W[1] = np.outer(self.e[1], sample)
        self.delta_W[2] = np.outer(self.e[2], self.h)
"""


def test_the_gradients_may_come_of_a_third_call_with_the_samples(tmp_path: Path) -> None:
    recipe = recipe_of(THREE + "net = Net(784, 20, 10, 'tanh')\n", tmp_path)
    assert recipe["alike"], recipe
    assert [line.strip() for line in recipe["gradients"][1:4]] == [
        "v = net.forward(a)",
        "net.backward(b)",
        "net.gradient(a)",
    ]
