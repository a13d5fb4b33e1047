"""Stops its own process, which neither runs nor ends then."""
# expect wasm: backward-2 error AttributeError
# expect: backward-2 timeout no answer within

import os
import signal

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        os.kill(os.getpid(), signal.SIGSTOP)
