"""Aborts in backward_pass."""
# expect: backward-2 error signal SIGABRT

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        os.abort()
