"""Right networks with other choices than the article's, each with the clauses that depend on its choice."""

from tests.article.right_ways import DRAWS, FORWARD, GRADIENTS, LOOP, MADE, SIGMOID, Change, each

STEPS = tuple(f"training-{n}" for n in (2, 3, 15, 16))
ORACLE = (*(f"forward-{n}" for n in (1, 2, 3)), *(f"backward-{n}" for n in (2, 3, 4, 5, 6)))
LOSS = (*(f"backward-{n}" for n in range(2, 8)), *(f"training-{n}" for n in (1, 2, 3, 4, 5, 15, 16)))
BIASES = {
    '"W3": np.random': '"b1": np.zeros(b), "b2": np.zeros(c), "b3": np.zeros(d),\n                "W3": np.random',
    **{place: f'{place} + p["b{k}"]' for k, place in enumerate(FORWARD, 1)},
    GRADIENTS: GRADIENTS.replace("{", '{"b1": d1, "b2": d2, "b3": d3, '),
}
BATCHES = (
    "for i in range(0, len(x_train), {size}):\n"
    "                xs, ys = x_train[i:i + {size}], y_train[i:i + {size}]\n"
    "                all_of = [self.backward_pass(y, self.forward_pass(x)) for x, y in zip(xs, ys)]\n"
    "                made = {{key: {how}([g[key] for g in all_of], axis=0) for key in all_of[0]}}\n"
    "                self.update_network_parameters(made)"
)
AT_ONCE = """
                out = self.forward_pass(x)
                self.update_network_parameters(self.backward_pass(y, out))"""

CHOICES: dict[str, tuple[Change, tuple[str, ...]]] = {
    "values that are right and warn": (
        {SIGMOID: "1 / (1 + np.exp(-x))", "e / (1 + e) ** 2": "self.sigmoid(x) * (1 - self.sigmoid(x))"},
        ("activations-13",),
    ),
    "the derivative takes the activation": (
        {
            "return e / (1 + e) ** 2": "return x * (1 - x)",
            'self.sigmoid(p["Z2"], d': 'self.sigmoid(p["A2"], d',
            'self.sigmoid(p["Z1"], d': 'self.sigmoid(p["A1"], d',
        },
        ("activations-3", "activations-4", "activations-6"),
    ),
    "the derivative has a name of its own": (
        {
            "sigmoid(self, x, derivative=False)": "sigmoid(self, x)",
            "        if derivative:\n            return e / (1 + e) ** 2\n": "",
            "    def softmax": "    def slope(self, x):\n        return self.sigmoid(x) * (1 - self.sigmoid(x))\n\n"
            "    def softmax",
            'self.sigmoid(p["Z2"], derivative=True)': 'self.slope(p["Z2"])',
            'self.sigmoid(p["Z1"], derivative=True)': 'self.slope(p["Z1"])',
        },
        ("activations-3", "activations-4", "activations-6", "activations-14"),
    ),
    "biases that begin at zero": (BIASES, STEPS),
    "random biases": ({**BIASES, '"W3": np.random': BIASES['"W3": np.random'].replace("zeros", "random.randn")},
                      (*ORACLE, *STEPS, "training-1", "training-4", "training-5")),
    "biases as attributes": (
        {
            MADE: MADE + "\n        self.b1, self.b2, self.b3 = (np.zeros(n) for n in self.sizes[1:])",
            **{place: f"{place} + self.b{k}" for k, place in enumerate(FORWARD, 1)},
            GRADIENTS: "self.db = d1, d2, d3\n        " + GRADIENTS,
            LOOP + AT_ONCE: LOOP + AT_ONCE + "\n"
            "                for b, d in zip((self.b1, self.b2, self.b3), self.db):\n"
            "                    b -= self.l_rate * d",
        },
        STEPS,
    ),
    "the mean of batches of 8": (
        {LOOP + AT_ONCE: BATCHES.format(size=8, how="np.mean")},
        ("training-2", "training-3", "training-4", "training-5"),
    ),
    "the sum of batches of 4": ({LOOP + AT_ONCE: BATCHES.format(size=4, how="np.sum")}, ("training-2", "training-3")),
    "one step an epoch, of the mean": (
        {LOOP + AT_ONCE: BATCHES.format(size=10**9, how="np.mean")},
        ("training-2", "training-3", "training-4", "training-5", "training-8"),
    ),
    "squared error through the whole Jacobian": (
        {"d3 = output - y_train": "s = output\n        d3 = 2 * (np.diag(s) - np.outer(s, s)) @ (s - y_train)"},
        LOSS,
    ),
    "the cross-entropy in bits": ({"d3 = output - y_train": "d3 = (output - y_train) / np.log(2)"}, LOSS),
    "a rate that falls": (
        {LOOP: "self.l_rate *= 0.99 if epoch else 1\n            " + LOOP},
        ("training-3", "training-12", "training-15", "training-16"),
    ),
    "He's scale": (each(DRAWS, "({all}) * 2**0.5"), ("initialization-7",)),
    "Xavier's scale by columns": (
        {DRAW: DRAW.replace("sqrt(" + DRAW[-2], f"sqrt({DRAW[16 + 3]}") for DRAW in DRAWS},
        ("initialization-7",),
    ),
    "other defaults": ({"epochs=10, l_rate=0.001": "epochs=5, l_rate=0.1"}, ("initialization-5",)),
    "no defaults": ({"epochs=10, l_rate=0.001": "epochs, l_rate"}, ("initialization-5",)),
    "the same start each time, from a generator of its own": (
        {**{DRAW: DRAW.replace("np.random.", "np.random.RandomState(1).") for DRAW in DRAWS}},
        ("initialization-9",),
    ),
    "the global generator is seeded": (
        {MADE: "np.random.seed(42)\n        " + MADE}, ("initialization-9", "initialization-11")
    ),
    "pixels from 0.01 to 1": ({".astype(\"float32\") / 255": '.astype("float32") / 255 * 0.99 + 0.01'},
                              ("preprocessing-4", "preprocessing-5", "preprocessing-10")),
    "pixels standardised": (
        {".astype(\"float32\") / 255": '.astype("float64") / 255\n    x = (x - 0.1307) / 0.3081'},
        ("preprocessing-3", "preprocessing-4", "preprocessing-5", "preprocessing-10"),
    ),
    "labels from 0.01 to 0.99": (
        {"    return x, y\n": "    return x, y * 0.98 + 0.01\n"},
        ("preprocessing-6", "preprocessing-7", "preprocessing-8"),
    ),
}  # fmt: skip
