"""Calls of NumPy's kinds of numbers: `np.float32(images)` of an array is an array, which mypy before 2.2 does not see.

These versions take a call of a class for an instance of it, also where the stub of `__new__` names another type.
They believe a class method, so in the text for mypy such a call is one of `of`, which our stubs of NumPy have and NumPy
lacks.
"""

import ast
import builtins

import numpy as np

from nnkata.runner.typecheck.numpy_names import numpy_modules
from nnkata.worker.tree import nodes, tree_of


def as_conversions(text: str) -> str:
    """The text, line for line, with `np.float32.of(images)` in place of `np.float32(images)`."""
    tree = tree_of(text) if "numpy" in text else None
    if tree is None:
        return text
    modules, names = _numpy(tree)
    ends = [
        (node.func.end_lineno or 0, node.func.end_col_offset or 0)
        for node in nodes(tree)
        if isinstance(node, ast.Call) and node.args and _is_kind(node.func, modules, names)
    ]
    lines = text.split("\n")
    for line, column in sorted(ends, reverse=True):
        whole = lines[line - 1].encode()
        lines[line - 1] = f"{whole[:column].decode()}.of{whole[column:].decode()}"
    return "\n".join(lines)


def _numpy(tree: ast.Module) -> tuple[set[str], set[str]]:
    """The text's names for NumPy, and those for its kinds of numbers."""
    modules, names = {called for called, module in numpy_modules(tree) if module == "numpy"}, set[str]()
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "numpy" and not node.level:
            imported = [(alias.asname or alias.name, alias.name) for alias in node.names if alias.name != "*"]
            if len(imported) < len(node.names):
                imported += [(name, name) for name in np.__all__ if not hasattr(builtins, name)]
            names |= {name for name, meant in imported if _makes_numbers(meant)}
    return modules, names


def _is_kind(function: ast.expr, modules: set[str], names: set[str]) -> bool:
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.value.id in modules and _makes_numbers(function.attr)
    return isinstance(function, ast.Name) and function.id in names


def _makes_numbers(name: str) -> bool:
    kind = getattr(np, name, None)
    return isinstance(kind, type) and issubclass(kind, np.number | np.bool_)
