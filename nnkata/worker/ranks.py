"""Puts the edits of units into the order of their likelihood, around the line with the first wrong value.

Standard library only.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nnkata.worker.constants import Table
from nnkata.worker.edits import Edit, head
from nnkata.worker.harm import mentions
from nnkata.worker.tree import walked
from nnkata.worker.units import Named, Unit

#: A file's name, and a line.
Line = tuple[str, int]


@dataclass
class _Ranked:
    """A unit, with the lines of the suspected statement in it, and those that call the suspected function."""

    unit: Table | Unit
    suspects: set[int] = field(default_factory=set)
    callers: set[int] = field(default_factory=set)

    def edits(self, among: set[int] | None, rare: bool = False) -> Iterator[tuple[Table | Unit, Edit, bool]]:
        """The edits on some lines; None stands for all others than these two sets."""
        for edit in self.unit.edits(rare, among) if among is None or among else ():
            own = edit.line in self.suspects
            if edit.line in among if among is not None else not own and edit.line not in self.callers:
                yield self.unit, edit, own


def ordered(units: Iterable[Table | Unit], place: Named, suspect: Line) -> Iterator[tuple[Table | Unit, Edit, bool]]:
    """The edits, each with whether it is one of the suspected statement.

    First come those of that statement, then those of the statements that call its function, then those of the functions
    around it, then all others. Rare edits count for less than a suspected line, so that they are tried there alone, or
    if there is none.
    """
    every = [_Ranked(unit) for unit in units]
    function = ""
    for one in every:
        name, above = place(one.unit.file) or ("", 0)
        line = suspect[1] - above
        if name == suspect[0] and one.unit.node.lineno <= line <= (one.unit.node.end_lineno or 0):
            one.suspects = {line, *_around(one.unit.node, line)}
            function = _function(one.unit.node, line)
    for one in every if function else ():
        one.callers = {line for lines in _calling(one.unit.node, function) for line in lines} - one.suspects
    every.sort(key=lambda one: not one.suspects)
    for rare in (False, True):
        for one in every:
            yield from one.edits(one.suspects, rare)
    for one in every:
        yield from one.edits(one.callers)
    for rare in (False,) if suspect[1] else (False, True):
        for one in every:
            yield from one.edits(None, rare)


def _around(node: ast.AST, line: int) -> range:
    """The lines of the innermost statement around a line, without its block."""
    held = [one for one in walked(node) if isinstance(one, ast.stmt) and one.lineno <= line <= head(one)]
    return range(held[-1].lineno, head(held[-1]) + 1) if held else range(0)


def _function(node: ast.AST, line: int) -> str:
    """The name of the innermost function around a line."""
    held = [
        one for one in walked(node) if isinstance(one, ast.FunctionDef) and one.lineno <= line <= (one.end_lineno or 0)
    ]
    return held[-1].name if held else ""


def _calling(node: ast.AST, function: str) -> Iterator[range]:
    """The lines of the statements that mention a function."""
    for one in walked(node):
        block = isinstance(getattr(one, "body", None), list)
        if isinstance(one, ast.stmt) and not block and mentions(one, {function}):
            yield range(one.lineno, head(one) + 1)
