"""The network in several styles of writing, as templates with places for pieces.

A piece is an expression or a block in neutral names, which each style translates into its own: W, P, Z, A of the
present layer (its weights, its input activations, its pre-activations, its activations), N and E of the next layer (its
weights, its delta), D the layer's own delta; W1, A0, Z1, …, OUT, Y of a fixed layer. `dot`, `outer`, `sig`, `slope` and
`soft` take the style's own form.
"""

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

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
#: The pieces that belong to a layer and use the neutral names.
LAYERED = (*(f"{kind}{i}" for i in (1, 2, 3) for kind in "ZADG" if (kind, i) != ("A", 3)), "OUT")


@dataclass(frozen=True)
class Hand:
    """A person's way of writing the matrix product, the outer product, and the slope of the sigmoid."""

    dot: str
    outer: str
    slope: str


DOTS = ("np.dot(a, b)", "a @ b", "a.dot(b)", "np.matmul(a, b)")
OUTERS = (
    "np.outer(a, b)",
    "a[:, None] * b",
    "np.einsum('i,j->ij', a, b)",
    "a.reshape(-1, 1) @ b.reshape(1, -1)",
    "np.multiply.outer(a, b)",
)
SLOPES = ("A * (1 - A)", "dsig(Z)")


def names(style: str, layer: int) -> dict[str, str]:
    """The names of a style for the neutral ones, at a layer."""
    ways: dict[str, dict[str, str]] = {
        "article": {"W": 'params["W{i}"]', "Z": 'params["Z{i}"]', "A": 'params["A{i}"]', "D": "error{i}"},
        "fields": {"W": "w{i}", "Z": "self.z{i}", "A": "self.h{i}", "D": "delta{i}"},
        "functions": {"W": "w{i}", "Z": "z{i}", "A": "a{i}", "D": "d{i}"},
        "loops": {"W": 'self.params["W{i}"]', "Z": "z[{i}]", "A": "a[{i}]", "D": "delta"},
    }
    way = ways[style]
    found = {kind + str(i): text.format(i=i) for kind, text in way.items() for i in (0, 1, 2, 3)}
    special = {
        "fields": {"A0": "self.x", "A3": "self.out"},
        "functions": {"A0": "x", "A3": "out", "Y": "y"},
        "loops": {"D3": "error"},
    }
    found |= {"Y": "np.asarray(y_train)", "OUT": "np.asarray(output)"} | special.get(style, {})
    found |= {kind: found[f"{kind}{layer}"] for kind in "WZAD"} | {"P": found[f"A{max(layer - 1, 0)}"]}
    found |= {"N": found[f"W{min(layer + 1, 3)}"], "E": found[f"D{min(layer + 1, 3)}"]}
    if style == "loops":
        found |= {
            "W": 'self.params[f"W{i}"]',
            "N": 'self.params[f"W{i + 1}"]',
            "P": "a[i - 1]",
            "Z": "z[i]",
            "A": "a[i]",
            "E": "delta",
            "D": "delta",
        }
    return found


def written(piece: str, style: str, layer: int, hand: Hand) -> str:
    """A piece in neutral names, in the names of the style at a layer."""
    called = names(style, layer)
    own = "" if style == "functions" else "self."
    calls = {
        "dot": hand.dot,
        "outer": hand.outer,
        "sig": f"{own}sigmoid(a)",
        "dsig": f"{own}sigmoid(a, derivative=True)",
        "soft": f"{own}softmax(a)",
        "slope": hand.slope,
    }

    class Writer(ast.NodeTransformer):
        def __init__(self, called: Mapping[str, ast.expr]) -> None:
            self.called = called

        def visit_Name(self, node: ast.Name) -> ast.expr:
            return self.called.get(node.id, node)

        def visit_Call(self, node: ast.Call) -> ast.expr:
            if isinstance(node.func, ast.Name) and node.func.id in calls:
                form = ast.parse(calls[node.func.id], mode="eval").body
                given = dict(zip("ab", [self.visit(arg) for arg in node.args], strict=False))
                here: ast.expr = Writer({**self.called, **given} if node.func.id == "slope" else given).visit(form)
                return here
            self.generic_visit(node)
            return node

    tree = ast.parse(piece, mode="eval").body
    result = Writer({key: ast.parse(text, mode="eval").body for key, text in called.items()}).visit(tree)
    return ast.unparse(result)


def fill(text: str, pieces: Mapping[str, str]) -> str:
    """Put the pieces into their places; a block gets the place's indentation, an empty one removes its line."""

    def block(found: re.Match[str]) -> str:
        return "".join(f"{found[1]}{line}\n" if line else "\n" for line in pieces[found[2]].splitlines())

    text = re.sub(r"^( *)«(\w+)»\n", block, text, flags=re.M)
    return re.sub(r"«(\w+)»", lambda found: pieces[found[1]], text)


#: A function that writes a piece at a layer.
Write = Callable[[str, int], str]
