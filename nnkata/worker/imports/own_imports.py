"""Imports of a submission as in plain Python: files beside it precede the standard library.

Only the submission's own modules import like this; for NumPy and everything else in the worker nothing changes. So a
helper may be called `queue` or `random`, and no library finds it in place of its own.
"""

import ast
import builtins
import contextlib
import importlib
import importlib.util
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

from nnkata.worker.tree import nodes, tree_of

#: Names that files beside a network cannot have: Python has loaded these modules before, and NumPy stays NumPy.
NEVER = frozenset(sys.builtin_module_names) | frozenset(
    (
        "abc",
        "codecs",
        "encodings",
        "genericpath",
        "importlib",
        "io",
        "nnkata",
        "numpy",
        "os",
        "posixpath",
        "site",
        "stat",
    )
)

#: The most folders above a file that its imports may reach: `from ...model.layers import x`.
HIGH = 3


class Beside:
    """Finds modules in the folders of a submission, during its own imports.

    It has no base class: `importlib.abc` brings `tempfile` and `shutil`, 5 of the 110 ms of a worker's start.
    """

    def __init__(self, folders: Sequence[str], itself: str = "") -> None:
        """`itself` is the stem of the importing file: a file that imports its own name means the library's module."""
        self._folders = list(dict.fromkeys(folders))
        there = {path.stem if path.suffix == ".py" else path.name for folder in folders for path in _entries(folder)}
        #: Modules of the standard library that a file beside the submission hides.
        self.names = (there & sys.stdlib_module_names) - NEVER - {itself}
        self._lock = threading.RLock()
        self._importing = 0
        self._own_there = False
        self._own: dict[str, ModuleType] = {}
        self._library: dict[str, ModuleType] = {}
        self._itself = itself
        self._running: ModuleType | None = None
        self.builtins = {**vars(builtins), "__import__": self._import}
        #: What the submission gets as `importlib` where its files hide modules of the library.
        self._importlib = ModuleType("importlib")
        vars(self._importlib).update({**vars(importlib), "import_module": self._import_module})
        vars(self._importlib)["__getattr__"] = lambda name: getattr(importlib, name)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module of that name from the submission's folders, if the submission imports it."""
        top = fullname.partition(".")[0]
        if not self._importing or top in NEVER or (top in self.names and not self._own_there):
            return None
        if top in sys.stdlib_module_names and top not in self.names:
            return None
        if path is not None and not any(str(place).startswith(tuple(self._folders)) for place in path):
            return None
        spec = PathFinder.find_spec(fullname, self._folders if path is None else path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader) and spec.origin:
            spec.loader = self.loader(fullname, spec.origin)
        return spec

    def loader(self, name: str, path: str) -> "Loader":
        """A loader that runs the submission's file as a module with these imports."""
        return Loader(name, path, self.builtins)

    def _import(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        package = str((globals or {}).get("__package__") or "") if level else ""
        top = (package or name).partition(".")[0]
        with self._lock, self._having(top in self.names), self._being(top):
            self._importing += 1
            try:
                found = builtins.__import__(name, globals, locals, fromlist, level)
            finally:
                self._importing -= 1
        return self._importlib if found is importlib and self.names else found

    def _import_module(self, name: str, package: str | None = None) -> ModuleType:
        """The module, as `importlib.import_module` has it."""
        top = (package or "" if name.startswith(".") else name).partition(".")[0]
        with self._lock, self._having(top in self.names), self._being(top):
            self._importing += 1
            try:
                return importlib.import_module(name, package)
            finally:
                self._importing -= 1

    def runs(self, module: ModuleType) -> None:
        """The importing file has run: helpers that import it back, by its own name, get this module and no second one.

        While it runs, they get a second one, as in plain Python when a file runs as a script.
        """
        self._running = module

    @contextlib.contextmanager
    def _being(self, top: str) -> Iterator[None]:
        """Put the importing file's module, under its name, into the loaded modules."""
        theirs = top != self._itself or top in sys.stdlib_module_names | NEVER or top in sys.modules
        if theirs or self._running is None:
            yield
            return
        sys.modules[top] = self._running
        try:
            yield
        finally:
            sys.modules.pop(top, None)

    @contextlib.contextmanager
    def _having(self, own: bool) -> Iterator[None]:
        """Put the submission's modules of these names, or the library's, into the loaded modules."""
        before = self._own_there
        self._have(own)
        try:
            yield
        finally:
            self._have(before)

    def _have(self, own: bool) -> None:
        if own == self._own_there or not self.names:
            return
        there = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in self.names}
        for name in there:
            del sys.modules[name]
        if own:
            self._library = there
        else:
            self._own = there
        sys.modules.update(self._own if own else self._library)
        self._own_there = own


class Loader(SourceFileLoader):
    """Runs a file with its own builtins."""

    def __init__(self, name: str, path: str, own: dict[str, object]) -> None:
        super().__init__(name, path)
        self._builtins = own

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        vars(module)["__builtins__"] = self._builtins
        super().exec_module(module)


def relative_level(source: bytes) -> int:
    """The number of folders up that a text's relative imports lead; 0 if it has none or is not Python."""
    tree = tree_of(source)
    found = nodes(tree) if tree else ()
    return min(max((node.level for node in found if isinstance(node, ast.ImportFrom)), default=0), HIGH)


def _entries(folder: str) -> list[Path]:
    with contextlib.suppress(OSError):
        return [path for path in Path(folder).iterdir() if path.suffix == ".py" or path.is_dir()]
    return []


def run(path: str, root: str) -> ModuleType:
    """Run the file of a submission; with relative imports, as a part of its packages.

    The names of the packages are ours: `submission` is the outermost, those within have numbers.
    """
    beside = Beside([str(Path(path).parent), root], Path(path).stem)
    sys.meta_path[:] = [beside, *(finder for finder in sys.meta_path if not isinstance(finder, Beside))]
    level = relative_level(Path(path).read_bytes())
    name = top = "nnkata_submission" if Path(root, "submission.py").exists() else "submission"  # a file of that name
    folders = list(reversed(Path(path).parents[:level]))
    for number, folder in enumerate(folders):
        name = top if number == 0 else f"{name}.p{number}"
        _package(beside, name, folder)
    if folders:
        name = f"{name}.{Path(path).stem if Path(path).stem.isidentifier() else 'network'}"
    spec = importlib.util.spec_from_file_location(name, path, loader=beside.loader(name, path))
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found
    spec.loader.exec_module(found)
    beside.runs(found)
    return found


def _package(beside: Beside, name: str, folder: Path) -> None:
    """Make a package of a folder, with its `__init__.py` if there is one."""
    init = folder / "__init__.py"
    spec = ModuleSpec(name, None, is_package=True)
    if init.is_file():
        loader = beside.loader(name, str(init))
        spec = (
            importlib.util.spec_from_file_location(name, init, loader=loader, submodule_search_locations=[str(folder)])
            or spec
        )
    spec.submodule_search_locations = [str(folder)]
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    if spec.loader is not None:
        spec.loader.exec_module(package)
