"""Keyword-only arguments of a submission, whose names are free: `sigmoid(self, x, *, prime=False)`."""

import ast
import copy
from collections.abc import Mapping, Sequence

from nnkata.worker.tree import nodes, tree_of


def by_name_alone(texts: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Each function's name with the names of its keyword-only arguments, if it has any."""
    trees = [tree for text in texts.values() if (tree := tree_of(text)) is not None]
    functions = [node for tree in trees for node in nodes(tree) if isinstance(node, ast.FunctionDef)]
    named = {(one.name, tuple(arg.arg for arg in one.args.kwonlyargs)) for one in functions if one.args.kwonlyargs}
    return sorted(named)


def renamed(method: ast.FunctionDef, names: Sequence[str]) -> ast.FunctionDef:
    """A copy of the method with these keyword-only arguments, in their order."""
    new = copy.deepcopy(method)
    for arg, name in zip(new.args.kwonlyargs, names, strict=False):
        arg.arg = name
    return new
