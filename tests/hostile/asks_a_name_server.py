"""Sends what it has seen in UDP packets and names to be looked up."""
# expect wasm: backward-2 error AttributeError
# expect: backward-2 error unreachable no name server

import socket

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        found = []
        try:
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"secret", ("10.0.0.1", 53))
            found.append("nnkata-was-here")
        except OSError as error:
            found.append(error.strerror)
        try:
            socket.getaddrinfo("example.org", 80)
            found.append("nnkata-was-here")
        except OSError:
            found.append("no name server")
        raise RuntimeError(" ".join(found))
