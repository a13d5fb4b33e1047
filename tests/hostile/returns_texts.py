"""Returns arrays of texts where numbers are meant, of the right shape."""
# expect: forward-2 failed
# expect: backward-1 passed|failed
# expect: backward-2 failed|error

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def forward_pass(self, x_train):
        return np.array(["0.25"] * self.sizes[3])

    def backward_pass(self, y_train, output):
        return {f"W{n}": np.full((self.sizes[n], self.sizes[n - 1]), "a") for n in (1, 2, 3)}
