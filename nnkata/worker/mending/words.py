"""The names and keys that a function can use, so that one of them can be tried in place of another.

Standard library only.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nnkata.worker.tree import walked

#: Numbers that are tried in place of another.
NUMBERS = (0, 1, 2, -1, 0.5)
#: The length of a text that may be a key.
MAX_KEY = 12
#: The most factors that are tried for a statement.
MAX_FACTORS = 20


@dataclass
class Words:
    """The names that a file uses, so that one can be taken for another."""

    attributes: set[str] = field(default_factory=set)
    #: Attributes of other objects than `self` and modules.
    members: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    #: Parts of products with a call or a `1 - a`, such as a slope.
    factors: dict[str, ast.expr] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: ast.AST, harmful: set[str]) -> "Words":
        """The words of a file, without the harmful names."""
        found = cls()
        imports = [node for node in walked(tree) if isinstance(node, ast.Import)]
        modules = {one.asname or one.name.partition(".")[0] for node in imports for one in node.names}
        for node in walked(tree):
            if isinstance(node, ast.FunctionDef):
                found.functions.add(node.name)
            elif isinstance(node, ast.ClassDef):  # the fields of a record: one that nothing uses may be the one meant
                fields = (one.target for one in node.body if isinstance(one, ast.AnnAssign))
                found.members.update(one.id for one in fields if isinstance(one, ast.Name))
            elif isinstance(node, ast.Call) and len(node.args) > 1 and ast.unparse(node.func).endswith("namedtuple"):
                given = [one.value for one in walked(node.args[1]) if isinstance(one, ast.Constant)]
                words = (word for one in given for word in str(one)[:200].replace(",", " ").split())
                found.members.update(word for word in words if len(word) <= MAX_KEY)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
                found.attributes.add(node.attr)
            elif isinstance(node, ast.Attribute):
                base = node.value
                while isinstance(base, ast.Attribute):
                    base = base.value
                if not isinstance(base, ast.Name) or base.id not in modules:
                    found.members.add(node.attr)
            elif isinstance(node, ast.Subscript | ast.Dict):
                for key in [node.slice] if isinstance(node, ast.Subscript) else node.keys:
                    if isinstance(key, ast.Constant) and isinstance(key.value, str) and len(key.value) <= MAX_KEY:
                        found.keys.add(key.value)
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
                for side in (node.left, node.right):
                    if isinstance(side, ast.Call) or (isinstance(side, ast.BinOp) and isinstance(side.op, ast.Sub)):
                        found.factors[ast.dump(side)] = side
        found.functions -= harmful
        found.attributes -= harmful
        found.members -= harmful | {"T"}
        return found


@dataclass
class Scope:
    """The names of a function, the words of its file, the lines that ran, and the kinds of the names' values."""

    local: set[str]
    words: Words
    lines: set[int]
    kinds: Mapping[str, set[str]]

    @cached_property
    def factors(self) -> list[ast.expr]:
        """The factors of the file, with other names or keys in them too, that can be computed here."""
        found, known = dict[str, ast.expr](), self.local | self.words.functions | {"self", "np"}
        for factor in self.words.factors.values():
            for new in _varied(factor, self.local, self.words):
                if {n.id for n in walked(new) if isinstance(n, ast.Name)} <= known:
                    found.setdefault(ast.dump(new), new)
        return list(found.values())[:MAX_FACTORS]

    @property
    def functions(self) -> list[ast.expr]:
        """The functions that can be called here with one value."""
        names = [name for name in sorted(self.local) if self.has(name, "function")]
        own = sorted(self.words.functions & self.words.attributes)
        me = ast.Name("self", ast.Load())
        found: list[ast.expr] = [ast.Name(name, ast.Load()) for name in (*names, "int", "str")]
        return found + [ast.Attribute(me, name, ast.Load()) for name in own]

    def alike(self, name: str, among: set[str], owner: str = "") -> list[str]:
        """The other names with values of the same kind; `_` is no name of a value."""
        own = self.kinds.get(owner + name)
        return sorted(one for one in among - {name, "_"} if own is None or own & self.kinds.get(owner + one, set()))

    def has(self, name: str, *kinds: str) -> bool:
        """Whether a name had values of one of these kinds."""
        return bool(self.kinds.get(name, set()) & set(kinds))


def constants(value: object, words: Words) -> list[Any]:
    """The constants that are tried in place of one."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [
            n for n in dict.fromkeys((*NUMBERS, value + 1, value - 1, -value, 1 / value if value else 0)) if n != value
        ]
    if value is None:
        return [0, 1, -1]
    return sorted(words.keys - {value}) if isinstance(value, str) and len(value) <= MAX_KEY else []


def _varied(factor: ast.expr, local: set[str], words: Words) -> Iterator[ast.expr]:
    yield factor
    names = {n.id for n in walked(factor) if isinstance(n, ast.Name)} - words.functions - {"self", "np"}
    if len(names) == 1:
        for other in sorted(local - names):
            yield _Renamed(next(iter(names)), other).visit(ast.parse(ast.unparse(factor), mode="eval").body)
    for number, node in enumerate(n for n in walked(factor) if isinstance(n, ast.Constant)):
        for value in constants(node.value, words)[:8]:
            new = ast.parse(ast.unparse(factor), mode="eval").body
            [n for n in walked(new) if isinstance(n, ast.Constant)][number].value = value
            yield new


class _Renamed(ast.NodeTransformer):
    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name(self.new, node.ctx) if node.id == self.old else node
