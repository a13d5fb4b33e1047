"""Sets tracers, profilers and hooks that swallow every exception."""
# expect: backward-2 failed the gradient of W3

import sys
import threading

from wrong import Wrong, preprocess  # noqa: F401

sys.settrace(lambda *given: None)
sys.setprofile(lambda *given: None)
sys.excepthook = sys.unraisablehook = lambda *given: None
threading.settrace(lambda *given: None)


class DeepNeuralNetwork(Wrong):
    pass
