"""Numbers of samples at the top level, by which functions divide: they are those of the author's data."""

import ast
from types import ModuleType

from nnkata.worker.adapting.source.usual_names import FORWARD, role


def uncounted(theirs: ModuleType, tree: ast.Module) -> None:
    """Remove the numbers of the author's samples, so that the search sets those of its batch as for absent data.

    A number that a way forward reads stays, since an output is asked for without it.
    """
    read = {
        inner.id
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and FORWARD.match(node.name)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name)
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _of_data(node.value):
            name = node.targets[0].id
            if role(name) == "count" and name not in read and isinstance(vars(theirs).get(name), int):
                delattr(theirs, name)


def _of_data(value: ast.expr) -> bool:
    """Whether a value is a length, or a part of a shape."""
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) == "len"
    return isinstance(value, ast.Subscript) and isinstance(value.value, ast.Attribute) and value.value.attr == "shape"
