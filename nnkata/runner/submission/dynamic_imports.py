"""Modules and files that a source text asks for by a text: `import_module("layers")`, `pkgutil.get_data("net", …)`.

The text is read, never run. Where a name is made up at run time, all short texts of the file are possible names.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from nnkata.subject.source.import_folders import below_added
from nnkata.worker.imports.present import is_file
from nnkata.worker.tree import nodes

#: Functions that import the module of a name.
IMPORTING = frozenset(["__import__", "import_module"])
#: Functions that read a file of a package, which they import.
PACKAGED = frozenset(["files", "get_data", "open_binary", "open_text", "read_binary", "read_text"])
#: Functions that run a file.
RUNNING = frozenset(["exec", "run_path", "spec_from_file_location", "SourceFileLoader"])
#: The longest text that may be a name.
LONGEST = 100


def asked_for(tree: ast.AST, folder: Path) -> tuple[list[str], list[Path]]:
    """The dotted names of modules, and the existing files in the text's own `folder`."""
    calls = [node for node in nodes(tree) if isinstance(node, ast.Call)]
    importing = [call for call in calls if _name(call) in IMPORTING]
    running = any(_name(call) in RUNNING for call in calls)
    names = [text for call in calls if _name(call) in IMPORTING | PACKAGED for text in _first(call)]
    names += [f"{package}{text}" for call in importing for text in _first(call) for package in _second(call)]
    texts = set(_texts(tree)) if running or importing else set()
    if any(not _first(call) for call in importing):
        names += sorted(texts)
    names = [name.strip(".") for name in names]
    names = [name for name in names if name.replace(".", "").isidentifier()]
    inner = below_added(folder, {name for name in names if "." not in name}) if names else set()
    files = [below / f"{name}.py" for below in sorted(inner) for name in names if "." not in name]
    if running:
        files += [folder / text for text in sorted(texts) if text.endswith(".py") and "\0" not in text]
    return names, [file for file in files if is_file(file)]


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", None) or getattr(call.func, "id", None) or "")


def _first(call: ast.Call) -> list[str]:
    return [arg.value for arg in call.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


def _second(call: ast.Call) -> list[str]:
    """The package of a relative name, `import_module(".layers", "net")` or `package="net"`."""
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "package")]
    return [arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < LONGEST:
            yield node.value
