"""Classes that a later definition continues, as in notebooks: `class Net(Net):`, with further methods.

mypy knows a name's first definition only, so the copy for mypy gives each earlier one a name of its own.
"""

import ast
import re

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


def as_named(message: str) -> str:
    """A message of mypy with the classes' own names."""
    return re.sub(rf"{BEFORE}\d+\b", "", message)
