"""Right networks with unusual objects: containers of weights, kinds of numbers, reused memory."""

from tests.article.right_ways import BACK, DRAWS, FORWARD, GRADIENTS, HITS, INIT, MADE, OUTER, UPDATE, Change, each

CLASS = "class Deep"
CACHED = '        p = self.params\n        p["A0"]'
USED = "        p = self.params\n        d3"

KINDS: dict[str, Change] = {
    "as it is": {},
    # keyword-only arguments
    "the flag by name alone": {"derivative=False)": "*, derivative=False)"},
    "a flag of another name": {
        "derivative=False)": "*, prime=False)",
        "derivative=True": "prime=True",
        "if derivative": "if prime",
    },
    "the validation set by name alone": {"x_train, y_train, x_val, y_val)": "x_train, y_train, *, x_val, y_val)"},
    # containers of the weights
    "keys of an enumeration of texts": {
        CLASS: "import enum\n\nclass K(str, enum.Enum):\n    W1 = 'W1'\n    W2 = 'W2'\n    W3 = 'W3'\n\n" + CLASS,
        **{f'"W{k}": np.random': f"K.W{k}: np.random" for k in (1, 2, 3)},
    },
    "a mapping that is no dict": {
        MADE: "import collections\n        self.params = collections.UserDict(self.initialization())"
    },
    "entries of every kind beside the weights": {
        MADE: MADE + "\n        self.params.update(name='net', of={'a': [1, None]}, f=np.exp, t=(1, np.ones(2)))"
        "\n        self.params['o'] = object()"
        "\n        self.params[3] = self.params['W1', 1] = np.ones(3)"
    },
    "entries of every kind beside the gradients": {
        OUTER[2]: OUTER[2] + ', "norm": {"l2": 1.0}, "f": np.exp, "none": None, 3: 4',
        "for key in changes_to_w": 'for key in ("W1", "W2", "W3")',
    },
    "weights that are views of their transposes": {
        MADE: "self.kept = {key: np.ascontiguousarray(w.T) for key, w in self.initialization().items()}\n"
        "        self.params = {key: w.T for key, w in self.kept.items()}"
    },
    "attributes behind a property": {
        MADE: "self.W1, self.W2, self.W3 = self.initialization().values()\n        self.kept = {}",
        INIT: "    @property\n    def params(self):\n"
        "        return {'W1': self.W1, 'W2': self.W2, 'W3': self.W3}\n\n" + INIT,
        CACHED: '        p = self.kept = self.params\n        p["A0"]',
        USED: "        p = self.kept\n        d3",
        UPDATE: "w = getattr(self, key)\n            w -= self.l_rate * changes_to_w[key]",
    },
    "a new dict at every step": {
        "        for key in changes_to_w:\n            " + UPDATE: "        self.params = {**self.params, "
        "**{key: self.params[key] - self.l_rate * change for key, change in changes_to_w.items()}}"
    },
    # numbers
    "weights longer than float64": each(DRAWS, "({all}).astype(np.longdouble)"),
    "weights of the other byte order": each(DRAWS, "({all}).astype('>f8')"),
    "an array of its own kind": {
        **each(DRAWS, "({all}).view(Weights)"),
        CLASS: "class Weights(np.ndarray):\n    pass\n\n" + CLASS,
    },
    "NumPy's numbers for the settings": {
        "= sizes, epochs, l_rate": "= np.array(sizes), np.int64(epochs), np.float32(l_rate)"
    },
    "an accuracy without an axis": {HITS: f"np.array({HITS})"},
    "arguments that are checked": {
        "= sizes, epochs, l_rate": "= sizes, epochs, l_rate\n"
        "        assert isinstance(sizes, list) and isinstance(epochs, int) and isinstance(l_rate, float)\n"
        "        if epochs < 1 or not l_rate > 0:\n            raise ValueError(epochs, l_rate)"
    },
    # memory
    "one buffer for every output": {
        '        return p["A3"]\n': '        self.out = getattr(self, "out", np.empty(len(p["A3"])))\n'
        '        self.out[...] = p["A3"]\n        return self.out\n'
    },
    "one buffer for each gradient": {
        GRADIENTS: "self.g = g = getattr(self, 'g', None) or {k: np.empty_like(p[k]) for k in ('W1', 'W2', 'W3')}\n"
        "        for k, (d, a) in {'W1': (d1, 'A0'), 'W2': (d2, 'A1'), 'W3': (d3, 'A2')}.items():\n"
        "            np.outer(d, p[a], out=g[k])\n        return g\n        " + GRADIENTS
    },
    "an output that cannot be written": {
        '        return p["A3"]\n': '        out = p["A3"].copy()\n'
        "        out.flags.writeable = False\n        return out\n"
    },
    "a cache that backward_pass uses up": {
        CACHED: '        p = dict(self.params)\n        self.tape = [p]\n        p["A0"]',
        USED: "        p = self.tape.pop()\n        d3",
    },
    # axes
    "rows inside": {
        'p["A0"] = x_train': 'p["A0"] = np.atleast_2d(x_train)',
        **{place: f'p["A{k}"] @ p["W{k + 1}"].T' for k, place in enumerate(FORWARD)},
        'return p["A3"]': 'return p["A3"][0]',
        "d3 = output - y_train": "d3 = (output - y_train)[None]",
        BACK[0]: 'd3 @ p["W3"]',
        BACK[1]: 'd2 @ p["W2"]',
        **{place: f'd{k + 1}.T @ p["A{k}"]' for k, place in enumerate(OUTER)},
    },
    "outer products as einsum of any axes": each(OUTER, "np.einsum('...i,...j->...ij', {0}, {1})"),
    "sigmoid by masks": {
        "        e = np.exp(-np.abs(x))\n        if derivative:\n            return e / (1 + e) ** 2\n"
        "        return np.where(x >= 0, 1, e) / (1 + e)": "        if derivative:\n"
        "            return self.sigmoid(x) * (1 - self.sigmoid(x))\n"
        "        out, positive = np.empty_like(x), x >= 0\n"
        "        out[positive] = 1 / (1 + np.exp(-x[positive]))\n"
        "        small = np.exp(x[~positive])\n        out[~positive] = small / (1 + small)\n        return out",
    },
}  # fmt: skip
