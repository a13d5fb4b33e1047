"""Modules that are imported as they are used: each test process imports all test files, and uses few of the libraries.

scikit-learn, SciPy, Dask and matplotlib take 1.4 s to import.
"""

import importlib
from typing import Any


class Late:
    """A module by its name, imported as it is first asked for a public attribute; pytest asks for private ones."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        return getattr(importlib.import_module(self._name), attribute)
