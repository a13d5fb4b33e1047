"""Imported by what checks are forked from: what each of them would otherwise import and read itself."""

import importlib

from nnkata.data import load
from nnkata.gherkin import clauses
from nnkata.language import LANGUAGES
from nnkata.runner.settings import feature_files
from nnkata.steps import MODULES

importlib.import_module("nnkata.runner.apart")
for module in MODULES:
    importlib.import_module(module)
for language in LANGUAGES:
    clauses(feature_files(None, language))
load("bundled")
