"""A source text as a tree: read, and never run."""

import ast
import warnings


def tree_of(source: str | bytes) -> ast.Module | None:
    """The tree; None if it is no Python. Warnings about the text are for its author's own tools, and not shown."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
