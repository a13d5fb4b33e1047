"""Loads the definitions of a foreign file and does not run its other statements.

It loads classes, functions, imports and constants; top-level training, reading of files and plotting are left out. A
stand-in replaces an absent module and raises on use. A notebook is its code cells. All this runs where the submission
runs: in the sandbox, with the standard library and NumPy alone.
"""

import __future__

import ast
import builtins
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import re
import sys
import types
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.worker.absent import Absent
from nnkata.worker.deadline import limited

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
#: Endings of files that an import opens.
CODE = (".py", ".pyc", ".so", ".pyd", ".zip", ".pth")
#: Folders whose files are not the author's.
HIDDEN = {"venv", "env", "site-packages", "node_modules"}
#: How deep a file is looked for, and in how many folders of one depth.
MAX_DEPTH, MAX_FOLDERS = 3, 100
_roots: list[Path] = []
_quiet = [False]


class NotLoaded(Exception):
    """A top-level statement needs a value that is absent while definitions are loaded; `missing` are such names."""

    missing: tuple[str, ...] = ()


def _older() -> None:
    """Add the names that NumPy removed in 1.24 and 2.0, for older code, each with its old meaning."""
    names = {"float": float, "int": int, "bool8": np.bool_, "object": object, "float_": np.float64, "mat": np.asmatrix}
    names |= {"product": np.prod, "cumproduct": np.cumprod, "infty": np.inf, "Inf": np.inf, "NaN": np.nan}
    names["asfarray"] = lambda a: np.asarray(a, float)
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
        sys.addaudithook(_refuse)
        sys.meta_path.insert(0, Finder())
    parts = path.relative_to(base).with_suffix("").parts
    dotted = ".".join(parts) if all(part.isidentifier() for part in parts) else "theirs"
    for n in range(1, len(parts)):
        _package(".".join(parts[:n]), base.joinpath(*parts[:n]))
    return _module(dotted, path)


def forget() -> None:
    """Forget the loaded files and their folders, so that the next file finds only what it would find alone."""
    _roots.clear()
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
    run(code_of(path), module.__dict__, path)
    return module


def below(folders: Sequence[Path], name: str) -> Path | None:
    """The nearest file of that name further down, where a script may have added a folder to the path of imports."""
    for folder in sorted(folders, key=lambda one: len(one.parts)):
        level = [folder]
        for _depth in range(MAX_DEPTH):
            level = [inner for one in level[:MAX_FOLDERS] for inner in sorted(one.iterdir()) if _searched(inner)]
            found = next((one / f"{name}.py" for one in level if (one / f"{name}.py").is_file()), None)
            if found is not None:
                return found
    return None


def _searched(folder: Path) -> bool:
    return folder.is_dir() and not folder.name.startswith((".", "__")) and folder.name not in HIDDEN


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
                if file.is_file():
                    return file
        for place in places:
            if (place / last).is_dir() and any(place.is_relative_to(root) for root in _roots):
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


def code_of(path: Path) -> str:
    """A file's text; for a notebook, its code cells without IPython's own syntax."""
    if path.suffix != ".ipynb":
        return importlib.util.decode_source(path.read_bytes())
    content = json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    cells = content.get("cells") or [cell for sheet in content.get("worksheets", []) for cell in sheet["cells"]]
    texts = []
    for cell in cells:
        source = cell.get("source", cell.get("input", ""))
        text = "".join(source) if isinstance(source, list) else str(source)
        if cell.get("cell_type") == "code" and not text.lstrip().startswith("%%"):
            text = re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", text)
            with contextlib.suppress(SyntaxError):
                ast.parse(text)
                texts.append(text)
    return "\n".join(texts)


def run(text: str, namespace: dict[str, object], path: Path) -> None:
    """Run the definitions, each statement separately; failing ones are left out."""
    tree = ast.parse(text)
    namespace.setdefault("__builtins__", builtins)
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
    return isinstance(node, kinds)


def attempt(node: ast.stmt, namespace: dict[str, object], path: Path, left_out: dict[str, str]) -> None:
    """Run one statement; if it fails, record the names that it would bind with the reason."""
    module = ast.Module(body=[node], type_ignores=[])
    try:
        # as under `from __future__ import annotations`: a class may name itself, and an absent module's classes
        code = compile(module, str(path), "exec", LAZY, dont_inherit=True)
        with limited(SECONDS if not isinstance(node, ast.Import | ast.ImportFrom) else 60.0):
            exec(code, namespace)
    except (Exception, SystemExit) as error:  # argparse exits if arguments are missing
        for name in bound(node):
            left_out[name] = f"line {node.lineno}: {type(error).__name__}: {error}"[:200]


def bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement binds."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse files and processes while a top-level statement runs."""
    if _quiet[0] and event in REFUSED:
        name = str(arguments[0]) if arguments else ""
        if event != "open" or not (name.endswith(CODE) or Path(name).is_dir()):
            raise NotLoaded(f"{event} {name[:100]}")


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
