"""Reads address 0, which ends the interpreter."""
# expect wasm: backward-2 error ctypes is unavailable
# expect: backward-2 error signal SIGSEGV

import ctypes

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        ctypes.string_at(0)
