"""A Then that returns whether something holds: pytest-bdd drops what a step returns, and the step passes."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache

#: Functions that answer with True or False.
ANSWERS = frozenset(["all", "any", "bool", "isclose", "allclose", "array_equal", "isinstance", "issubset"])


@cache
def answers(function: Callable[..., object]) -> bool:
    """Whether the source of a step function returns a comparison, and pytest-bdd is not told to keep it."""
    try:
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    except (OSError, SyntaxError, TypeError, ValueError):  # made elsewhere than in a file
        return False
    if not isinstance(tree, ast.FunctionDef):
        return False
    kept = any(word.arg == "target_fixture" for call in tree.decorator_list for word in getattr(call, "keywords", ()))
    return not kept and any(_is_answer(value) for value in _returned(tree))


def _returned(tree: ast.AST) -> Iterator[ast.expr]:
    """The returned values, except for those of functions inside."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield from _returned(node)


def _is_answer(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        name = value.func
        return (
            name.id if isinstance(name, ast.Name) else name.attr if isinstance(name, ast.Attribute) else ""
        ) in ANSWERS
    if isinstance(value, ast.BoolOp):
        return all(map(_is_answer, value.values))
    negated = isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.Not)
    return (
        negated or isinstance(value, ast.Compare) or (isinstance(value, ast.Constant) and isinstance(value.value, bool))
    )
