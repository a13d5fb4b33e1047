"""Runs single statements of a foreign file: without output, without warnings, and without files and processes.

A failing statement is left out, with its reason. A notebook is its code cells.
"""

import __future__

import ast
import builtins
import contextlib
import functools
import importlib.util
import io
import json
import re
import sys
import types
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from nnkata.worker.deadline import limited
from nnkata.worker.foreign_code.absent_defaults import without
from nnkata.worker.foreign_code.python2 import BUILTINS, MARK, in_python3, parses

#: Seconds for all top-level assignments of a file together: constants and fresh networks take milliseconds.
SECONDS = 3.0
#: Audit events that a top-level statement may not cause while definitions are loaded.
REFUSED = (
    "open",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.mkdir",
    "urllib.Request",
)
#: The flag by which annotations are not evaluated.
LAZY = __future__.annotations.compiler_flag
#: A line of IPython's own syntax.
MAGIC = re.compile(r"(?m)^([ \t]*)((?:%%?[A-Za-z]|% *matplotlib|!(?!=)).*)$")
#: Endings of files that an import opens, and of notebooks, which `code_of` opens.
CODE = (".ipynb", ".py", ".pyc", ".so", ".pyd", ".zip", ".pth")
_quiet = [False]


class NotLoaded(Exception):
    """A top-level statement needs a value that is absent while definitions are loaded; `missing` are such names."""

    missing: tuple[str, ...] = ()


class Refused(NotLoaded, FileNotFoundError):
    """A file or a process is refused; an author's `except FileNotFoundError` for absent weights takes it, too."""


def code_of(path: Path) -> str:
    """A file's text; for a notebook, its code cells without IPython's own syntax."""
    if path.suffix != ".ipynb":
        return plain(importlib.util.decode_source(path.read_bytes()))
    content = json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    cells = content.get("cells") or [cell for sheet in content.get("worksheets", []) for cell in sheet["cells"]]
    texts = []
    for cell in cells:
        source = cell.get("source", cell.get("input", ""))
        text = "".join(source) if isinstance(source, list) else str(source)
        if cell.get("cell_type") == "code" and not text.lstrip().startswith("%%"):
            texts.append(MAGIC.sub(r"\1pass  # \2", text))
    old = any(MARK in in_python3(text) for text in texts)
    return "\n".join(text for text in (in_python3(text, old) for text in texts) if parses(text))


def plain(text: str) -> str:
    """The text of a file in Python 3, from Python 2 or with IPython's own syntax as in an exported notebook."""
    return in_python3(text if parses(text) else MAGIC.sub(r"\1pass  # \2", text))


def run(text: str, namespace: dict[str, object], path: Path) -> None:
    """Run the definitions, each statement separately; failing ones are left out."""
    tree = ast.parse(text)
    namespace.setdefault("__builtins__", BUILTINS if MARK in text else builtins)
    left_out: dict[str, str] = {}
    namespace["__left_out__"] = left_out
    with silence():
        for node in tree.body:
            if _defines(node):
                attempt(node, namespace, path, left_out)


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Try):
        return all(_defines(inner) or isinstance(inner, ast.Expr | ast.Pass | ast.Raise) for inner in node.body)
    if isinstance(node, ast.If):
        return "__name__" not in ast.unparse(node.test) and all(_defines(inner) for inner in [*node.body, *node.orelse])
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):  # the options of a script, with their defaults
        return isinstance(node.value.func, ast.Attribute) and node.value.func.attr == "add_argument"
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
    return isinstance(node, kinds) or type(node).__name__ == "TypeAlias"  # `type X = …`, from Python 3.12 on


def attempt(node: ast.stmt, namespace: dict[str, object], path: Path, left_out: dict[str, str]) -> None:
    """Run one statement; if it fails, record the names that it would bind with the reason.

    A definition that fails for a default runs again without it.
    """
    try:
        code = _compiled(node, path)
        with limited(SECONDS if not isinstance(node, ast.Import | ast.ImportFrom) else 60.0):
            exec(code, namespace)
    except (Exception, SystemExit) as error:  # argparse exits if arguments are missing
        absent = error.name if isinstance(error, NameError) and isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
        if absent and (other := without(node, absent)) is not None:
            attempt(other, namespace, path, left_out)
            return
        for name in bound(node):
            left_out[name] = f"line {node.lineno}: {type(error).__name__}: {error}"[:200]


@functools.lru_cache(1000)
def _compiled(node: ast.stmt, path: Path) -> types.CodeType:
    """A statement as under `from __future__ import annotations`, so that a class may name itself and absent classes.

    An author's own lines run again for each batch.
    """
    code: types.CodeType = compile(ast.Module([node], type_ignores=[]), str(path), "exec", LAZY, dont_inherit=True)
    return code


@functools.lru_cache(1000)
def bound(node: ast.stmt) -> tuple[str, ...]:
    """The names that a statement binds; those of a comprehension are its own."""
    own = {id(n) for part in ast.walk(node) if isinstance(part, ast.comprehension) for n in ast.walk(part.target)}
    names = (inner for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store))
    return tuple(inner.id for inner in names if id(inner) not in own)


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse files and processes while a top-level statement runs."""
    if _quiet[0] and event in REFUSED:
        name = str(arguments[0]) if arguments else ""
        if event != "open" or not (name.endswith(CODE) or Path(name).is_dir()):
            raise Refused(f"{event} {name[:100]}")


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Runs the body without output and floating-point warnings, and refuses files."""
    before, _quiet[0] = _quiet[0], True
    given, sys.argv = sys.argv, sys.argv[:1]  # a script's defaults count, not the worker's own arguments
    try:
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
            np.errstate(all="ignore"),
        ):
            yield
    finally:
        _quiet[0], sys.argv = before, given
