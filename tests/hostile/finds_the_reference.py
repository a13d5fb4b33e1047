"""Looks through the whole file system for a correct network and runs it."""
# expect: backward-2 failed the gradient of W3

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        for top, _, files in os.walk("/"):
            if top.startswith(("/proc", "/sys")):
                continue
            for name in files:
                if name.endswith(".feature") or (name in ("network.py", "plain.py") and top != "/submission"):
                    raise RuntimeError("nnkata-was-here " + os.path.join(top, name))
        return super().backward_pass(y_train, output)
