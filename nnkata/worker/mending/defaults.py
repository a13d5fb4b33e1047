"""The defaults of parameters: edits of numbers, texts and flags there, and tables that a default holds.

Standard library only.
"""

import ast
import contextlib
import sys
import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nnkata.worker.mending.edits import Edit, within
from nnkata.worker.mending.words import Scope, Words
from nnkata.worker.tree import walked

Functions = Collection[types.FunctionType]


@dataclass
class Default:
    """A function that ran, with the defaults of its parameters."""

    file: str
    node: ast.FunctionDef
    functions: Functions
    words: Words

    def edits(self, rare: bool, _among: set[int] | None = None) -> Iterator[Edit]:
        """The edits of the defaults; none of them is rare."""
        if rare:
            return
        args, lines = self.node.args, set(range(self.node.lineno, self.node.body[0].lineno + 1))
        for edit in within(args, "defaults", Scope(set(), self.words, lines, {})):
            if edit.owner is args and isinstance(edit.new, ast.Constant):
                yield edit

    @contextlib.contextmanager
    def edited(self, edit: Edit) -> Iterator[bool]:
        """Gives the functions another default."""
        old = [(function, function.__defaults__ or ()) for function in self.functions]
        index = edit.index or 0
        try:
            for function, values in old:
                function.__defaults__ = (*values[:index], edit.new.value, *values[index + 1 :])
            yield True
        finally:
            for function, values in old:
                function.__defaults__ = values


def of_modules(files: Collection[str]) -> list[types.FunctionType]:
    """The functions with defaults at the top of these files' modules and of their classes."""
    found = list[types.FunctionType]()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and file in files and isinstance(module, types.ModuleType):
            held = [*vars(module).values()]
            held += [one for cls in held if isinstance(cls, type) for one in vars(cls).values()]
            found += [one for one in held if isinstance(one, types.FunctionType) and one.__defaults__]
    return [one for one in dict.fromkeys(found) if one.__code__.co_filename in files]


def defaults(
    trees: Mapping[str, ast.Module], words: Mapping[str, Words], ran: Collection[types.CodeType]
) -> Iterator[Default]:
    """The functions that ran and have defaults."""
    live = [one for one in of_modules(trees) if one.__code__ in ran]
    for file, tree in trees.items() if live else ():
        for node in walked(tree):
            if isinstance(node, ast.FunctionDef) and node.args.defaults:
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                own = [one for one in live if _is(one, file, node.name, first, len(node.args.defaults))]
                if own:
                    yield Default(file, node, own, words[file])


def _is(function: types.FunctionType, file: str, name: str, line: int, count: int) -> bool:
    code = function.__code__
    there = (code.co_filename, code.co_name, code.co_firstlineno) == (file, name, line)
    return there and len(function.__defaults__ or ()) == count


def named(trees: Mapping[str, ast.Module]) -> set[str]:
    """The names that stand for defaults."""
    functions = (node for tree in trees.values() for node in walked(tree) if isinstance(node, ast.FunctionDef))
    return {one.id for node in functions for one in node.args.defaults if isinstance(one, ast.Name)}


@contextlib.contextmanager
def replaced(functions: Functions, old: object, new: object) -> Iterator[None]:
    """Puts a table in the place of another one where that is a default of these functions."""
    held = functions if isinstance(old, list | dict | set | tuple) and old else ()
    holders = [(one, one.__defaults__ or ()) for one in held if any(value is old for value in one.__defaults__ or ())]
    try:
        for one, values in holders:
            one.__defaults__ = tuple(new if value is old else value for value in values)
        yield
    finally:
        for one, values in holders:
            one.__defaults__ = values
