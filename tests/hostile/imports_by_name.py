"""Imports a banned library by a name that is put together at run time."""
# expect: backward-2 failed the gradient of W3
# expect: from-scratch-3 failed __import__

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for name in ("to" + "rch", "skl" + "earn", "msg" + "spec", "pars" + "e"):
            try:
                __import__(name)
                raise RuntimeError("nnkata-was-here")
            except ImportError:
                pass
        return super().backward_pass(y_train, output)
