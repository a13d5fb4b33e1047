"""Looks for other submissions beside and above its own folder."""
# expect: backward-2 error sees ['reads_its_neighbours.py', 'wrong.py'] []

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        seen = sorted(os.listdir("/submission"))
        above = sorted(name for name in os.listdir("/submission/..") if name.endswith(".py"))
        raise RuntimeError(f"sees {seen} {above}")
