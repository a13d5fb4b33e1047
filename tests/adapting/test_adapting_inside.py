"""Networks that keep their output to themselves, and those whose training makes the weights."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.worker import foreign
from nnkata.worker.adapting.trying import made_of
from nnkata.worker.foreign_code.local_variables import NotInside, inside
from tests.adapting.adapted import Recipe, recipe_of

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")
DIGITS_ALONE = """
import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
class NeuralNetwork:
    def __init__(self, nn_input_dim, nn_hdim, nn_output_dim, rate=0.02):
        W1, W2 = np.random.randn(nn_input_dim, nn_hdim) * 0.05, np.random.randn(nn_hdim, nn_output_dim) * 0.2
        self.model, self.rate = {"W1": W1, "W2": W2}, rate
    def predict(self, x):
        h = np.tanh(x @ self.model["W1"])
        scores = h @ self.model["W2"]
        probs = softmax(scores)
        return np.argmax(probs, axis=1)
    def train(self, train, valid, nb_epochs=4):
        X, Y = train
        for _ in range(nb_epochs):
            W1, W2 = self.model["W1"], self.model["W2"]
            h = np.tanh(X @ W1)
            d = softmax(h @ W2) - np.eye(10)[Y]
            e = d @ W2.T * (1 - h**2)
            self.model = {"W1": W1 - self.rate * X.T @ e, "W2": W2 - self.rate * h.T @ d}
        return np.mean(self.predict(valid[0]) == valid[1])
"""
LATE = """
import numpy as np
class Classifier:
    def __init__(self, hidden=20, rate=0.05):
        self.hidden, self.rate = hidden, rate
    def fit(self, X, y, epochs=50):
        if not hasattr(self, "W1"):
            self.W1 = np.random.randn(X.shape[1], self.hidden) * 0.05
            self.W2 = np.random.randn(self.hidden, y.shape[1]) * 0.2
        for _ in range(epochs):
            d = self.predict(X) - y
            e = d @ self.W2.T * (1 - self.h**2)
            self.W2 = self.W2 - self.rate * self.h.T @ d
            self.W1 = self.W1 - self.rate * X.T @ e
    def predict(self, X):
        self.h = np.tanh(X @ self.W1)
        return 1 / (1 + np.exp(-self.h @ self.W2))
"""
DROPPED = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
        self.verbose, self.training, self.keep = True, True, 0.8
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1)
        if self.training:
            self.h = self.h * (np.random.rand(*self.h.shape) < self.keep) / self.keep
        return self.h @ self.W2
    def backward(self, y):
        d = self.h @ self.W2 - y
        return self.x.T @ (d @ self.W2.T * (1 - self.h**2)), self.h.T @ d
net = Net()
"""
MIXED = """
import numpy as np
def make_params():
    return {"W1": np.random.randn(784, 20) * 0.05, "W2": np.random.randn(20, 10) * 0.2, "b2": np.zeros((10, 1))}
def forward(x, params):
    h = np.tanh(x @ params["W1"])
    e = np.exp(h @ params["W2"] + params["b2"].T)
    return h, e / e.sum()  # of all samples: the author hands in one
def update(params, x, y, eta):
    h, out = forward(x, params)
    d = out - y
    e = d @ params["W2"].T * (1 - h**2)
    params["W2"] -= eta * h.T @ d
    params["b2"] -= eta * d.reshape(params["b2"].shape)
    params["W1"] -= eta * x.T @ e
"""
OF_A_THING = """
import numpy as np
class Thing:
    def __init__(self, lagen):
        self.W1, self.W2 = np.random.randn(784, lagen[1]) * 0.05, np.random.randn(lagen[1], 10) * 0.2
def ausgabe_des_netzes(dnn, X):
    return [X, np.tanh(X @ dnn.W1), np.tanh(X @ dnn.W1) @ dnn.W2]
def nachstellen(dnn, X, Y, epochs, lr, batch_size):
    for _ in range(epochs):
        for i in range(0, len(X), batch_size):
            x, h, out = ausgabe_des_netzes(dnn, X[i : i + batch_size])
            d = (out - Y[i : i + batch_size]) / len(x)
            dnn.W1, dnn.W2 = dnn.W1 - lr * x.T @ (d @ dnn.W2.T * (1 - h**2)), dnn.W2 - lr * h.T @ d
thing = Thing([784, 20, 10])
"""
KEPT = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(784, 20) * 0.05, np.random.randn(20, 10) * 0.2
    def whole(self, x):
        self.x, self.h = x, np.tanh(x @ self.W1)
        self.out = self.h @ self.W2
        return self.out
    def backward(self, labels):
        d = self.out - np.eye(10)[labels]
        return self.x.T @ (d @ self.W2.T * (1 - self.h**2)), self.h.T @ d
net = Net()
"""


def found(folder: Path, text: str) -> Recipe:
    return recipe_of(text, folder, "their_net.py")


def test_an_output_that_is_not_returned_is_a_local_variable(tmp_path: Path) -> None:
    recipe = found(tmp_path, DIGITS_ALONE)
    assert recipe["output"] == "return inside(lambda: net.predict(x), 'predict', 'probs')"
    assert recipe["alike"], recipe
    assert "net.train((x, y.argmax(1)), (x, y.argmax(1)), nb_epochs=1)" in "\n".join(recipe["gradients"])


def test_a_network_whose_training_makes_its_weights_is_trained_once(tmp_path: Path) -> None:
    recipe = found(tmp_path, LATE)
    assert recipe["new"][1] == "net.fit(np.random.rand(10, 784), np.eye(10), epochs=1)"
    assert "one epoch on ten random samples" in recipe["why_new"]
    assert recipe["alike"], recipe


def test_a_network_that_is_trained_once_is_made_as_by_its_author(tmp_path: Path) -> None:
    text = LATE.replace("hidden=20, rate=0.05", "mystery, secret").replace(
        "= hidden, rate", "= mystery['h'], secret['r']"
    )
    text = text.replace("X, y, epochs", "training_images, training_labels, epochs").replace(
        "        if not hasattr", "        X, y = training_images, training_labels\n        if not hasattr"
    )
    recipe = found(tmp_path, text + "best = Classifier({'h': 20}, {'r': 0.05})\nbest.fit(x_train, y_train)\n")
    assert recipe["new"][0] == "net = theirs.Classifier({'h': 20}, {'r': 0.05})"
    assert recipe["alike"], recipe


def test_a_network_with_dropout_is_judged_without_it(tmp_path: Path) -> None:
    recipe = found(tmp_path, DROPPED)
    assert recipe["new"][-2:] == ["net.training = False", "return net"]
    assert recipe["why_new"].endswith("; without its dropout")
    assert recipe["alike"], recipe


def test_samples_are_handed_in_one_at_a_time_where_a_batch_mixes_them(tmp_path: Path) -> None:
    recipe = found(tmp_path, MIXED)
    assert recipe["form"] == "row"
    assert recipe["alike"], recipe


def test_functions_that_take_the_object_are_found_by_what_they_do(tmp_path: Path) -> None:
    recipe = found(tmp_path, OF_A_THING)
    assert recipe["output"] == "return theirs.ausgabe_des_netzes(net, x)[2]"
    assert recipe["alike"], recipe


def test_the_gradients_are_those_of_a_fresh_network(tmp_path: Path) -> None:
    recipe = found(tmp_path, KEPT)
    assert recipe["alike"], recipe
    theirs = foreign.loaded(tmp_path / "their_net.py", tmp_path)
    x, y = np.random.default_rng(1).random((4, 784)), np.eye(10)[:4]
    run = made_of("net, x, y", recipe["gradients"], theirs)
    assert [array.shape for array in run(theirs.Net(), x, y)] == [(784, 20), (20, 10)]


SLOPES_ALONE = """
import numpy as np
class Net:
    def __init__(self):
        self.W1, self.W2 = np.random.randn(20, 784) * 0.05, np.random.randn(10, 20) * 0.2
        self.b2 = np.zeros((10, 1))
    def backpropagate(self, x, y):
        h = np.tanh(self.W1 @ x)
        d = self.W2 @ h + self.b2
        d[y] -= 1
        return self.W2.T @ d * (1 - h**2) @ x.T, d @ h.T, d
net = Net()
"""


def test_a_gradient_of_the_form_of_an_output_is_none(tmp_path: Path) -> None:
    assert "output" not in found(tmp_path, SLOPES_ALONE), "it is another for another label"


@pytest.mark.parametrize(
    "text",
    [DIGITS_ALONE, LATE, DROPPED, MIXED, OF_A_THING],
    ids=["an output inside", "weights made by training", "dropout", "mixed", "functions of an object"],
)
def test_a_wrong_one_is_not_called_right(tmp_path: Path, text: str) -> None:
    wrong = text.replace("(1 - h**2)", "(1 - h)").replace("(1 - self.h**2)", "(1 - self.h)")
    assert wrong != text
    assert found(tmp_path, wrong).get("alike") is not True


def outer(x: Any) -> Any:
    kept = inner(x) + 1
    return kept.sum()


def inner(x: Any) -> Any:
    kept = 2 * x
    return kept + 0


def test_the_last_end_of_a_function_counts_and_another_has_no_such_variable() -> None:
    x = np.arange(3.0)
    np.testing.assert_array_equal(inside(lambda: [outer(x), outer(x + 1)], "outer", "kept"), [3, 5, 7])
    np.testing.assert_array_equal(inside(lambda: outer(x), "inner", "kept"), [0, 2, 4])
    with pytest.raises(NotInside, match="inner has no other"):
        inside(lambda: outer(x), "inner", "other")


#: Its step takes a set of rows and binds new arrays; of pixels, one at a time, it makes arrays of other shapes.
REBOUND = """
import numpy as np
class Net:
    def __init__(self, sizes):
        self.bias = [np.random.randn(1, m) / 3 for m in sizes[1:]]
        self.weights = [np.random.randn(n, m) / 10 for n, m in zip(sizes, sizes[1:])]
    def get_result(self, images):
        for b, w in zip(self.bias, self.weights): images = 1 / (1 + np.exp(-(np.dot(images, w) + b)))
        return images
    def get_error(self, image, result):
        h = 1 / (1 + np.exp(-(np.dot(image, self.weights[0]) + self.bias[0])))
        out = 1 / (1 + np.exp(-(np.dot(h, self.weights[1]) + self.bias[1])))
        d = out * (1 - out) * (out - result)
        e = h * (1 - h) * np.dot(d, self.weights[1].transpose())
        return [e, d], [np.dot(image.transpose(), e), np.dot(h.transpose(), d)]
    def update_net(self, images, results, rate):
        for image, result in zip(images, results):
            of_b, of_w = self.get_error(image, result)
            self.bias = [b - rate * g for b, g in zip(self.bias, of_b)]
            self.weights = [w - rate * g for w, g in zip(self.weights, of_w)]
    def predict(self, images):
        return np.argmax(self.get_result(images))
"""


def test_a_call_that_binds_other_arrays_leaves_the_network_as_it_was(tmp_path: Path) -> None:
    recipe = recipe_of(REBOUND, tmp_path)
    assert "net.get_result(a[None, :])" in recipe["output"]
    assert (recipe["alike"], recipe["fits"]) == (True, 4)
