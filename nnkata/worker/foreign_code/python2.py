"""Source text in Python 2 as source text in Python 3 on the same lines, for older networks.

The text is changed token by token; the names and the division of Python 2 come from `BUILTINS`. A text with other old
syntax, such as parameters in brackets, stays as it is and is not Python.
"""

import ast
import builtins
import functools
import io
import itertools
import numbers
import re
import tokenize
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from nnkata.worker.tree import parsed, tree_of

#: The last line of a translated text.
MARK = "# translated from Python 2"
#: Names that only Python 2 has, in a text that Python 3 can parse too; not if the text binds them itself.
NAMES = re.compile(r"(?<![\w.])(xrange|raw_input|unicode|basestring)\(|\.(iteritems|itervalues|has_key)\(")
BINDS = re.compile(r"\b(xrange|raw_input|unicode|basestring)\s*=[^=]|import.*\bxrange\b")
#: Methods that have another name in Python 3.
METHODS = {"iteritems": "items", "itervalues": "values", "iterkeys": "keys", "has_key": "__contains__"}
#: Tokens that are no part of a statement.
LAYOUT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)
#: One change of a line: its number, the columns from and to, and the new text.
Edit = tuple[int, int, int, str]


def _listed(function: Any) -> Any:
    return lambda *args: list(function(*args))


def divided(a: Any, b: Any) -> Any:
    """The quotient; that of integers is rounded down."""
    whole = all(isinstance(v, numbers.Integral) or getattr(v, "dtype", np.dtype(float)).kind in "iub" for v in (a, b))
    return a // b if whole else a / b


#: The built-in names of Python 2.
BUILTINS: dict[str, Any] = {
    **vars(builtins),
    **{function.__name__: _listed(function) for function in (map, zip, filter)},
    "range": lambda *args: list(range(*(int(a) for a in args))),
    "xrange": range,
    "reduce": functools.reduce,
    "raw_input": input,
    "unicode": str,
    "basestring": str,
    "long": int,
    "unichr": chr,
    "cmp": lambda a, b: (a > b) - (a < b),
    "reload": lambda module: module,
    "izip": zip,
    "divided": divided,
}


def in_python3(text: str, old: bool = False) -> str:
    """The text itself, or its translation if it is Python 2, by its looks or as the caller says."""
    return _translated(text, old) or text


@functools.lru_cache(maxsize=64)
def _translated(text: str, old: bool) -> str | None:
    if not old and parses(text) and (not NAMES.search(text) or BINDS.search(text)):
        return None
    try:
        changed = _changed(_untabbed(text), _statements)
        if "__future__" not in changed or not re.search(r"__future__ import.*\bdivision", changed):
            changed = _changed(changed, _divisions)
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return None
    return f"{changed}\n{MARK}\n" if parses(changed) else None


def broken(text: str) -> SyntaxError | None:
    """The error in a text of Python 2 that no translation mends; None if it is of another kind."""
    try:
        ast.parse(_changed(_untabbed(text), _statements))
    except SyntaxError as error:
        return error
    except (tokenize.TokenError, ValueError, RecursionError, MemoryError):
        return None
    return None


def parses(text: str) -> bool:
    """Whether a text is Python 3."""
    return tree_of(text) is not None


def _untabbed(text: str) -> str:
    """The text with tabs of eight columns at the beginning of its lines, as Python 2 counts them."""
    return re.sub(r"(?m)^[ \t]+", lambda found: found[0].expandtabs(8), text)


def _changed(text: str, rule: Any) -> str:
    lines = text.split("\n")
    for row, start, end, new in sorted(rule(text), key=lambda edit: edit[:3], reverse=True):
        line = lines[row - 1]
        lines[row - 1] = line[:start] + new + line[end:]
    return "\n".join(lines)


def _statements(text: str) -> Iterator[Edit]:
    """The changes of statements, operators, numbers and methods."""
    statement: list[tokenize.TokenInfo] = []
    depth = 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in LAYOUT:
            continue
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        heads = statement and statement[0].string in ("if", "else", "elif", "for", "while", "try", "except", "finally")
        ends = token.type in (tokenize.NEWLINE, tokenize.ENDMARKER) or (depth == 0 and token.string == ";")
        if ends or (depth == 0 and token.string == ":" and heads):
            yield from _statement(statement)
            statement = []
        else:  # without the line, of which each token has a copy of its own in CPython 3.12.1: 7 GB for one of 120 kB
            statement.append(token._replace(line=""))


def _statement(tokens: list[tokenize.TokenInfo]) -> Iterator[Edit]:
    if not tokens:
        return
    for before, token in itertools.pairwise(tokens):
        if token.string in METHODS and before.string == ".":
            yield _for(token, METHODS[token.string])
        if before.type == tokenize.NUMBER and token.string in ("L", "l") and before.end == token.start:
            yield _for(token, "")
        if (before.string, token.string) == ("<", ">"):  # up to Python 3.11
            yield before.start[0], before.start[1], token.end[1], "!="
        if token.string == "<>":  # from 3.12 on
            yield _for(token, "!=")
    first, commas = tokens[0].string, list(_commas(tokens))
    if first == "print" and len(tokens) > 1 and tokens[1].string not in ("=", "."):
        yield from _print(tokens)
    elif first == "except" and commas:
        yield _for(commas[0], " as")
    elif first == "raise" and commas:
        yield _for(commas[0], "(")
        yield (*tokens[-1].end, tokens[-1].end[1], ")")


def _print(tokens: list[tokenize.TokenInfo]) -> Iterator[Edit]:
    row, column = tokens[0].end
    yield row, column, column, "("
    if tokens[1].string == ">>":
        yield _for(tokens[1], "")
    yield (*tokens[-1].end, tokens[-1].end[1], ")")


def _for(token: tokenize.TokenInfo, new: str) -> Edit:
    return token.start[0], token.start[1], token.end[1], new


def _commas(tokens: Iterable[tokenize.TokenInfo]) -> Iterator[tokenize.TokenInfo]:
    """The commas outside of brackets."""
    depth = 0
    for token in tokens:
        depth += (token.string in ("(", "[", "{")) - (token.string in (")", "]", "}"))
        if token.string == "," and depth == 0:
            yield token


def _divisions(text: str) -> Iterator[Edit]:
    """The changes of `a / b` to `divided(a , b)`."""
    lines = text.split("\n")
    for node in ast.walk(parsed(text)):
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
            continue
        sign = _sign(lines, node)
        if sign is None or node.end_lineno is None or node.end_col_offset is None:
            raise ValueError("a division without its sign")
        start = _column(lines, node.lineno, node.col_offset)
        end = _column(lines, node.end_lineno, node.end_col_offset)
        yield node.lineno, start, start, "divided("
        yield sign[0], sign[1], sign[1] + 1, ","
        yield node.end_lineno, end, end, ")"


def _column(lines: list[str], row: int, offset: int) -> int:
    """The column of a place that the parser gives in bytes."""
    return len(lines[row - 1].encode()[:offset].decode())


def _sign(lines: list[str], node: ast.BinOp) -> tuple[int, int] | None:
    """The place of the sign between the two operands."""
    row = node.left.end_lineno or node.left.lineno
    column = _column(lines, row, node.left.end_col_offset or 0)
    for number in range(row, node.right.lineno + 1):
        code = lines[number - 1].partition("#")[0] if number < node.right.lineno else lines[number - 1]
        found = code.find("/", column if number == row else 0)
        if found >= 0:
            return number, found
    return None
