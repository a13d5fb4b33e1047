"""Asks mypy to look away: `# mypy: ignore-errors`."""
# expect: typing-3 failed ignore-errors

from wrong import Wrong, preprocess  # noqa: F401

# mypy: ignore-errors


class DeepNeuralNetwork(Wrong):
    pass
