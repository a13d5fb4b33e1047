"""Hides optional imports: `try: import tqdm` with an `except ImportError` finds nothing.

So a network is the same on every machine and behind every wall, whatever is installed, and an optional library does
none of its work.
"""

import ast
import contextlib
import sys
from collections.abc import Sequence
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import FrameType, ModuleType

#: Exceptions that catch a missing module.
CATCHING = frozenset(["ImportError", "ModuleNotFoundError", "Exception", "BaseException"])

#: The files of the frames between an import statement and its finders: Python's own, and `beside`.
MACHINERY = ("<frozen importlib", str(Path(__file__).parent))


class Optional:
    """A finder before all others, for the files under `root` alone."""

    def __init__(self, root: str) -> None:
        self._root = root

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None, so that Python asks the next finder.

        Raises:
            ModuleNotFoundError: the importing statement can do without the module.
        """
        if path is not None or name in sys.stdlib_module_names or name == "numpy":
            return None
        frame = _importing(sys._getframe(1))
        if frame is None or not frame.f_code.co_filename.startswith(self._root):
            return None
        if frame.f_lineno not in guarded(frame.f_code.co_filename) or PathFinder.find_spec(name, [self._root]):
            return None
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def hide(root: str) -> None:
    """Hide optional imports from files under `root` from here on."""
    sys.meta_path.insert(0, Optional(root))


def _importing(frame: FrameType | None) -> FrameType | None:
    while frame is not None and frame.f_code.co_filename.startswith(MACHINERY):
        frame = frame.f_back
    return frame


@cache
def guarded(filename: str) -> frozenset[int]:
    """The lines of imports in a `try` that handles their absence."""
    lines: set[int] = set()
    with contextlib.suppress(OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.walk(ast.parse(Path(filename).read_bytes())):
            if isinstance(node, ast.Try) and any(catches(handler) for handler in node.handlers):
                inner = (part for statement in node.body for part in ast.walk(statement))
                lines.update(part.lineno for part in inner if isinstance(part, ast.Import | ast.ImportFrom))
    return frozenset(lines)


def catches(handler: ast.ExceptHandler) -> bool:
    """Whether the handler catches a missing module."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or getattr(kind, "attr", getattr(kind, "id", None)) in CATCHING for kind in kinds)
