"""The lines of a new network, of its weights and of preprocess."""
