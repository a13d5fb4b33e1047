"""Whether a file is a network written for another interface: read as text, never run."""

import ast
import re
from pathlib import Path

from nnkata.places import skeleton
from nnkata.registry import current as kata
from nnkata.registry import others
from nnkata.subject.source.notebook import SUFFIX, NotANotebook, read_notebook
from nnkata.worker.tree import tree_of

#: The imports of a network that computes with arrays.
ARRAYS = re.compile(r"^\s*(?:import|from)\s+(?:numpy|cupy)\b", re.MULTILINE)

#: The import of an adapter, which `adapt` has written already.
ADAPTER = "nnkata.worker.foreign"
#: The least functions in common with another kata's skeleton.
LEAST = 3


def is_foreign(source: str) -> bool:
    """Whether it has functions, or computes with arrays, but less than half of the functions of the kata's skeleton.

    Only a kata with a command `adapt` can help with such a file.
    """
    own = _functions(source)
    if ADAPTER in source:
        return False
    if "adapt" not in kata().commands or own is None or not (own or ARRAYS.search(source)):
        return False
    asked = _functions(skeleton()) or set()
    return 2 * len(own & asked) < len(asked)


def fitting_kata(source: str) -> str:
    """The other kata whose skeleton has the most functions of this file, above those of the current one's; else empty.

    A single function in common says nothing, as `train` is of many.
    """
    own = _functions(source) or set()
    common = {other.name: len(own & (_functions(other.skeleton.read_text("utf-8")) or set())) for other in others()}
    best = max(common, key=lambda name: common[name], default="")
    here = len(own & (_functions(skeleton()) or set()))
    return best if best and common[best] > max(here, LEAST - 1) else ""


def source_of(path: Path) -> str:
    """A file's text, a notebook's code cells; empty if it cannot be read, or is a pipe or a device without an end."""
    try:
        if not path.is_file():
            return ""
        if path.suffix == SUFFIX:
            return read_notebook(path.read_bytes()).text
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except (OSError, NotANotebook):
        return ""


def _functions(source: str) -> set[str] | None:
    """The names of functions and methods; None if the text is not Python."""
    tree = tree_of(source)
    if tree is None:
        return None
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return {name for name in names if not name.startswith("__")}
