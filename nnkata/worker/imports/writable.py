"""Imports a submission that writes beside itself, as a log: behind a wall that refuses this, a copy that it may change.

Standard library only.
"""

import errno
import shutil
import sys
from pathlib import Path
from types import ModuleType

from nnkata.worker.data import MAX_COPY
from nnkata.worker.imports.loading import load
from nnkata.worker.imports.standins import install

#: The refusals of a wall.
REFUSED = (errno.EROFS, errno.EACCES, errno.EPERM)


def loaded(path: str, root: str, module: str, to: str) -> tuple[ModuleType, str]:
    """The imported module and its folder: `root`, or a copy in the folder `to` if the import has to write in `root`."""
    try:
        return load(path, root, module), root
    except OSError as error:
        name = error.filename if error.errno in REFUSED and isinstance(error.filename, str) else ""
        if not to or not Path(name).is_relative_to(root):
            raise
        there = copy_of(root, to)
        _copied(Path(root), Path(there))
    _forget(root)
    install(there)
    return load(str(Path(there, Path(path).relative_to(root))), there, module), there


def copy_of(root: str, to: str) -> str:
    """The folder of the copy."""
    return str(Path(to, Path(root).name))


def _copied(root: Path, there: Path) -> None:
    """Copy small files, and link large ones.

    Raises:
        OSError: there is no room.
    """
    try:
        for file in (file for file in sorted(root.rglob("*")) if file.is_file()):
            target = there / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.stat().st_size <= MAX_COPY:
                target.write_bytes(file.read_bytes())
            else:
                target.symlink_to(file)
    except OSError:
        shutil.rmtree(there, ignore_errors=True)
        raise


def _forget(root: str) -> None:
    """Forget the modules imported from a folder."""
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(f"{root}/"):
            del sys.modules[name]
    sys.path[:] = [folder for folder in sys.path if folder != root]
