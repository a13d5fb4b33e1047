"""Whether the learner has written anything: an unfilled skeleton gets no points, not even for its types."""

import ast
from collections.abc import Collection, Iterable, Mapping

from nnkata.worker.tree import tree_of

#: Values that an open hole may return: {}, [], None, 0, "", ().
EMPTY = (ast.Dict, ast.List, ast.Tuple, ast.Constant)


def unwritten(sources: Mapping[str, str], main: str, class_name: str, functions: Collection[str]) -> bool:
    """Whether the class and the functions are in the file `main` and are all holes, except the constructor.

    A class with a base class, or without methods, is no skeleton.
    """
    tree = tree_of(sources.get(main, ""))
    if tree is None:
        return False
    body = tree.body
    classes = [node for node in body if isinstance(node, ast.ClassDef) and node.name == class_name]
    if len(classes) != 1 or classes[0].bases:
        return False
    methods = [node for node in _functions(classes[0].body) if node.name != "__init__"]
    beside = [node for node in _functions(body) if node.name in functions]
    return bool(methods) and all(map(is_hole, [*methods, *beside]))


def _functions(body: Iterable[ast.stmt]) -> list[ast.FunctionDef]:
    return [node for node in body if isinstance(node, ast.FunctionDef)]


def is_hole(function: ast.FunctionDef) -> bool:
    """Whether a function does nothing: it raises NotImplementedError, passes, or returns something empty."""
    return all(_nothing(statement) for statement in function.body)


def _nothing(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)  # a docstring, or ...
    if isinstance(statement, ast.Pass):
        return True
    if isinstance(statement, ast.Raise) and statement.exc is not None:
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    if isinstance(statement, ast.Return):
        value = statement.value
        return value is None or (isinstance(value, EMPTY) and not any(_parts(value)))
    return False


def _parts(value: ast.expr) -> list[object]:
    if isinstance(value, ast.Constant):
        return [value.value]
    return [*getattr(value, "elts", []), *getattr(value, "keys", [])]
