"""Closes every descriptor, also those that lead to the grader."""
# expect: backward-2 error

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        os.closerange(0, 256)
        return super().backward_pass(y_train, output)
