"""The arguments of the author's own calls: the loss, its slope, an activation, an option that a caller chooses."""

import ast
from collections.abc import Callable, Iterator
from types import ModuleType

from nnkata.worker.adapting.calls import attribute
from nnkata.worker.adapting.rates import tree_of
from nnkata.worker.arguments import parameters_of


def arguments_of(theirs: ModuleType, function: Callable[..., object], name: str) -> Iterator[tuple[str, ast.expr]]:
    """Each argument of each call by that name in the file, with the parameter's name."""
    parameters = [p for p in parameters_of(function) if p.kind <= p.POSITIONAL_OR_KEYWORD or p.kind == p.KEYWORD_ONLY]
    for node in ast.walk(tree_of(theirs)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute | ast.Name):
            continue
        if ast.unparse(node.func).rpartition(".")[2] == name:
            yield from ((p.name, value) for p, value in zip(parameters, node.args, strict=False))
            yield from ((keyword.arg, keyword.value) for keyword in node.keywords if keyword.arg)


def authored(theirs: ModuleType, function: Callable[..., object]) -> dict[str, list[str]]:
    """Texts of the functions, objects and strings that the author's calls of a function pass, by the parameter."""
    found: dict[str, dict[str, None]] = {}
    for parameter, value in arguments_of(theirs, function, getattr(function, "__name__", "")):
        if text := _text(value, theirs):
            found.setdefault(parameter, {})[text] = None
    return {parameter: list(texts) for parameter, texts in found.items()}


def _text(value: ast.expr, theirs: ModuleType) -> str:
    """The text of an argument in an adapter; empty if it is a number, data, or needs more than the file's names."""
    if isinstance(value, ast.Constant):
        return repr(value.value) if isinstance(value.value, str) else ""
    made = isinstance(value, ast.Call) and not value.args and not value.keywords
    called = value.func if isinstance(value, ast.Call) and made else value
    if not isinstance(called, ast.Name | ast.Attribute):
        return ""
    owner: object = theirs
    for part in ast.unparse(called).split("."):
        owner = attribute(owner, part)
    return f"theirs.{ast.unparse(value)}" if callable(owner) and isinstance(owner, type) <= made else ""
