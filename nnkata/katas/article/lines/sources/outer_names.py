"""Names of an outer scope that a function sets as its own, without `global` or `nonlocal`, so that they stay None."""

import ast
from collections.abc import Iterator, Mapping

from nnkata.katas.article.lines.sources.trees import parameters, tree
from nnkata.traces.place import Place
from nnkata.worker.tree import nodes, spans

Function = ast.FunctionDef
Scope = ast.Module | ast.FunctionDef


def unset(place: Place, sources: Mapping[str, str]) -> Place | None:
    """For a line that met None in a name of an outer scope: where the only function that sets it has it as its own.

    That is the line of its `global` or `nonlocal`, which lacks the name, else that of the assignment.
    """
    module = tree(sources.get(place.file, ""))
    around = [n for n in nodes(module) if isinstance(n, Function) and spans(n, place.line)]
    taken = (n.id for n in nodes(module) if isinstance(n, ast.Name) and n.lineno == place.line)
    found = set[Place]()
    for name in dict.fromkeys(taken):
        if around and not (name in parameters(around[-1]) or any(True for _line in _own(around[-1], name))):
            outer = next((one for one in (*around[-2::-1], module) if _none(one, name)), None)
            inner = (n for n in ast.walk(outer) if isinstance(n, Function) and n is not outer) if outer else ()
            lines = [next(_own(one, name), 0) for one in inner if name not in parameters(one)]
            lines = [line for line in lines if line]
            found |= {Place(place.file, lines[0])} if len(lines) == 1 else set()
    return next(iter(found)) if len(found) == 1 else None


def _inside(scope: Scope) -> Iterator[ast.AST]:
    """The nodes of a scope without those of the functions and classes in it."""
    waiting: list[ast.AST] = list(scope.body)
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, Function | ast.ClassDef | ast.Lambda):
            waiting = [*ast.iter_child_nodes(node), *waiting]


def _none(scope: Scope, name: str) -> bool:
    """Whether a scope gives a name the value None."""
    assigned = (n for n in _inside(scope) if isinstance(n, ast.Assign))
    empty = (n for n in assigned if isinstance(n.value, ast.Constant) and n.value.value is None)
    return any(isinstance(target, ast.Name) and target.id == name for one in empty for target in one.targets)


def _own(function: Function, name: str) -> Iterator[int]:
    """The lines at which a function sets a name as its own: first that of a `global` or `nonlocal` for others."""
    outer = [n for n in _inside(function) if isinstance(n, ast.Global | ast.Nonlocal)]
    if any(name in one.names for one in outer):
        return
    stored = (n for n in _inside(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    lines = [n.lineno for n in stored if n.id == name]
    yield from [*(one.lineno for one in outer), *lines] if lines else ()
