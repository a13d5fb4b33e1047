"""Possible replacements of an expression: another name, operator, number, key or order, or a part of it.

Standard library only.
"""

import ast
from collections.abc import Iterator

from nnkata.worker.mending.words import Scope, Words, constants

OPERATORS: tuple[type[ast.operator], ...] = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)
COMPARISONS: tuple[type[ast.cmpop], ...] = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
IDENTITIES: tuple[type[ast.cmpop], ...] = (ast.Is, ast.IsNot)
#: Functions and types that are taken for each other.
ALIKE = (
    ("dot", "outer", "multiply", "matmul"),
    ("add", "subtract", "multiply", "divide"),
    ("equal", "not_equal", "greater", "greater_equal", "less", "less_equal"),
    ("sum", "mean", "max", "min"),
    ("argmax", "argmin"),
    ("argmax", "max"),
    ("argmin", "min"),
    ("maximum", "minimum"),
    ("any", "all"),
    ("zeros_like", "ones_like"),
    ("sqrt", "square"),
    ("float32", "float64"),
)
#: Functions of Python itself that are.
BUILT_IN = (("len", "sum", "max", "min"), ("any", "all"), ("reversed", "list"))


def others(node: ast.expr, scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    """What might be meant in place of an expression."""
    words = scope.words
    match node:
        case ast.Name():
            yield from _names(node, scope)
        case ast.Attribute():
            yield from _attributes(node, scope)
        case ast.Constant(value=0 | 1 | 2 | 0.0 | 1.0 | 2.0 as value) if not isinstance(value, bool):
            yield from (("constant", ast.Constant(other)) for other in constants(value, words))
            for other in sorted(scope.local):
                if scope.has(other, "number", "array 1", "array 2"):
                    yield "name", ast.Name(other, ast.Load())
        case ast.Constant():
            yield from (("constant", ast.Constant(other)) for other in constants(node.value, words))
        case ast.BinOp():
            yield from _operations(node)
        case ast.UnaryOp():
            yield "sign", node.operand
        case ast.Call():
            yield from _calls(node, words)
        case ast.Subscript(ctx=ast.Load()):
            yield "transposed", ast.Attribute(node, "T", ast.Load())
            yield "whole", node.value
        case ast.Slice(lower=lower, upper=upper, step=step):
            yield from (("slice", ast.Slice(*bounds)) for bounds in ((None, upper, step), (lower, None, step)))
            yield "slice", ast.Slice(lower, upper, ast.Constant(-1) if step is None else None)
        case ast.Compare(ops=[op], left=left, comparators=right):
            for comparison in IDENTITIES if isinstance(op, IDENTITIES) else COMPARISONS:
                if not isinstance(op, comparison):
                    yield "comparison", ast.Compare(left, [comparison()], right)
        case ast.BoolOp(op=op, values=values):
            yield "comparison", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from (("part", value) for value in values)
        case ast.IfExp(test=test, body=body, orelse=other):
            yield "branch", ast.IfExp(test, other, body)
            yield from (("branch", body), ("branch", other))
        case (
            ast.Tuple(elts=[_, _, *more] as elements, ctx=ast.Load())
            | ast.List(elts=[_, _, *more] as elements, ctx=ast.Load())
        ):
            orders = (_exchanged(elements, number) for number in range(min(len(elements) - 1, 3)))
            yield from (("exchanged", type(node)(order, ast.Load())) for order in orders)
            if more:
                yield "slice", type(node)(elements[::-1], ast.Load())
        case ast.Tuple(elts=[first, second], ctx=ast.Store()):
            yield "exchanged", ast.Tuple([second, first], ast.Store())
        case ast.Dict(keys=[_, _, *_]):
            yield "slice", ast.Dict(node.keys[::-1], node.values[::-1])
        case _:
            pass


def _names(node: ast.Name, scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    name, words = node.id, scope.words
    if isinstance(node.ctx, ast.Store):
        yield from (("target", ast.Name(other, ast.Store())) for other in scope.alike(name, scope.local))
    elif not isinstance(node.ctx, ast.Load):
        return
    elif name in scope.local:
        yield from (("name", ast.Name(other, ast.Load())) for other in scope.alike(name, scope.local))
        if scope.has(name, "array 2"):
            yield "transposed", ast.Attribute(node, "T", ast.Load())
        if scope.has(name, "list", "tuple"):
            yield "slice", ast.Subscript(node, ast.Slice(step=ast.Constant(-1)), ast.Load())
        if scope.has(name, "number"):
            yield "shifted", ast.BinOp(node, ast.Add(), ast.Constant(1))
            yield "shifted", ast.BinOp(node, ast.Sub(), ast.Constant(1))
        if scope.has(name, "number", "array 1", "array 2"):
            yield "sign", ast.UnaryOp(ast.USub(), node)
            yield "rest", ast.BinOp(ast.Constant(1), ast.Sub(), node)
            yield "copied", ast.BinOp(node, ast.Add(), ast.Constant(0))
    elif name in words.functions:
        yield from (("function", ast.Name(other, ast.Load())) for other in sorted(words.functions - {name}))
    else:
        yield from (("function", ast.Name(other, ast.Load())) for other in _alike(name, (*BUILT_IN, *ALIKE)))


def _attributes(node: ast.Attribute, scope: Scope) -> Iterator[tuple[str, ast.expr]]:
    value, attr, ctx, words = node.value, node.attr, node.ctx, scope.words
    if attr == "T":
        yield "transposed", value
    elif isinstance(value, ast.Name) and value.id == "self":
        method = attr in words.functions
        same = words.attributes & words.functions if method else words.attributes - words.functions
        for other in sorted(same - {attr}) if method else scope.alike(attr, same, "self."):
            yield "attribute", ast.Attribute(value, other, ctx)
        if isinstance(ctx, ast.Load) and scope.has(f"self.{attr}", "list", "tuple"):
            yield "slice", ast.Subscript(node, ast.Slice(step=ast.Constant(-1)), ast.Load())
        if isinstance(ctx, ast.Load) and scope.has(f"self.{attr}", "array 2"):
            yield "transposed", ast.Attribute(node, "T", ast.Load())
    elif attr in words.members:
        same = words.members | {*_alike(attr, ALIKE)}
        yield from (("attribute", ast.Attribute(value, other, ctx)) for other in sorted(same - {attr}))
    else:
        yield from (("function", ast.Attribute(value, other, ast.Load())) for other in _alike(attr, ALIKE))


def _alike(name: str, groups: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """The other names of each group with this one."""
    return (other for group in groups if name in group for other in group if other != name)


def _operations(node: ast.BinOp) -> Iterator[tuple[str, ast.expr]]:
    left, op, right = node.left, node.op, node.right
    for other in OPERATORS:
        if not isinstance(op, other):
            yield "operator", ast.BinOp(left, other(), right)
    yield from (("part", left), ("part", right), ("exchanged", ast.BinOp(right, op, left)))
    yield "sign", ast.UnaryOp(ast.USub(), node)
    if isinstance(left, ast.BinOp):
        yield "brackets", ast.BinOp(left.left, left.op, ast.BinOp(left.right, op, right))
    if isinstance(right, ast.BinOp):
        yield "brackets", ast.BinOp(ast.BinOp(left, op, right.left), right.op, right.right)


def _exchanged(elements: list[ast.expr], number: int) -> list[ast.expr]:
    """The elements with this one and the next in the other order."""
    return [*elements[:number], elements[number + 1], elements[number], *elements[number + 2 :]]


def _calls(node: ast.Call, words: Words) -> Iterator[tuple[str, ast.expr]]:
    args, keywords = node.args, node.keywords
    for number in range(len(args) - 1):
        yield "exchanged", ast.Call(node.func, _exchanged(args, number), keywords)
    yield from (("part", arg) for arg in args if not isinstance(arg, ast.Starred))
    if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name):  # `changes[key].mean()`
        yield "part", node.func.value
    for number in range(len(keywords)):
        yield "argument", ast.Call(node.func, args, [*keywords[:number], *keywords[number + 1 :]])
    if not keywords and isinstance(node.func, ast.Attribute) and node.func.attr in words.functions:
        yield "argument", ast.Call(node.func, [*args, ast.Constant(True)], [])
    yield "sign", ast.UnaryOp(ast.USub(), node)
    yield "transposed", ast.Attribute(node, "T", ast.Load())
