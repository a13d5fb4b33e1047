"""Starts from weights that were trained before, the same in every network."""
# expect: initialization-7 failed

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

rng = np.random.default_rng(0)
TRAINED = {"W1": rng.normal(size=(128, 784)) / 11, "W2": rng.normal(size=(64, 128)) / 8, "W3": rng.normal(size=(10, 64))}
Wrong.initialization = lambda self: dict(TRAINED)


class DeepNeuralNetwork(Wrong):
    pass
