"""Writes random bytes to every open descriptor."""
# expect: backward-2 error not an answer

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for descriptor in range(1, 30):
            try:
                os.write(descriptor, os.urandom(64))
            except OSError:
                pass
        return super().backward_pass(y_train, output)
