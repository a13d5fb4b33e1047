"""Empties its own source, by opening it for reading alone."""
# expect: backward-2 error emptied []

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        emptied = []
        for path in (__file__, os.path.join(os.path.dirname(__file__), "wrong.py")):
            for change in (lambda: os.close(os.open(path, os.O_RDONLY | os.O_TRUNC)), lambda: os.truncate(path, 0)):
                try:
                    change()
                    emptied.append(path)
                except (OSError, AttributeError):
                    pass
        raise RuntimeError(f"emptied {emptied}")
