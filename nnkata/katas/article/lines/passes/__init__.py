"""The lines of the activations and of both passes."""
