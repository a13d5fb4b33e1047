"""Whether a file is a network written for another interface, or made of a framework: read as text, never run."""

import ast
import re
from pathlib import Path

from nnkata.language import _
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
#: Signs of a network whose layers or slopes are those of a framework.
FRAMEWORK = re.compile(r"torch\.nn|torch import nn|nn\.Module|keras\.(layers|models)|GradientTape|jax\.(grad|nn)")
#: Networks that scikit-learn makes whole; beside an own one they are for comparison.
READY_MADE = re.compile(r"MLP(Classifier|Regressor)\b")
#: The way back of a network of the author's own.
BACK = re.compile(r"^\s*def \w*(back|grad|bprop)", re.IGNORECASE | re.MULTILINE)


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


def framework_sign(source: str) -> str:
    """The sign of a framework in a text, such as `torch.nn`; empty if there is none."""
    found = FRAMEWORK.search(source) or READY_MADE.search(source)
    return found[0] if found else ""


def of_framework(file: str, sign: str) -> str:
    """The message about a file whose network is a framework's, by the sign of it."""
    text = _("{file} makes its network of a framework ({sign}); only networks in NumPy, or in plain Python, are judged")
    return text.format(file=file, sign=sign)


def only_of_framework(file: str, source: str) -> str:
    """The message about a file with the sign of a framework and no way back of its own; empty for any other."""
    sign = framework_sign(source)
    return of_framework(file, sign) if sign and not BACK.search(source) else ""


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
