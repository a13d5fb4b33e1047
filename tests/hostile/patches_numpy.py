"""Replaces NumPy's comparisons by ones that find everything equal."""
# expect: backward-2 failed|error

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

for module in (np, np.testing):
    for name in ("allclose", "array_equal", "isclose", "all", "any", "assert_allclose", "assert_array_equal"):
        if hasattr(module, name):
            setattr(module, name, lambda *given, **named: True)
np.abs = np.absolute = np.subtract = lambda *given: 0.0


class DeepNeuralNetwork(Wrong):
    pass
