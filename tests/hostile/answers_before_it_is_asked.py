"""A thread writes replies all the time, to be there before the question."""
# expect: backward-2 failed|error

import os
import struct
import threading

from wrong import Wrong, preprocess  # noqa: F401

def flood():
    header = b'{"id":5,"ok":true,"value":null}'
    while True:
        for descriptor in range(3, 12):
            try:
                os.write(descriptor, struct.pack("<II", len(header), 0) + header)
            except OSError:
                pass




class DeepNeuralNetwork(Wrong):
    def __init__(self, sizes, epochs=10, l_rate=0.001):
        super().__init__(sizes, epochs, l_rate)
        threading.Thread(target=flood, daemon=True).start()
