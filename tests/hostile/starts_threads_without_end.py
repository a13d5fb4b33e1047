"""Starts up to a thousand threads."""
# expect: backward-2 error can't start new thread

import threading
import time

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for _ in range(1000):
            threading.Thread(target=time.sleep, args=(20,), daemon=True).start()
        raise RuntimeError("nnkata-was-here")
