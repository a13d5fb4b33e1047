"""The import of a submission from its source, without compiled code beside it, and the libraries that it loads."""

import importlib
import os
import sys
from collections.abc import Collection
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

from nnkata.worker.imports.own_imports import run
from nnkata.worker.imports.standins import counts

#: Beside the modules of `sys.stdlib_module_names`: NumPy, later Python's `typing`, and what stands in for `distutils`
#: where setuptools is installed (Python up to 3.11). `sysconfig` loads a module with the machine's name.
PYTHONS_OWN = ("numpy", "typing_extensions", "_distutils_hack", "setuptools", "pkg_resources")


def load(path: str, root: str, module: str) -> ModuleType:
    """Import a submission: `module` from the folder `root`, or the file `path` itself if `module` is empty.

    Files beside it precede the standard library (`own_imports`). Its source runs: compiled code there, which may
    differ, is ignored.
    """
    if root not in sys.path:
        sys.path.append(root)  # last: a numpy.py beside a submission must not replace NumPy
    before = sys.pycache_prefix, sys.dont_write_bytecode
    sys.pycache_prefix, sys.dont_write_bytecode = no_compiled_code(), True
    try:
        if module:
            return importlib.import_module(module)
        return run(path, root)
    finally:
        sys.pycache_prefix, sys.dont_write_bytecode = before


def no_compiled_code() -> str:
    """A cache folder that does not exist and whose name nobody can guess."""
    return str(Path(Path.cwd().anchor, f"nnkata-{os.urandom(16).hex()}"))


def foreign(names: Collection[str], folder: Path, handed_in: Path) -> list[str]:
    """The top-level modules among loaded ones that are neither of the submission in this folder nor Python's.

    `handed_in` is the folder of which this one may be a copy: a file that was written later is none of its own.
    """
    own = folder.resolve()
    found = set()
    for name in names:
        top, module = name.partition(".")[0], sys.modules[name]
        if top in sys.stdlib_module_names or top in PYTHONS_OWN or top.startswith("_sysconfigdata_"):
            continue
        if module is sys.modules["__main__"]:  # `multiprocessing` gives it a second name, __mp_main__
            continue
        places = [str(getattr(module, "__file__", None) or ""), *_paths(module)]
        beside = ["site-packages" not in p and _of(Path(p).resolve(), own, handed_in) for p in places if p]
        source = isinstance(getattr(module, "__loader__", None), SourceFileLoader)  # the ending may be any other
        compiled = bool(places[0]) and not places[0].endswith(".py") and not source  # no readable source
        if compiled or not all(beside) or counts(module):  # another module has made a module without a file
            found.add(top)
    return sorted(found)


def _of(path: Path, folder: Path, handed_in: Path) -> bool:
    return path.is_relative_to(folder) and (handed_in / path.relative_to(folder)).exists()


def _paths(module: ModuleType) -> list[str]:
    try:
        return [str(path) for path in getattr(module, "__path__", [])]
    except Exception:  # a lazy namespace may raise anything here; then its __file__ counts
        return []
