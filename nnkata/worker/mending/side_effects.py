"""The functions that may change something outside their process, by the names in them: no edit is tried with them.

Standard library only.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from nnkata.worker.tree import walked

HARMFUL = (
    {"open", "exec", "eval", "compile", "input", "breakpoint", "exit", "quit", "__import__", "import_module", "globals"}
    | {"save", "savez", "savez_compressed", "savetxt", "tofile", "dump", "dumps", "memmap", "open_memmap", "fromfile"}
    | {"write", "writelines", "write_text", "write_bytes", "touch", "unlink", "remove", "rmtree", "rename", "replace"}
    | {"mkdir", "makedirs", "system", "popen", "kill", "ctypeslib", "DataSource", "lib"}
)
#: The modules of others that a function may use.
MODULES = {"numpy", "math", "time", "random", "functools", "itertools", "operator", "collections", "dataclasses"} | {
    *("typing", "abc", "enum", "__future__", "copy", "types", "contextlib", "warnings")
}


def harmful(trees: Mapping[str, ast.Module]) -> set[str]:
    """The names that a harmless function does not mention: of functions, classes and modules.

    Args:
        trees: The files of a submission, by their paths; a function that mentions such a name is harmful itself.
    """
    own = {Path(file).stem for file in trees} | {Path(file).parent.name for file in trees}
    names = set(HARMFUL)
    for tree in trees.values():
        for node in walked(tree):
            if isinstance(node, ast.Import):
                foreign = [one for one in node.names if one.name.partition(".")[0] not in MODULES | own]
                names |= {one.asname or one.name.partition(".")[0] for one in foreign}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                known = (node.module or "").partition(".")[0] in MODULES | own
                names |= {one.asname or one.name for one in node.names if not known or one.name in names}
    definitions = [one for tree in trees.values() for one in _definitions(tree)]
    while found := {name for defined, used in definitions if used & names for name in defined} - names:
        names |= found
    return names


def mentions(node: ast.AST, names: set[str]) -> bool:
    """Whether code mentions one of these names, or `*`."""
    return any(name_in(one) in names for one in walked(node))


def name_in(node: ast.AST) -> str:
    """The name that a node mentions, or an empty text."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _definitions(tree: ast.Module) -> Iterator[tuple[set[str], set[str]]]:
    """The names of functions, of classes and new names, each with the names that make them harmful if one is.

    Those of a class are what its special methods mention: it is harmful if to make one is.
    """
    for node in walked(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield {node.name}, _mentioned(node)
        elif isinstance(node, ast.ClassDef):
            special = (one for one in node.body if isinstance(one, ast.FunctionDef) and one.name.startswith("__"))
            yield {node.name}, {name for one in special for name in _mentioned(one)}
        elif isinstance(node, ast.ImportFrom):
            yield from (({one.asname or one.name}, {one.name}) for one in node.names)
        elif isinstance(node, ast.Assign):
            yield {name_in(target) for target in node.targets} - {""}, _mentioned(node.value)


def _mentioned(node: ast.AST) -> set[str]:
    return {name_in(one) for one in walked(node)}
