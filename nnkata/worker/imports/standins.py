"""Stand-ins for libraries that a network does not need, such as one for plots that a file imports at its top.

They stand in also where the library is installed, so that a file is judged alike on every machine and behind every
wall, where only Python and NumPy are: the clauses of its imports fail, and the others judge what it does. In a
notebook, whose imports all stand at the top of a cell, a stand-in counts as no import. A module of another name may be
the author's own, which was not handed in, so its import fails where it is absent.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

from nnkata.worker.foreign_code.absent import Absent
from nnkata.worker.imports.importing import Kind, importing, statements
from nnkata.worker.imports.optional import Optional
from nnkata.worker.imports.tools import TOOLS


class _Maker:
    """Loads stand-ins; `counted`: as imports of a file, not of a notebook's cells."""

    def __init__(self, counted: bool) -> None:
        self.counted = counted

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Absent(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: a stand-in makes its parts on demand."""


class StandIns:
    """A finder before all others, for the import statements of the files under `root` alone."""

    def __init__(self, root: str) -> None:
        self._root = root

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A stand-in for a tool that is not beside the file, or for a part of one; None for any other module."""
        top, _dot, below = name.partition(".")
        if top not in TOOLS:
            return None
        maker: Any = _maker(sys.modules.get(top)) if below else self._for_import(name)
        return ModuleSpec(name, maker, is_package=True) if maker else None

    def _for_import(self, name: str) -> _Maker | None:
        frame = importing(sys._getframe(2))
        if frame is None or not frame.f_code.co_filename.startswith(self._root):
            return None
        kind = statements(frame.f_code.co_filename).get(frame.f_lineno)
        if kind is None:  # a call that imports by a name
            return None
        if PathFinder.find_spec(name, [self._root, *(p for p in sys.path if p.startswith(self._root))]):
            return None
        return _Maker(counted=kind != Kind.CELL)


def install(root: str) -> None:
    """Hide optional imports, and let stand-ins replace tools, for files under `root` from here on."""
    finders: list[Any] = [Optional(root), StandIns(root)]
    sys.meta_path[:0] = finders


def counts(module: object) -> bool:
    """Whether a module is a stand-in for one that a file, not a notebook, imports."""
    maker = _maker(module)
    return maker is not None and maker.counted


def _maker(module: object) -> _Maker | None:
    loader = getattr(getattr(module, "__spec__", None), "loader", None)
    return loader if isinstance(loader, _Maker) else None
