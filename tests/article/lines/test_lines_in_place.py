"""Lines in networks of mixins that compute in place, of closures for the way back, and of layer objects."""

from pathlib import Path

import pytest

from nnkata.katas.article.lines.edits import mends
from tests.support.pointed import is_found

MIXINS = """import numpy as np
from numpy import divide, multiply, subtract


def preprocess(images, labels):
    pixels = divide(np.reshape(images, (len(images), 784)), 255.0, dtype=np.float32)
    codes = np.equal(np.arange(10), np.asarray(labels).astype(int)[:, None])
    return pixels, codes.astype(np.float32)


class Functions:
    def sigmoid(self, x, derivative=False):
        s = np.exp(-np.logaddexp(0, -np.asarray(x)))
        if not derivative:
            return s
        multiply(s, 1 - s, out=s)
        return s

    def softmax(self, x):
        e = np.array(x, dtype=float)
        e -= e.max()
        np.exp(e, out=e)
        e /= e.sum()
        return e


class Passes(Functions):
    def forward_pass(self, x_train):
        self.x = np.array(x_train)
        self.one = self.sigmoid(np.matmul(self.params["W1"], self.x))
        self.two = self.sigmoid(np.matmul(self.params["W2"], self.one))
        self.top = np.matmul(self.params["W3"], self.two)
        return self.softmax(self.top)

    def blame(self, key, error, hidden):
        arrived = np.matmul(error, self.params[key])
        multiply(arrived, hidden, out=arrived)
        multiply(arrived, 1 - hidden, out=arrived)
        return arrived

    def pairs(self, error, entered):
        return multiply(error[:, None], entered[None, :])

    def backward_pass(self, y_train, output):
        third = subtract(output, y_train)
        second = self.blame("W3", third, self.two)
        first = self.blame("W2", second, self.one)
        one, two = self.pairs(first, self.x), self.pairs(second, self.one)
        three = self.pairs(third, self.two)
        return {"W1": one, "W2": two, "W3": three}


class DeepNeuralNetwork(Passes):
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        n = self.sizes
        return {f"W{k}": np.random.randn(n[k], n[k - 1]) / n[k] ** 0.5 for k in (1, 2, 3)}

    def stepped(self, W, change):
        return subtract(W, self.l_rate * change)

    def update_network_parameters(self, changes_to_w):
        for key in self.params:
            new = self.stepped(self.params[key], changes_to_w[key])
            self.params[key] = new

    def compute_accuracy(self, x_val, y_val):
        return float(np.mean([self.forward_pass(x).argmax() == y.argmax() for x, y in zip(x_val, y_val)]))

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for x, y in zip(x_train, y_train):
                output = self.forward_pass(x)
                changes = self.backward_pass(y, output)
                self.update_network_parameters(changes)
            print(epoch, self.compute_accuracy(x_val, y_val))
"""
BODY = MIXINS[MIXINS.index("class DeepNeuralNetwork") :].replace("(Passes)", "")
CLOSURES = (
    MIXINS[: MIXINS.index("class Functions")]
    + """def dense(W, a):
    def back(delta):
        return np.outer(delta, a), W.T @ delta

    return W @ a, back


def bend(z):
    a = np.exp(-np.logaddexp(0, -z))

    def back(error):
        return error * a * (1 - a)

    return a, back


"""
    + BODY
    + """
    def sigmoid(self, x, derivative=False):
        value, back = bend(np.asarray(x))
        return back(1.0) if derivative else value

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def forward_pass(self, x_train):
        z1, back1 = dense(self.params["W1"], np.array(x_train))
        a1, bent1 = bend(z1)
        z2, back2 = dense(self.params["W2"], a1)
        a2, bent2 = bend(z2)
        z3, back3 = dense(self.params["W3"], a2)

        def way(delta):
            W3, error2 = back3(delta)
            W2, error1 = back2(bent2(error2))
            W1, _error = back1(bent1(error1))
            return dict(W1=W1, W2=W2, W3=W3)

        self.way = way
        return self.softmax(z3)

    def backward_pass(self, y_train, output):
        return self.way(output - y_train)
"""
)
LAYERS = (
    MIXINS[: MIXINS.index("class Passes")]
    + """class Dense:
    def __init__(self, net, key):
        self.net, self.key = net, key

    def forward(self, a):
        self.a = a
        return self.net.params[self.key] @ a

    def backward(self, delta):
        self.change = np.outer(delta, self.a)
        return self.net.params[self.key].T @ delta


class Bend:
    def forward(self, z):
        self.out = np.exp(-np.logaddexp(0, -z))
        return self.out

    def backward(self, error):
        return error * self.out * (1 - self.out)


"""
    + BODY.replace("class DeepNeuralNetwork", "class DeepNeuralNetwork(Functions)").replace(
        "        self.params = self.initialization()\n",
        "        self.params = self.initialization()\n"
        '        self.layers = [Dense(self, "W1"), Bend(), Dense(self, "W2"), Bend(), Dense(self, "W3")]\n',
    )
    + """
    def forward_pass(self, x_train):
        value = np.array(x_train)
        for layer in self.layers:
            value = layer.forward(value)
        return self.softmax(value)

    def backward_pass(self, y_train, output):
        error = output - y_train
        for layer in reversed(self.layers):
            error = layer.backward(error)
        return {layer.key: layer.change for layer in self.layers if isinstance(layer, Dense)}
"""
)


@pytest.fixture(autouse=True)
def whole_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit of a search for edits, so that no machine is too slow for it."""
    monkeypatch.setattr(mends, "SECONDS", 60.0)


@pytest.mark.parametrize(
    ("text", "right", "wrong", "clause"),
    [
        (MIXINS, "np.equal(", "np.not_equal(", "preprocessing-6"),
        (MIXINS, "if not derivative:", "if derivative is not None:", "activations-3"),
        (MIXINS, "e /= e.sum()", "e /= e.max()", "activations-8"),
        (MIXINS, "multiply(arrived, hidden, out=arrived)", "multiply(arrived, hidden)", "backward-4"),
        (MIXINS, 'self.blame("W2", second,', 'self.blame("W2", self.two,', "backward-5"),
        (MIXINS, "self.pairs(third, self.two)", "self.pairs(self.top, self.two)", "backward-3"),
        (MIXINS, "multiply(error[:, None]", "np.add(error[:, None]", "backward-3"),
        (MIXINS, 'return {"W1": one, "W2": two, "W3": three}', "return one, two, three", "backward-1"),
        (MIXINS, "self.stepped(self.params[key],", 'self.stepped(self.params["W1"],', "update-1"),
        (MIXINS, "output = self.forward_pass(x)", "output = self.forward_pass(x_train[0])", "training-4"),
        (MIXINS, "self.backward_pass(y, output)", "self.backward_pass(y_train[epoch], output)", "training-5"),
        (CLOSURES, "back2(bent2(error2))", "back2(error2)", "backward-4"),
        (CLOSURES, "dict(W1=W1, W2=W2, W3=W3)", "dict(dW1=W1, dW2=W2, dW3=W3)", "backward-1"),
        (LAYERS, "return self.out\n", "return z\n", "forward-2"),
    ],
)
def test_the_line_is_that_of_the_mistake(tmp_path: Path, text: str, right: str, wrong: str, clause: str) -> None:
    is_found(tmp_path / "network.py", text, right, wrong, clause)
