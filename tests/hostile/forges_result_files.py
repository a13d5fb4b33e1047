"""Writes passing verdicts, JUnit files and gradebooks wherever they might be read."""
# expect: backward-2 failed the gradient of W3

import os

from wrong import Wrong, preprocess  # noqa: F401

VERDICT = '{"schema": 1, "contract": "1.0", "passed": true, "score": 1.0, "stages": []}'
here = os.path.dirname(__file__)
for folder in (".", "/tmp", here, here + "/..", here + "/../..", here + "/../../verdicts", "verdicts"):
    for name in ("verdict.json", "results.json", "junit.xml", "gradebook.csv", "verdicts.sqlite", "nnkata-was-here"):
        try:
            with open(os.path.join(folder, name), "w") as file:
                file.write(VERDICT)
        except OSError:
            pass


class DeepNeuralNetwork(Wrong):
    pass
