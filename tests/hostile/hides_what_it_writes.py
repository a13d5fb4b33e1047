"""Fills the disk with files that have no name, or lost it."""
# expect wasm: backward-2 error
# expect: backward-2 error stopped
# expect landlock: backward-2 error it wrote more than the 64 MiB that it may

import os
import tempfile
import time

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        kept, written = [], 0
        try:
            for number in range(40):
                kept.append(open(f"hidden-{number}", "w+b"))
                os.unlink(f"hidden-{number}")
                written += kept[-1].write(bytes(32 << 20))
        except OSError:
            pass
        try:
            kept.append(tempfile.TemporaryFile())
            written += kept[-1].write(bytes(32 << 20))
        except OSError:
            pass
        if written > 200 << 20:
            time.sleep(1)  # for those who look now and then
            raise RuntimeError("nnkata-was-here")
        raise RuntimeError("stopped")
