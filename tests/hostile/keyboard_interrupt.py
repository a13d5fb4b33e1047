"""Raises KeyboardInterrupt, to be taken for the grader's own."""
# expect: backward-2 error KeyboardInterrupt

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        raise KeyboardInterrupt
