"""The file in which mypy compares a submission with the protocols, and mypy's findings there about each member.

mypy names only two of several differing members. So each member becomes a protocol of its own, on a line of its own;
the line of an error identifies the member, in every version of mypy.
"""

import ast
import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from nnkata.kata import Kata
from nnkata.language import _
from nnkata.runner.typecheck.findings import Finding, readable
from nnkata.runner.typecheck.keywords import renamed
from nnkata.runner.typecheck.notation import _NUMBERS, Shown

_GOT = re.compile(r'Got:\n\s*(?P<text>.*?)(?=\n\S|\Z)|, got "(?P<type>[^"]*)"', re.S)
#: A function as the whole value has no member that mypy could name in a note.
_FUNCTION = re.compile(r'expression has type "(?P<text>)(?P<type>(?:def|Callable|overloaded)\b.*?)", variable has type')
_HEAD = """\
from typing import Any as nnkata_Any, Callable as nnkata_Callable, TypeVar as nnkata_TypeVar
import numpy as nnkata_numpy
from {protocols} import *
import {module} as nnkata_module
"""
_CLASS = """\
from {module} import {cls} as nnkata_class
nnkata_T = nnkata_TypeVar("nnkata_T")
def nnkata_made(kind: nnkata_Callable[..., nnkata_T]) -> nnkata_T: ...
nnkata_one = nnkata_made(nnkata_class)
"""


#: The constructor of `object`, which a class has if mypy sees no other.
NO_CONSTRUCTOR = "def __init__(self) -> None"


@dataclass(frozen=True)
class Difference:
    """A member that differs from its protocol; `got` is empty for a member that mypy does not find."""

    member: str
    expected: str
    got: str

    def __str__(self) -> str:
        """The text for a learner."""
        text = (
            _("{member}: expected {expected}, got {got}") if self.got else _("{member}: missing; expected {expected}")
        )
        return text.format(member=self.member, expected=self.expected, got=self.got)

    @property
    def unseen(self) -> bool:
        """Whether mypy does not find the member, or the class's own constructor; it may be made at run time."""
        return self.got in ("", NO_CONSTRUCTOR)

    @property
    def evidence(self) -> str:
        """The language-independent text."""
        return f"{self.member} {'differs' if self.got else 'missing'}"


@dataclass(frozen=True)
class _Line:
    """One line that compares with one protocol, or, if `read`, with the type of its only member; `makes`: of the
    class itself."""

    member: str
    value: str
    method: ast.FunctionDef
    expected: str
    overloads: tuple[ast.FunctionDef, ...] = ()
    read: bool = False
    makes: bool = False

    @cached_property
    def protocol(self) -> str:
        """The methods of its protocol."""
        made = ast.Module([_of_numpy(method) for method in self.overloads or [self.method]], [])
        return ast.unparse(ast.fix_missing_locations(made)).replace("\n", "\n    ")


class Conformance:
    """The text of that file for `cls` in `module`, and the member of each line; empty without protocols.

    `attached` are functions that become members: module, function, member. `by_name` are names of keyword-only
    arguments, which are free like those of others.
    """

    def __init__(
        self,
        kata: Kata,
        protocols_module: str,
        module: str,
        cls: str,
        attached: Sequence[tuple[str, str, str]] = (),
        by_name: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> None:
        self.text = ""
        self._lines: dict[int, _Line] = {}
        if kata.protocols is None:
            return
        self.text = _HEAD.format(protocols=protocols_module, module=module)
        if kata.classes or kata.instance:
            self.text += _CLASS.format(module=module, cls=cls)
        asked = kata.classes, kata.functions, kata.instance, kata.otherwise
        checks = [*_checks(kata.protocols.read_bytes(), *asked, cls)]
        checks += [
            new for name, args in by_name for line in checks if line.member == name for new in _named(line, args)
        ]
        for number, (held_in, function, member) in enumerate(attached):
            one = f"nnkata_function_{number}"
            self.text += f"from {held_in} import {function} as {one}\n"
            checks += [_unbound(line, one) for line in checks if line.member == member and line.value == "nnkata_one"]
        for number, line in enumerate(checks):
            wanted = ast.unparse(line.method.returns or ast.Constant(None))
            if not line.read:
                wanted = f"nnkata_{number}"
                self.text += f"class {wanted}(Protocol):\n    {line.protocol}\n"
            self._lines[self.text.count("\n") + 1] = line
            self.text += f"held_{number}: {wanted} = {line.value}\n"

    def differences(self, findings: Iterable[Finding]) -> list[Difference]:
        """The members without a correct line, in the protocols' order, each with its first line that mypy finds."""
        failed = {finding.line: finding for finding in findings if finding.line in self._lines}
        held = {line.member for number, line in self._lines.items() if number not in failed}
        found: dict[str, Difference] = {}
        for number, line in self._lines.items():
            if line.member not in held and (line.member not in found or found[line.member].unseen):
                found[line.member] = Difference(line.member, line.expected, _got(failed[number], line.makes))
        return list(found.values())


def _got(finding: Finding, constructor: bool) -> str:
    """The type in mypy's notes; empty if they have none: then the member is missing."""
    found = _GOT.search(finding.hint) or _FUNCTION.search(finding.message)
    if found is None:
        return ""
    text = readable(re.sub(r"\s*\n\s*", "; ", (found["text"] or found["type"]).strip()))
    if constructor:  # the name depends on mypy's version: the class, or its instance
        text = re.sub(r"^def \w+\((?:self, )?(.*) -> \w+$", r"def __init__(self, \1 -> None", text)
        text = text.replace("(self, )", "(self)")
    return text


@lru_cache(maxsize=8)  # 6 ms for each submission
def _checks(
    protocols: bytes,
    classes: tuple[str, ...],
    functions: tuple[str, ...],
    instance: str,
    otherwise: tuple[str, ...],
    cls: str,
) -> tuple[_Line, ...]:
    tree, lines = ast.parse(protocols), list[_Line]()
    defined = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    shown = Shown(tree)
    for kind in classes:
        for call in _methods(defined[kind]):
            call.returns = ast.Name("object")  # the instance is checked member by member
            expected = shown.method(call).replace("def __call__(", "def __init__(").replace(" -> object", " -> None")
            lines.append(_Line(cls, "nnkata_class", call, expected, makes=True))
    for name in functions:
        for call in _methods(defined[name.capitalize()]):
            call.name = name
            expected = shown.method(call).replace("(self, ", "(")
            lines.append(_Line(name, "nnkata_module", call, expected))
            by_itself = copy.deepcopy(call)  # a module's member is none if `__all__` leaves it out
            by_itself.name = "__call__"
            lines.append(_Line(name, f"nnkata_module.{name}", by_itself, expected))
    for method in _methods(defined[instance]) if instance else ():
        lines.append(_Line(method.name, "nnkata_one", method, shown.method(method)))
        # in a protocol, mypy before 1.16 compares a descriptor itself; reading the member gives the right type
        if method.decorator_list:
            lines.append(_Line(method.name, f"nnkata_one.{method.name}", method, shown.method(method), read=True))
    for name in otherwise:
        methods = _methods(defined[name])
        of_one = tuple(methods) if len(methods) > 1 else ()
        lines.append(_Line(methods[0].name, "nnkata_one", methods[0], shown.method(methods[0]), of_one))
    return tuple(lines)


def _named(line: _Line, names: Sequence[str]) -> Iterator[_Line]:
    """The same line with these keyword-only arguments, in their order, if its protocol has other ones."""
    own = [arg.arg for arg in line.method.args.kwonlyargs]
    if own and len(names) >= len(own) and own != [*names][: len(own)]:
        overloads = tuple(renamed(method, names) for method in line.overloads)
        yield replace(line, method=renamed(line.method, names), overloads=overloads)


def _unbound(line: _Line, value: str) -> _Line:
    """A line that compares the function of a method, before it is bound to a network."""

    def taking(method: ast.FunctionDef) -> ast.FunctionDef:
        new = copy.deepcopy(method)
        new.name = "__call__"
        new.args.posonlyargs.insert(1, ast.arg("nnkata_self", ast.Name("nnkata_Any")))
        return new

    return replace(line, value=value, method=taking(line.method), overloads=tuple(map(taking, line.overloads)))


def _of_numpy(method: ast.FunctionDef) -> ast.FunctionDef:
    new = copy.deepcopy(method)
    for arg in (*new.args.posonlyargs, *new.args.args, *new.args.kwonlyargs):
        if isinstance(arg.annotation, ast.Name) and arg.annotation.id in _NUMBERS:
            arg.annotation = ast.Name(f"nnkata_numpy.{_NUMBERS[arg.annotation.id]}")
    return new


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """The methods of a protocol, with an attribute (`w: float`) as a property."""
    methods = []
    for item in node.body:
        if isinstance(item, ast.FunctionDef):
            methods.append(item)
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            methods.append(_property(item.target.id, item.annotation))
    for method in methods:
        method.body = [ast.Expr(ast.Constant(...))]
    return methods


def _property(name: str, kind: ast.expr) -> ast.FunctionDef:
    (made,) = ast.parse(f"@property\ndef {name}(self): ...").body
    assert isinstance(made, ast.FunctionDef)
    made.returns = kind
    return made
