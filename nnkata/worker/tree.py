"""The syntax tree of a source text, which is never run."""

import ast
import warnings


def tree_of(source: str | bytes) -> ast.Module | None:
    """The tree; None if the text is not Python. Warnings about the text are left to its author's own tools."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
