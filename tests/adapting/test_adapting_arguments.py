"""Arguments by name alone, lists of options, options of `match`; what the way back takes as the way forward does."""

from pathlib import Path

import pytest

from tests.adapting.adapted import Recipe, recipe_of
from tests.adapting.foreign_beginning import COMMON

pytestmark = pytest.mark.usefixtures("modules_as_before")

#: All its arguments go by name; its optimizer is chosen by `match`, and its author uses another than the plain one.
BY_NAME = """
class Net:
    def __init__(self, *, input_size, hidden_size, output_size):
        self.W, self.V = matrix(input_size, hidden_size), matrix(hidden_size, output_size)
        self.seen = 0 * self.W, 0 * self.V
    def forward(self, x):
        self.x, self.h = x, np.tanh(x @ self.W)
        return softmax(self.h @ self.V)
    def fit(self, x, y, *, loss, optimizer="momentum", lr=0.01, epochs=5):
        for _ in range(epochs):
            d = (self.forward(x) - y) / len(x)
            found = self.x.T @ (d @ self.V.T * (1 - self.h ** 2)), self.h.T @ d
            match optimizer:
                case "momentum":
                    found = self.seen = tuple(0.9 * old + new for old, new in zip(self.seen, found))
                case "sgd" | "plain":
                    pass
                case _:
                    raise ValueError(optimizer)
            self.W, self.V = self.W - lr * found[0], self.V - lr * found[1]
Net(input_size=784, hidden_size=20, output_size=10).fit(data, labels, loss="ce", optimizer="momentum")
"""
#: A list of the layers' activations; in front of the last layer their slope is left out.
LISTED = """
def initial_params(layers):
    return {f"{kind}{n}": (matrix(a, b).T if kind == "W" else np.zeros((b, 1))) * 0.9
            for n, (a, b) in enumerate(zip(layers, layers[1:]), 1) for kind in ("W", "b")}
def forward(samples, parameters, functions):
    kept = {"A0": samples}
    for n in range(1, len(parameters) // 2 + 1):
        z = parameters[f"W{n}"] @ kept[f"A{n - 1}"] + parameters[f"b{n}"]
        if functions[n - 1] == "relu":
            kept[f"A{n}"] = np.maximum(z, 0)
        elif functions[n - 1] == "softmax":
            kept[f"A{n}"] = softmax(z.T).T
    return kept[f"A{n}"], kept
def backward(samples, labels, parameters, kept, functions):
    n, found = len(parameters) // 2, {}
    d = (kept[f"A{n}"] - labels) / labels.shape[1]
    while n:
        found[f"dW{n}"], found[f"db{n}"] = d @ kept[f"A{n - 1}"].T, d.sum(axis=1, keepdims=True)
        d = parameters[f"W{n}"].T @ d
        if functions[n - 1] == MASKED:
            d = d * (kept[f"A{n - 1}"] > 0)
        n -= 1
    return found
"""
#: Words by names of their own: they are samples for both ways.
WORDS = """
class Net:
    def __init__(self):
        self.W, self.U, self.V = matrix(784, 12), matrix(784, 12), matrix(12, 10)
    def forward(self, word1, word2):
        self.h = np.tanh(word1 @ self.W + word2 @ self.U)
        return softmax(self.h @ self.V)
    def backward(self, word1, word2, wanted):
        d = (self.forward(word1, word2) - wanted) / len(wanted)
        e = d @ self.V.T * (1 - self.h ** 2)
        return word1.T @ e, word2.T @ e, self.h.T @ d
"""
#: Its biases stay, and beside them it keeps values of their shapes; the step is added to the weights.
VALUES = """
class Net:
    def __init__(self):
        self.W, self.V = [matrix(784, 20).T, matrix(20, 10).T], [np.zeros((20, 1)), np.zeros((10, 1))]
        self.values, self.moves = [None] * 3, [None] * 2
    def forward(self, a):
        self.values[0] = a
        for n in range(2):
            a = self.values[n + 1] = 1 / (1 + np.exp(-self.W[n] @ a - self.V[n]))
        return a
    def backward(self, error):
        for n in (1, 0):
            delta = error * self.values[n + 1] * (1 - self.values[n + 1])
            self.moves[n] = delta @ self.values[n].T
            error = self.W[n].T @ delta
    def descent(self, rate):
        for weights, move in zip(self.W, self.moves):
            weights += rate * move
"""
#: Made as the author's line does, and by a method after it; two ways forward give the same.
TWICE = """
class Net:
    def __init__(self, wide, functions):
        self.wide, self.functions, self.w = wide, functions, []
    def initialize_weights(self):
        self.w = [matrix(a, b).T / 2 for a, b in zip(self.wide, self.wide[1:])]
    def feedforward(self, sample):
        self.a = [sample]
        for n, w in enumerate(self.w, 1):
            z = w @ self.a[-1]
            self.a.append(np.tanh(z) if self.functions[n] == "tanh" else z)
        return self.a[-1]
    def predict(self, sample):
        return self.feedforward(sample)
    def backprop(self, target, rate, current_point, batch_size=1):
        kept = np.zeros((len(self.w[-1]), 1))
        kept += self.a[-1] - target
        if current_point % batch_size == 0:
            for n in (1, 0):
                move, kept = kept @ self.a[n].T, (self.w[n].T @ kept) * (1 - self.a[n] ** 2)
                self.w[n] = self.w[n] - rate * move
net = Net([3, 8, 2], [None, "tanh", "linear"])
"""
#: Every function has data of the top level for defaults.
DEFAULTS = """
def weightInit(*, n_input=784, hidden=20, X_train=X_train):
    return {"W1": matrix(n_input, hidden), "W2": matrix(hidden, 10)}
def forwardPass(*, X_train=X_train, y_train=y_train, weights=weights, decay=0):
    a = np.maximum(0, X_train @ weights["W1"])
    p = softmax(a @ weights["W2"])
    return -np.log(p[np.arange(len(p)), y_train]).mean(), {"a": a, "p": p}
def backpropagation(*, cache=None, X_train=None, y_train=None, weights=None):
    d = cache["p"].copy()
    d[np.arange(len(d)), y_train] -= 1
    d /= len(d)
    return {"d_w2": cache["a"].T @ d, "d_w1": X_train.T @ (d @ weights["W2"].T * (cache["a"] > 0))}
"""
#: The way back takes sums and values of the layers, whose names differ where they are made, passed on and taken.
PASSED_ON = """
def get_weights():
    return [matrix(784, 12), matrix(12, 10)]
def get_biases():
    return [np.zeros(12), np.zeros(10)]
def forward(sample, weights, biases):
    sums, values = [], [sample]
    for w, b in zip(weights, biases):
        sums.append(values[-1] @ w + b)
        values.append(1 / (1 + np.exp(-sums[-1])))
    return sums, values
def slope(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2
def backward(zed_matrix, act_matrix, label, weights):
    last = (act_matrix[2] - label) * slope(zed_matrix[1])
    first = weights[1] @ last * slope(zed_matrix[0])
    return [np.outer(act_matrix[0], first), np.outer(act_matrix[1], last)], [first, last]
def run(images, labels):
    weights = get_weights()
    biases = get_biases()
    for image, label in zip(images, labels):
        zs, acts = forward(image, weights, biases)
        moves = backward(zs, acts, label, weights)
"""


def found(folder: Path, text: str) -> Recipe:
    return recipe_of(COMMON + text, folder, "theirs.py")


def test_arguments_go_by_name_and_the_optimizer_is_the_plain_one(tmp_path: Path) -> None:
    recipe = found(tmp_path, BY_NAME)
    assert recipe["alike"]
    assert "loss='ce', optimizer='sgd'" in str(recipe["gradients"])


@pytest.mark.parametrize(("masked", "right"), [("'softmax'", True), ("'sigmoid'", False)])
def test_both_ways_take_the_same_list_of_activations(tmp_path: Path, masked: str, right: bool) -> None:
    recipe = found(tmp_path, LISTED.replace("MASKED", masked))
    assert "['relu', 'softmax']" in recipe["output"]
    assert str(recipe["gradients"]).count("['relu', 'softmax']") == 2
    assert recipe["alike"] is right


def test_both_ways_take_samples_by_the_names_of_the_way_forward(tmp_path: Path) -> None:
    recipe = found(tmp_path, WORDS)
    assert "backward(x, x, y)" in str(recipe["gradients"])
    assert recipe["alike"]


def test_the_way_back_takes_the_parts_that_the_author_passes_on(tmp_path: Path) -> None:
    recipe = found(tmp_path, PASSED_ON)
    assert "backward(v[0], v[1], b" in str(recipe["gradients"])
    assert recipe["alike"]


def test_values_of_the_way_forward_are_no_gradients_of_biases(tmp_path: Path) -> None:
    recipe = found(tmp_path, VALUES)
    assert "values" not in str(recipe["gradients"])
    assert "net.descent(" in str(recipe["gradients"])
    assert recipe["fits"] == 2


def test_a_method_makes_the_weights_and_a_number_of_the_sample_is_none_of_the_labels(tmp_path: Path) -> None:
    recipe = found(tmp_path, TWICE)
    assert "net.initialize_weights()" in recipe["new"]
    assert "a[:, None]" in recipe["output"]
    assert recipe["alike"]


def test_functions_with_absent_data_as_defaults_are_handed_them(tmp_path: Path) -> None:
    recipe = found(tmp_path, DEFAULTS)
    assert recipe["alike"]
    assert "weights=net" in recipe["output"]


def test_a_random_function_beside_a_steady_way_forward_is_no_dropout(tmp_path: Path) -> None:
    text = "def forward(x, p, kind):\n    raise ValueError(kind)\ndef fitted(x, p):\n    return x @ matrix(784, 10)\n"
    recipe = found(tmp_path, f"def init_params():\n    return {{'W1': matrix(784, 10)}}\n{text}")
    assert "output" not in recipe
    assert not recipe["random"]
