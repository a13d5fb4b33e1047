"""Run in a kernel's zygote: the imports of a first check, and forks for the workers and mypy servers of all checks."""

import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
starts = importlib.import_module("tests.support.starts").starts
del sys.path[0]
starts.adopt([*map(int, os.environ["ZYGOTES"].split())])
starts.install()
importlib.import_module("nnkata.runner.judging_process.preloaded")
