"""A source text reduced to its definitions: classes, functions, and everything that these need; line numbers stay.

A notebook or a script trains, plots and reads files as it runs from top to bottom. Judging its class needs none of
that. This module runs nothing.
"""

import ast
import contextlib
import symtable
import sys
from collections.abc import Iterator, Sequence

from nnkata.registry import current as kata
from nnkata.worker.imports.importing import IF_THERE
from nnkata.worker.tree import newlines

#: Imports that exist wherever a submission runs; any other becomes optional in a notebook.
THERE = frozenset(sys.stdlib_module_names) | {"numpy"}
#: Methods that fill a container.
FILLING = frozenset(("append", "extend", "insert", "update", "setdefault", "add"))
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
#: Statements that may fill one, and contexts that only change warnings or printing.
PLAIN = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.For, ast.While, ast.Expr)
QUIET = frozenset(("errstate", "catch_warnings", "printoptions"))
#: Functions that only choose warnings or a limit for the code that follows.
SETTINGS = frozenset(("filterwarnings", "simplefilter", "seterr", "setrecursionlimit"))
#: Builtins without effects.
SAFE = frozenset(
    (
        *("range", "enumerate", "zip", "reversed", "sorted", "len", "sum", "min", "max", "abs", "round", "map"),
        *("list", "dict", "set", "tuple", "frozenset", "str", "int", "float", "bool"),
    )
)


def definitions(text: str, sure: frozenset[str] = frozenset()) -> str:
    """The text with blanks in place of every statement that no class and no function needs.

    It keeps classes, functions, the assignments and imports of names that kept parts use, in turn, what fills these
    names without anything else, and settings such as `np.seterr`. It makes an import optional unless its module is
    among the names `sure`. A function with a decorator from such an import (`@interact`) is kept only where it is used.

    Raises:
        SyntaxError: it is not Python.
    """
    text = newlines(text)
    body = ast.parse(text).body
    libraries = {name for node in body if _optional(node, sure) for name in _bound(node)}
    lent: dict[ast.stmt, str] = {
        node: node.name for node in body if isinstance(node, FUNCTIONS) and _decorated(node, libraries)
    }
    defined = [node for node in body if isinstance(node, ast.ClassDef | FUNCTIONS) and node not in lent]
    kept: set[ast.stmt] = {*defined, *filter(_sets, body)}
    waiting = [name for node in kept - set(defined) for name in _used(node)]
    waiting += [name for node in defined for name in (node.name, *_used(node))]  # by its name: `Net.forward = forward`
    if kata().class_name:
        waiting += [kata().class_name, *kata().functions]  # `preprocess = scaled`, a class under a condition
    seen: set[str] = set()
    filled = _filled(body)
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for node in body:
            if node not in kept and name in {*_bound(node), *filled.get(node, ()), lent.get(node)}:
                kept.add(node)
                waiting += _used(node)
    first = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    return _blanked(text, body, [node for node in body if node in kept or node in first], sure)


def reduced(text: str) -> str | None:
    """The definitions of a text of which only modules that are `THERE` are sure; None if it is not Python."""
    try:
        return definitions(text, THERE)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the second for NUL bytes, up to Python 3.11.3
        return None


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef, libraries: set[str]) -> bool:
    """Whether a decorator reads one of these names."""
    parts = [part for decorator in node.decorator_list for part in ast.walk(decorator)]
    return any(isinstance(part, ast.Name) and part.id in libraries for part in parts)


def _used(node: ast.stmt) -> Iterator[str]:
    """The module's names that a statement reads, also in quoted annotations, without the local names of functions."""
    for inner in ast.walk(node):
        for annotation in (getattr(inner, part, None) for part in ("annotation", "returns")):
            yield from _quoted(annotation) if isinstance(annotation, ast.expr) else ()
    waiting = [symtable.symtable(ast.unparse(node), "statement", "exec")]
    while waiting:
        table = waiting.pop()
        top = table.get_type() == "module"
        yield from (
            s.get_name()
            for s in table.get_symbols()
            if (s.is_referenced() and (top or s.is_global())) or s.is_declared_global()
        )
        waiting += table.get_children()


def _quoted(annotation: ast.expr) -> Iterator[str]:
    """The names in the quoted parts of an annotation; the texts of `Literal["train"]` are none."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        with contextlib.suppress(SyntaxError, ValueError):
            parsed = ast.parse(annotation.value.strip(), mode="eval")
            yield from (part.id for part in ast.walk(parsed) if isinstance(part, ast.Name))
    elif isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value).endswith(("Literal", "Annotated")):
        return
    for part in ast.iter_child_nodes(annotation):
        yield from _quoted(part) if isinstance(part, ast.expr) else ()


def _bound(node: ast.stmt) -> set[str]:
    """The names that a top-level statement binds, also within `if` and `try`."""
    names: set[str] = set()
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    if type(node).__name__ == "TypeAlias":  # `type X = …`, which the running Python may lack
        return {node.name.id}  # type: ignore[attr-defined]
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            names |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    if isinstance(node, ast.With) and all(_quiet(item.context_expr) for item in node.items):
        return {name for inner in node.body for name in _bound(inner)}
    if isinstance(node, ast.If | ast.Try):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.ClassDef | ast.FunctionDef):
                names.add(inner.name)
            elif isinstance(inner, ast.ExceptHandler):
                names |= {name for statement in inner.body for name in _bound(statement)}
            elif isinstance(inner, ast.stmt):
                names |= _bound(inner)
    return names


def _sets(node: ast.stmt) -> bool:
    """Whether it is one of the settings, also under an `if` (`if not sys.warnoptions:`)."""
    if isinstance(node, ast.If):
        return all(map(_sets, [*node.body, *node.orelse]))
    if not isinstance(node, ast.Expr | ast.Assign) or not isinstance(node.value, ast.Call):
        return False
    called = node.value.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    return name in SETTINGS and not any(
        isinstance(part, ast.Call) for given in ast.iter_child_nodes(node.value) for part in ast.walk(given)
    )


def _quiet(context: ast.expr) -> bool:
    """Whether it is a context that only changes warnings or printing."""
    return isinstance(context, ast.Call) and isinstance(context.func, ast.Attribute) and context.func.attr in QUIET


def _filled(body: Sequence[ast.stmt]) -> dict[ast.stmt, set[str]]:
    """The names that loops and calls fill: `KEYS.append("W3")`, `for k in "abc": TABLE[k] = 1`, `setattr(Net, …)`.

    Only statements that use nothing but constants, containers of them and builtins count: no training, no reading.
    """
    classes = {node.name for node in body if isinstance(node, ast.ClassDef)}
    defined = classes | {node.name for node in body if isinstance(node, ast.FunctionDef)}
    plain: set[str] = set()
    found: dict[ast.stmt, set[str]] = {}
    for node in body:
        calls = [inner.func for inner in ast.walk(node) if isinstance(inner, ast.Call)]
        called = {func.id for func in calls if isinstance(func, ast.Name)}
        used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}
        made = {
            inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
        }
        loops = isinstance(node, ast.For) and "setattr" in called and _only_loops(calls)
        adds = loops or (isinstance(node, ast.Expr) and called == {"setattr"})
        if adds and used <= defined | plain | made | SAFE | {"setattr"}:
            found[node] = used & classes
        elif isinstance(node, PLAIN) and used <= plain | made | SAFE:
            if isinstance(node, ast.While) and isinstance(node.test, ast.Constant):
                continue
            receivers = [func.value for func in calls if isinstance(func, ast.Attribute) and func.attr in FILLING]
            receivers += [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Subscript)]
            found[node] = {part.id for part in receivers if isinstance(part, ast.Name)}
            found[node] |= made if isinstance(node, ast.For | ast.While) else set()
            plain |= made
        else:
            plain -= made
    return found


def _only_loops(calls: Sequence[ast.expr]) -> bool:
    """Whether these are setattr, builtins without effects, and the parts of a dict: no other method is called."""
    return all(
        func.id in SAFE | {"setattr"}
        if isinstance(func, ast.Name)
        else isinstance(func, ast.Attribute) and func.attr in ("items", "keys", "values")
        for func in calls
    )


def _blanked(text: str, body: Sequence[ast.stmt], kept: Sequence[ast.stmt], sure: frozenset[str]) -> str:
    lines = text.encode().split(b"\n")
    result = list(lines)  # comments between statements stay
    for node in body:
        result[_first(node) - 1 : node.end_lineno] = [b""] * ((node.end_lineno or node.lineno) - _first(node) + 1)
    for node in kept:
        first = _first(node)
        last = node.end_lineno or node.lineno
        begin = node.col_offset if first == node.lineno else 0
        for number in range(first, last + 1):
            line = lines[number - 1]
            end = node.end_col_offset if number == last else len(line)
            piece = line[begin if number == first else 0 : end]
            if number == first and _optional(node, sure):
                piece = f"with {IF_THERE}: ".encode() + piece  # on the same line, so that no line moves
            before = result[number - 1]
            result[number - 1] = before + b"; " + piece if before else piece
    return b"\n".join(result).decode()


def _first(node: ast.stmt) -> int:
    lines = [node.lineno]
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        lines += [decorator.lineno for decorator in node.decorator_list]
    return min(lines)


def _optional(node: ast.stmt, sure: frozenset[str]) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] not in sure for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.level == 0 and (node.module or "").partition(".")[0] not in sure | {"__future__"}
    return False
