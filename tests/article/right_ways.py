"""Right networks with the article's choices, written in many ways: a short base and replacements."""

#: Untyped and short, as people write it.
BASE = """
import numpy as np

def preprocess(images, labels):
    x = np.asarray(images).reshape(-1, 784).astype("float32") / 255
    y = np.eye(10, dtype="float32")[np.asarray(labels).astype(int)]
    return x, y

class DeepNeuralNetwork:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        a, b, c, d = self.sizes
        return {"W1": np.random.randn(b, a) / np.sqrt(b), "W2": np.random.randn(c, b) / np.sqrt(c),
                "W3": np.random.randn(d, c) / np.sqrt(d)}

    def sigmoid(self, x, derivative=False):
        e = np.exp(-np.abs(x))
        if derivative:
            return e / (1 + e) ** 2
        return np.where(x >= 0, 1, e) / (1 + e)

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / np.sum(e)

    def forward_pass(self, x_train):
        p = self.params
        p["A0"] = x_train
        p["Z1"] = p["W1"] @ p["A0"]
        p["A1"] = self.sigmoid(p["Z1"])
        p["Z2"] = p["W2"] @ p["A1"]
        p["A2"] = self.sigmoid(p["Z2"])
        p["Z3"] = p["W3"] @ p["A2"]
        p["A3"] = self.softmax(p["Z3"])
        return p["A3"]

    def backward_pass(self, y_train, output):
        p = self.params
        d3 = output - y_train
        d2 = (p["W3"].T @ d3) * self.sigmoid(p["Z2"], derivative=True)
        d1 = (p["W2"].T @ d2) * self.sigmoid(p["Z1"], derivative=True)
        return {"W1": np.outer(d1, p["A0"]), "W2": np.outer(d2, p["A1"]), "W3": np.outer(d3, p["A2"])}

    def update_network_parameters(self, changes_to_w):
        for key in changes_to_w:
            self.params[key] -= self.l_rate * changes_to_w[key]

    def compute_accuracy(self, x_val, y_val):
        return np.mean([np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)])

    def train(self, x_train, y_train, x_val, y_val):
        for epoch in range(self.epochs):
            for x, y in zip(x_train, y_train):
                out = self.forward_pass(x)
                self.update_network_parameters(self.backward_pass(y, out))
"""

Change = dict[str, str]

OUTER = ('np.outer(d1, p["A0"])', 'np.outer(d2, p["A1"])', 'np.outer(d3, p["A2"])')
FORWARD = tuple(f'p["W{k}"] @ p["A{k - 1}"]' for k in (1, 2, 3))
GRADIENTS = 'return {"W1": np.outer'
BACK = ('p["W3"].T @ d3', 'p["W2"].T @ d2')
SIGMOID = "np.where(x >= 0, 1, e) / (1 + e)"
SOFTMAX = "e / np.sum(e)"
UPDATE = "self.params[key] -= self.l_rate * changes_to_w[key]"
HITS = "np.mean([np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)])"
LOOP = "for x, y in zip(x_train, y_train):"
MADE = "self.params = self.initialization()"
DRAWS = tuple(f"np.random.randn({a}) / np.sqrt({a[0]})" for a in ("b, a", "c, b", "d, c"))
INIT = "    def initialization(self):\n"
CLASS = "class DeepNeuralNetwork:\n"


def each(places: tuple[str, ...], form: str) -> Change:
    """Write every product or call of a kind in another form: {0} and {1} are its two operands, {all} is the whole."""
    made = {}
    for place in places:
        inside = place.partition("(")[2][:-1] if place.startswith("np.") and " / " not in place else place
        first, _, second = inside.partition(" @ " if " @ " in inside else ", ")
        made[place] = form.replace("{0}", first).replace("{1}", second).replace("{all}", place)
    return made


WAYS: dict[str, Change] = {
    "as it is": {},
    # products
    **{
        f"outer: {form}": each(OUTER, form)
        for form in (
            "np.einsum('i,j->ij', {0}, {1})",
            "{0}[:, None] * {1}[None, :]",
            "{0}[:, np.newaxis] @ np.asarray({1})[np.newaxis, :]",
            "np.multiply.outer({0}, {1})",
            "np.dot({0}.reshape(-1, 1), {1}.reshape(1, -1))",
            "np.tensordot({0}, {1}, axes=0)",
            "np.array([float(a) * np.asarray({1}) for a in {0}])",
        )
    },
    **{
        f"forward: {form}": each(FORWARD, form)
        for form in (
            "np.dot({0}, {1})",
            "{0}.dot({1})",
            "np.matmul({0}, {1})",
            "np.einsum('ij,j->i', {0}, {1})",
            "np.sum({0} * {1}, axis=1)",
            "({1} @ {0}.T)",
            "np.array([row @ {1} for row in {0}])",
        )
    },
    **{f"back: {form}": each(BACK, form) for form in ("np.dot({0}, {1})", "np.einsum('ij,j->i', {0}, {1})")},
    "back through the matrix untransposed": {BACK[0]: 'd3 @ p["W3"]', BACK[1]: 'd2 @ p["W2"]'},
    "columns inside, vectors outside": {
        'p["A0"] = x_train': 'p["A0"] = np.reshape(x_train, (-1, 1))',
        'return p["A3"]': 'return p["A3"].ravel()',
        "d3 = output - y_train": "d3 = (output - y_train).reshape(-1, 1)",
        **{place: place.replace("np.outer(", "np.dot(").replace("])", "].T)") for place in OUTER},
    },
    "batches and single samples alike": {
        **{FORWARD[k]: f'p["A{k}"] @ p["W{k + 1}"].T' for k in (0, 1, 2)},
        "np.max(x))": "np.max(x, axis=-1, keepdims=True))",
        SOFTMAX: "e / np.sum(e, axis=-1, keepdims=True)",
    },
    # activations
    **{
        f"sigmoid: {form}": {SIGMOID: form}
        for form in (
            "0.5 * (1 + np.tanh(0.5 * x))",
            "1 / (1 + np.exp(-np.clip(x, -80, 80)))",
            "np.exp(-np.logaddexp(0, -x))",
            "np.exp(np.minimum(x, 0)) / (1 + e)",
            "np.asarray([1 / (1 + np.exp(-v)) if v >= 0 else np.exp(v) / (1 + np.exp(v)) for v in np.ravel(x)])"
            ".reshape(np.shape(x))",
        )
    },
    "sigmoid: warnings kept quiet": {
        "        e = np.exp(-np.abs(x))\n        if": "        with np.errstate(all='ignore'):\n"
        "            e = np.exp(-np.abs(x))\n        if"
    },
    "derivative from the value": {"return e / (1 + e) ** 2": "s = self.sigmoid(x)\n            return s * (1 - s)"},
    "slope from the activation at hand": {
        'self.sigmoid(p["Z2"], derivative=True)': 'p["A2"] * (1 - p["A2"])',
        'self.sigmoid(p["Z1"], derivative=True)': 'p["A1"] * (1 - p["A1"])',
    },
    "softmax: shifted by logsumexp": {
        SOFTMAX: "np.exp(x - np.max(x) - np.log(np.sum(e)))",
    },
    "softmax: in place": {SOFTMAX: "np.divide(e, e.sum(), out=e)"},
    "softmax: float64 whatever comes": {"np.exp(x - np.max(x))": "np.exp(np.float64(x) - np.max(x))"},
    "softmax: a guard in the denominator": {SOFTMAX: "e / (np.sum(e) + 1e-12)"},
    "output clipped for the logarithm": {
        'return p["A3"]': 'p["A3"] = np.clip(p["A3"], 1e-12, 1 - 1e-12)\n        return p["A3"]'
    },
    # the error
    "the output computed anew": {"d3 = output": 'd3 = self.softmax(p["Z3"])'},
    "the kept output": {"d3 = output": 'd3 = p["A3"]'},
    "the whole Jacobian of the softmax": {
        "d3 = output - y_train": 's = p["A3"]\n        d3 = (np.diag(s) - np.outer(s, s)) @ (-y_train / s)'
    },
    "the whole Jacobian, guarded": {
        "d3 = output - y_train": "s = output\n        d3 = (np.diag(s) - np.outer(s, s)) @ (-y_train / (s + 1e-12))"
    },
    "further keys in the gradients": {"np.outer(d3, p[\"A2\"])}": 'np.outer(d3, p["A2"]), "loss": 0.0}',
                                      "for key in changes_to_w": 'for key in ("W1", "W2", "W3")'},
    "gradients by a loop over the layers": {
        "return {" + f'"W1": {OUTER[0]}, "W2": {OUTER[1]}, "W3": {OUTER[2]}' + "}": (
            "deltas = {1: d1, 2: d2, 3: d3}\n"
            '        return {f"W{k}": np.outer(d, p[f"A{k - 1}"]) for k, d in deltas.items()}'
        )
    },
    # arrays
    "float32 weights": each(DRAWS, "({all}).astype(np.float32)"),
    "float32 weights, replaced": {
        **each(DRAWS, "({all}).astype(np.float32)"),
        UPDATE: "w = self.params[key] - self.l_rate * changes_to_w[key]\n"
        "            self.params[key] = w.astype(np.float32)",
    },
    "float32 weights that a step makes float64": {
        **each(DRAWS, "({all}).astype(np.float32)"),
        'p["A0"] = x_train': 'p["A0"] = np.asarray(x_train, dtype=np.float32)',
        UPDATE: "self.params[key] = self.params[key] - self.l_rate * changes_to_w[key]",
    },
    "float32 throughout": {
        **each(DRAWS, "({all}).astype(np.float32)"),
        'p["A0"] = x_train': 'p["A0"] = np.asarray(x_train, dtype=np.float32)',
        "d3 = output - y_train": "d3 = np.asarray(output - y_train, dtype=np.float32)",
    },
    "float64 weights, float32 input": {'p["A0"] = x_train': 'p["A0"] = np.asarray(x_train, np.float32)'},
    "float64 weights, float32 output": {'return p["A3"]': 'return p["A3"].astype(np.float32)'},
    "column-major weights": each(DRAWS, "np.asfortranarray({all})"),
    "weights of np.matrix": {
        **each(DRAWS, "np.matrix({all})"),
        **{place: f"np.asarray({place}).ravel()" for place in (*FORWARD, *BACK)},
    },
    "weights that are views of one vector": {
        MADE: "made = self.initialization()\n"
        "        flat = np.concatenate([w.ravel() for w in made.values()])\n"
        "        self.params, at = {}, 0\n"
        "        for key, w in made.items():\n"
        "            self.params[key] = flat[at:at + w.size].reshape(w.shape)\n"
        "            at += w.size"
    },
    # update
    **{
        f"update: {form}": {UPDATE: form}
        for form in (
            "self.params[key] = self.params[key] - self.l_rate * changes_to_w[key]",
            "self.params[key] += -self.l_rate * changes_to_w[key]",
            "np.subtract(self.params[key], self.l_rate * changes_to_w[key], out=self.params[key])",
            "w = self.params[key]; w -= self.l_rate * changes_to_w[key]",
            "self.params.update({key: self.params[key] - self.l_rate * changes_to_w[key]})",
            "for row, change in zip(self.params[key], changes_to_w[key]): row -= self.l_rate * change",
        )
    },
    # structure
    "params is made anew when it is read": {
        MADE: "w = self.initialization()\n        self.W = [w['W1'], w['W2'], w['W3']]\n        self.kept = {}",
        INIT: "    @property\n    def params(self):\n"
        "        return {**self.kept, 'W1': self.W[0], 'W2': self.W[1], 'W3': self.W[2]}\n\n" + INIT,
        "        p = self.params\n        p[\"A0\"]": '        p = self.kept = self.params\n        p["A0"]',
        "        p = self.params\n        d3": "        p = self.kept\n        d3",
        UPDATE: "self.W[int(key[1]) - 1] -= self.l_rate * changes_to_w[key]",
    },
    "a dict of its own kind": {
        MADE: "import collections\n        self.params = collections.OrderedDict(self.initialization())"
    },
    "slots": {CLASS: CLASS + '    __slots__ = ("sizes", "epochs", "l_rate", "params")\n\n'},
    "a dataclass": {
        CLASS: "import dataclasses\n\n@dataclasses.dataclass\n" + CLASS
        + "    sizes: list\n    epochs: int = 10\n    l_rate: float = 0.001\n\n",
        "    def __init__(self, sizes, epochs=10, l_rate=0.001):\n"
        "        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate\n": "    def __post_init__(self):\n",
    },
    "sizes as a tuple": {"= sizes, epochs": "= tuple(sizes), epochs"},
    "a cache beside params": {
        "        p = self.params\n        p[\"A0\"]": '        p = self.cache = dict(self.params)\n        p["A0"]',
        "        p = self.params\n        d3": "        p = {**self.cache, **self.params}\n        d3",
    },
    "activations as attributes of the class": {
        '        p = self.params\n        p["A0"]': '        p = type(self).cache = dict(self.params)\n        p["A0"]',
        "        p = self.params\n        d3": "        p = self.cache\n        d3",
    },
    "static functions": {
        "    def softmax(self, x)": "    @staticmethod\n    def softmax(x)",
        "    def sigmoid(self, x": "    @staticmethod\n    def sigmoid(x",
    },
    "functions of the module behind the methods": {
        "class Deep": "def soft(x):\n    e = np.exp(x - np.max(x))\n    return e / np.sum(e)\n\nclass Deep",
        "        e = np.exp(x - np.max(x))\n        return e / np.sum(e)": "        return soft(x)",
    },
    "a base class": {
        "    def train(self, x_train, y_train, x_val, y_val)": "    def _fit(self, x_train, y_train)",
        CLASS: "class Base:\n    def train(self, x_train, y_train, x_val, y_val):\n"
        "        self._fit(x_train, y_train)\n\nclass DeepNeuralNetwork(Base):\n",
    },
    "layers as objects": {
        CLASS: "class Layer:\n    def __init__(self, net, k):\n        self.net, self.key = net, f'W{k}'\n\n"
        "    def __call__(self, a):\n        self.a = a\n        return self.net.params[self.key] @ a\n\n"
        "    def gradient(self, d):\n        return np.outer(d, self.a)\n\n" + CLASS,
        MADE: MADE + "\n        self.layers = [Layer(self, k) for k in (1, 2, 3)]",
        **{FORWARD[k]: f'self.layers[{k}](p["A{k}"])' for k in (0, 1, 2)},
        **{OUTER[k]: f"self.layers[{k}].gradient(d{k + 1})" for k in (0, 1, 2)},
    },
    "closures": {
        'p["A3"] = self.softmax(p["Z3"])': 'p["A3"] = self.softmax(p["Z3"])\n'
        "        self.gradient = lambda d, k: np.outer(d, p[f'A{k}'])",
        **{OUTER[k]: f"self.gradient(d{k + 1}, {k})" for k in (0, 1, 2)},
        "p = self.params\n        p[": "p = dict(self.params)\n        p[",
        "        p = self.params\n        d3": "        p = {**self.params, **self.last}\n        d3",
        'return p["A3"]\n': 'self.last = p\n        return p["A3"]\n',
    },
    "further arguments that may be left out": {"l_rate=0.001)": "l_rate=0.001, verbose=False, seed=None)"},
    "arguments by name alone": {"sizes, epochs=10, l_rate=0.001)": "sizes, *, epochs=10, l_rate=0.001)"},
    # training and accuracy
    "a rate of 0 is an error": {LOOP: "assert self.l_rate > 0\n            " + LOOP},
    "a rate of 0 is the usual one": {"= sizes, epochs, l_rate": "= sizes, epochs, l_rate or 0.001"},
    "samples in a new order each epoch": {
        LOOP: "for i in np.random.permutation(len(x_train)):\n                x, y = x_train[i], y_train[i]"
    },
    "from the last sample to the first": {LOOP: "for x, y in list(zip(x_train, y_train))[::-1]:"},
    "shuffled copies, together": {
        LOOP: "order = np.random.default_rng().permutation(len(x_train))\n"
        "            for x, y in zip(x_train[order], y_train[order]):"
    },
    "by index": {LOOP: "for i in range(len(x_train)):\n                x, y = x_train[i], y_train[i]"},
    "the accuracy is printed each epoch": {
        "for epoch in range(self.epochs):": "for epoch in range(self.epochs):\n"
        "            print(f'{epoch}: {self.compute_accuracy(x_val, y_val):.1%}')"
    },
    "accuracy: counted": {
        HITS: "sum(self.forward_pass(x).argmax() == y.argmax() for x, y in zip(x_val, y_val)) / len(x_val)"
    },
    "accuracy: all outputs at once": {
        HITS: "(np.array([self.forward_pass(x) for x in x_val]).argmax(1) == np.argmax(y_val, axis=1)).mean()"
    },
    "accuracy: a Python float": {HITS: f"float({HITS})"},
    "accuracy: float32": {HITS: f"np.float32({HITS})"},
    # first weights
    "uniform weights of the same deviation": each(DRAWS, "{all} * 0 + np.random.uniform(-1, 1, ({all}).shape) * 3**0.5 "
                                                  "/ np.sqrt(len({all}))"),
    "a generator of its own": {
        DRAW: DRAW.replace("np.random.randn(", "np.random.default_rng().standard_normal((").replace(") /", ")) /")
        for DRAW in DRAWS
    },
    "a generator that goes on from network to network": {
        CLASS: CLASS + "    draws = np.random.RandomState(3)\n\n",
        **{DRAW: DRAW.replace("np.random.", "self.draws.") for DRAW in DRAWS},
    },
    # images and labels
    "labels by comparison": {
        'y = np.eye(10, dtype="float32")[np.asarray(labels).astype(int)]': (
            "y = (np.asarray(labels).astype(int)[:, None] == np.arange(10)).astype(np.float32)"
        )
    },
    "labels by a loop": {
        'y = np.eye(10, dtype="float32")[np.asarray(labels).astype(int)]': (
            "y = np.zeros((len(labels), 10))\n    for row, label in zip(y, labels):\n        row[int(label)] = 1"
        )
    },
    "pixels by a factor": {'.astype("float32") / 255': '.astype("float32") * np.float32(1 / 255)'},
    "pixels in float64 first": {
        'np.asarray(images).reshape(-1, 784).astype("float32") / 255': (
            "(np.array(images, dtype=float) / 255).reshape(len(images), -1).astype(np.float32)"
        )
    },
    # other actions of a file
    "plots and reads data under the main guard": {
        "class Deep": "if __name__ == '__main__':\n    import sklearn\n\n"
        "def plot(network):\n    import matplotlib.pyplot as plt\n    plt.plot([])\n\nclass Deep"
    },
    "tqdm if it is there": {
        "import numpy as np\n": "import numpy as np\ntry:\n    from tqdm_that_nobody_has import tqdm\n"
        "except ImportError:\n    def tqdm(items):\n        return items\n",
        LOOP: "for x, y in tqdm(list(zip(x_train, y_train))):",
    },
}  # fmt: skip
