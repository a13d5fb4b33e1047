"""Takes almost the whole limit of a call in every single call."""
# expect wasm: training-3 failed|timeout
# expect: training-3 timeout

import time

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def forward_pass(self, x_train):
        time.sleep(1.5)
        return super().forward_pass(x_train)
