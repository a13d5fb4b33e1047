"""Mutation operators that the tools lack: matrix products, assignments like `-=`, the order of arguments.

cosmic-ray 8.7 does not mutate `@`, `-=` and `/=`, and mutmut 3.8 does not mutate `@`, although they do most of a
network's mathematics.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

#: The prefix of the names of our own operators.
OWN = "own/"
PRODUCTS = frozenset(["dot", "outer", "matmul", "multiply", "subtract", "divide", "tensordot"])
REVERSED: dict[type[ast.operator], str] = {ast.Sub: "+=", ast.Add: "-=", ast.Div: "*=", ast.Mult: "/="}


@dataclass(frozen=True)
class Place:
    """A node that an operator changes, and its replacement."""

    operator: str
    line: int
    start: int
    end: int
    text: str

    def applied(self, source: str) -> str:
        """The source with this change from character `start` to `end`."""
        return source[: self.start] + self.text + source[self.end :]


def places(source: str) -> list[Place]:
    """Every change that the operators can make, by operator and then by place."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = source.splitlines()

    def offset(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())  # columns of `ast` are bytes

    found = []
    for node in ast.walk(ast.parse(source)):
        for operator, text in _changes(node, lambda part: f"({ast.get_source_segment(source, part)})"):
            assert isinstance(node, ast.expr | ast.stmt)
            start = offset(node.lineno, node.col_offset)
            end = offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
            found.append(Place(operator, node.lineno, start, end, text))
    return sorted(found, key=lambda place: (place.operator, place.start, place.end))


def _changes(node: ast.AST, text: Callable[[ast.expr], str]) -> Iterator[tuple[str, str]]:
    if factors := _factors(node):
        left, right = map(text, factors)
        yield "MatMul_Mul", f"{left} * {right}"
        yield "MatMul_Swapped", f"{right} @ {left}"
        yield "MatMul_LeftTransposed", f"{left}.T @ {right}"
        yield "MatMul_RightTransposed", f"{left} @ {right}.T"
    if isinstance(node, ast.AugAssign) and type(node.op) in REVERSED:
        target, value = text(node.target)[1:-1], text(node.value)[1:-1]
        yield "AugAssign_Reversed", f"{target} {REVERSED[type(node.op)]} {value}"
        yield "AugAssign_Assign", f"{target} = {value}"
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in PRODUCTS and len(node.args) >= 2:
        first, second, *rest = (text(argument)[1:-1] for argument in node.args)
        rest += [f"{keyword.arg}={text(keyword.value)[1:-1]}" for keyword in node.keywords]
        yield "Arguments_Swapped", f"{text(node.func)[1:-1]}({', '.join([second, first, *rest])})"


def _factors(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """The two factors of a matrix product, written `a @ b` or `a.dot(b)`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return node.left, node.right
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "dot":
        return (node.func.value, node.args[0]) if len(node.args) == 1 else None
    return None
