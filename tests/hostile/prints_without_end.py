"""Prints two hundred megabytes in a call."""
# expect wasm: backward-2 error not an answer
# expect: backward-2 failed|timeout

import os
import sys

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for _ in range(200):
            print("x" * (1 << 20))
            sys.stderr.write("y" * (1 << 20))
            os.write(1, b"z" * (1 << 20))
        return super().backward_pass(y_train, output)
