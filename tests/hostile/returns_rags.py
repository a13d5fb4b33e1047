"""Returns ragged lists, negative strides, zero dimensions and odd dtypes."""
# expect: backward-2 failed|error

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        self.calls = getattr(self, "calls", 0) + 1
        odd = [[[1, 2], [3]], np.zeros((5, 5))[::-1, ::-2], np.array(0.0), np.zeros(3, "V8"), np.zeros((2, 0)), b"\xff" * 40]
        return {"W1": odd[self.calls % 6], "W2": odd[(self.calls + 1) % 6], "W3": odd[(self.calls + 2) % 6]}
