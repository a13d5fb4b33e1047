"""Imported by the server that checks are forked from: what each of them would otherwise import and read itself."""

import importlib

from nnkata.data import load
from nnkata.runner.run import known_clauses
from nnkata.steps import MODULES

importlib.import_module("nnkata.watching.judging")
for module in MODULES:
    importlib.import_module(module)
known_clauses()
load("bundled")
