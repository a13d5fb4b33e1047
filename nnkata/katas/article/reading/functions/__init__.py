"""The activations: formulas of sigmoid, of its slope and of softmax, from their values."""
