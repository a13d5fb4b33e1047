"""The author's names for the parts of a returned tuple: from its `return`, or from a caller's assignment."""

import ast
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

from nnkata.worker import foreign


def names_of(value: object, names: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a dict; for a tuple these names if they are as many, else numbered ones."""
    if isinstance(value, dict):
        return tuple(str(key) for key in value)
    if isinstance(value, tuple | list):
        return names if len(names) == len(value) else tuple(f"p{n}" for n in range(len(value)))
    return ()


def returned(tree: ast.Module, name: str) -> tuple[str, ...]:
    """A function's names for the parts of the tuple that it returns."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Tuple):
                    return tuple(e.id if isinstance(e, ast.Name) else f"p{n}" for n, e in enumerate(inner.value.elts))
    return ()


def parts_of(theirs: ModuleType, name: str) -> tuple[str, ...]:
    """The same for a function or method of a module, or of a file from which it has functions or classes."""
    own = {getattr(value, "__module__", "") for value in vars(theirs).values() if callable(value)}
    found = (sys.modules.get(module) for module in sorted(filter(None, own)) if isinstance(module, str))
    others = [module for module in found if module is not None and "__left_out__" in vars(module)]
    return next((names for module in (theirs, *others) if (names := returned(tree_of(module), name))), ())


def unpacked(tree: ast.Module) -> dict[str, tuple[str, ...]]:
    """The names of the parts of a call's value where it is taken apart, by the name of the function."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Tuple):
            names = [e.id for e in node.targets[0].elts if isinstance(e, ast.Name)]
            if len(names) == len(node.targets[0].elts):
                found[ast.unparse(node.value.func).rpartition(".")[2]] = tuple(names)
    return found


@cache
def tree_of(theirs: ModuleType) -> ast.Module:
    """The syntax tree of a module's file."""
    return ast.parse(foreign.code_of(Path(str(theirs.__file__))))
