"""A twice forked daemon in a session of its own outlives the worker."""
# expect wasm: unjudged AttributeError
# expect: backward-2 failed the gradient of W3
# expect landlock: unjudged BlockingIOError

import os
import signal
import time

from wrong import Wrong, preprocess  # noqa: F401

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(300)
    os._exit(0)


class DeepNeuralNetwork(Wrong):
    pass
