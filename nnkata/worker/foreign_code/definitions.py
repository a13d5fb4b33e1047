"""Loads the definitions of a foreign file and does not run its other statements.

It loads classes, functions, imports and constants; top-level training, reading of files and plotting are left out. A
stand-in replaces an absent module and raises on use. All this runs where the submission runs: in the sandbox, with the
standard library and NumPy alone.
"""

import importlib.abc
import importlib.machinery
import re
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.worker.foreign_code.absent import Absent
from nnkata.worker.foreign_code.statements import code_of, refuse, run
from nnkata.worker.imports.present import is_file, is_folder

#: Folders whose files are not the author's.
HIDDEN = {"venv", "env", "site-packages", "node_modules"}
#: How deep a file is looked for, and in how many folders of one depth.
MAX_DEPTH, MAX_FOLDERS = 3, 100
_roots: list[Path] = []
#: A folder that a file adds to the path of imports; the names of all of them.
ADDED = re.compile(r"""sys\.path\.(?:append|insert)\(.*["']([^"'\n]+)["']""")
_added: set[str] = set()


def _older() -> None:
    """Add the names that NumPy removed in 1.24 and later, for older code, each with its old meaning."""
    names = {"float": float, "int": int, "bool8": np.bool_, "object": object, "float_": np.float64, "mat": np.asmatrix}
    names |= {"product": np.prod, "cumproduct": np.cumprod, "infty": np.inf, "Inf": np.inf, "NaN": np.nan}
    names |= {"complex": complex, "str": str, "longfloat": np.longdouble, "NAN": np.nan, "alltrue": np.all}
    names |= {"sometrue": np.any, "round_": np.round, "row_stack": np.vstack, "in1d": np.isin}
    names["asfarray"] = lambda a: np.asarray(a, float)
    names["asscalar"] = lambda a: np.asarray(a).item()
    for name, value in names.items():
        if name not in np.__dict__:
            setattr(np, name, value)


def loaded(path: Path, base: Path) -> types.ModuleType:
    """The definitions of a file in a folder, from which its imports resolve."""
    folders = [path.parent, *(parent for parent in path.parent.parents if parent.is_relative_to(base))]
    for folder in folders:
        if folder not in _roots:
            _roots.append(folder)
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        _older()
        sys.addaudithook(refuse)
        sys.meta_path.insert(0, Finder())
    parts = path.relative_to(base).with_suffix("").parts
    dotted = ".".join(parts) if all(part.isidentifier() for part in parts) else "theirs"
    for n in range(1, len(parts)):
        _package(".".join(parts[:n]), base.joinpath(*parts[:n]))
    return _module(dotted, path)


def forget() -> None:
    """Forget the loaded files and their folders, so that the next file finds only what it would find alone."""
    _roots.clear()
    _added.clear()
    for name, module in list(sys.modules.items()):
        if isinstance(module, Absent) or "__left_out__" in getattr(module, "__dict__", ()):
            del sys.modules[name]


def _package(name: str, folder: Path) -> None:
    if name not in sys.modules and name.replace(".", "").isidentifier():
        module = types.ModuleType(name)
        module.__path__ = [str(folder)]
        module.__dict__["__left_out__"] = {}
        sys.modules[name] = module


def _module(name: str, path: Path) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__, module.__package__ = str(path), name.rpartition(".")[0]
    sys.modules[name] = module
    text = code_of(path)
    _added.update(Path(folder).name for folder in ADDED.findall(text))
    run(text, module.__dict__, path)
    return module


def below(folders: Sequence[Path], name: str) -> Path | None:
    """The nearest file of that name further down, where a script may have added a folder to the path of imports.

    Of several, that in a folder whose name the script has added.
    """
    for folder in sorted(folders, key=lambda one: len(one.parts)):
        level = [folder]
        for _depth in range(MAX_DEPTH):
            level = [inner for one in level[:MAX_FOLDERS] for inner in _inner(one)]
            named = sorted(level, key=lambda one: one.name not in _added)
            found = next((file for one in named if is_file(file := one / f"{name}.py")), None)
            if found is not None:
                return found
    return None


def _inner(folder: Path) -> list[Path]:
    """The folders in it that are searched, in order; none if it may not be read."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    return [e for e in entries if not e.name.startswith((".", "__")) and e.name not in HIDDEN and is_folder(e)]


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules beside the file, also loaded as definitions, and makes stand-ins for absent ones."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A module beside the file, Python's, NumPy, or a stand-in."""
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names or top in ("numpy", "nnkata"):
            return None
        file = self._file(name, path)
        spec = importlib.machinery.ModuleSpec(name, self, is_package=file is None or file.name == "__init__.py")
        spec.loader_state = file
        if file is not None:
            spec.origin = str(file)
            if file.is_dir() or file.name == "__init__.py":
                spec.submodule_search_locations = [str(file if file.is_dir() else file.parent)]
        return spec

    def _file(self, name: str, path: Sequence[str] | None) -> Path | None:
        places = [Path(p) for p in path] if path else list(_roots)
        last = name.rpartition(".")[2]
        for place in places:
            if not any(place.is_relative_to(root) for root in _roots):
                continue
            for file in (place / f"{last}.py", place / last / "__init__.py", place / f"{last}.ipynb"):
                if is_file(file):
                    return file
        for place in places:
            if is_folder(place / last) and any(place.is_relative_to(root) for root in _roots):
                return place / last
        return None if path or "." in name else below(_roots, name)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        """A stand-in, or None for an ordinary module. NumPy stands in for CuPy, which has its interface."""
        if spec.loader_state is None and spec.name.partition(".")[0] == "cupy":
            return _cupy(spec.name)
        return Absent(spec.name) if spec.loader_state is None else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Load its definitions."""
        file = module.__spec__.loader_state if module.__spec__ is not None else None
        if file is not None and file.is_file():
            module.__file__ = str(file)
            run(code_of(file), module.__dict__, file)


def _cupy(name: str) -> types.ModuleType:
    module = types.ModuleType(name)
    part: Any = np
    for attribute in name.split(".")[1:]:
        part = getattr(part, attribute, part)
    module.__dict__.update({n: v for n, v in vars(part).items() if not n.startswith("__")})
    module.__dict__.setdefault("asnumpy", np.asarray)
    module.__dict__["__getattr__"] = lambda wanted: getattr(part, wanted)  # a module that NumPy loads on demand
    return module
