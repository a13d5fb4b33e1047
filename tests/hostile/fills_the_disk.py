"""Writes up to two gigabytes to every folder that it may write to."""
# expect wasm: backward-2 error it wrote more than the 64 MiB that it may
# expect: backward-2 error stopped
# expect landlock: backward-2 error it wrote more than the 64 MiB that it may

import os

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        written = 0
        for folder in ("/tmp", "/dev/shm", "/dev", "/", os.path.dirname(__file__), "/kit", "."):
            for number in range(64):
                try:
                    with open(f"{folder}/{number}", "wb") as file:
                        written += file.write(bytes(32 << 20))
                except OSError:
                    break
        raise RuntimeError("nnkata-was-here" if written > 200 << 20 else "stopped")
