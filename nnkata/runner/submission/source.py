"""The submission's own source files, read and never run."""

import ast
import importlib.util
import sys
from collections.abc import Collection
from pathlib import Path

from nnkata.language import _
from nnkata.runner.submission.dynamic_imports import asked_for
from nnkata.subject import Implementation, NotFound
from nnkata.subject.source.import_folders import added, below_added
from nnkata.subject.source.notebook import MAX_NOTEBOOK, SUFFIX, NotANotebook, read_notebook
from nnkata.subject.source.text import MAX_SOURCE, too_large
from nnkata.worker.foreign_code.definitions import below
from nnkata.worker.foreign_code.statements import plain
from nnkata.worker.imports.own_imports import NEVER
from nnkata.worker.imports.present import is_file
from nnkata.worker.tree import nodes, tree_of

MAX_FILES = 200


def sources(implementation: Implementation, main: str | None = None) -> dict[str, str]:
    """The file and everything that it imports from beside it, in turn: path relative to the root, and text.

    `main` is the text of the file if it is not on disk.

    Raises:
        NotFound: there are too many files, or one is too large; an unread file might contain anything.
    """
    found: dict[str, str] = {}
    waiting, foreign, bases = [implementation.path], set[Path](), set[Path]()
    while waiting:
        path = waiting.pop()
        name = path.relative_to(implementation.root).as_posix()
        if name in found:
            continue
        if len(found) == MAX_FILES:
            raise NotFound(_("it imports more than {max_files} files from beside it").format(max_files=MAX_FILES))
        given = main if path == implementation.path else None
        if given is None and path.stat().st_size > (MAX_NOTEBOOK if path.suffix == SUFFIX else MAX_SOURCE):
            raise too_large(path)
        try:
            # like Python: coding line, byte order mark
            text = _read(path) if given is None else given
        except (OSError, NotANotebook):
            continue
        found[name] = text
        tree = tree_of(plain(text) if path in foreign else text)
        if tree is None:
            continue  # its import fails with the reason, so that the worker needs the file
        loaded = _loaded(tree, path)
        if path == implementation.path:
            bases = below_added(path.parent, added(tree))
        more = [*_beside(tree, path, implementation, path in foreign, bases), *loaded]
        foreign |= {*loaded, *(more if path in foreign else [])}
        waiting += more
    return found


def _loaded(tree: ast.AST, path: Path) -> list[Path]:
    """The files whose definitions an adapter loads: `load("network.py")`, of `nnkata.worker.foreign`."""
    called = (node for node in nodes(tree) if isinstance(node, ast.Call))
    calls = [node for node in called if isinstance(node.func, ast.Name) and node.func.id == "load"]
    named = [arg.value for call in calls for arg in call.args[:1] if isinstance(arg, ast.Constant)]
    files = [path.parent / name for name in named if isinstance(name, str) and "\0" not in name]
    return [file for file in files if is_file(file) and file.resolve().is_relative_to(path.parent.resolve())]


def _read(path: Path) -> str:
    """The text of a file, if need be with marks for bytes of an encoding that it does not name."""
    content = path.read_bytes()
    if path.suffix == SUFFIX:
        return read_notebook(content).text
    try:
        return importlib.util.decode_source(content)
    except (SyntaxError, ValueError):
        return content.decode(errors="replace")


def _further_down(node: ast.Import | ast.ImportFrom, bases: set[Path], folder: Path) -> list[Path]:
    """The files of modules that are in none of the bases: the loader looks for them in the folders below."""
    if isinstance(node, ast.ImportFrom):
        names = [node.module] if node.module and not node.level else []
    else:
        names = [alias.name for alias in node.names]
    absent = [name for name in names if "." not in name and name not in sys.stdlib_module_names]
    absent = [n for n in absent if not any((base / n).exists() or is_file(base / f"{n}.py") for base in bases)]
    return [found for name in absent if (found := below([folder], name)) is not None]


def _everything(base: Path, name: str) -> list[Path]:
    """The files of a package: `from layers import *` imports those that its `__all__` names."""
    folder = base.joinpath(*name.split("."))
    return (
        sorted(folder.glob("*.py")) if name.replace(".", "").isidentifier() and is_file(folder / "__init__.py") else []
    )


def _modules(base: Path, name: str) -> list[Path]:
    """The files of a dotted name: of each package on the way, and of the module itself."""
    parts = name.split(".") if name else []
    stems = [base.joinpath(*parts[:n]) for n in range(1, len(parts) + 1)]
    return [file for stem in stems for file in (stem.with_suffix(".py"), stem / "__init__.py") if is_file(file)]


def _beside(
    tree: ast.AST, path: Path, implementation: Implementation, foreign: bool, more: Collection[Path]
) -> list[Path]:
    """The imports of a file: from the folder of the implementation, from the root, from its own packages, from `more`.

    A foreign file's also by their last name: the loader finds `network.layers` as `layers.py`.
    """
    files: list[Path] = []
    bases = {implementation.path.parent, implementation.root, path.parent, *more}
    bases |= {above for above in path.parents if above.is_relative_to(implementation.path.parent)}  # as `load` does
    bound = implementation.bound or implementation.root
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            dotted = [(base, alias.name) for alias in node.names for base in bases]
        elif isinstance(node, ast.ImportFrom) and node.level <= len(path.parents):
            stem = f"{node.module}." if node.module else ""
            names = [*(f"{stem}{alias.name}" for alias in node.names), node.module or ""]
            dotted = [(base, name) for base in bases for name in names]
            if node.level:
                above = path.parents[node.level - 1]
                dotted = [(above, name) for name in names]
                files += [init for init in [above / "__init__.py"] if is_file(init)]
            if any(alias.name == "*" for alias in node.names):
                files += [file for base, name in dotted if name for file in _everything(base, name)]
        else:
            continue
        if foreign:
            files += _further_down(node, bases, implementation.path.parent)
            dotted += [(base, name.rpartition(".")[2]) for base, name in dotted if "." in name]
        for base, name in dotted:
            if base not in bases or name.partition(".")[0] not in NEVER:  # else Python imports its own module
                files += _modules(base, name)
    names, asked = asked_for(tree, path.parent)
    names = [name for name in names if name.partition(".")[0] not in NEVER]
    files += [*asked, *(file for name in names for base in bases for file in _modules(base, name))]
    return [file for file in files if file.resolve().is_relative_to(bound.resolve())]
