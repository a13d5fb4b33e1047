"""Starts programs: a shell, Python, one with the set-user bit."""
# expect wasm: backward-2 error AttributeError
# expect: backward-2 error started []

import os
import subprocess
import sys

from wrong import Wrong, preprocess  # noqa: F401

PROGRAMS = (["/bin/sh", "-c", "echo nnkata-was-here"], ["/usr/bin/env"], ["/bin/su"], ["/usr/bin/id"])


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        started = []
        for program in PROGRAMS:
            try:
                started.append(subprocess.run(program, capture_output=True, timeout=1).stdout)
            except (OSError, subprocess.SubprocessError):
                pass
            if os.system(" ".join(program)) == 0:
                started.append(program)
        for program in PROGRAMS:
            try:
                os.execv(program[0], program)
            except OSError:
                pass
        raise RuntimeError(f"started {started}")
