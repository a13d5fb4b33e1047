"""Faults in the lines of a class that Python tells by their effect alone: a static method with self, missing slots."""

import ast
from collections.abc import Iterator, Mapping

from nnkata.language import _
from nnkata.worker.tree import tree_of


def static_with_self(function: str, sources: Mapping[str, str]) -> str:
    """The advice about a method under `@staticmethod` whose def has self; empty for any other.

    Such a call lacks its last argument: the first one takes the place of self. `sources` are texts by their file.
    """
    for node in _classes(sources):
        for inner in node.body:
            if isinstance(inner, ast.FunctionDef) and inner.name == function and _static(inner) and _selfish(inner):
                text = _("{function} is a @staticmethod, which gets no self: take out that line, or self")
                return text.format(function=function)
    return ""


def slots_without(kind: str, name: str, sources: Mapping[str, str]) -> str:
    """The advice about a class whose `__slots__` lack a name that it assigns to; empty for any other."""
    for node in _classes(sources):
        if node.name != kind or not any(_assigns(inner, name) for inner in ast.walk(node)):
            continue
        slots = [
            part for part in node.body if isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "__slots__"
        ]
        texts = {part.value for slot in slots for part in ast.walk(slot.value) if isinstance(part, ast.Constant)}
        if slots and not node.bases and not texts & {name, "__dict__"}:
            return _("the __slots__ of {kind} lack {name}: add it there").format(kind=kind, name=name)
    return ""


def _classes(sources: Mapping[str, str]) -> Iterator[ast.ClassDef]:
    for text in sources.values():
        yield from (node for node in ast.walk(tree_of(text) or ast.Module([], [])) if isinstance(node, ast.ClassDef))


def _static(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator) == "staticmethod" for decorator in node.decorator_list)


def _selfish(node: ast.FunctionDef) -> bool:
    return [argument.arg for argument in node.args.args[:1]] == ["self"]


def _assigns(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) == "self"
    )
