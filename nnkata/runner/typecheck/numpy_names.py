"""Annotations with names that NumPy lacks, and names that say as little as a bare `np.ndarray`.

Our stubs give mypy Any for every unknown name.
"""

import ast
import contextlib
import functools
import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from nnkata.runner.typecheck.annotated_names import annotations
from nnkata.runner.typecheck.findings import Finding
from nnkata.worker.tree import nodes, parsed

_STUBS = Path(__file__).parent / "stubs"
#: Types that NumPy had before 2.0 (its migration guide lists them): right under an older NumPy.
_BEFORE = frozenset(
    [
        *("bool8", "bytes0", "cfloat", "clongfloat", "complex_", "float_", "int0", "longcomplex", "longfloat"),
        *("object0", "singlecomplex", "str0", "string_", "uint0", "unicode_", "void0"),
    ]
)
#: Kinds of elements above floating, in the types of arrays: an array of them may be one of floats.
_ABOVE = re.compile(r"\b((?:NDArray|dtype)\[\s*\w+\.)(?:number|inexact|generic)\b(?:\[\s*(?:\w+\.)?\w+\s*\])?(?=\s*\])")


def loosened(text: str) -> str:
    """The text for mypy with Any for the elements of `NDArray[np.number]`, which says more than a bare `np.ndarray`."""
    return _ABOVE.sub(r"\1any_element", text)


def misnamed(texts: Mapping[str, str]) -> Iterator[Finding]:
    """One finding per annotation such as `np.ndarry`, in the submission's texts by file name.

    Python evaluates most annotations at import, so that a wrong name raises. Quoted annotations, and all under `from
    __future__ import annotations`, are not evaluated.
    """
    for file, text in texts.items():
        tree = parsed(text)
        modules = dict(numpy_modules(tree))
        for annotation in annotations(tree):
            for node in ast.walk(annotation):
                module = modules.get(ast.unparse(node.value)) if isinstance(node, ast.Attribute) else None
                if isinstance(node, ast.Attribute) and module and not _there(module, node.attr):
                    yield Finding(file, node.lineno, "name-defined", f'Name "{ast.unparse(node)}" is not defined')


def numpy_modules(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The text's names for NumPy and its modules, and their meanings."""
    for node in nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "numpy":
                    called = alias.asname or "numpy"
                    module = alias.name if alias.asname else "numpy"
                    yield called, module
                    if module == "numpy":
                        yield from ((f"{called}.{name}", f"numpy.{name}") for name in ("random", "typing"))
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy":
            for alias in node.names:
                if alias.name in ("random", "typing"):
                    yield alias.asname or alias.name, f"numpy.{alias.name}"


@functools.cache
def _there(module: str, name: str) -> bool:
    if name in _BEFORE:
        return True
    with contextlib.suppress(Exception):  # a removed name of NumPy only raises
        if hasattr(importlib.import_module(module), name):
            return True
    return name in _stubbed(module)


@functools.cache
def _stubbed(module: str) -> frozenset[str]:
    """The names in our stubs, for any installed NumPy."""
    tree = ast.parse((_STUBS / module.replace(".", "/") / "__init__.pyi").read_text(encoding="utf-8"))
    names = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
    return frozenset(names - {"__getattr__"})
