"""The name that a misspelt one most likely means: one of a library, of a built-in type, or of the submission's source.

Python shows such a name in a traceback alone, not in the exception's text. The source is read and never run; the
exception comes from the worker, so that it only selects among names that are known here.
"""

import ast
import builtins
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from nnkata.language import _, later
from nnkata.subject.face import Raised
from nnkata.worker.tree import nodes, spans, tree_of

#: Modules whose names are known: NumPy, and those of the standard library that a network imports.
MODULES = (
    "numpy",
    "numpy.random",
    "numpy.linalg",
    "math",
    "random",
    "time",
    "copy",
    "itertools",
    "functools",
    "typing",
)
#: Built-in types whose names are known.
TYPES = {kind.__name__: kind for kind in (list, tuple, dict, str, set, float, int)}
#: The least likeness: `randon` and `random` have 0.83, `zeroes` and `zeros` 0.91, `softmax` and any name of NumPy 0.5.
LEAST = 0.75
#: The most names that are compared, and the most characters of one.
MOST, LONGEST = 2000, 40
#: Messages of CPython about a name that is not there.
MODULE = re.compile(r"module '(?P<of>[\w.]+)' has no attribute '(?P<name>\w+)'")
IMPORT = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<of>[\w.]+)'")
ATTRIBUTE = re.compile(r"'(?P<of>[\w.]+)' object has no attribute '(?P<name>\w+)'")
NAME = re.compile(r"name '(?P<name>\w+)' is not defined")
MEANT = later("there is no {name} here: did you mean {close}?")

Found = re.Match[str]


def meant(error: Raised, sources: Mapping[str, str]) -> str:
    """A sentence about an unknown name and the near one; empty if there is none. `sources`: texts by their file."""
    message = error.message[:500]
    if found := MODULE.search(message) or IMPORT.search(message):
        name = f"{found['of']}.{found['name']}"
        return _said(name, of_module(found["of"], found["name"]))
    if found := ATTRIBUTE.search(message):
        return _said(found["name"], _of_object(found["of"], found["name"], sources))
    if error.kind == "NameError" and (found := NAME.search(message)):
        return _said(found["name"], _of_place(error.where, found["name"], sources))
    return ""


def of_module(module: str, name: str) -> str:
    """The full name in a known module, or in a module of NumPy that has the very name; empty if there is none."""
    if module not in MODULES:
        return ""
    inside = [one for one in MODULES if one.startswith("numpy.") and module == "numpy"]
    exact = next((f"{one}.{name}" for one in inside if hasattr(import_module(one), name)), "")
    close = _closest(name, dir(import_module(module)))
    return exact or (close and f"{module}.{close}")


def _said(name: str, close: str) -> str:
    return _(MEANT).format(name=name[: 2 * LONGEST], close=close) if close else ""


def _closest(name: str, known: Iterable[str]) -> str:
    """The closest name, if it is close; private names are meant by none, and the case of letters counts last."""
    if len(name) > LONGEST:
        return ""
    public = [one for one in known if not one.startswith("_") and len(one) <= LONGEST and one != name][:MOST]
    lower = {one.lower(): one for one in sorted(public, reverse=True)}
    close = difflib.get_close_matches(name.lower(), lower, 1, LEAST)
    return lower[close[0]] if close else ""


def _of_object(kind: str, name: str, sources: Mapping[str, str]) -> str:
    """The closest attribute of a built-in type or of a class of the submission."""
    if kind == "numpy.ndarray":
        return _closest(name, dir(import_module("numpy").ndarray))
    if kind in TYPES:
        return _closest(name, dir(TYPES[kind]))
    classes = [node for text in sources.values() for node in _classes(text) if node.name == kind]
    return _closest(name, {one for node in classes for one in _attributes(node)})


def _of_place(where: str, name: str, sources: Mapping[str, str]) -> str:
    """The closest name that the line can see; `self.NAME` for an attribute of its class of the very name."""
    file, _comma, line = where.rpartition(", line ")
    tree = tree_of(sources.get(file, ""))
    if tree is None or not line.isdecimal() or len(line) > 8:
        return ""
    around = [node for node in nodes(tree) if _spans(node, int(line))]
    functions = [node for node in around if isinstance(node, ast.FunctionDef)]
    first = next((node.args.args[0].arg for node in functions if node.args.args), "")
    if first == "self":
        own = {one for node in around if isinstance(node, ast.ClassDef) for one in _attributes(node)}
        if name in own:
            return f"self.{name}"
    seen = {*dir(builtins), *_bound(tree.body), *(one for node in functions for one in _bound([node], deep=True))}
    return _closest(name, seen)


def _spans(node: ast.AST, line: int) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and spans(node, line)


def _classes(text: str) -> Iterator[ast.ClassDef]:
    tree = tree_of(text)
    return (node for node in (nodes(tree) if tree else ()) if isinstance(node, ast.ClassDef))


def _attributes(node: ast.ClassDef) -> Iterator[str]:
    """The methods of a class, and the attributes that its `self` gets."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.FunctionDef) and inner in node.body:
            yield inner.name
        elif isinstance(inner, ast.Attribute) and isinstance(inner.ctx, ast.Store) and _is_self(inner.value):
            yield inner.attr


def _is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"


def _bound(body: Iterable[ast.AST], deep: bool = False) -> Iterator[str]:
    """The names that statements bind: imports, definitions, assignments; those inside a function if `deep`."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield from [node.id] if deep or not isinstance(statement, ast.FunctionDef | ast.ClassDef) else []
            elif isinstance(node, ast.arg):
                yield from [node.arg] if deep else []
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.FunctionDef | ast.ClassDef) and not deep:
            yield statement.name
