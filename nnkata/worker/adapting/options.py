"""Options that are chosen by a string: the constants with which the files compare a name."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from nnkata.worker import foreign

#: The most options of one name.
MAX_OPTIONS = 6


def options(theirs: ModuleType, name: str) -> list[str]:
    """Texts of the strings with which the files compare a value of that name; `method` is one for `loss_method`."""
    wanted = plain(name)
    known = _compared(theirs)
    own = known.get(wanted) or next((texts for n, texts in known.items() if wanted.endswith(f"_{n}")), ())
    return [repr(text) for text in own[:MAX_OPTIONS]]


def plain(name: str) -> str:
    """A name without underscores before it, and without the class of a private one: `_Net__x` is x."""
    return re.sub(r"^_[A-Za-z0-9]+__(?=[a-z])|^_+", "", name)


@cache
def _compared(theirs: ModuleType) -> dict[str, tuple[str, ...]]:
    modules = [theirs, *(value for value in vars(theirs).values() if isinstance(value, ModuleType))]
    found: dict[str, dict[str, None]] = {}
    for module in modules:
        if "__left_out__" in vars(module) and getattr(module, "__file__", None):
            for name, text in _comparisons(ast.parse(foreign.code_of(Path(str(module.__file__))))):
                found.setdefault(plain(name), {})[text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _comparisons(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In):
            left, right = node.left, node.comparators[0]
            name = left.attr if isinstance(left, ast.Attribute) else left.id if isinstance(left, ast.Name) else ""
            values = right.elts if isinstance(right, ast.List | ast.Tuple | ast.Set) else [right]
            for value in values:
                if name and isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    yield name, value.value
