"""Asks for up to sixteen gigabytes of memory."""
# expect: backward-2 error|timeout

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        kept = [b"x" * (256 << 20) for _ in range(64)]
        raise RuntimeError(f"nnkata-was-here {len(kept)}")
