"""Puts the edits of units into the order of their likelihood, around the line with the first wrong value.

Standard library only.
"""

import ast
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from nnkata.worker.mending.constants import Table
from nnkata.worker.mending.defaults import Default
from nnkata.worker.mending.edits import Edit, head
from nnkata.worker.mending.side_effects import mentions, name_in
from nnkata.worker.mending.units import Named, Unit
from nnkata.worker.tree import spans, walked

#: A file's name, and a line.
Line = tuple[str, int]


@dataclass
class _Ranked:
    """A unit, with the lines of the suspected statement in it, and those that call the suspected function."""

    unit: Table | Default | Unit
    suspects: set[int] = field(default_factory=set)
    callers: set[int] = field(default_factory=set)
    #: Those of the statements that keep a value under a word of the suspected function.
    keepers: set[int] = field(default_factory=set)
    #: The name of the suspected function, and in this function those to which the suspected statement gives values.
    made: set[str] = field(default_factory=set)

    def passes_by(self, edit: Edit) -> bool:
        """Whether an edit of another line does without what the suspected statement made: no sign against that one."""
        old = getattr(edit.owner, edit.field)
        old = old if edit.index is None else old[edit.index]
        parts = isinstance(old, ast.AST) and edit.line not in self.suspects
        return parts and not self.made.isdisjoint(_words(old) - _words(edit.new))

    def edits(self, among: set[int] | None, rare: bool = False) -> Iterator[tuple["_Ranked", Edit, bool]]:
        """The edits on some lines; None stands for all others than these sets."""
        for edit in self.unit.edits(rare, among) if among is None or among else ():
            own = edit.line in self.suspects
            if edit.line in among if among is not None else not own and edit.line not in self.callers | self.keepers:
                yield self, edit, own


def ordered(
    units: Iterable[Table | Default | Unit], place: Named, suspect: Line
) -> Iterator[tuple[_Ranked, Edit, bool]]:
    """The edits, each with its unit and whether it is one of the suspected statement.

    First come those of that statement, then those of the statements that call its function, then those of others that
    keep a value by a word of its function, then those of the functions around it, then all others. Rare edits count for
    less than a suspected line, so that they are tried there alone, or if there is none.
    """
    every = [_Ranked(unit) for unit in units]
    function, said = "", set[str]()
    for one in every:
        name, above = place(one.unit.file) or ("", 0)
        line = suspect[1] - above
        if name == suspect[0] and spans(one.unit.node, line):
            one.suspects = {line, *_around(one.unit.node, line)}
            function = _function(one.unit.node, line)
            said = _words(one.unit.node)
            one.made = _stored(one.unit.node, one.suspects)
    for one in every if function else ():
        one.made.add(function)
        one.callers = {line for lines in _calling(one.unit.node, function) for line in lines} - one.suspects
        one.keepers = set() if one.suspects else _keeping(one.unit.node, said) - one.callers
    every.sort(key=lambda one: not one.suspects)
    for rare in (False, True):
        for one in every:
            yield from one.edits(one.suspects, rare)
    for one in every:
        yield from one.edits(one.callers)
    for one in every:
        yield from one.edits(one.keepers)
    for rare in (False,) if suspect[1] else (False, True):
        for one in every:
            yield from one.edits(None, rare)


def _around(node: ast.AST, line: int) -> range:
    """The lines of the innermost statement around a line, without its block."""
    held = [one for one in walked(node) if isinstance(one, ast.stmt) and one.lineno <= line <= head(one)]
    return range(held[-1].lineno, head(held[-1]) + 1) if held else range(0)


def _stored(node: ast.AST, lines: Collection[int]) -> set[str]:
    """The names and attributes to which the statements on some lines give values."""
    kept = (one for one in walked(node) if isinstance(one, ast.Name | ast.Attribute) and one.lineno in lines)
    return {name_in(one) for one in kept if isinstance(one.ctx, ast.Store)}


def _words(node: ast.AST) -> set[str]:
    """The names, attributes and texts in a piece of code."""
    found = {one.attr for one in walked(node) if isinstance(one, ast.Attribute)} - {"params"}
    found |= {one.id for one in walked(node) if isinstance(one, ast.Name)} - {"self"}
    return found | {one.value for one in walked(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _keeping(node: ast.AST, said: set[str]) -> set[int]:
    """The lines of the statements that put a value under one of these words: `self.z = z`, `kept.append({"z": z})`."""
    found = set[int]()
    for one in walked(node):
        targets = one.targets if isinstance(one, ast.Assign) else [one] if isinstance(one, ast.Expr) else []
        copied = isinstance(getattr(one, "value", None), ast.Name)
        held = [part for part in targets if copied or not isinstance(part, ast.Name)]
        if isinstance(one, ast.stmt) and any(not said.isdisjoint(_words(part)) for part in held):
            found |= {*range(one.lineno, head(one) + 1)}
    return found


def _function(node: ast.AST, line: int) -> str:
    """The name of the innermost function around a line."""
    held = [one for one in walked(node) if isinstance(one, ast.FunctionDef) and spans(one, line)]
    return held[-1].name if held else ""


def _calling(node: ast.AST, function: str) -> Iterator[range]:
    """The lines of the statements that mention a function."""
    for one in walked(node):
        block = isinstance(getattr(one, "body", None), list)
        if isinstance(one, ast.stmt) and not block and mentions(one, {function}):
            yield range(one.lineno, head(one) + 1)
