"""Lets out ten thousand long warnings in a call."""
# expect: backward-2 failed|timeout

import warnings

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for number in range(10_000):
            warnings.warn("x" * 1000 + str(number), RuntimeWarning, stacklevel=1)
        return super().backward_pass(y_train, output)
