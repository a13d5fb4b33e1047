"""A definition that a later one of its name overwrites: its author may edit the first, while Python runs the last."""

import ast
from collections.abc import Sequence
from pathlib import Path

from nnkata.language import _
from nnkata.subject.source.text import MAX_SOURCE
from nnkata.worker.imports.present import is_file
from nnkata.worker.tree import tree_of

#: What a name may stand for.
Definition = ast.FunctionDef | ast.ClassDef


def overwritten(file: Path, class_name: str) -> str:
    """The sentence about the first such definition in a file or in its class; empty if there is none."""
    if not is_file(file) or file.suffix != ".py":
        return ""
    try:
        with file.open("rb") as source:
            tree = tree_of(source.read(MAX_SOURCE))
    except OSError:  # it is gone by now
        return ""
    body = tree.body if tree else []
    classes = [node.body for node in body if isinstance(node, ast.ClassDef) and node.name == class_name]
    for earlier, later in (*_twice(body), *(_twice(classes[-1]) if classes else ())):
        text = _("{name} is defined twice: the one on line {line} overwrites the one on line {earlier}")
        return text.format(name=later.name[:80], line=later.lineno, earlier=earlier.lineno)
    return ""


def _twice(body: Sequence[ast.stmt]) -> list[tuple[Definition, Definition]]:
    """The definitions of a block with a later one of their name; a decorator may make parts of them, as a setter."""
    plain = [node for node in body if isinstance(node, Definition) and not node.decorator_list and node.name != "_"]
    last = {node.name: node for node in plain}
    return [(node, last[node.name]) for node in plain if node is not last[node.name]]
