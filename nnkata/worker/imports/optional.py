"""Hides optional imports: `try: import tqdm` with an `except ImportError` finds nothing.

So a network is the same on every machine and behind every wall, whatever is installed, and an optional library does
none of its work.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from nnkata.worker.imports.importing import Kind, importing, statements


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
        frame = importing(sys._getframe(1))
        if frame is None or not frame.f_code.co_filename.startswith(self._root):
            return None
        if statements(frame.f_code.co_filename).get(frame.f_lineno) != Kind.GUARDED or PathFinder.find_spec(
            name, [self._root]
        ):
            return None
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
