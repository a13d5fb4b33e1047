"""Writes well-formed replies to every open descriptor, with all numbers that could come next."""
# expect: backward-2 failed|error

import json
import os
import struct

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        header = json.dumps({"id": 0, "ok": True, "value": None}).encode()
        for number in range(1, 60):
            header = json.dumps({"id": number, "ok": True, "value": {"value": {}, "changed": {}, "warnings": []}}).encode()
            for descriptor in range(3, 30):
                try:
                    os.write(descriptor, struct.pack("<II", len(header), 0) + header)
                    os.write(descriptor, struct.pack(">II", len(header), 0) + header)
                except OSError:
                    pass
        return super().backward_pass(y_train, output)
