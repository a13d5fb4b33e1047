"""Sends SIGKILL to its parent, to its group and to every process that it can reach."""
# expect: backward-2 failed|error

import os
import signal

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for target in (os.getppid(), 1):
            try:
                os.kill(target, signal.SIGKILL)
            except OSError:
                pass
        os.kill(-1, signal.SIGKILL)
        return super().backward_pass(y_train, output)
