"""Ends its process with status 0 in backward_pass."""
# expect: backward-2 error exit status 0

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        os._exit(0)
