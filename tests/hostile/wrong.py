"""What the attacks start from: a network that never learns, since all its gradients are zero."""

import numpy as np


def preprocess(images, labels):
    x = np.array(images, dtype=np.float64).reshape(-1, 784) / 255
    y = np.zeros((len(labels), 10), dtype=np.float32)
    y[np.arange(len(labels)), np.asarray(labels).astype(int)] = 1
    return x.astype(np.float32), y


class Wrong:
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        self.sizes, self.epochs, self.l_rate = sizes, epochs, l_rate
        self.params = self.initialization()

    def initialization(self):
        a, b, c, d = self.sizes
        shapes = {"W1": (b, a), "W2": (c, b), "W3": (d, c)}
        return {key: np.random.randn(*shape) / np.sqrt(shape[0]) for key, shape in shapes.items()}

    def sigmoid(self, x, derivative=False):
        small = np.exp(-np.abs(np.asarray(x)))
        return small / (1 + small) ** 2 if derivative else np.where(np.asarray(x) < 0, small, 1) / (1 + small)

    def softmax(self, x):
        exps = np.exp(x - np.max(x))
        return exps / exps.sum()

    def forward_pass(self, x_train):
        hidden = self.sigmoid(self.params["W2"] @ self.sigmoid(self.params["W1"] @ np.asarray(x_train)))
        return self.softmax(self.params["W3"] @ hidden)

    def backward_pass(self, y_train, output):
        return {key: np.zeros_like(self.params[key]) for key in ("W1", "W2", "W3")}

    def update_network_parameters(self, changes_to_w):
        for key, value in changes_to_w.items():
            self.params[key] -= self.l_rate * value

    def compute_accuracy(self, x_val, y_val):
        hits = [np.argmax(self.forward_pass(x)) == np.argmax(y) for x, y in zip(x_val, y_val)]
        return float(np.mean(hits))

    def train(self, x_train, y_train, x_val, y_val):
        for _ in range(self.epochs):
            for x, y in zip(x_train, y_train):
                self.update_network_parameters(self.backward_pass(y, self.forward_pass(x)))
