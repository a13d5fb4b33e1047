"""Returns objects that claim to be arrays, dicts and numbers of any kind."""
# expect: backward-2 failed|error

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class Liar(dict):
    __class__ = np.ndarray
    shape, dtype, ndim, size = (4, 5), np.dtype("float64"), 2, 20

    def __eq__(self, other):
        return True

    __hash__ = None

    def __len__(self):
        return 3

    def __iter__(self):
        return iter(("W1", "W2", "W3"))

    def __getitem__(self, key):
        return self

    def __array__(self, *given, **named):
        raise SystemExit(0)


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        return Liar()
