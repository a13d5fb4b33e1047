"""Returns NaN everywhere, since no comparison with NaN finds a difference too large."""
# expect: backward-2 failed the gradient of W3

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        return {key: np.full_like(value, np.nan) for key, value in self.params.items()}
