"""The recipe that `nnkata adapt` finds for a file with this text, in this process and without a wall."""

from pathlib import Path
from typing import Any

from nnkata.worker.adapting.search import search

#: What the search found out, by the names of the adapter's functions and of its notes.
Recipe = dict[str, Any]


def recipe_of(text: str, folder: Path, name: str = "net.py") -> Recipe:
    """Write the file into a folder, and search for its adapter."""
    (folder / name).write_text(text, encoding="utf-8")
    recipe: Recipe = search(str(folder), [name])["recipe"]
    return recipe
