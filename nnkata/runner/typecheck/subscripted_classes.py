"""Own classes that only take arguments, `Float[np.ndarray, "n 784"]`: mypy takes that for the first argument."""

import ast

from nnkata.worker.tree import tree_of


def as_annotated(text: str) -> str:
    """The text, line for line, with `typing.Annotated` in place of each such class."""
    if "__class_getitem__" not in text:
        return text
    tree = tree_of(text)
    lines, found = text.split("\n"), set[str]()
    for node in tree.body if tree else ():
        if not isinstance(node, ast.ClassDef) or not _only_takes(node, found):
            continue
        found.add(node.name)
        end = node.end_lineno or node.lineno
        lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
        lines[node.lineno - 1] = f"from typing import Annotated as {node.name}"
    return "\n".join(lines)


def _only_takes(node: ast.ClassDef, found: set[str]) -> bool:
    """Whether its body has nothing but `__class_getitem__`, its own or that of a class in `found`."""
    functions = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
    others = [item for item in node.body if not isinstance(item, ast.FunctionDef | ast.Expr | ast.Pass)]
    inherits = any(isinstance(base, ast.Name) and base.id in found for base in node.bases)
    plain = not others and not node.keywords and not node.decorator_list
    if inherits and len(node.bases) == 1:
        return plain and functions in ([], ["__class_getitem__"])
    return plain and not node.bases and functions == ["__class_getitem__"]
