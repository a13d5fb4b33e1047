"""The imports of a source file at each import, and those by a name made at run time; read here, never run."""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping

from nnkata.subject.source.import_folders import added, without_added
from nnkata.worker.imports.importing import IF_THERE, catches, name_of, suppresses
from nnkata.worker.tree import nodes, parsed

#: Methods and functions that import by a name, on any object. `find_spec` only asks whether one could.
BY_NAME = frozenset(["__import__", "import_module", "load_module", "exec_module"])
#: What stands before an import of a notebook, put there by nnkata.
OURS = ast.unparse(ast.parse(IF_THERE.partition(".suppress")[0]))
#: Builtins that run a text; methods of the same name, such as `network.eval()`, do not count.
TEXT_RUNNERS = frozenset(["exec", "eval"])


def foreign(text: str, own: Mapping[str, str]) -> Iterator[str]:
    """Top-level names of modules that every import of the file loads: not Python's, not NumPy, not files in `own`.

    typing_extensions is the `typing` of later Pythons, and no library.

    An import in a function, under a condition such as the main guard, or in a `try` that handles its absence happens in
    some runs only; the modules loaded by the running code tell about those.
    """
    folders = {name for source in own.values() for name in added(parsed(source))}
    paths = [path for name in own for path in (name, without_added(name, folders))]
    mine = {path.removesuffix(".py").split("/")[0] for path in paths}
    for node in _always(parsed(text).body):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            if top not in sys.stdlib_module_names | {"numpy", "typing_extensions"} | mine:
                yield top


def _always(statements: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run at every import of the module."""
    for node in statements:
        if isinstance(node, ast.ClassDef | ast.With) and not suppresses(node):
            yield from _always(node.body)
        elif isinstance(node, ast.Try):
            caught = any(catches(handler) for handler in node.handlers)
            yield from _always([*([] if caught else node.body), *node.finalbody])
        else:
            yield node


def dynamic_calls(text: str) -> Iterator[str]:
    """`line: name` of every call that imports by a name or runs a text, except for those under the main guard."""
    tree = parsed(text)
    functions = {node.name for node in nodes(tree) if isinstance(node, ast.FunctionDef)}
    guarded = {id(node) for guard in tree.body if _is_main_guard(guard) for node in ast.walk(guard)}
    for node in nodes(tree):
        if isinstance(node, ast.Call) and id(node) not in guarded:
            name = name_of(node.func)
            builtin = isinstance(node.func, ast.Name) or name_of(getattr(node.func, "value", node.func)) == "builtins"
            suspect = name in BY_NAME or (name in TEXT_RUNNERS - functions and builtin)
            if suspect and ast.unparse(node) != OURS:
                yield f"{node.lineno}: {name}"


def _is_main_guard(node: ast.stmt) -> bool:
    """`if __name__ == "__main__":`, either way round, without an else."""
    if not isinstance(node, ast.If) or node.orelse or not isinstance(node.test, ast.Compare):
        return False
    sides = [node.test.left, *node.test.comparators]
    named = any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)
    return named and any(isinstance(side, ast.Constant) and side.value == "__main__" for side in sides)
