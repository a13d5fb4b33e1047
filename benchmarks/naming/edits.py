"""One-token edits of a right network, made by rule: an operator, a number, a name, a key, a `.T`, a function."""

import ast
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "@": "*", "**": "*", "<": ">", ">=": "<", "==": "!=", "-=": "+="}
FUNCTIONS = {
    "max": "min",
    "sum": "mean",
    "mean": "sum",
    "exp": "expm1",
    "abs": "negative",
    "argmax": "argmin",
    "outer": "dot",
    "sqrt": "square",
    "ones": "zeros",
    "zeros": "ones",
    "where": "where",
    "sigmoid": "softmax",
    "sigma": "normalised",
    "normalised": "sigma",
    "reversed": "sorted",
    "permutation": "sort",
}


@dataclass(frozen=True)
class Edit:
    """One replaced token: its line (from 1), its column (from 0), the old text and the new one."""

    rule: str
    line: int
    column: int
    old: str
    new: str

    def apply(self, text: str) -> str:
        """The edited text."""
        lines = text.splitlines(keepends=True)
        row = lines[self.line - 1]
        assert row[self.column :].startswith(self.old)
        lines[self.line - 1] = row[: self.column] + self.new + row[self.column + len(self.old) :]
        return "".join(lines)


def edits(text: str, rng: random.Random) -> list[Edit]:
    """Every place where a rule applies, with one replacement; not in annotations, texts, imports and prints."""
    tree = ast.parse(text)
    found: list[Edit] = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            loaded = sorted({n.id for n in _within(function) if isinstance(n, ast.Name) and _local(n, function)})
            keys = sorted({n.value for n in _within(function) if _key(n)})  # type: ignore[attr-defined]  # a constant
            for node in _within(function):
                found += _of(node, text, loaded, keys, rng)
    return sorted(set(found), key=lambda e: (e.line, e.column, e.rule))


def _within(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The nodes of the body, without annotations, docstrings, prints and inner functions."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.Raise | ast.JoinedStr):
            continue
        if isinstance(node, ast.Expr) and (isinstance(node.value, ast.Constant) or _prints(node.value)):
            continue
        yield node
        for name, value in ast.iter_fields(node):
            if name not in ("annotation", "returns"):
                waiting += [
                    item for item in (value if isinstance(value, list) else [value]) if isinstance(item, ast.AST)
                ]


def _prints(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "print"


def _local(node: ast.Name, function: ast.FunctionDef) -> bool:
    own = {a.arg for a in function.args.args} | {
        n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    return node.id in own and node.id != "self"


def _key(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) == 2


def _of(node: ast.AST, text: str, loaded: list[str], keys: list[str], rng: random.Random) -> list[Edit]:
    line, column = getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
    others: Callable[[list[str], str], list[str]] = lambda many, own: [one for one in many if one != own]  # noqa: E731
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        old, value = ast.get_source_segment(text, node) or "", node.value
        news = [str(value + 1), str(2 * value)] if value else ["1"]
        return [Edit("number", line, column, old, rng.choice(news))]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [Edit("number", line, column, str(node.value), str(not node.value))]
    if _key(node) and len(keys) > 1:
        old = ast.get_source_segment(text, node) or ""
        return [Edit("key", line, column, old, old[0] + rng.choice(others(keys, old[1:-1])) + old[-1])]
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in loaded and len(loaded) > 1:
        return [Edit("name", line, column, node.id, rng.choice(others(loaded, node.id)))]
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return [Edit("transpose", node.end_lineno or 0, (node.end_col_offset or 0) - 2, ".T", "")]
    if isinstance(node, ast.Attribute | ast.Name):
        name = node.attr if isinstance(node, ast.Attribute) else node.id
        if name in FUNCTIONS and isinstance(node.ctx, ast.Load):
            return [
                Edit("function", node.end_lineno or 0, (node.end_col_offset or 0) - len(name), name, FUNCTIONS[name])
            ]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not isinstance(node.operand, ast.Constant):
        return [Edit("sign", line, column, "-", "")]
    return _operator(node, text, rng)


def _operator(node: ast.AST, text: str, rng: random.Random) -> list[Edit]:
    if isinstance(node, ast.BinOp):
        left, right = node.left, node.right
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = node.left, node.comparators[0]
    elif isinstance(node, ast.AugAssign):
        left, right = node.target, node.value
    else:
        return []
    lines = text.splitlines()
    at, start = (left.end_lineno or 0), (left.end_col_offset or 0)
    if right.lineno != at or not lines[at - 1].isascii():
        return []
    between = lines[at - 1][start : right.col_offset]
    for old in sorted(OPERATORS, key=len, reverse=True):
        if old in between:
            return [Edit("operator", at, start + between.index(old), old, OPERATORS[old])]
    return []
