"""Annotations without content: Any, a name for Any, a container of Any; functions that can have none."""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping

from nnkata.steps.type_checking_blocks import last
from nnkata.worker.tree import nodes, parsed

_KEYED = ("dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict")
_OF_ONE_KIND = ("tuple", "Tuple", "list", "List", "Sequence", "Iterable", "Union", "Optional")


def says_nothing(sources: Mapping[str, str], functions: Iterable[str]) -> list[str]:
    """The functions of those names, if each returns Any and no more; else none.

    A single one without an annotation, or with a real one, clears them all: the rule is about Any in place of types,
    not about an Any here and there.
    """
    wanted, found = list(functions), {}
    own = {name.removesuffix(".py").split("/")[0] for name in sources}
    for text in sources.values():
        tree = parsed(text)
        names = _names(tree) | set(foreign(tree, own))
        for node in nodes(tree):
            if isinstance(node, ast.FunctionDef) and node.name in wanted:
                found[node.name] = node.returns is not None and _is_any(node.returns, names)
    return wanted if len(found) == len(wanted) and all(found.values()) else []


def lambdas(sources: Mapping[str, str], functions: Iterable[str]) -> list[str]:
    """`file:line: name` of each function of those names that is a lambda without an annotation of its own."""
    wanted, found = frozenset(functions), []
    for file, text in sources.items():
        for node in nodes(parsed(text)):
            if isinstance(node, ast.Assign) and any(isinstance(part, ast.Lambda) for part in ast.walk(node.value)):
                found += [f"{file}:{node.lineno}: {last(t)} = lambda" for t in node.targets if last(t) in wanted]
    return found


def foreign(tree: ast.Module, own: set[str]) -> Iterator[str]:
    """Names imported from modules that mypy does not find, so that each is Any to it; `own` are its own."""
    known = own | sys.stdlib_module_names | {"numpy", "typing_extensions"}
    for node in nodes(tree):
        if isinstance(node, ast.ImportFrom) and not node.level:
            module = (node.module or "").split(".")[0]
            for alias in node.names:
                if alias.name == "Incomplete" if module == "_typeshed" else module not in known:
                    yield alias.asname or alias.name


def _names(tree: ast.Module) -> set[str]:
    """The names of Any in a module."""
    names = {"Any"}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module in ("typing", "typing_extensions"):
            names |= {alias.asname for alias in node.names if alias.name == "Any" and alias.asname}
        elif isinstance(node, ast.Assign) and _is_any(node.value, names):
            names |= {last(target) for target in node.targets}
        elif isinstance(node, ast.AnnAssign) and node.value and _is_any(node.value, names):
            names |= {last(node.target)}
        elif type(node).__name__ == "TypeAlias":  # `type X = …`, which the running Python may lack
            name, value = getattr(node, "name", None), getattr(node, "value", None)
            if isinstance(name, ast.Name) and isinstance(value, ast.expr) and _is_any(value, names):
                names |= {name.id}
    return names - {""}


def _is_any(node: ast.expr, names: set[str]) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return _is_any(ast.parse(node.value, mode="eval").body, names)
        except SyntaxError:
            return False
    if isinstance(node, ast.BinOp):
        return _is_any(node.left, names) or _is_any(node.right, names)  # Any | None is no more than Any
    if isinstance(node, ast.Subscript):
        name = last(node.value)
        held = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        held = held[1:] if name in _KEYED else held if name in _OF_ONE_KIND else []
        told = [item for item in held if not isinstance(item, ast.Constant) or isinstance(item.value, str)]
        return bool(told) and all(_is_any(item, names) for item in told)
    return last(node) in names
