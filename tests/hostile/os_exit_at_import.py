"""Ends its process with status 0 as it is imported, past every handler."""
# expect: unjudged the process ended (exit status 0)

import os

from wrong import Wrong, preprocess  # noqa: F401

os._exit(0)


class DeepNeuralNetwork(Wrong):
    pass
