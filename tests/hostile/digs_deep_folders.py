"""Leaves folders too deep to be named and files without rights, so that nobody gets them removed."""
# expect: backward-2 failed|error
# expect landlock: backward-2 failed|error

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        try:
            for _ in range(3000):
                os.mkdir("d" * 200)
                os.chdir("d" * 200)
            os.mkdir("closed", 0)
        except OSError:
            pass
        return super().backward_pass(y_train, output)
