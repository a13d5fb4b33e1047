"""Raises GeneratorExit, which `except Exception` lets through."""
# expect: backward-2 error GeneratorExit

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        raise GeneratorExit
