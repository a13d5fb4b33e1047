"""Returns dicts whose keys are no strings, or strings of control characters, or a million."""
# expect: backward-2 failed|error

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        return {0: 1, None: 2, ("W1",): 3, "\x1b[2J": 4, "W3": np.zeros((4, 5)), **{f"k{n}": n for n in range(100_000)}}
