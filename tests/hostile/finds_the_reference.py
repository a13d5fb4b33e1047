"""Looks through the whole file system for a correct network and runs it."""
# expect: backward-2 failed the gradient of W3
# expect landlock: backward-2 failed|timeout

import os
import sys

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        here = os.path.dirname(__file__)
        starts = ["/", os.path.join(here, "../.."), os.path.join(np.__path__[0], ".."), *sys.path]
        for top, _, files in (found for start in starts for found in os.walk(start)):
            if top.startswith(("/proc", "/sys")):
                continue
            for name in files:
                if name.endswith(".feature") or (name in ("network.py", "plain.py", "oracle.py") and top != here):
                    try:
                        open(os.path.join(top, name)).close()
                    except OSError:
                        continue
                    raise RuntimeError("nnkata-was-here " + os.path.join(top, name))
        return super().backward_pass(y_train, output)
