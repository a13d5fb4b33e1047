"""Adapts a submission's imports for mypy, which sees its files in one folder that is no package.

There mypy takes a file called `queue` for the standard library's, a relative import at the top leads nowhere, and an
`__init__.py` at the top gives every file a second name. All work when Python runs the submission, so the copies for
mypy are changed, line for line, so that they work there too. A folder that the text adds to `sys.path` is left out.
"""

import ast
import re
import sys
from collections.abc import Mapping

from nnkata.subject.source.import_folders import added, without_added
from nnkata.worker.tree import nodes, tree_of

#: The name, for mypy, of a file with the name of a standard module, or of the package at the top.
ASIDE = "{name}_beside"
PACKAGE = "__init__"


def for_mypy(texts: Mapping[str, str], main: str) -> tuple[dict[str, str], dict[str, str]]:
    """The texts by path, some under new names, and a mapping of new to old names; `main` keeps its name."""
    tree = tree_of(texts.get(main, ""))
    folders = added(tree) if tree else ()
    moved = {name: without_added(name, folders) for name in texts if name != main}
    moved = {old: new for old, new in moved.items() if new != old and new not in texts}
    texts = {moved.get(name, name): text for name, text in texts.items()}
    shadowing = {name[:-3] for name in texts if "/" not in name and name.endswith(".py") and name != main}
    shadowing &= sys.stdlib_module_names | {PACKAGE}
    done, renamed = {}, {new: old for old, new in moved.items()}
    there = {name.partition("/")[0].removesuffix(".py") for name in texts}
    for name, text in texts.items():
        stem = name[:-3]
        new = f"{ASIDE.format(name=stem)}.py" if stem in shadowing else name
        if new != name:
            renamed[new] = renamed.pop(name, name)
        done[new] = _rewritten(text, shadowing, there, top="/" not in name)
    return done, renamed


def _rewritten(text: str, shadowing: set[str], there: set[str], top: bool) -> str:
    """`there` are the modules at the top; `top` is whether the text is one of them."""
    tree = tree_of(text)
    if tree is None:
        return text
    lines = text.split("\n")
    imports = [node for node in nodes(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    for node in sorted(imports, key=lambda node: (node.lineno, node.col_offset), reverse=True):
        if isinstance(node, ast.ImportFrom):
            line = lines[node.lineno - 1]
            if node.level == 1 and top and node.module:
                line = re.sub(r"\bfrom(\s+)\.\s*(?=\w)", r"from\1", line, count=1)
            elif node.level == 1 and top:
                _replace(lines, node, _of_package(node, shadowing, there))
                continue
            elif node.level == 0 and node.module in shadowing:
                line = re.sub(rf"\bfrom(\s+){node.module}\b", rf"from\1{ASIDE.format(name=node.module)}", line, count=1)
            lines[node.lineno - 1] = line
        else:
            for alias in node.names:
                if alias.name in shadowing:
                    new = ASIDE.format(name=alias.name) + ("" if alias.asname else f" as {alias.name}")
                    line = lines[alias.lineno - 1]
                    lines[alias.lineno - 1] = re.sub(rf"(?<![\w.]){alias.name}\b(?![.\w])", new, line, count=1)
    return "\n".join(lines)


def _replace(lines: list[str], node: ast.stmt, text: str) -> None:
    """Put a text in the place of a statement; its further lines become empty."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    lines[first : last + 1] = [before + text + after, *[""] * (last - first)]


def _of_package(node: ast.ImportFrom, shadowing: set[str], there: set[str]) -> str:
    """`from . import a, B` as statements: `a` is a module at the top, `B` a name in the package's `__init__.py`."""
    done = []
    for alias in node.names:
        name = ASIDE.format(name=alias.name) if alias.name in shadowing else alias.name
        called = alias.asname or alias.name
        if alias.name == "*":
            done.append(f"from {ASIDE.format(name=PACKAGE)} import *" if PACKAGE in shadowing else "pass")
        elif alias.name in there or PACKAGE not in shadowing:
            done.append(f"import {name}" + ("" if name == called else f" as {called}"))
        else:
            done.append(f"from {ASIDE.format(name=PACKAGE)} import {alias.name} as {called}")
    return "; ".join(done)
