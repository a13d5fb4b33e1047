"""The functions of a submission that ran, with their source and their live objects, so that edited code can run.

Standard library and NumPy only.
"""

import __future__

import ast
import contextlib
import gc
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.worker.mending.constants import Table, tables
from nnkata.worker.mending.defaults import named
from nnkata.worker.mending.edits import Edit, edits
from nnkata.worker.mending.side_effects import harmful, mentions, name_in
from nnkata.worker.mending.words import Words
from nnkata.worker.tree import walked

#: A file of the submission to a person's name for it and the number of lines above; None for files of others.
Named = Callable[[str], tuple[str, int] | None]
#: The name and the first line of the code of a function, and its number among those of the same.
Key = tuple[str, int, int]

#: The flag by which annotations stay texts: the only one of the compiler that a file can set today.
FUTURE = __future__.annotations.compiler_flag


@dataclass
class Unit:
    """A function or a statement at the top of a module or a class, with the code in it that ran."""

    file: str
    node: ast.stmt
    within: list[ast.ClassDef]
    #: The imports of the module: CPython 3.11 compiles a call of `np.sum` in another way if it sees that of `np`.
    imports: Sequence[ast.stmt]
    words: Words
    flags: int
    lines: set[int] = field(default_factory=set)
    #: The kinds of the values that its names had.
    kinds: dict[str, set[str]] = field(default_factory=dict)
    #: The live functions of the code, by its key.
    live: dict[Key, list[types.FunctionType]] = field(default_factory=dict)

    def compiled(self) -> dict[Key, types.CodeType]:
        """The code of the unit, as edited now."""
        body: ast.stmt = self.node
        for cls in reversed(self.within):  # gives names with two underscores, and `super`, their meaning
            body = ast.copy_location(ast.ClassDef(cls.name, [], [], [body], []), cls)
        return _inner(compile(ast.Module([*self.imports, body], []), self.file, "exec", self.flags, True))

    @contextlib.contextmanager
    def edited(self, edit: Edit) -> Iterator[bool]:
        """Gives live functions the code of an edit; tells whether there is any."""
        edit.swap()
        try:
            codes = self.compiled()
        except (SyntaxError, ValueError, TypeError, RecursionError):
            codes = {}
        finally:
            edit.swap()
        old: list[tuple[types.FunctionType, types.CodeType]] = []
        try:
            for key, functions in self.live.items():
                for function in functions:
                    new = codes.get(key)
                    if new is not None and new.co_freevars == function.__code__.co_freevars:
                        old.append((function, function.__code__))
                        function.__code__ = new
            yield bool(old)
        finally:
            for function, code in old:
                function.__code__ = code

    def edits(self, rare: bool, among: set[int] | None = None) -> Iterator[Edit]:
        """The edits of the lines that ran: the likely ones, or the rare ones; of statements on some lines if given."""
        return edits(self.node, self.words, self.lines, self.kinds, rare, among)


@dataclass
class Ran:
    """The lines of a code that ran, and the kinds of the values that its names had; `self.x` is a name."""

    lines: set[int] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=dict)

    def note(self, frame: types.FrameType) -> None:
        """Record the frame as it is."""
        self.lines.add(frame.f_lineno)
        for name, value in frame.f_locals.items():
            self.kinds.setdefault(name, set()).add(kind(value))
            if name == "self":
                for attribute, held in getattr(value, "__dict__", {}).items():
                    self.kinds.setdefault(f"self.{attribute}", set()).add(kind(held))


def kind(value: object) -> str:
    """Which values can stand for each other in a formula."""
    if isinstance(value, np.ndarray):
        return f"array {min(value.ndim, 2)}" if value.ndim else "number"
    if isinstance(value, bool | np.bool_):
        return "truth"
    if isinstance(value, int | float | np.number):
        return "number"
    return "function" if callable(value) else type(value).__name__


def ran(act: Callable[[], object], place: Named) -> dict[types.CodeType, Ran]:
    """The code of the submission that runs."""
    lines: dict[types.CodeType, Ran] = {}

    def called(frame: types.FrameType, _event: str, _arg: object) -> Any:
        if frame.f_code not in lines and place(frame.f_code.co_filename) is None:
            return None
        lines.setdefault(frame.f_code, Ran()).note(frame)
        return within

    def within(frame: types.FrameType, _event: str, _arg: object) -> Any:
        lines[frame.f_code].note(frame)
        return within

    old = sys.gettrace()
    sys.settrace(called)
    try:
        act()
    finally:
        sys.settrace(old)
    return lines


@dataclass
class Source:
    """The files of a submission that are loaded, and the names that may change something outside its process."""

    trees: dict[str, ast.Module]
    harmful: set[str]

    @classmethod
    def of(cls, place: Named) -> "Source":
        """The source of the submission of which `place` knows the files."""
        trees = {file: tree for file in _files(place) if (tree := _tree(file))}
        return cls(trees, harmful(trees))

    def harms(self, codes: Iterable[types.CodeType]) -> bool:
        """Whether one of these codes may change something outside its process, or its source is not known."""
        tops = self._own(codes)
        known = {code for _file, node, _within, own in tops for code in own if not mentions(node, self.harmful)}
        return not set(codes) <= known

    @cached_property
    def words(self) -> dict[str, Words]:
        """The words of each file."""
        return {file: Words.of(tree, self.harmful) for file, tree in self.trees.items()}

    def units(self, lines: Mapping[types.CodeType, Ran]) -> Iterator[Unit]:
        """The units of code that ran."""
        live: dict[types.CodeType, list[types.FunctionType]] = {code: [] for code in lines}
        for one in gc.get_referrers(*lines):
            if isinstance(one, types.FunctionType):
                live[one.__code__].append(one)
        for file, node, within, own in self._own(lines):
            imports = [one for one in self.trees[file].body if isinstance(one, ast.Import | ast.ImportFrom)]
            now = [one for one in imports if getattr(one, "module", "") != "__future__"]
            yield _unit(Unit(file, node, within, now, self.words[file], own[0].co_flags & FUTURE), own, lines, live)

    def tables(self, units: Iterable[Unit]) -> Iterator[Table]:
        """The values at the top of modules and classes that these units mention."""
        used = {name_in(one) for unit in units for one in walked(unit.node)} | named(self.trees)
        return tables(self.trees, self.words, used)

    def _own(
        self, codes: Iterable[types.CodeType]
    ) -> Iterator[tuple[str, ast.stmt, list[ast.ClassDef], list[types.CodeType]]]:
        """The functions and statements at the top of a module or a class, each with the codes in it."""
        for file, tree in self.trees.items():
            here = [code for code in codes if code.co_filename == file]
            for node, within in _tops(tree, []) if here else ():
                first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
                if own := [code for code in here if first <= code.co_firstlineno <= (node.end_lineno or 0)]:
                    yield file, node, within, own


def _files(place: Named) -> list[str]:
    """The files of the submission that are loaded."""
    files = (getattr(module, "__file__", None) for module in list(sys.modules.values()))
    return [file for file in dict.fromkeys(files) if isinstance(file, str) and place(file) is not None]


def _tree(file: str) -> ast.Module | None:
    """A tree of our own: edits change it, which those of `nnkata.worker.tree` do not bear."""
    try:
        return ast.parse(Path(file).read_bytes())  # bytes: it may say its encoding
    except (OSError, ValueError, SyntaxError, RecursionError):
        return None


def _unit(
    unit: Unit,
    codes: Iterable[types.CodeType],
    lines: Mapping[types.CodeType, Ran],
    live: Mapping[types.CodeType, list[types.FunctionType]],
) -> Unit:
    """The unit with the code in it that ran."""
    twins = unit.compiled()
    for code in codes:
        unit.lines |= lines[code].lines
        for name, kinds in lines[code].kinds.items():
            unit.kinds.setdefault(name, set()).update(kinds)
        positions = list(code.co_positions())
        same = (key for key, twin in twins.items() if twin.co_name == code.co_name and _starts(twin) == _starts(code))
        key = next((key for key in same if list(twins[key].co_positions()) == positions), None)
        if key and live[code]:
            unit.live[key] = live[code]
    return unit


def _starts(code: types.CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _tops(tree: ast.Module | ast.ClassDef, within: list[ast.ClassDef]) -> Iterator[tuple[ast.stmt, list[ast.ClassDef]]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from _tops(node, [*within, node])
        else:
            yield node, within


def _inner(code: types.CodeType) -> dict[Key, types.CodeType]:
    """The code of the functions in a code, by their keys."""
    found: dict[Key, types.CodeType] = {}

    def visit(outer: types.CodeType) -> None:
        for const in outer.co_consts:
            if isinstance(const, types.CodeType):
                number = sum(key[:2] == _starts(const) for key in found)
                found[*_starts(const), number] = const
                visit(const)

    visit(code)
    return found
