"""Puts the environment, with whatever secrets it holds, into its error message."""
# expect: backward-2 error RuntimeError

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        raise RuntimeError(" ".join(f"{key}={value}" for key, value in os.environ.items()))
