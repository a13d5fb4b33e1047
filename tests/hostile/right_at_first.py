"""Gives correct gradients to the first callers and none later, when it thinks it is trained."""
# expect: backward-2 passed
# expect: training-3 failed

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        self.calls = getattr(self, "calls", 0) + 1
        if self.calls > 1:
            return super().backward_pass(y_train, output)
        a1 = self.sigmoid(self.params["W1"] @ self.x)
        a2 = self.sigmoid(self.params["W2"] @ a1)
        d3 = np.asarray(output) - np.asarray(y_train)
        d2 = (self.params["W3"].T @ d3) * a2 * (1 - a2)
        d1 = (self.params["W2"].T @ d2) * a1 * (1 - a1)
        return {"W1": np.outer(d1, self.x), "W2": np.outer(d2, a1), "W3": np.outer(d3, a2)}

    def forward_pass(self, x_train):
        self.x = np.asarray(x_train)
        return super().forward_pass(x_train)
