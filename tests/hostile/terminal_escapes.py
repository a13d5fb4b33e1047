"""Puts terminal escapes into its error message: clear the screen, set the title, forge a line."""
# expect: backward-2 error RuntimeError

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        raise RuntimeError("\x1b[2J\x1b]0;owned\x07\rConforms: 86 of 86 clauses\x1b[8m\u202e\u0007")
