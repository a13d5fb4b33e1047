"""The values at the top of modules and classes that functions take, such as tables of layers, with edits of them.

Standard library only.
"""

import ast
import contextlib
import sys
import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from nnkata.worker.mending.defaults import Functions, of_modules, replaced
from nnkata.worker.mending.edits import Edit, within
from nnkata.worker.mending.words import MAX_KEY, Scope, Words
from nnkata.worker.tree import walked

#: What a value may consist of: anything that can be made anew for each edit, beside calls of `MAKERS` and of classes.
PARTS: tuple[type[ast.AST], ...] = (
    *(ast.expr_context, ast.operator, ast.unaryop, ast.keyword, ast.Constant, ast.Name, ast.Attribute),
    *(ast.Tuple, ast.List, ast.Dict, ast.Set, ast.BinOp, ast.UnaryOp, ast.Call, ast.Starred),
)
MAKERS = {"dict", "tuple", "list", "set", "range", "float", "int", "zip"}


@dataclass
class Table:
    """A statement at the top of a module or a class that gives a name a value."""

    file: str
    node: ast.Assign | ast.AnnAssign
    name: str
    #: The module or the class that has the name.
    owner: object
    space: dict[str, object]
    words: Words
    #: The functions of the file that have defaults: one of these may be the value.
    functions: Functions

    def edits(self, rare: bool, _among: set[int] | None = None) -> Iterator[Edit]:
        """The edits of the value, whatever its lines; none of them is rare."""
        lines = set(range(self.node.lineno, (self.node.end_lineno or 0) + 1))
        return iter(()) if rare else within(self.node, "value", Scope(set(), self.words, lines, {}))

    @contextlib.contextmanager
    def edited(self, edit: Edit) -> Iterator[bool]:
        """Gives the name the value of an edit; tells whether there is any."""
        old = vars(self.owner)[self.name]
        edit.swap()
        try:
            code = compile(ast.Expression(self.node.value or ast.Constant(None)), self.file, "eval")
            setattr(self.owner, self.name, types.FunctionType(code, self.space)())
            made = True
        except Exception:
            made = False
        finally:
            edit.swap()
        try:
            with replaced(self.functions, old, vars(self.owner)[self.name]):
                yield made
        finally:
            if made:
                setattr(self.owner, self.name, old)


def tables(trees: Mapping[str, ast.Module], words: Mapping[str, Words], used: Collection[str]) -> Iterator[Table]:
    """The statements of modules that give names a value, if functions use the names."""
    modules = {str(getattr(one, "__file__", "")): one for one in list(sys.modules.values())}
    for file, module in ((file, modules[file]) for file in trees):
        functions = of_modules({file})
        texts = {key for node in walked(trees[file]) if (key := _key(node))}
        more = replace(words[file], keys=words[file].keys | words[file].functions | texts)
        for owner, node in _statements(trees[file], module):
            target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else node
            target = node.target if isinstance(node, ast.AnnAssign) else target
            name = target.id if isinstance(target, ast.Name) else ""
            if name in used and name in vars(owner) and node.value and _made_anew(node.value, vars(module)):
                yield Table(file, node, name, owner, vars(module), more, functions)


def _key(node: ast.AST) -> str:
    """The text of a constant that may be a key, or an empty one."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) and len(value) <= MAX_KEY else ""


def _statements(tree: ast.Module | ast.ClassDef, owner: object) -> Iterator[tuple[object, ast.Assign | ast.AnnAssign]]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            yield owner, node
        elif isinstance(node, ast.ClassDef) and isinstance(cls := vars(owner).get(node.name), type):
            yield from _statements(node, cls)


def _made_anew(value: ast.expr, space: Mapping[str, object]) -> bool:
    """Whether a value can be computed again and again."""
    for node in walked(value):
        call = node.func if isinstance(node, ast.Call) else None
        name = call.id if isinstance(call, ast.Name) else ""
        if not isinstance(node, PARTS) or (call and name not in MAKERS and not isinstance(space.get(name), type)):
            return False
    return True
