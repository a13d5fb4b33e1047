"""Looks for other submissions beside and above its own folder."""
# expect: backward-2 error sees ['reads_its_neighbours.py', 'wrong.py'] []

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        here = os.path.dirname(__file__)
        seen, above = sorted(os.listdir(here)), []
        for folder in ("..", "../..", "../../.."):
            try:
                above += [name for name in os.listdir(os.path.join(here, folder)) if name.endswith((".py", ".json"))]
            except OSError:
                pass
        raise RuntimeError(f"sees {seen} {above}")
