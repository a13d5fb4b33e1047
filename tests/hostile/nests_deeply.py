"""Returns a list nested a hundred thousand times."""
# expect: backward-2 failed|error

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        value = []
        for _ in range(100_000):
            value = [value]
        return value
