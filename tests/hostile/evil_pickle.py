"""Returns object arrays whose pickles would run a command where they are read."""
# expect: backward-2 failed should have come

import os

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/nnkata-was-here",)


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        return {key: np.array([[Evil()]], dtype=object) for key in ("W1", "W2", "W3")}
