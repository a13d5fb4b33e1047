"""Lines in a small framework: layers in a list, gradients that are added up and set to zero, an optimizer."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.edits import mends
from tests.support.pointed import is_found, line_of

FRAMEWORK = """import numpy as np


class Parameter:
    def __init__(self, value):
        self.value, self.grad = value, np.zeros_like(value)


class Dense:
    def __init__(self, fan_in, fan_out):
        self.w = Parameter(np.random.normal(0, fan_out**-0.5, (fan_out, fan_in)))

    def call(self, x):
        self.x = x
        return self.w.value @ x

    def backward(self, grad):
        self.w.grad += np.outer(grad, self.x)
        return self.w.value.T @ grad


class Sigmoid:
    def call(self, x):
        self.out = 1 / (1 + np.exp(-np.clip(x, -700, 700)))
        return self.out

    def slope(self):
        return self.out * (1 - self.out)

    def backward(self, grad):
        return grad * self.slope()


class Softmax(Sigmoid):
    def call(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def backward(self, grad):
        return grad


class Loss:
    def gradient(self, y_true, y_pred):
        return y_pred - y_true


class SGD:
    def __init__(self, rate):
        self.rate = rate

    def apply(self, params, grads):
        for p, g in zip(params, grads):
            p.value -= self.rate * g


class Sequential:
    def __init__(self, layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.call(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

    def trainable(self):
        return [layer.w for layer in self.layers if isinstance(layer, Dense)]

    def zero_grad(self):
        for p in self.trainable():
            p.grad[...] = 0


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        a, b, c, d = sizes
        self.model = Sequential([Dense(a, b), Sigmoid(), Dense(b, c), Sigmoid(), Dense(c, d), Softmax()])
        self.params = {f"W{k}": p.value for k, p in enumerate(self.model.trainable(), 1)}

    def sync(self):
        for p, key in zip(self.model.trainable(), ("W1", "W2", "W3")):
            p.value = self.params[key]

    def sigmoid(self, x, derivative=False):
        layer = Sigmoid()
        out = layer.call(np.asarray(x, dtype=float))
        return layer.slope() if derivative else out

    def softmax(self, x):
        return Softmax().call(np.asarray(x, dtype=float))

    def forward_pass(self, x_train):
        self.sync()
        return self.model.forward(x_train)

    def backward_pass(self, y_train, output):
        self.model.zero_grad()
        self.model.backward(Loss().gradient(y_train, output))
        return {f"W{k}": p.grad.copy() for k, p in enumerate(self.model.trainable(), 1)}

    def update_network_parameters(self, changes_to_w):
        self.sync()
        keys = sorted(changes_to_w)
        SGD(self.l_rate).apply([self.model.trainable()[int(k[1:]) - 1] for k in keys], [changes_to_w[k] for k in keys])
"""
TAPE = """import numpy as np


def keep(tape, name, value):
    tape.append((name, value))
    return value


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate, self.tape = sizes, epochs, l_rate, []
        self.params = {f"W{n}": np.random.randn(sizes[n], sizes[n - 1]) / sizes[n] ** 0.5 for n in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        s = np.exp(-np.logaddexp(0, -x))
        return s * (1 - s) if derivative else s

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        self.tape.clear()
        a = keep(self.tape, "W1", x_train)
        a = keep(self.tape, "W2", self.sigmoid(self.params["W1"] @ a))
        a = keep(self.tape, "W3", self.sigmoid(self.params["W2"] @ a))
        return self.softmax(self.params["W3"] @ a)

    def backward_pass(self, y_train, output):
        changes, delta = {}, output - y_train
        for name, a in reversed(self.tape):
            changes[name] = np.outer(delta, a)
            delta = self.params[name].T @ delta * a * (1 - a)
        return changes
"""
DENSE = "Dense(b, c), Sigmoid(), Dense(c, d), Softmax()"


@pytest.mark.parametrize(
    ("right", "wrong", "clause"),
    [
        ("p.grad[...] = 0", "p.grad *= 0.5", "backward-8"),
        ("p.grad[...] = 0", "p.grad[0] = 0", "backward-8"),
        ("p.grad[...] = 0", "p.grad[...] = 1", "backward-2"),
        (DENSE, DENSE.replace(", Softmax()", ""), "forward-1"),
        ("p.value -= self.rate * g", "p.value = p.value - self.rate * g", "update-1"),
        ("for p in self.trainable():", "for p in self.trainable()[1:]:", "backward-8"),
        (DENSE, DENSE.replace("Sigmoid(), ", ""), "forward-1"),
        (DENSE, DENSE.replace("Softmax()", "Sigmoid(), Softmax()"), "forward-1"),
        ("Loss().gradient(y_train, output)", "Loss().gradient(output, y_train)", "backward-2"),
        ("return self.out * (1 - self.out)", "return 0.25", "activations-3"),
        ("        return grad\n\n\nclass Loss", "        return 1.0\n\n\nclass Loss", "backward-1"),
    ],
)
def test_the_line_is_that_of_the_layer_or_of_its_list(tmp_path: Path, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", FRAMEWORK, right, wrong, clause)


@pytest.mark.parametrize(
    ("last", "clause"), [("p.grad[...] = 0", "backward-8"), ("p.value -= self.rate * g", "update-1")]
)
def test_a_break_after_the_first_round_is_the_line(tmp_path: Path, last: str, clause: str) -> None:
    broken = FRAMEWORK.replace(last, f"{last}\n            break")
    line = broken[: broken.index("break")].count("\n") + 1
    assert line_of(tmp_path / "network.py", broken, clause) == line


def test_the_line_of_a_part_is_not_that_of_the_loop_over_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mends, "PROGRAMS", {})  # an edit would find it, too, where nothing else is wrong
    right = "keys = sorted(changes_to_w)"
    is_found(tmp_path / "network.py", FRAMEWORK, right, f"{right}[:2]", "update-1")


def test_a_tape_that_keeps_the_values_of_the_sample_before_has_the_line(tmp_path: Path) -> None:
    is_found(tmp_path / "network.py", TAPE, "self.tape.clear()", "del self.tape[2:]", "backward-8")
    never = TAPE.replace("        self.tape.clear()\n", "")
    line = never[: never.index("tape.append")].count("\n") + 1
    assert line_of(tmp_path / "network.py", never, "backward-8") == line
    assert line_of(tmp_path / "network.py", TAPE, "backward-8") is None


def test_a_right_framework_has_no_line(tmp_path: Path) -> None:
    clauses = ("forward-1", "backward-2", "backward-8", "update-1", "activations-3")
    assert all(line_of(tmp_path / "network.py", FRAMEWORK, clause) is None for clause in clauses)
