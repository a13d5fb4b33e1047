"""Stand-ins for absent modules that a network does not need, such as one for plots that a file imports at its top.

So a file is judged alike where matplotlib is installed and behind a wall, where only Python and NumPy are: the clauses
of its imports fail, and the others judge what it does. In a notebook, whose imports all stand at the top of a cell, the
stand-in comes also where the module is installed, and counts as none. A module of another name may be the author's own,
which was not handed in, so its import fails.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from nnkata.worker.absent import Absent
from nnkata.worker.importing import importing, of_cells
from nnkata.worker.optional import Optional
from nnkata.worker.tools import TOOLS


class StandIns:
    """A finder and loader for the import statements of the files under `root` alone.

    `cells`: for those of a notebook's cells, before all other finders; else for any, after them.
    """

    def __init__(self, root: str, cells: bool) -> None:
        self._root, self.cells = root, cells

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A stand-in for a tool, or for a part of another stand-in; None for any other module."""
        top, _dot, below = name.partition(".")
        if top not in TOOLS:
            return None
        meant = _loader(sys.modules.get(top)) is self if below else self._imports(name)
        loader: Any = self
        return ModuleSpec(name, loader, is_package=True) if meant else None

    def _imports(self, name: str) -> bool:
        frame = importing(sys._getframe(2))
        if frame is None or not frame.f_code.co_filename.startswith(self._root):
            return False
        there = self.cells and PathFinder.find_spec(name, [self._root])
        return not self.cells or (frame.f_lineno in of_cells(frame.f_code.co_filename) and not there)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The stand-in."""
        return Absent(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: a stand-in makes its parts on demand."""


def install(root: str) -> None:
    """Hide optional imports, and let stand-ins replace tools, for files under `root` from here on."""
    finders: list[Any] = [StandIns(root, cells=True), Optional(root)]
    sys.meta_path[:] = [*finders, *sys.meta_path, StandIns(root, cells=False)]


def counts(module: object) -> bool:
    """Whether a module is a stand-in for one that a file, not a notebook, imports."""
    loader = _loader(module)
    return isinstance(loader, StandIns) and not loader.cells


def _loader(module: object) -> object:
    return getattr(getattr(module, "__spec__", None), "loader", None)
