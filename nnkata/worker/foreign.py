"""Somebody else's file as definitions: for an adapter, which begins with `theirs = load("network.py")`.

Classes, functions, imports and constants are there; training, reading of files and plotting at the top level are not
run. A module that is absent is stood in for by one that complains when it is used. A notebook is its code cells.
Loaded where the submission is loaded: in the sandbox, with the standard library and NumPy alone.
"""

import ast
import builtins
import contextlib
import copy
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import re
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.worker.absent import Absent

#: Seconds that all top-level assignments of a file may take together: constants and fresh networks take milliseconds.
SECONDS = 3.0
#: What a statement at the top level may not do while definitions are loaded.
REFUSED = (
    "open",
    "socket.connect",
    "socket.getaddrinfo",
    "subprocess.Popen",
    "os.system",
    "os.mkdir",
    "urllib.Request",
)
#: Files that an import opens.
CODE = (".py", ".pyc", ".so", ".pyd", ".zip", ".pth")
_roots: list[Path] = []
_quiet = [False]


class NotLoaded(Exception):
    """A top-level statement wanted what is not there while definitions are loaded; `missing` names have no value."""

    missing: tuple[str, ...] = ()


def _older() -> None:
    """Names that NumPy had until 1.24 or 2.0 and that older code uses; each for what it meant."""
    names = {"float": float, "int": int, "bool8": np.bool_, "object": object, "float_": np.float64, "mat": np.asmatrix}
    names |= {"product": np.prod, "cumproduct": np.cumprod, "infty": np.inf, "Inf": np.inf, "NaN": np.nan}
    for name, value in names.items():
        if name not in np.__dict__:
            setattr(np, name, value)


def load(name: str) -> types.ModuleType:
    """The definitions of a file beside the caller's, or in a folder below it: a module.

    Raises:
        FileNotFoundError: it is not there.
        SyntaxError: it is not Python.
    """
    base = Path(sys._getframe(1).f_globals["__file__"]).resolve().parent
    path = (base / name).resolve()
    if not path.is_file():
        raise FileNotFoundError(f"{name} is not beside the adapter")
    return loaded(path, base)


def loaded(path: Path, base: Path) -> types.ModuleType:
    """The definitions of a file below a folder, from which its imports resolve."""
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


def _package(name: str, folder: Path) -> None:
    if name not in sys.modules and name.replace(".", "").isidentifier():
        module = types.ModuleType(name)
        module.__path__ = [str(folder)]
        sys.modules[name] = module


def _module(name: str, path: Path) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__file__, module.__package__ = str(path), name.rpartition(".")[0]
    sys.modules[name] = module
    run(code_of(path), module.__dict__, path)
    return module


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules beside the file, which are loaded as definitions too, and stands in for those that are absent."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        """One that is beside the file, that is Python's or NumPy, or a stand-in."""
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

    def _file(self, name: str, path: Any) -> Path | None:
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
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType | None:
        """A stand-in, or none, for Python to make an ordinary one."""
        return Absent(spec.name) if spec.loader_state is None else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Its definitions."""
        file = module.__spec__.loader_state if module.__spec__ is not None else None
        if file is not None and file.is_file():
            module.__file__ = str(file)
            run(code_of(file), module.__dict__, file)


def code_of(path: Path) -> str:
    """A file's text; of a notebook its code cells, without what is IPython's."""
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


def run(text: str, namespace: dict[str, Any], path: Path) -> None:
    """Run what defines something: each statement for itself, those that fail are left out."""
    tree = ast.parse(text)
    namespace.setdefault("__builtins__", builtins)
    left_out: dict[str, str] = {}
    namespace["__left_out__"] = left_out
    with _silence():
        for node in tree.body:
            if _defines(node):
                _try(node, namespace, path, left_out)


def _defines(node: ast.stmt) -> bool:
    if isinstance(node, ast.Try):
        return all(_defines(inner) or isinstance(inner, ast.Expr | ast.Pass | ast.Raise) for inner in node.body)
    if isinstance(node, ast.If):
        return "__name__" not in ast.unparse(node.test) and all(_defines(inner) for inner in [*node.body, *node.orelse])
    kinds = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign
    return isinstance(node, kinds)


def _try(node: ast.stmt, namespace: dict[str, Any], path: Path, left_out: dict[str, str]) -> None:
    module = ast.Module(body=[node], type_ignores=[])
    try:
        code = compile(module, str(path), "exec")
        with _limited(SECONDS if not isinstance(node, ast.Import | ast.ImportFrom) else 60.0):
            exec(code, namespace)
    except Exception as error:
        for name in _bound(node):
            left_out[name] = f"line {node.lineno}: {type(error).__name__}: {error}"[:200]


def _bound(node: ast.stmt) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """While a statement of the top level runs, no file is read or written and nothing is started."""
    if _quiet[0] and event in REFUSED:
        name = str(arguments[0]) if arguments else ""
        if event != "open" or not (name.endswith(CODE) or Path(name).is_dir()):
            raise NotLoaded(f"{event} {name[:100]}")


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    before, _quiet[0] = _quiet[0], True
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            yield
    finally:
        _quiet[0] = before


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """End what takes longer, where that can be done: in the main thread of a system with timers."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def late(_number: int, _frame: Any) -> None:
        raise NotLoaded(f"it took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, late)
    rest = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *(rest if rest[0] else (0.0, 0.0)))
        signal.signal(signal.SIGALRM, before)


def made(module: types.ModuleType, name: str, line: int, **given: Any) -> Any:
    """What the author's own code makes at that line under that name: the statements before it that it rests on, run.

    Names that are `given`, for data that are not there, keep their values.

    Raises:
        NotLoaded: it cannot be made without what is left out.
    """
    path = Path(str(module.__file__))
    body = _around(_parsed(path).body, line)
    namespace = {**module.__dict__, **given}
    left_out: dict[str, str] = {}
    with _silence():
        for node in _needed(body, name, line):
            if not given.keys() & set(_bound(node)):
                _try(node, namespace, path, left_out)
    if name not in namespace or name in left_out:
        error = NotLoaded(f"{name} cannot be made: {left_out.get(name, 'it is not assigned')}")
        error.missing = tuple(left_out)
        raise error
    return namespace[name]


def _around(body: list[ast.stmt], line: int) -> list[ast.stmt]:
    """The statements before and around a line, from the outermost block to the innermost."""
    found: list[ast.stmt] = []
    for node in body:
        inside = node.lineno <= line <= (node.end_lineno or node.lineno)
        blocks = [getattr(node, part, []) for part in ("body", "orelse", "finalbody")]
        if inside and any(blocks) and not isinstance(node, ast.ClassDef):
            if isinstance(node, ast.FunctionDef):
                found += _defaults(node)
            return found + [inner for block in blocks for inner in _around(block, line)]
        found.append(node)
    return found


def _defaults(node: ast.FunctionDef) -> list[ast.stmt]:
    """A function's parameters that have defaults, as assignments."""
    arguments = node.args.args[len(node.args.args) - len(node.args.defaults) :]
    pairs = zip(arguments, node.args.defaults, strict=True)
    made = [ast.Assign([ast.Name(a.arg, ast.Store())], value, lineno=node.lineno) for a, value in pairs]
    return [ast.fix_missing_locations(statement) for statement in made]


#: Methods by which a network is put together after it was made.
BUILDING = re.compile(r"add|append|compile|build|use|set|init|stack|insert|extend", re.I)


def _needed(body: Sequence[ast.stmt], name: str, line: int) -> list[ast.stmt]:
    """The statements that give `name` its value: its assignment, what that reads, and calls that put it together."""
    wanted = {name}
    kept: list[ast.stmt] = []
    for node in reversed(body):
        bound = set(_bound(node)) if isinstance(node, ast.Assign | ast.AnnAssign) else set()
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            continue  # the module has them
        if (bound & wanted and node.lineno <= line) or _builds(node, wanted):
            kept.insert(0, node)
            wanted |= {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return kept


def _builds(node: ast.stmt, wanted: set[str]) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return False
    called = node.value.func
    if not isinstance(called, ast.Attribute) or not BUILDING.match(called.attr):
        return False
    root = called.value
    while isinstance(root, ast.Attribute | ast.Subscript):
        root = root.value
    return isinstance(root, ast.Name) and root.id in wanted


def block(module: types.ModuleType, first: int, last: int, net: dict[str, Any], **given: Any) -> dict[str, Any]:
    """What the author's lines from `first` to `last` leave behind, run once on a copy of `net` and what is given.

    Names that they read and nobody gives are made from the statements before them. A statement that fails, such as a
    plot, is left out.
    """
    path = Path(str(module.__file__))
    tree = _parsed(path)
    inside = [node for node in _blocks(tree) if first <= node.lineno and (node.end_lineno or 0) <= last]
    inner = {id(child) for node in inside for child in ast.walk(node) if child is not node}
    statements = [node for node in inside if id(node) not in inner]
    namespace = {**module.__dict__, **copy.deepcopy(net), **given}
    left_out: dict[str, str] = {}
    with _silence():
        for name in sorted(_read(statements) - namespace.keys() - vars(builtins).keys()):
            value = _constant(module, name, first)
            if value:
                namespace[name] = copy.deepcopy(value[0])
        for node in statements:
            _try(node, namespace, path, left_out)
    written = {name for node in statements for name in _bound(node)}
    return {name: namespace[name] for name in [*net, *sorted(written - net.keys())] if name in namespace}


@functools.cache
def _constant(module: types.ModuleType, name: str, line: int) -> tuple[Any, ...]:
    """What a name stands for at that line, in a tuple; nothing where it cannot be made."""
    try:
        return (made(module, name, line),)
    except NotLoaded:
        return ()


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(code_of(path))


def _blocks(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement that stands in no other of the same lines: those of the innermost block first asked for."""
    for node in ast.walk(tree):
        for part in ("body", "orelse"):
            if isinstance(node, ast.Module | ast.For | ast.While | ast.If | ast.With | ast.FunctionDef):
                yield from (inner for inner in getattr(node, part, []) if isinstance(inner, ast.stmt))


def _read(statements: Sequence[ast.stmt]) -> set[str]:
    return {n.id for s in statements for n in ast.walk(s) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def moved(parameters: Callable[[Any], Any], net: Any, act: Callable[[], Any], rate: float) -> list[Any]:
    """The gradients as the step that the parameters take while `act` runs, divided by the rate; they are put back."""
    before = [np.array(array) for array in parameters(net)]
    act()
    found = []
    for array, old in zip(parameters(net), before, strict=True):
        found.append((old - array) / rate)
        array[...] = old
    return found


def mean_of(one: Callable[[Any, Any], Any], x: Any, y: Any) -> list[Any]:
    """The mean of what a function of one sample gives, array by array."""
    each = [[np.array(array, float) for array in one(a, b)] for a, b in zip(x, y, strict=True)]
    return [np.mean([arrays[n] for arrays in each], axis=0) for n in range(len(each[0]))]
