"""Computes its gradients with the kit's own oracle."""
# expect: backward-2 failed the gradient of W3
# expect: from-scratch-3 failed

import importlib

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for name in ("nnkata.katas.article.oracle", "oracle"):
            try:
                module = importlib.import_module(name)
                return module.gradients(self.params, self.x, y_train)
            except Exception:
                continue
        return super().backward_pass(y_train, output)
