"""Adapts a submission's imports for mypy, which sees its files in one folder that is no package.

There mypy takes a file called `queue` for the standard library's, and a relative import at the top leads nowhere. Both
work when Python runs the submission, so the copies for mypy are changed, line for line, so that they work there too.
"""

import ast
import re
import sys
from collections.abc import Mapping

from nnkata.worker.tree import nodes, tree_of

#: The name, for mypy, of a file with the name of a standard module.
ASIDE = "{name}_beside"


def for_mypy(texts: Mapping[str, str], main: str) -> tuple[dict[str, str], dict[str, str]]:
    """The texts by path, some under new names, and a mapping of new to old names; `main` keeps its name."""
    shadowing = {name[:-3] for name in texts if "/" not in name and name.endswith(".py") and name != main}
    shadowing &= sys.stdlib_module_names
    done, renamed = {}, {}
    for name, text in texts.items():
        stem = name[:-3]
        there = f"{ASIDE.format(name=stem)}.py" if stem in shadowing else name
        if there != name:
            renamed[there] = name
        done[there] = _rewritten(text, shadowing, top="/" not in name)
    return done, renamed


def _rewritten(text: str, shadowing: set[str], top: bool) -> str:
    tree = tree_of(text)
    if tree is None:
        return text
    lines = text.split("\n")
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom):
            line = lines[node.lineno - 1]
            if node.level == 1 and top and node.module:
                line = re.sub(r"\bfrom(\s+)\.\s*(?=\w)", r"from\1", line, count=1)
            elif node.level == 1 and top:
                line = re.sub(r"\bfrom\s+\.\s+import\b", "import", line, count=1)
            elif node.level == 0 and node.module in shadowing:
                line = re.sub(rf"\bfrom(\s+){node.module}\b", rf"from\1{ASIDE.format(name=node.module)}", line, count=1)
            lines[node.lineno - 1] = line
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in shadowing:
                    new = ASIDE.format(name=alias.name) + ("" if alias.asname else f" as {alias.name}")
                    line = lines[alias.lineno - 1]
                    lines[alias.lineno - 1] = re.sub(rf"(?<![\w.]){alias.name}\b(?![.\w])", new, line, count=1)
    return "\n".join(lines)
