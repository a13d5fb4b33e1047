"""Forks up to two hundred processes."""
# expect wasm: backward-2 error AttributeError
# expect: backward-2 error stopped

import os
import time

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        born = 0
        for _ in range(200):
            try:
                child = os.fork()
            except OSError:
                break
            if child == 0:
                time.sleep(20)
                os._exit(0)
            born += 1
        raise RuntimeError("nnkata-was-here" if born > 40 else "stopped")
