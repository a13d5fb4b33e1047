"""Prints a passing report and exits with status 0 from atexit and from __del__."""
# expect: backward-2 failed the gradient of W3

import atexit
import os

from wrong import Wrong, preprocess  # noqa: F401

def report():
    print("86 passed")
    os._exit(0)


class Last:
    def __del__(self):
        report()


atexit.register(report)
kept = Last()


class DeepNeuralNetwork(Wrong):
    pass
