"""Import statements: the one that runs, and those of a file that can do without their module.

Standard library only.
"""

import ast
import contextlib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from types import FrameType
from typing import TypeGuard


class Kind(Enum):
    """Whether an import can do without its module."""

    PLAIN = "as it stands"
    GUARDED = "in a `try` or a `with` of the author that handles its absence"
    CELL = "at the top of a notebook's cell"


#: Exceptions that catch a missing module.
CATCHING = frozenset(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"])
#: What stands before an import of a notebook, put there by nnkata.
IF_THERE = '__import__("contextlib").suppress(ImportError)'
_OURS = ast.unparse(ast.parse(IF_THERE))
#: The files of the frames between an import statement and its finders: Python's own, and the worker's.
_MACHINERY = ("<frozen importlib", str(Path(__file__).parents[1]))


def importing(frame: FrameType | None) -> FrameType | None:
    """The frame of the code that imports, from that of a finder's caller; None for `importlib.util.find_spec`."""
    while frame is not None and frame.f_code.co_filename.startswith(_MACHINERY):
        if frame.f_code.co_name == "find_spec" and frame.f_globals.get("__name__") == "importlib.util":
            return None
        frame = frame.f_back
    return frame


@cache
def statements(filename: str) -> Mapping[int, Kind]:
    """The kind of each import statement of a file, by its line."""
    kinds: dict[int, Kind] = {}
    with contextlib.suppress(OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        tree = ast.parse(Path(filename).read_bytes())
        kinds |= dict.fromkeys(_imports(tree), Kind.PLAIN)
        for node in ast.walk(tree):
            if ours(node):
                kinds |= dict.fromkeys(_imports(node), Kind.CELL)
            elif _handles(node):
                kinds |= dict.fromkeys(_imports(node), Kind.GUARDED)
    return kinds


def _imports(node: ast.AST) -> Iterator[int]:
    """The lines of the import statements in the body of a node."""
    inner = (part for statement in getattr(node, "body", ()) for part in ast.walk(statement))
    return (part.lineno for part in inner if isinstance(part, ast.Import | ast.ImportFrom))


def _handles(node: ast.AST) -> bool:
    return (isinstance(node, ast.Try) and any(map(catches, node.handlers))) or suppresses(node)


def ours(node: ast.AST) -> TypeGuard[ast.With]:
    """Whether a node is an import of a notebook's cell, which nnkata made optional."""
    return isinstance(node, ast.With) and ast.unparse(node.items[0].context_expr) == _OURS


def catches(handler: ast.ExceptHandler) -> bool:
    """Whether the handler catches a missing module."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or name_of(kind) in CATCHING for kind in kinds)


def suppresses(node: ast.AST) -> bool:
    """Whether a node is a `with suppress(ImportError):`, by any name for `suppress`."""
    if not isinstance(node, ast.With):
        return False
    calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
    return any(name_of(argument) in CATCHING for call in calls for argument in call.args)


def name_of(node: ast.expr) -> str:
    """The name, or the attribute, that an expression is; empty if it is neither."""
    return str(getattr(node, "attr", None) or getattr(node, "id", None) or "")
