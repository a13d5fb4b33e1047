"""Lists small edits of Python code: another name, operator, number, key or order, a part less, a factor more.

A mistake in a program is mostly one of these. `search` tries which of them mend it. Standard library only.
"""

import ast
import itertools
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, cast

from nnkata.worker.mending.replacements import others
from nnkata.worker.mending.words import Scope, Words
from nnkata.worker.tree import walked


@dataclass(slots=True)
class Edit:
    """One edit: `owner`'s `field` (its item `index`, if it is a list) becomes `new`."""

    line: int
    kind: str
    owner: Any
    field: str
    index: int | None
    new: Any

    def swap(self) -> None:
        """Make the edit; called again, undo it."""
        if self.index is None:
            old = getattr(self.owner, self.field)
            setattr(self.owner, self.field, self.new)
        else:
            items = getattr(self.owner, self.field)
            old = items[self.index]
            items[self.index] = self.new
        self.new = old


def edits(
    function: ast.AST,
    words: Words,
    lines: set[int],
    kinds: Mapping[str, set[str]],
    rare: bool,
    among: set[int] | None = None,
) -> Iterator[Edit]:
    """The edits of a function on these lines: the likely ones, or the `rare` ones, of which some help by chance.

    Args:
        function: A function, or a statement with functions in it.
        words: The words of its file.
        lines: The lines that ran.
        kinds: The kinds of the values that its names had (`nnkata.worker.mending.units`).
        rare: Whether to leave out, add to, exchange and wrap whole statements, and to assign to other names.
        among: Only statements with one of these lines; None for all.
    """
    local = {n.arg for n in walked(function) if isinstance(n, ast.arg)}
    local |= {n.id for n in walked(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    local |= {n.name for n in walked(function) if isinstance(n, ast.FunctionDef) and n is not function}
    scope = Scope(local - {"self"}, words, lines, kinds)
    for parent in walked(function):
        outer = isinstance(parent, ast.Lambda) and not isinstance(function, ast.FunctionDef) and not rare
        if isinstance(parent, ast.Lambda) and outer and parent.body.lineno in lines:
            yield from within(parent, "body", scope)
        for name in ("body", "orelse"):
            block = getattr(parent, name, None)
            if isinstance(block, list):
                yield from _block(parent, name, block, scope, rare, among)


def _block(
    parent: ast.AST, name: str, block: list[Any], scope: Scope, rare: bool, among: set[int] | None
) -> Iterator[Edit]:
    for index, statement in enumerate(block):
        span = range(statement.lineno, head(statement) + 1)
        here = not scope.lines.isdisjoint(span) and (among is None or not among.isdisjoint(span))
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) or not here:
            continue
        line = statement.lineno
        for part in statement._fields:
            if part not in ("body", "orelse", "handlers", "finalbody"):
                yield from (edit for edit in within(statement, part, scope) if (edit.kind == "target") == rare)
        new = itertools.chain(_rare(statement), _longer(statement, scope)) if rare else _likely(statement, scope)
        yield from (Edit(line, kind, parent, name, index, one) for kind, one in new)
        if rare and index + 1 < len(block):
            both = [*block[:index], block[index + 1], statement, *block[index + 2 :]]
            yield Edit(line, "order", parent, name, None, both)


def head(statement: ast.stmt) -> int:
    """The last line of a statement without its block."""
    block = getattr(statement, "body", None)
    return (
        block[0].lineno - 1
        if isinstance(block, list) and block[0].lineno > statement.lineno
        else (statement.end_lineno or statement.lineno)
    )


def _likely(statement: ast.stmt, scope: Scope) -> Iterator[tuple[str, ast.stmt]]:
    if isinstance(statement, ast.AugAssign):
        for op in (ast.Add, ast.Sub, ast.Mult):
            if not isinstance(statement.op, op):
                yield "operator", _at(ast.AugAssign(statement.target, op(), statement.value), statement)
        yield "assigned", _at(ast.Assign([statement.target], statement.value), statement)
    if isinstance(statement, ast.If):
        yield (
            "comparison",
            _at(ast.If(ast.UnaryOp(ast.Not(), statement.test), statement.body, statement.orelse), statement),
        )
    if isinstance(statement, ast.If) and not statement.orelse:
        yield "loop", _at(ast.While(statement.test, statement.body, []), statement)
    if isinstance(statement, ast.While) and not statement.orelse:
        yield "loop", _at(ast.If(statement.test, statement.body, []), statement)
    assigned = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    if isinstance(assigned, ast.Name | ast.Attribute | ast.Subscript):
        yield "copied", _with(statement, ast.BinOp(assigned, ast.Add(), ast.Constant(0)))
    if isinstance(value := getattr(statement, "value", None), ast.expr):
        own = {n.id for n in walked(value) if isinstance(n, ast.Name)}
        names = [n for n in sorted(scope.local - own) if scope.has(n, "array 1", "array 2")]
        operations = (ast.BinOp(value, op(), ast.Name(n, ast.Load())) for n in names for op in (ast.Add, ast.Sub))
        yield from (("operand", _with(statement, operation)) for operation in operations)


def _rare(statement: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target = statement.targets[0]
        if isinstance(target, ast.Name | ast.Attribute | ast.Subscript):
            for op in (ast.Add, ast.Sub):
                yield "added", _at(ast.AugAssign(target, op(), statement.value), statement)
    value = statement.value or ast.Constant(None) if isinstance(statement, ast.Return) else None
    yield "left out", _at(ast.Expr(value) if value else ast.Pass(), statement)


def _longer(statement: ast.stmt, scope: Scope) -> Iterator[tuple[str, ast.stmt]]:
    """A statement whose value goes through one more function, or has one more factor."""
    value = getattr(statement, "value", None)
    if not isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return) or not isinstance(
        value, ast.expr
    ):
        return
    own = {n.id for n in walked(value) if isinstance(n, ast.Name)}
    for function in scope.functions:
        yield "wrapped", _with(statement, ast.Call(function, [value], []))
    for factor in scope.factors:
        if not {n.id for n in walked(factor) if isinstance(n, ast.Name)} <= own:
            yield "factor", _with(statement, ast.BinOp(value, ast.Mult(), factor))


def _with(statement: Any, value: ast.expr) -> ast.stmt:
    """The statement with another value."""
    new: Any = copy(statement)
    new.value = _at(value, statement.value)
    return cast(ast.stmt, new)  # a copy of one


def within(owner: Any, name: str, scope: Scope) -> Iterator[Edit]:
    """The edits of the expressions in a field of a node."""
    value = getattr(owner, name)
    nodes = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
    for index, node in nodes:
        if isinstance(node, ast.expr):
            for kind, new in others(node, scope):
                line = node.right.lineno if kind == "operator" and isinstance(node, ast.BinOp) else node.lineno
                yield Edit(line, kind, owner, name, index, _at(new, node))
        if isinstance(node, ast.AST):
            for part in node._fields:
                if part != "ctx" and isinstance(getattr(node, part, None), ast.AST | list):
                    yield from within(node, part, scope)


def _at(new: Any, old: ast.AST) -> Any:
    """The node in the place of another; a part of that one keeps its own place in the tree."""
    new = copy(new) if hasattr(new, "lineno") else new
    _put(new, old)
    return new


def _put(node: Any, at: Any) -> None:
    """Give a node the place of another, and its new parts, which have none.

    `ast.fix_missing_locations` goes through the parts with a place as well: half of the time for listing the edits.
    """
    node.lineno, node.col_offset = at.lineno, at.col_offset
    node.end_lineno, node.end_col_offset = at.end_lineno, at.end_col_offset
    for part in ast.iter_child_nodes(node):
        if "lineno" in part._attributes and not hasattr(part, "lineno"):
            _put(part, at)
