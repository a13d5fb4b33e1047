"""Hangs in an exit handler and in a thread that is no daemon."""
# expect wasm: unjudged can't start new thread
# expect: backward-2 failed the gradient of W3

import atexit
import threading
import time

from wrong import Wrong, preprocess  # noqa: F401

atexit.register(time.sleep, 3600)
threading.Thread(target=time.sleep, args=(3600,)).start()


class DeepNeuralNetwork(Wrong):
    pass
