"""Rewrites its own source and the worker's code on disk and in memory."""
# expect: backward-2 failed|error

import sys

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for path in (__file__, *(module.__file__ for name, module in sys.modules.items() if name.startswith("nnkata.w"))):
            try:
                with open(path, "a") as file:
                    file.write("# nnkata-was-here")
            except OSError:
                pass
        worker = sys.modules.get("nnkata.worker.host")
        if worker:
            worker.Host.get = lambda *given: {"W1": 0, "W2": 0, "W3": 0}
        return super().backward_pass(y_train, output)
