"""Sends what it has seen to a server."""
# expect wasm: backward-2 error AttributeError
# expect: backward-2 error refused refused refused

import socket

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        found = []
        for address in (("127.0.0.1", 80), ("10.0.0.1", 443), ("1.1.1.1", 53)):
            try:
                socket.create_connection(address, 0.2)
                found.append("nnkata-was-here")
            except OSError:
                found.append("refused")
        raise RuntimeError(" ".join(found))
