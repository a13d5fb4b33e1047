"""Puts a pytest and a pytest_bdd into sys.modules that report every test as passed."""
# expect: backward-2 failed the gradient of W3

import sys
import types

from wrong import Wrong, preprocess  # noqa: F401

fake = types.ModuleType("pytest")
fake.main = lambda *given, **named: 0
fake.fail = fake.skip = lambda *given, **named: None
for name in ("pytest", "_pytest", "_pytest.runner", "pytest_bdd", "nnkata.verdict", "nnkata.katas.article.oracle"):
    sys.modules[name] = fake


class DeepNeuralNetwork(Wrong):
    pass
