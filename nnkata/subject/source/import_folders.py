"""Finds the folders for a file's imports: its own, one above it, one that its text adds to `sys.path`.

The text is read, never run.

A file may name anything, so a folder above counts only if it is a package or belongs to the submission, and everything
imported from there has to lie in that package.
"""

import ast
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from nnkata.worker.imports.own_imports import HIGH, relative_level
from nnkata.worker.tree import nodes, tree_of


def root_of(path: Path, source: bytes, within: Path | None = None) -> tuple[Path, Path]:
    """The folder for imports, and the folder that contains everything imported.

    `from ..util import x` leads one folder up, `import src.layers` above `src`. `within` is a folder submitted as a
    whole: inside it, no `__init__.py` is needed, and a module may lie in any folder above the file.
    """
    tree = tree_of(source)
    if tree is None:
        return path.parent, path.parent
    root = bound = path.parent
    for folder in path.parents[1 : relative_level(source)]:
        if not _handed_in(folder, within) and not (folder / "__init__.py").is_file():
            break
        root = bound = folder
    for dotted in _absolute(tree):
        above = _named(path, dotted)
        if above is not None and above.is_relative_to(bound) is False:
            bound = above
        if above is not None and len(above.parent.parts) < len(root.parts):
            root = above.parent
        further = _further_up(path, dotted[0], within) if within is not None else None
        if further is not None and len(further.parts) < len(root.parts):
            root = further
    return root, root if _handed_in(root, within) else bound


def _further_up(path: Path, name: str, within: Path) -> Path | None:
    """The folder of the submission above the file that has a module of that name: the file adds it to `sys.path`."""
    if name in sys.stdlib_module_names or name == "numpy":
        return None
    folders = [folder for folder in path.parents[:HIGH] if folder.is_relative_to(within)]
    found = (n for n, one in enumerate(folders) if (one / f"{name}.py").is_file() or (one / name).is_dir())
    nearest = next(found, 0)
    return folders[nearest] if nearest else None


def _handed_in(folder: Path, within: Path | None) -> bool:
    return within is not None and folder.is_relative_to(within)


def _absolute(tree: ast.AST) -> Iterator[list[str]]:
    """The modules of absolute imports, in parts."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ([*node.module.split("."), alias.name] for alias in node.names)


def _named(path: Path, dotted: list[str]) -> Path | None:
    """The folder that an import names, if the file lies in it and the imported name exists."""
    if len(dotted) < 2 or (path.parent / dotted[0]).is_dir() or (path.parent / f"{dotted[0]}.py").exists():
        return None
    for folder in path.parents[:HIGH]:
        inside = [folder / dotted[1], folder / f"{dotted[1]}.py", folder / "__init__.py"]
        if folder.name == dotted[0] and any(there.exists() for there in inside):
            return folder
    return None


def added(tree: ast.AST) -> frozenset[str]:
    """The possible names of folders that a text adds to `sys.path`: all its short texts, if it changes that list."""
    owners = (node.value for node in nodes(tree) if isinstance(node, ast.Attribute) and node.attr == "path")
    if not any(isinstance(owner, ast.Name) and owner.id == "sys" for owner in owners):
        return frozenset()
    texts = [node.value for node in nodes(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    parts = {part for text in texts if len(text) < 100 for part in text.split("/")}
    return frozenset(part for part in parts if part.isprintable() and part.strip("."))


def below_added(folder: Path, names: Collection[str]) -> set[Path]:
    """The existing ones of these folders in a folder, and in each other: `src`, `src/lib`."""
    found, waiting = set[Path](), [folder]
    while waiting:
        here = waiting.pop()
        more = {here / name for name in names if (here / name).is_dir()} - found
        found |= more
        waiting += more
    return found


def without_added(name: str, names: Collection[str]) -> str:
    """A path as imports name it: `mynet/core.py` of `src/mynet/core.py`, where `src` is such a folder."""
    first, _slash, rest = name.partition("/")
    return without_added(rest, names) if rest and first in names else name
