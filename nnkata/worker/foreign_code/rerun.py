"""Runs selected statements of the author: those that make a network, and the lines of a script's step."""

import ast
import builtins
import copy
import functools
import re
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nnkata.worker.foreign_code.statements import NotLoaded, attempt, bound, code_of, silence
from nnkata.worker.tree import spans


def made(module: types.ModuleType, name: str, line: int, /, **given: Any) -> Any:
    """The value of a name at that line in the author's code, from running the statements on which it rests.

    Names in `given`, for absent data, keep their values.

    Raises:
        NotLoaded: it needs a name that was left out.
    """
    path = Path(str(module.__file__))
    namespace = {**module.__dict__, **given}
    left_out: dict[str, str] = {}
    with silence():
        for node in _needed(path, name, line):
            if not given.keys() & set(bound(node)):
                attempt(node, namespace, path, left_out)
    if name not in namespace or name in left_out:
        error = NotLoaded(f"{name} cannot be made: {left_out.get(name, 'it is not assigned')}")
        absent = [found[1] for reason in left_out.values() if (found := ABSENT.search(reason))]
        error.missing = tuple(dict.fromkeys([*left_out, *absent]))
        raise error
    return namespace[name]


def _around(body: list[ast.stmt], line: int) -> list[ast.stmt]:
    """The statements before and around a line, from the outermost block to the innermost."""
    found: list[ast.stmt] = []
    for node in body:
        inside = spans(node, line)
        blocks = [getattr(node, part, []) for part in ("body", "orelse", "finalbody")]
        if inside and any(blocks) and not isinstance(node, ast.ClassDef):
            if isinstance(node, ast.FunctionDef):
                found += _defaults(node)
            elif isinstance(node, ast.For):
                found += _first_round(node)
            return found + [inner for block in blocks for inner in _around(block, line)]
        found.append(node)
    return found


def _defaults(node: ast.FunctionDef) -> list[ast.stmt]:
    """A function's parameters with defaults, as assignments."""
    arguments = node.args.args[len(node.args.args) - len(node.args.defaults) :]
    pairs = zip(arguments, node.args.defaults, strict=True)
    made = [ast.copy_location(ast.Assign([ast.Name(a.arg, ast.Store())], value), value) for a, value in pairs]
    return [ast.fix_missing_locations(statement) for statement in made]


def _first_round(node: ast.For) -> list[ast.stmt]:
    """The counter of a loop over a range in its first round, as an assignment."""
    called = node.iter.func if isinstance(node.iter, ast.Call) else None
    if not isinstance(node.target, ast.Name) or not isinstance(node.iter, ast.Call) or called is None:
        return []
    if ast.unparse(called).rpartition(".")[2] not in ("range", "trange", "arange"):
        return []
    start = node.iter.args[0] if len(node.iter.args) > 1 else ast.Constant(0)
    made = ast.copy_location(ast.Assign([ast.Name(node.target.id, ast.Store())], start), node.target)
    return [ast.fix_missing_locations(made)]


#: The reason of a statement that reads a name which nothing binds, such as data of a file that is not opened.
ABSENT = re.compile(r"NameError: name '(\w+)' is not defined")
#: Methods that add parts to a network; `net.dense(8)` and `net.hidden_layer(8)` make a layer and add it.
BUILDING = re.compile(
    r"add|append|compile|build|use|set|init|stack|insert|extend|finali[sz]e|push|register"
    r"|sequential|activat|config|create|define|connect|architecture|(new_?|hidden_?|input_?|output_?)?layer|dense|linear|fc\b|fully",
    re.I,
)


@functools.lru_cache(1000)
def _needed(path: Path, name: str, line: int) -> list[ast.stmt]:
    """The statements for the value of `name`: its assignment, those of the names it reads, and calls that add parts.

    A search makes a network for each trial.
    """
    wanted = {name}
    kept: list[ast.stmt] = []
    for node in reversed(_around(_parsed(path).body, line)):
        names = set(bound(node)) if isinstance(node, ast.Assign | ast.AnnAssign) else set()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            continue  # the module defines them
        if (names & wanted and node.lineno <= line) or _builds(node, wanted):
            kept.insert(0, node)
            wanted |= {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return kept


def _builds(node: ast.stmt, wanted: set[str]) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    called = node.value.func
    if not isinstance(called, ast.Attribute) or not BUILDING.match(called.attr):
        return False
    root = called.value
    while isinstance(root, ast.Attribute | ast.Subscript | ast.Call):  # net.add(one).add(another)
        root = root.func if isinstance(root, ast.Call) else root.value
    return isinstance(root, ast.Name) and root.id in wanted


def block(module: types.ModuleType, first: int, last: int, net: dict[str, Any], /, **given: Any) -> dict[str, Any]:
    """The names after one run of the author's lines `first` to `last` on a copy of `net` and the given values.

    Other names that they read come from the statements before them. A failing statement, such as a plot, is left out.

    Raises:
        NotLoaded: a name of `net` would not take its step.
    """
    path = Path(str(module.__file__))
    statements, read, written = _between(path, first, last)
    namespace = {**module.__dict__, **copy.deepcopy(net), **given}
    left_out: dict[str, str] = {}
    with silence():
        for name in sorted(read - namespace.keys() - vars(builtins).keys()):
            value = _constant(module, name, first)
            if value:
                namespace[name] = copy.deepcopy(value[0])
        for node in statements:
            failed = len(left_out)
            attempt(node, namespace, path, left_out)
            if len(left_out) > failed and isinstance(node, ast.Assign | ast.AugAssign):
                for name in set(bound(node)) - given.keys():
                    namespace.pop(name, None)  # the value before it would seem to be that of this batch
    if still := [name for name in net if name in left_out]:
        raise NotLoaded(f"{still[0]} takes no step: {left_out[still[0]]}")
    return {name: namespace[name] for name in [*net, *sorted(written - net.keys())] if name in namespace}


@functools.cache
def _constant(module: types.ModuleType, name: str, line: int) -> tuple[object, ...]:
    """The value of a name at that line, in a tuple; empty if it cannot be computed."""
    try:
        return (made(module, name, line),)
    except NotLoaded:
        return ()


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(code_of(path))


@functools.cache
def _between(path: Path, first: int, last: int) -> tuple[list[ast.stmt], set[str], set[str]]:
    """The statements of a file's lines, and the names that they read and bind: a network runs them for each batch."""
    inside = [node for node in _blocks(_parsed(path)) if first <= node.lineno and (node.end_lineno or 0) <= last]
    inner = {id(child) for node in inside for child in ast.walk(node) if child is not node}
    statements = [node for node in inside if id(node) not in inner]
    return statements, _read(statements), {name for node in statements for name in bound(node)}


def _blocks(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of the innermost block between these lines."""
    for node in ast.walk(tree):
        for part in ("body", "orelse"):
            if isinstance(node, ast.Module | ast.For | ast.While | ast.If | ast.With | ast.FunctionDef):
                yield from (inner for inner in getattr(node, part, []) if isinstance(inner, ast.stmt))


def _read(statements: Sequence[ast.stmt]) -> set[str]:
    return {n.id for s in statements for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
