"""The source of a class that was written in cells: what defines it, and what that rests on.

A notebook is no module: a cell may be run twice, fail, train for an hour, or be replaced by a later one. What counts is
the latest definition of each name. mypy and the checks of imports read the lines that are found here.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Statement:
    """A statement at the top of a cell: its lines, the names it defines, those it sets attributes of, those it uses."""

    cell: int
    lines: range
    defines: set[str] = field(default_factory=set)
    patches: set[str] = field(default_factory=set)
    uses: set[str] = field(default_factory=set)


def source_of(cells: Sequence[str], wanted: Iterable[str]) -> str:
    """A module's text: the lines that define the `wanted` names and all that they use, in the order of the cells."""
    texts = [inner for cell in cells for inner in _unwrapped(cell)]
    statements = [found for number, text in enumerate(texts) for found in _statements(number, text)]
    latest = {name: index for index, found in enumerate(statements) for name in found.defines}
    chosen: set[int] = {index for index, found in enumerate(statements) if "*" in found.defines}
    waiting = [name for name in wanted if name in latest]
    while waiting:
        name = waiting.pop()
        patched = [i for i, found in enumerate(statements) if name in found.patches and i > latest[name]]
        for index in {latest[name], *patched} - chosen:
            chosen.add(index)
            waiting += [used for used in statements[index].uses if used in latest]
    lines: dict[tuple[int, int], str] = {}
    for index in sorted(chosen):
        found = statements[index]
        own = texts[found.cell].split("\n")
        lines |= {(found.cell, number): own[number - 1] for number in found.lines}
    return "\n".join(lines[place] for place in sorted(lines)) + "\n"


def _unwrapped(cell: str) -> Iterator[str]:
    """The cell, or what it hands to a magic that runs it (`%%time`, `%%nnkata`); nothing if it is not Python."""
    try:
        tree = ast.parse(cell)
    except (SyntaxError, ValueError):
        return
    match tree.body:
        case [ast.Expr(ast.Call(ast.Attribute(attr="run_cell_magic"), [_, _, ast.Constant(str(body))]))]:
            yield from _unwrapped(body)
        case _:
            yield cell


def _statements(number: int, text: str) -> Iterator[Statement]:
    for node in ast.parse(text).body:
        decorators = getattr(node, "decorator_list", [])
        first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
        found = Statement(number, range(first, (node.end_lineno or node.lineno) + 1))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.defines.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found.defines |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load):
                found.uses.add(inner.id)
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                found.uses |= _quoted(inner.value)
        for target in _targets(node):
            if isinstance(target, ast.Name):
                found.defines.add(target.id)
            elif isinstance(target, ast.Attribute | ast.Subscript) and isinstance(target.value, ast.Name):
                found.patches.add(target.value.id)
        yield found


def _targets(node: ast.stmt) -> list[ast.expr]:
    """What an assignment at the top of a cell sets; several at once are taken apart."""
    if isinstance(node, ast.Assign):
        return [part for target in node.targets for part in getattr(target, "elts", [target])]
    return [node.target] if isinstance(node, ast.AnnAssign) and node.value is not None else []


def _quoted(text: str) -> set[str]:
    """The names in a quoted annotation; a text that is no expression has none."""
    if len(text) > 200 or "\n" in text:
        return set()
    try:
        return {inner.id for inner in ast.walk(ast.parse(text, mode="eval")) if isinstance(inner, ast.Name)}
    except (SyntaxError, ValueError):
        return set()
