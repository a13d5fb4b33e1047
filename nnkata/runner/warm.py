"""Imported by what checks are forked from: what each of them would otherwise import and read itself."""

import importlib

from nnkata.gherkin import clauses
from nnkata.katas.article.steps import MODULES
from nnkata.katas.mnist import load
from nnkata.language import LANGUAGES
from nnkata.runner.settings import feature_files

importlib.import_module("nnkata.runner.apart")
for module in MODULES:
    importlib.import_module(module)
for language in LANGUAGES:
    clauses(feature_files(None, language))
load("bundled")
