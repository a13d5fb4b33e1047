"""The right pieces of a network, each in several forms; one form is drawn per file, so that files differ."""

RIGHT: dict[str, tuple[str, ...]] = {
    "SCALE": (
        "images.reshape(len(images), 784).astype(np.float32) / 255",
        "(images.reshape(-1, 784) / 255.0).astype(np.float32)",
        "np.asarray(images, dtype=np.float32).reshape(len(images), -1) / np.float32(255)",
        "np.array([np.ravel(image) / 255 for image in images], dtype=np.float32).reshape(-1, 784)",
    ),
    "ONEHOT": (
        "y = np.eye(10, dtype=np.float32)[np.asarray(labels).astype(int)]",
        "y = np.zeros((len(labels), 10), dtype=np.float32)\n"
        "for row, label in enumerate(labels):\n    y[row, int(label)] = 1",
        "y = (np.asarray(labels).astype(int)[:, None] == np.arange(10)).astype(np.float32)",
        "y = np.zeros((len(labels), 10))\ny[np.arange(len(labels)), np.array(labels, dtype=int)] = 1.0",
    ),
    "DRAW": (
        "np.random.randn(rows, columns) * np.sqrt(1 / rows)",
        "np.random.normal(0, rows ** -0.5, (rows, columns))",
        "np.random.default_rng().standard_normal((rows, columns)) / np.sqrt(rows)",
        "np.random.normal(scale=np.sqrt(1.0 / rows), size=(rows, columns))",
        "np.random.uniform(-np.sqrt(3 / rows), np.sqrt(3 / rows), (rows, columns))",
    ),
    "SIG": (
        "1 / (1 + np.exp(-np.clip(x, -87, None)))",
        "0.5 * (1 + np.tanh(x / 2))",
        "np.exp(-np.logaddexp(0, -x))",
        "np.where(x < 0, np.exp(-np.abs(x)), 1) / (1 + np.exp(-np.abs(x)))",
    ),
    "DSIG": (
        "np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))) ** 2",
        "np.exp(-np.logaddexp(0, -x)) * np.exp(-np.logaddexp(0, x))",
        "1 / (2 + np.exp(-np.abs(x)) + np.exp(np.clip(np.abs(x), None, 87)))",
    ),
    "SOFT": (
        "e = np.exp(x - np.max(x))\nreturn e / np.sum(e)",
        "e = np.exp(x - x.max())\nreturn e / e.sum()",
        "x = x - np.max(x)\nreturn np.exp(x) / np.sum(np.exp(x))",
        "top = np.max(x)\nreturn np.exp(x - top - np.log(np.sum(np.exp(x - top))))",
    ),
    "Z": ("dot(W, P)",),
    "A": ("sig(Z)",),
    "OUT": ("soft(Z3)",),
    "D3": ("OUT - Y", "-(Y - OUT)", "np.subtract(OUT, Y)"),
    "D": ("dot(N.T, E) * slope()", "slope() * dot(N.T, E)", "dot(E, N) * slope()"),
    "G": ("outer(D, P)",),
    "UPDATE": (
        "for key, value in changes_to_w.items():\n    self.params[key] -= self.l_rate * value",
        'for key in ("W1", "W2", "W3"):\n    self.params[key] = self.params[key] - self.l_rate * changes_to_w[key]',
        "step = {key: self.l_rate * np.asarray(change) for key, change in changes_to_w.items()}\n"
        "for key in step:\n    self.params[key] = self.params[key] - step[key]",
    ),
    "ACCURACY": (
        "right = 0\nfor x, y in zip(x_val, y_val):\n"
        "    right += int(np.argmax(self.forward_pass(x)) == np.argmax(y))\nreturn right / len(x_val)",
        "outputs = np.array([self.forward_pass(x) for x in x_val])\n"
        "return float(np.mean(outputs.argmax(axis=1) == np.argmax(y_val, axis=1)))",
        "return float(np.mean([self.forward_pass(x).argmax() == np.argmax(y) for x, y in zip(x_val, y_val)]))",
    ),
    "BEFORE": ("",),
    "EPOCHS": ("range(self.epochs)", "range(0, self.epochs)"),
    "OPEN": ("",),
    "ORDER": (
        "range(len(x_train))",
        "np.random.permutation(len(x_train))",
        "reversed(range(len(x_train)))",
        "np.arange(len(x_train))",
    ),
    "PAIR": ("x_train[i], y_train[i]",),
    "STEP": (
        "output = self.forward_pass(x)\nchanges = self.backward_pass(y, output)\n"
        "self.update_network_parameters(changes)",
        "self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))",
    ),
    "AFTER": ("",),
}
