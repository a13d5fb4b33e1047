"""The source of some names: the statements of the cells that bind them, and of the names that these use, in turn.

`excerpt(cells, ["DeepNeuralNetwork"])` leaves out everything that the class does not use: plots, trials,
`nnkata.check`.
"""

import ast
import symtable
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

#: The place of a live object's definition: the file name in its code objects, and a line there.
Place = tuple[str, int]
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True)
class Cell:
    """A text that ran in the namespace: `name` is for its code objects, `label` for a person.

    `above` is the number of lines before it in the visible cell: those of magics.
    """

    name: str
    label: str
    text: str
    above: int = 0


@dataclass(frozen=True)
class Excerpt:
    """A module's text; `places` has the origin of each of its lines; `missing` are names without a source."""

    text: str
    places: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Statement:
    """One top-level statement: the names that it binds, changes and uses, and those that it uses as it runs."""

    cell: Cell
    node: ast.stmt
    first: int
    lines: tuple[str, ...]
    binds: frozenset[str]
    changes: frozenset[str]
    uses: frozenset[str]
    at_once: frozenset[str]


def excerpt(
    cells: Sequence[Cell],
    names: Sequence[str],
    known: Callable[[str], bool] = lambda name: False,
    place: Callable[[str], Place | None] = lambda name: None,
) -> Excerpt:
    """The statements that these names rest on, in the order of the cells.

    Of several statements that bind a name, the one at `place(name)` counts, else the last. `known` tells whether a name
    that no statement binds exists anyway; such a name is missing.
    """
    every = [statement for cell in cells for statement in _statements(cell)]
    kept = {statement for statement in every if _future(statement.node)}
    missing: list[str] = []
    waiting: list[tuple[str, int]] = [(name, len(every)) for name in names]
    seen = set(waiting)
    while waiting:
        name, before = waiting.pop()
        found = _binding(every[:before], name, place(name))
        if found is not None:
            taken = [found, *(n for n in range(found + 1, before) if name in every[n].changes)]
        elif known(name) and before == len(every):
            taken = [n for n, statement in enumerate(every) if "*" in statement.binds]
            missing += [] if taken else [name]
        else:
            continue
        for number in taken:
            statement = every[number]
            kept.add(statement)
            wanted = {(use, len(every)) for use in statement.uses}
            wanted |= {(use, number) for use in statement.at_once & statement.binds}  # the value that it replaces
            waiting += sorted(wanted - seen)
            seen |= wanted
    return _joined([statement for statement in every if statement in kept], sorted(missing))


def _binding(every: Sequence[Statement], name: str, place: Place | None) -> int | None:
    bound = [n for n, statement in enumerate(every) if name in statement.binds]
    there = [n for n in bound if place and _stands_at(every[n], place)]
    return max(there or bound, default=None)


def _stands_at(statement: Statement, place: Place) -> bool:
    name, line = place
    return statement.cell.name == name and 0 <= line - statement.first < len(statement.lines)


def _joined(statements: Sequence[Statement], missing: Sequence[str]) -> Excerpt:
    lines: list[str] = []
    places: list[tuple[str, int]] = []
    for n, statement in enumerate(statements):
        gap = ["", ""] if n and isinstance(statement.node, Definition) else []
        first = statement.first + statement.cell.above
        lines += [*gap, *statement.lines]
        places += [(statement.cell.label, first)] * len(gap)
        places += [(statement.cell.label, first + k) for k in range(len(statement.lines))]
    return Excerpt("\n".join(lines) + "\n" if lines else "", tuple(places), tuple(missing))


def _statements(cell: Cell) -> Iterator[Statement]:
    try:
        tree = ast.parse(cell.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # it never ran
    for node in tree.body:
        decorators = node.decorator_list if isinstance(node, Definition) else []
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        lines = _lines(cell.text, node, first)
        binds, changes = frozenset(_bound(node)), frozenset(_changed(node))
        used = dict(sorted(_used("\n".join(lines), node)))  # True comes last, and stays
        at_once = frozenset(name for name, now in used.items() if now)
        yield Statement(cell, node, first, lines, binds, changes - binds, frozenset(used), at_once)


def _lines(source: str, node: ast.stmt, first: int) -> tuple[str, ...]:
    """Its whole lines with their comments; the statement alone, if others share a line with it."""
    lines = source.split("\n")[first - 1 : node.end_lineno]
    try:
        alone = ast.dump(ast.parse("\n".join(lines))) == ast.dump(ast.Module([node], []))
    except SyntaxError:
        alone = False
    return tuple(lines if alone else (ast.get_source_segment(source, node) or "").splitlines())


def _future(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a statement binds in its own scope."""
    if isinstance(node, Definition):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name.split(".")[0]
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    if not isinstance(node, SCOPES) and not isinstance(node, ast.AugAssign):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)


def _changed(node: ast.stmt) -> Iterator[str]:
    """The names whose values a statement writes into: `Class.method = ...`, `table[key] = ...`, `rate *= 2`."""
    for inner in ast.walk(node) if not isinstance(node, SCOPES) else ():
        if isinstance(inner, ast.AugAssign) and isinstance(inner.target, ast.Name):
            yield inner.target.id
        elif isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store):
            value: ast.expr = inner.value
            while isinstance(value, ast.Attribute | ast.Subscript):
                value = value.value
            if isinstance(value, ast.Name):
                yield value.id
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "setattr":
            yield from (argument.id for argument in inner.args[:1] if isinstance(argument, ast.Name))


def _used(text: str, node: ast.stmt) -> Iterator[tuple[str, bool]]:
    """The names that a statement reads from the module's scope, each with whether it reads it at once, not later.

    Names in quoted annotations count too.
    """
    try:
        yield from _read(symtable.symtable(text, "<cell>", "exec"))
    except SyntaxError:  # which a notebook takes: await at the top level
        yield from ((inner.id, True) for inner in ast.walk(node) if isinstance(inner, ast.Name))
    for inner in ast.walk(node):
        for kind in ("annotation", "returns"):
            quoted = getattr(inner, kind, None)
            for part in ast.walk(quoted) if isinstance(quoted, ast.expr) else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield from ((name, False) for name in _names(part.value))


def _read(table: symtable.SymbolTable, now: bool = True) -> Iterator[tuple[str, bool]]:
    now = now and table.get_type() in ("module", "class")
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (now or symbol.is_global()):
            yield symbol.get_name(), now
    for inner in table.get_children():
        yield from _read(inner, now)


def _names(text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    yield from (inner.id for inner in ast.walk(tree) if isinstance(inner, ast.Name))
