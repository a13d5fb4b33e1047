"""Loops without end in a call."""
# expect: backward-2 timeout no answer within

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        while True:
            pass
