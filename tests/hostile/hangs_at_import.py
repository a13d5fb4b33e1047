"""Sleeps for an hour as it is imported."""
# expect: unjudged no answer within

import time

from wrong import Wrong, preprocess  # noqa: F401

time.sleep(3600)


class DeepNeuralNetwork(Wrong):
    pass
