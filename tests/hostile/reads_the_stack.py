"""Looks for the expected gradients in the frames and objects of whoever calls."""
# expect: backward-2 failed the gradient of W3

import gc
import sys

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        frame = sys._getframe()
        while frame:
            for value in frame.f_locals.values():
                if isinstance(value, dict) and {"W1", "W2", "W3"} <= set(value) and value is not self.params:
                    return value
            frame = frame.f_back
        found = [o for o in gc.get_objects() if isinstance(o, dict) and set(o) == {"W1", "W2", "W3"} and o is not self.params]
        if found:
            return found[0]
        return super().backward_pass(y_train, output)
