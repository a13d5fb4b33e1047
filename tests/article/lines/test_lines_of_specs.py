"""Lines of layers that a list of dicts describes, or that stand in the arguments of a constructor, or in a tuple."""

from pathlib import Path

import pytest

from tests.support.pointed import is_found, line_of

HEAD = """import numpy as np


def sig(z):
    return 1 / (1 + np.exp(-z))


def smax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


"""
SPECS = (
    HEAD
    + """TABLE = {
    "sigmoid": (sig, lambda a: a * (1 - a)),
    "softmax": (smax, lambda a: np.ones_like(a)),
}


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.specs = [
            {"key": "W1", "in": sizes[0], "out": sizes[1], "act": "sigmoid"},
            {"key": "W2", "in": sizes[1], "out": sizes[2], "act": "sigmoid"},
            {"key": "W3", "in": sizes[2], "out": sizes[3], "act": "softmax"},
        ]
        self.params = self.initialization()

    def initialization(self):
        return {s["key"]: np.random.randn(s["out"], s["in"]) / np.sqrt(s["out"]) for s in self.specs}

    def sigmoid(self, x, derivative=False):
        function, slope = TABLE["sigmoid"]
        value = function(np.asarray(x, dtype=np.float64))
        return slope(value) if derivative else value

    def softmax(self, x):
        return TABLE["softmax"][0](x)

    def forward_pass(self, x_train):
        value = np.array(x_train, dtype=np.float64)
        self.memory = []
        for s in self.specs:
            record = {"enters": value}
            record["sum"] = np.tensordot(self.params[s["key"]], value, axes=1)
            record["leaves"] = TABLE[s["act"]][0](record["sum"])
            self.memory.append(record)
            value = record["leaves"]
        return value

    def backward_pass(self, y_train, output):
        gradients = {}
        carried = np.asarray(output) - y_train
        for s, record in zip(self.specs[::-1], self.memory[::-1]):
            local = carried * TABLE[s["act"]][1](record["leaves"])
            gradients[s["key"]] = np.multiply.outer(local, record["enters"])
            carried = np.tensordot(local, self.params[s["key"]], axes=1)
        return gradients
"""
)
MODULES = (
    HEAD
    + """class Linear:
    def __init__(self, net, key):
        self.net, self.key = net, key

    def forward(self, value):
        return self.net.params[self.key] @ value


class Sigmoid:
    def forward(self, value):
        return sig(value)


class Sequential:
    def __init__(self, *modules):
        self.modules = modules

    def forward(self, value):
        for module in self.modules:
            value = module.forward(value)
        return value


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{n}": np.random.randn(sizes[n], sizes[n - 1]) / sizes[n] ** 0.5 for n in (1, 2, 3)}
        l1, l2, l3 = (Linear(self, key) for key in ("W1", "W2", "W3"))
        self.model = Sequential(l1, Sigmoid(), l2, Sigmoid(), l3)

    def sigmoid(self, x, derivative=False):
        return sig(x) * (1 - sig(x)) if derivative else sig(x)

    def softmax(self, x):
        return smax(x)

    def forward_pass(self, x_train):
        return smax(self.model.forward(x_train))
"""
)
REDUCED = (
    HEAD.replace("import numpy", "from functools import reduce\n\nimport numpy")
    + """def through(value, step):
    weight, act = step
    return act(weight @ value)


class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = {f"W{n}": np.random.randn(sizes[n], sizes[n - 1]) / sizes[n] ** 0.5 for n in (1, 2, 3)}

    def sigmoid(self, x, derivative=False):
        return sig(x) * (1 - sig(x)) if derivative else sig(x)

    def softmax(self, x):
        return smax(x)

    def forward_pass(self, x_train):
        steps = zip(self.params.values(), (sig, sig, smax))
        return reduce(through, steps, np.asarray(x_train))
"""
)


@pytest.mark.parametrize(
    ("text", "right", "wrong", "clause"),
    [
        (SPECS, 'sizes[2], "act": "sigmoid"', 'sizes[2], "act": "softmax"', "forward-1"),
        (SPECS, '"act": "softmax"}', '"act": "sigmoid"}', "forward-1"),
        (SPECS, '"W2", "in": sizes[1], "out": sizes[2]', '"W2", "in": sizes[1], "out": sizes[1]', "initialization-1"),
        (SPECS, "lambda a: np.ones_like(a)", "lambda a: a * (1 - a)", "backward-2"),
        (SPECS, 'local, self.params[s["key"]], axes', 'local, gradients[s["key"]], axes', "backward-4"),
        (SPECS, '"key"]], value, axes=1)', '"key"]], value, axes=1) + 1', "forward-1"),
        (MODULES, "l1, Sigmoid(), l2", "l1, l2", "forward-1"),
        (MODULES, "Sigmoid(), l3)", "Sigmoid(), l3, Sigmoid())", "forward-1"),
        (REDUCED, "(sig, sig, smax)", "(np.tanh, sig, smax)", "forward-1"),
    ],
)
def test_the_line_is_that_of_the_entry(tmp_path: Path, text: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", text, right, wrong, clause)


@pytest.mark.parametrize("text", [SPECS, MODULES, REDUCED])
def test_entries_of_a_right_network_have_no_line(tmp_path: Path, text: str) -> None:
    assert line_of(tmp_path / "network.py", text, "forward-1") is None
