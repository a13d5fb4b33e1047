"""Returns an array of six gigabytes."""
# expect: backward-2 error an array of 6240000000 bytes is too large to be read
# expect wasm: backward-2 error array is too big

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        return {key: np.broadcast_to(np.float64(0), (30_000, 26_000)) for key in ("W1", "W2", "W3")}
