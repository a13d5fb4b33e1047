"""Code for mypy or for the run alone: the blocks under TYPE_CHECKING.

Imports, names of types and classes without a counterpart at run time belong there. A function or a class with a
counterpart at run time is a twin: mypy checks one, the run uses the other.
"""

import ast
from collections.abc import Iterable, Iterator

from nnkata.worker.tree import nodes

#: Names that mypy takes for true or false regardless of their values.
CONSTANTS = frozenset(["TYPE_CHECKING", "MYPY", "PY2", "PY3"])
#: Calls that create a type.
_TYPES = frozenset(["TypeVar", "NewType", "ParamSpec", "TypedDict", "NamedTuple", "namedtuple", "TypeAliasType"])
#: Calls that ask mypy for the type of an expression.
_TOLD = frozenset(["reveal_type", "reveal_locals", "assert_type"])


def twins(tree: ast.Module, own: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Line and text of each; `own` are the names of the submission's modules."""
    inside: set[ast.AST] = set()
    for node in nodes(tree):
        if isinstance(node, ast.If) and any(last(part) in CONSTANTS for part in ast.walk(node.test)):
            inside.update(ast.walk(node.test))
            yield from _branches(node, tree, frozenset(own))
    for node in nodes(tree):  # assert not TYPE_CHECKING, x if TYPE_CHECKING else y, TYPE_CHECKING = True
        if isinstance(node, ast.Name | ast.Attribute) and last(node) in CONSTANTS and node not in inside:
            yield node.lineno, last(node)


def last(node: ast.AST) -> str:
    """The last part of a dotted name; empty for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _branches(node: ast.If, tree: ast.Module, own: frozenset[str]) -> Iterator[tuple[int, str]]:
    head = f"if {ast.unparse(node.test)}: "
    negated = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
    test = node.test.operand if isinstance(node.test, ast.UnaryOp) else node.test
    if last(test) not in ("TYPE_CHECKING", "MYPY"):  # and, or, PY2: the branch that mypy sees is hard to determine
        yield from ((part.lineno, head + _text(part)) for part in [*node.body, *node.orelse] if not _harmless(part))
        return
    seen, run = (node.orelse, node.body) if negated else (node.body, node.orelse)
    within = set(_deep([*seen, *run]))
    at_run = {name for part in [*(set(_deep(tree.body)) - within), *_deep(run)] for name in _bound(part)}
    for part in seen:
        bound = set(_bound(part))
        imported = isinstance(part, ast.ImportFrom) and (part.level or (part.module or "").split(".")[0] in own)
        if bound & at_run and (imported or not _harmless(part)):
            yield part.lineno, head + ", ".join(sorted(bound & at_run))
        elif not bound and not _harmless(part):
            yield part.lineno, head + _text(part)
    for part in run:
        if not _harmless(part) and not _passes_on(part):
            yield part.lineno, head + "… else: " + _text(part)


def _deep(statements: list[ast.stmt]) -> Iterator[ast.AST]:
    for statement in statements:
        yield from ast.walk(statement)


def _text(node: ast.stmt) -> str:
    return ", ".join(_bound(node)) or ast.unparse(node).splitlines()[0]


def _bound(node: ast.AST) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return [alias.asname or alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []


def _harmless(node: ast.stmt) -> bool:
    """An import, a docstring, a name for a type, or a question to mypy."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass) or type(node).__name__ == "TypeAlias":
        return True
    if isinstance(node, ast.Expr):
        called = last(node.value.func) if isinstance(node.value, ast.Call) else ""
        return called in _TOLD or isinstance(node.value, ast.Constant)
    if isinstance(node, ast.If):
        return all(map(_harmless, [*node.body, *node.orelse]))
    if isinstance(node, ast.Try):
        caught = [part for handler in node.handlers for part in handler.body]
        return all(map(_harmless, [*node.body, *caught, *node.orelse, *node.finalbody]))
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    return node.value is None or not any(_makes(part) for part in ast.walk(node.value))


def _makes(node: ast.AST) -> bool:
    return isinstance(node, ast.Lambda) or (isinstance(node, ast.Call) and last(node.func) not in _TYPES)


def _passes_on(node: ast.stmt) -> bool:
    """A function that returns its argument, in place of a decorator that some versions lack."""
    returned = node.body[-1] if isinstance(node, ast.FunctionDef) and len(node.body) <= 2 else None
    return isinstance(returned, ast.Return) and isinstance(returned.value, ast.Name)
