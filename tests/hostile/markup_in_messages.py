"""Puts markup and format strings into its error message."""
# expect: backward-2 error <script>

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        raise RuntimeError("<script>alert(1)</script> {0.__class__} %s%n ${HOME} $(reboot)" + "A" * 10**6)
