"""Returns an array subclass that equals everything and is never different."""
# expect: backward-2 failed|error

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class Equal(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    __rsub__ = __sub__

    def __array_ufunc__(self, ufunc, method, *given, **named):
        return np.zeros(self.shape)

    def __array_function__(self, function, types, given, named):
        return True


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        return {key: np.zeros_like(value).view(Equal) for key, value in self.params.items()}
