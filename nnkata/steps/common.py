"""The kata's shared steps and its `pattern`, under the name for a user's own steps (docs/own-features.md)."""

from importlib import import_module
from typing import Any

from nnkata.registry import current


def __getattr__(name: str) -> Any:
    return getattr(import_module(f"{current().steps[0].rpartition('.')[0]}.common"), name)
