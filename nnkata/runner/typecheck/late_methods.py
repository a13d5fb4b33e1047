"""Finds functions that a source text puts on a class after its definition, where mypy does not see them as methods.

The forms: `Network.train = train`, `setattr(Network, "train", train)`, the same over a dict, a list of pairs or of
functions, `type("Network", (), {"train": train})`, and a decorator that is given the class (`@add_to(Network)`).
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nnkata.steps.type_checking_blocks import last
from nnkata.worker.tree import nodes, tree_of


@dataclass(frozen=True)
class Attached:
    """A function of a file that becomes a member of a class under a name."""

    file: str
    function: str
    member: str


def attached(texts: Mapping[str, str]) -> list[Attached]:
    """Those in the files of a submission, by their names."""
    trees = {name: tree for name, text in texts.items() if (tree := tree_of(text)) is not None}
    classes = {node.name for tree in trees.values() for node in nodes(tree) if isinstance(node, ast.ClassDef)}
    found: dict[Attached, None] = {}
    for name, tree in trees.items():
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
        functions |= {alias.asname or alias.name for node in imports for alias in node.names}
        for function, member in _pairs(tree, classes):
            if function in functions:
                found[Attached(name, function, member)] = None
    return list(found)


def _pairs(tree: ast.Module, classes: set[str]) -> Iterator[tuple[str, str]]:
    """Function and member, in each of the forms."""
    for node in nodes(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and last(target.value) in classes:
                    yield node.value.id, target.attr
        elif isinstance(node, ast.Call) and last(node.func) == "setattr" and len(node.args) == 3:
            yield from _named(node.args[1], node.args[2])
            if last(node.args[0]) in classes and not isinstance(node.args[1], ast.Constant):
                yield from ((name, name) for name in _functions(tree))
        elif isinstance(node, ast.Call) and last(node.func) == "dict":
            yield from ((last(word.value), word.arg) for word in node.keywords if word.arg)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from _named(key, value)
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            yield from _named(*node.elts)
        elif isinstance(node, ast.FunctionDef):
            calls = [call for call in node.decorator_list if isinstance(call, ast.Call)]
            if any(last(given) in classes for call in calls for given in call.args):
                yield node.name, node.name


def _named(key: ast.expr | None, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(key, ast.Constant) and isinstance(key.value, str) and isinstance(value, ast.Name):
        yield value.id, key.value


def _functions(tree: ast.Module) -> list[str]:
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
