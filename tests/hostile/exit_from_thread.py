"""A thread ends the process with status 0 while a clause runs."""
# expect wasm: unjudged can't start new thread
# expect: backward-2 failed|error

import os
import threading
import time

from wrong import Wrong, preprocess  # noqa: F401

def end():
    time.sleep(0.3)
    os._exit(0)


threading.Thread(target=end, daemon=True).start()


class DeepNeuralNetwork(Wrong):
    pass
