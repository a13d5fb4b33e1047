"""Replaces builtins so that no comparison fails and no exception is raised."""
# expect: unjudged the process ended (exit status 1)

import builtins

from wrong import Wrong, preprocess  # noqa: F401

builtins.all = builtins.isinstance = lambda *given: True
builtins.AssertionError = type("AssertionError", (Warning,), {})
builtins.abs = lambda value: 0


class DeepNeuralNetwork(Wrong):
    pass
