"""The syntax tree of a source text, which is never run.

The rules about a source ask for the same trees many times: without these caches a verdict makes each six times, and
walks through it twenty times, a fifth of the judging process's own time. Nobody may change such a tree.
"""

import ast
import warnings
from functools import lru_cache


@lru_cache(maxsize=8)
def parsed(source: str | bytes) -> ast.Module:
    """The tree, as `ast.parse` makes it; warnings about the text are left to its author's own tools.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: the text is not Python.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


@lru_cache(maxsize=8)
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All nodes of a tree, as `ast.walk` finds them."""
    return tuple(walked(tree))


def walked(tree: ast.AST) -> list[ast.AST]:
    """The nodes that `ast.walk` finds, in its order, in 60 % of its time (CPython 3.11)."""
    found = [tree]
    for node in found:  # which grows meanwhile
        for name in node._fields:
            part = getattr(node, name, None)
            if isinstance(part, ast.AST):
                found.append(part)
            elif isinstance(part, list):
                found += [one for one in part if isinstance(one, ast.AST)]
    return found


def tree_of(source: str | bytes) -> ast.Module | None:
    """The tree; None if the text is not Python."""
    try:
        return parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def newlines(text: str) -> str:
    """The text with the line ends that Python reads in it as `\\n`, so that `split("\\n")` gives the lines it counts.

    `str.splitlines` also ends a line at a form feed, or at U+2028 in a comment.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def spans(node: ast.stmt | ast.expr, line: int) -> bool:
    """Whether a line is one of a statement's or an expression's."""
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def forget() -> None:
    """Free the trees, as a batch's next submission has others: each takes half a megabyte."""
    parsed.cache_clear()
    nodes.cache_clear()
