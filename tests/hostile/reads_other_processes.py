"""Reads environment, memory and files of other processes through /proc."""
# expect: backward-2 error found []

import glob
import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        found = []
        for path in glob.glob("/proc/[0-9]*"):
            if path == f"/proc/{os.getpid()}":
                continue
            for name in ("environ", "mem", "root/etc/passwd", "cwd/pyproject.toml"):
                try:
                    with open(os.path.join(path, name), "rb") as file:
                        found.append("nnkata-was-here " + repr(file.read(200)))
                except OSError:
                    pass
        raise RuntimeError(f"found {[f for f in found if f != 'nnkata-was-here ' + repr(b'')]}")
