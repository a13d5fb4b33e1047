"""Networks whose parts are found by what they do: functions by any name, bound names, rates, the author's own calls."""

from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
HEAD = """
import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)
"""
FUNCTIONS = """
def init_parameters():
    return np.random.randn(20, 784) * 0.05, np.zeros((20, 1)), np.random.randn(10, 20) * 0.2, np.zeros((10, 1))
def durchgang(W1, b1, W2, b2, X):
    A1 = np.tanh(W1 @ X + b1)
    return A1, softmax(W2 @ A1 + b2)
def fehler(A1, A2, W2, X, Y):
    d = (A2 - np.eye(10)[Y].T) / Y.size
    e = W2.T @ d * (1 - A1**2)
    return e @ X.T, e.sum(axis=1, keepdims=True), d @ A1.T, d.sum(axis=1, keepdims=True)
def auswerten(a, b):
    raise SystemExit("no terminal")
W1, b1, W2, b2 = init_parameters()
"""
CACHES = """
class Net:
    def __init__(self, sizes):
        n, h, k = sizes
        self.params = {"W1": np.random.randn(h, n) * 0.05, "b1": np.zeros((h, 1))}
        self.params |= {"W2": np.random.randn(k, h) * 0.2, "b2": np.zeros((k, 1))}
        self.share = 0.01
    def whole_pass(self, X):
        p = self.params
        A1 = np.tanh(p["W1"] @ X + p["b1"])
        Z = p["W2"] @ A1 + p["b2"]
        return softmax(Z), [(X, A1), (A1, Z)]
    def predict(self, X):
        out, _ = self.whole_pass(X)
        return out.argmax(axis=0), out
    def whole_backward(self, AL, y, caches):
        (X, A1), p, m = caches[0], self.params, y.shape[1]
        d = (AL - y) / m
        e = p["W2"].T @ d * (1 - A1**2)
        dW1, dW2 = e @ X.T + self.share / m * p["W1"], d @ A1.T + self.share / m * p["W2"]
        return {"dW1": dW1, "db1": e.sum(1, keepdims=True), "dW2": dW2, "db2": d.sum(1, keepdims=True)}
net = Net([784, 24, 10])
"""
BOUND = """
W1, W2 = np.random.randn(20, 784) * 0.05, np.random.randn(10, 20) * 0.2
def feed_forward(data):
    a1 = np.tanh(W1 @ data.T)
    return data.T, a1, W2 @ a1
def batch_descent(epochs, datasize, batchsize, learning_step):
    global W1, W2
    for epoch in range(epochs):
        for i in range(0, datasize, batchsize):
            x, a1, out = feed_forward(train_images[i : i + batchsize])
            d = out - np.eye(10)[train_labels[i : i + batchsize]].T
            W1, W2 = W1 - learning_step * (W2.T @ d * (1 - a1**2)) @ x.T, W2 - learning_step * d @ a1.T
"""
TEMPO = """
class Net:
    def __init__(self):
        self.W1, self.b1 = np.random.randn(784, 20) * 0.05, np.zeros((20, 1))
        self.W2, self.b2 = np.random.randn(20, 10) * 0.2, np.zeros((10, 1))
        self.tempo, self.other = 0.037, 3.0
    def query(self, images):
        self.x = np.array(images, ndmin=2).T
        self.h = np.tanh(self.W1.T @ self.x + self.b1)
        return softmax(self.W2.T @ self.h + self.b2)
    def train(self, images, answers):
        wanted = np.array(answers, ndmin=2).T
        d = self.query(images) - wanted
        self.b2 = self.b2 - self.tempo * d  # of one sample; of a batch, the bias gets another shape
        e = self.W2 @ d * (1 - self.h**2)
        self.W2 = self.W2 - self.tempo * self.h @ d.T
        self.b1 = self.b1 - self.tempo * e
        self.W1 = self.W1 - self.tempo * self.x @ e.T
net = Net()
"""
CHOSEN = """
def squared(out, y):
    return 2 * (out - y) / len(y)
def shared(out, y):
    return (out - y) / len(y)
def probabilities(z):
    return softmax(z.T).T
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1)
        return probabilities(self.h @ self.W2)
    def fit(self, x, y, epochs=1, lr=0.02, slope=squared):
        for _ in range(epochs):
            d = slope(self.forward(x), y)
            self.W1, self.W2 = self.W1 - lr * self.x.T @ (d @ self.W2.T * (1 - self.h**2)), self.W2 - lr * self.h.T @ d
net = Net()
images, answers = read()
net.fit(images, answers, epochs=30, lr=0.5, slope=shared)
"""
DRAWN = """
from random import randint
pixels, rate = 784, 0.01
x_train, y_train = read()
W, b = np.random.randn(20, pixels) * 0.05, np.zeros((20, 1))
C, d = np.random.randn(10, 20) * 0.2, np.zeros((10, 1))
for epoch in range(9):
    for i in range(len(x_train)):
        n = randint(0, len(x_train) - 1)
        y, X = y_train[n], x_train[n].reshape(pixels, 1)
        H = np.tanh(W @ X + b)
        out = softmax(C @ H + d)
        Y = np.zeros((10, 1))
        Y[y, 0] = 1
        e = out - Y
        f = C.T @ e * (1 - H**2)
        C = C - rate * e @ H.T
        d = d - rate * e
        b = b - rate * f
        W = W - rate * f @ X.T
"""


def found(folder: Path, text: str) -> Recipe:
    return recipe_of(HEAD + text, folder, "their_net.py")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FUNCTIONS, "theirs.fehler(v[0], v[1], net['W2'], x.T, y.argmax(1))"),
        (BOUND, "theirs.batch_descent(1, len(x), len(x), 0.1)"),
        (TEMPO, "net.train(a, b)), net.tempo)"),
        (CHOSEN, "slope=theirs.shared"),
        (DRAWN, "x_train=a[None, :], y_train=np.array([b.argmax()])"),
    ],
    ids=["functions by any name", "names bound again", "a rate by its effect", "the author's own slope", "drawn"],
)
def test_a_right_network_is_found_whole_by_what_its_parts_do(tmp_path: Path, text: str, wanted: str) -> None:
    recipe = found(tmp_path, text)
    assert recipe["alike"], recipe
    assert wanted in "\n".join(recipe["gradients"])


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (FUNCTIONS, "(1 - A1**2)", "(1 - A1)"),
        (BOUND, "(1 - a1**2)", "(1 - a1)"),
        (TEMPO, "(1 - self.h**2)", "(1 - self.h)"),
        (CHOSEN, "(1 - self.h**2)", "(1 - self.h)"),
        (DRAWN, "(1 - H**2)", "(1 - H)"),
    ],
    ids=["functions by any name", "names bound again", "a rate by its effect", "the author's own slope", "drawn"],
)
def test_a_wrong_one_is_found_too_and_not_called_right(
    tmp_path: Path, text: str, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnkata.worker.adapting.search.SECONDS_MORE", 2.0)  # no better ones come
    assert right in text
    recipe = found(tmp_path, text.replace(right, wrong))
    assert recipe["gradients"]
    assert not recipe["alike"]


def test_another_function_gives_what_the_way_back_needs(tmp_path: Path) -> None:
    recipe = found(tmp_path, CACHES)
    assert recipe["output"] == "return net.whole_pass(x.T)[0].T"
    assert "g = net.whole_backward(v[0], y.T, v[1])" in recipe["gradients"]
    assert recipe["likeness"] > 0.999, "all but the decay of the weights"
    assert not found(tmp_path, CACHES.replace("d = (AL - y) / m", "d = AL / m")).get("alike")


def test_the_same_file_has_the_same_adapter(tmp_path: Path) -> None:
    text = TEMPO.replace("* 0.05", "* np.random.rand()")
    assert found(tmp_path, text) == found(tmp_path, text)
