"""Names with several definitions, as in notebooks, of which the run uses the last: mypy knows the first one only.

`class Net(Net):` with further methods continues a class: the copy for mypy gives each earlier one a name of its own.
Any other function or class that a later definition overwrites is absent from the copy.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from nnkata.worker.tree import tree_of

#: Between the name of a class that is continued and its number, in its name for mypy.
BEFORE = "_before_"


def continued(text: str) -> str:
    """The text, line for line, with another name for each class that a later definition of its name derives from."""
    tree = tree_of(text)
    latest: dict[str, ast.ClassDef] = {}
    count: dict[str, int] = {}
    edits: list[tuple[int, int, int, str]] = []
    for node in tree.body if tree else ():
        if not isinstance(node, ast.ClassDef):
            continue
        own = [base for base in node.bases if isinstance(base, ast.Name) and base.id == node.name]
        if own and node.name in latest:
            count[node.name] = count.get(node.name, 0) + 1
            new = f"{node.name}{BEFORE}{count[node.name]}"
            earlier = latest[node.name]
            edits.append((earlier.lineno, earlier.col_offset, 0, new))
            edits += [(base.lineno, base.col_offset, len(base.id.encode()), new) for base in own]
        latest[node.name] = node
    lines = text.split("\n")
    for line, column, length, new in sorted(edits, reverse=True):
        whole = lines[line - 1].encode()
        before, after = whole[:column].decode(), whole[column + length :].decode()
        lines[line - 1] = before + (new + after if length else re.sub(r"(class\s+)\w+", rf"\g<1>{new}", after, count=1))
    return "\n".join(lines)


def overwritten(text: str) -> str:
    """The text, line for line, without the functions and classes that a later one of their name overwrites.

    Decorated functions stay: the later one may build on the earlier one, as with `@overload` and a property's setter.
    """
    tree = tree_of(text)
    lines = text.split("\n")
    for node in _dead(tree.body if tree else ()):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        if not lines[first - 1][: node.col_offset].strip():  # nothing stands before it on its line
            end = node.end_lineno or node.lineno
            lines[first - 1 : end] = [""] * (end - first + 1)
    return "\n".join(lines)


def _dead(body: Sequence[ast.stmt]) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    before: dict[str, list[ast.FunctionDef | ast.ClassDef]] = {}
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        continues = isinstance(node, ast.ClassDef) and any(
            isinstance(part, ast.Name) and part.id == node.name for base in node.bases for part in ast.walk(base)
        )
        earlier = before.setdefault(node.name, [])
        plain = not any(isinstance(one, ast.FunctionDef) and one.decorator_list for one in (*earlier, node))
        if plain and not continues and all(type(one) is type(node) for one in earlier):
            yield from earlier
            earlier.clear()
        if isinstance(node, ast.ClassDef):
            yield from _dead(node.body)
        earlier.append(node)


def as_named(message: str) -> str:
    """A message of mypy with the classes' own names."""
    return re.sub(rf"{BEFORE}\d+\b", "", message)
