"""Opens files until no more can be opened."""
# expect wasm: backward-2 error No such file
# expect: backward-2 error Too many open files

import os

from wrong import Wrong, preprocess  # noqa: F401

kept = []


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        while True:
            kept.append(os.open("/dev/null", os.O_RDONLY))
