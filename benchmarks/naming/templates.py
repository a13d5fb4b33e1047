"""The network in several styles of writing, as texts with places for pieces."""

import re

HEAD = """import time

import numpy as np


def preprocess(images, labels):
    images = np.asarray(images)
    x = «SCALE»
    «ONEHOT»
    return x, y

"""

BIRTH = """
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes = sizes
        self.epochs = epochs
        self.l_rate = l_rate
        self.params = self.initialization()

    def initialization(self):
        params = {}
        for i in (1, 2, 3):
            rows, columns = self.sizes[i], self.sizes[i - 1]
            params[f"W{i}"] = «DRAW»
        return params
"""

ACTIVATIONS = """
def sigmoid(x, derivative=False):
    x = floats(x)
    if derivative:
        return «DSIG»
    return «SIG»


def softmax(x):
    x = floats(x)
    «SOFT»
"""

FLOATS = """
def floats(x):
    x = np.asarray(x)
    return x if x.dtype.kind == "f" else x.astype(np.float64)

"""

REST = """
    def update_network_parameters(self, changes_to_w):
        «UPDATE»

    def compute_accuracy(self, x_val, y_val):
        «ACCURACY»

    def train(self, x_train, y_train, x_val, y_val):
        start = time.time()
        «BEFORE»
        for epoch in «EPOCHS»:
            «OPEN»
            for i in «ORDER»:
                x, y = «PAIR»
                «STEP»
            «AFTER»
            accuracy = self.compute_accuracy(x_val, y_val)
            print(f"epoch {epoch + 1}: {time.time() - start:.1f} s, {100 * accuracy:.2f} %")
"""

METHODS = (
    "\n"
    + re.sub(
        r"^(?=.)",
        "    ",
        ACTIVATIONS.strip("\n").replace("(x", "(self, x", 1).replace("softmax(x", "softmax(self, x"),
        flags=re.M,
    ).replace("\n\n\n", "\n\n")
    + "\n"
)

PASSES = {
    "article": """
    def forward_pass(self, x_train):
        params = self.params
        params["A0"] = np.array(x_train, dtype=np.float64)
        params["Z1"] = «Z1»
        params["A1"] = «A1»
        params["Z2"] = «Z2»
        params["A2"] = «A2»
        params["Z3"] = «Z3»
        params["A3"] = «OUT»
        return params["A3"]

    def backward_pass(self, y_train, output):
        params = self.params
        change_w = {}
        error3 = «D3»
        change_w["W3"] = «G3»
        error2 = «D2»
        change_w["W2"] = «G2»
        error1 = «D1»
        change_w["W1"] = «G1»
        return change_w
""",
    "fields": """
    def forward_pass(self, x_train):
        w1, w2, w3 = self.params["W1"], self.params["W2"], self.params["W3"]
        self.x = np.array(x_train, dtype=np.float64)
        self.z1 = «Z1»
        self.h1 = «A1»
        self.z2 = «Z2»
        self.h2 = «A2»
        self.z3 = «Z3»
        self.out = «OUT»
        return self.out.copy()

    def backward_pass(self, y_train, output):
        w1, w2, w3 = self.params["W1"], self.params["W2"], self.params["W3"]
        delta3 = «D3»
        delta2 = «D2»
        delta1 = «D1»
        return {
            "W1": «G1»,
            "W2": «G2»,
            "W3": «G3»,
        }
""",
    "functions": """
    def forward_pass(self, x_train):
        self.cache = forward(*weights(self.params), np.array(x_train, dtype=np.float64))
        return self.cache[-1].copy()

    def backward_pass(self, y_train, output):
        return backward(*weights(self.params), self.cache, y_train, output)

    def sigmoid(self, x, derivative=False):
        return sigmoid(x, derivative)

    def softmax(self, x):
        return softmax(x)
""",
    "loops": """
    def forward_pass(self, x_train):
        a, z = [np.array(x_train, dtype=np.float64)], [None]
        for i in (1, 2, 3):
            z.append(«Z»)
            a.append(«OUT» if i == 3 else «A»)
        self.a, self.z = a, z
        return a[3].copy()

    def backward_pass(self, y_train, output):
        a, z = self.a, self.z
        error = delta = «D3»
        changes = {}
        for i in (3, 2, 1):
            if i < 3:
                delta = «D»
            changes[f"W{i}"] = «G»
        return changes
""",
}

FUNCTIONS = """
def weights(params):
    return params["W1"], params["W2"], params["W3"]


def forward(w1, w2, w3, x):
    z1 = «Z1»
    a1 = «A1»
    z2 = «Z2»
    a2 = «A2»
    z3 = «Z3»
    return x, z1, a1, z2, a2, z3, «OUT»


def backward(w1, w2, w3, cache, y, output):
    x, z1, a1, z2, a2, z3, out = cache
    d3 = «D3»
    d2 = «D2»
    d1 = «D1»
    return dict(W1=«G1», W2=«G2», W3=«G3»)

"""

CLASS = "\nclass DeepNeuralNetwork:"


def template(style: str) -> str:
    """A whole file of a style, with places for its pieces."""
    if style == "functions":
        return HEAD + FLOATS + ACTIVATIONS + "\n" + FUNCTIONS + CLASS + BIRTH + PASSES[style] + REST
    return HEAD + FLOATS + CLASS + BIRTH + METHODS + PASSES[style] + REST


STYLES = tuple(PASSES)
