"""Brings configuration for every tool that might read it: pytest, mypy, Python itself."""
# expect: backward-2 failed the gradient of W3
# expect: typing-1 failed

import numpy as np  # noqa: F401
from wrong import Wrong, preprocess  # noqa: F401


class DeepNeuralNetwork(Wrong):
    pass
