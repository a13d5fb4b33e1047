"""Names that begin without content, `self.z = None`, and get it later: mypy takes the first value for their kind."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nnkata.steps.type_checking_blocks import last

Function = ast.FunctionDef | ast.AsyncFunctionDef
#: A name by its function (None: the module); an attribute under None, with a leading dot.
Name = tuple[Function | None, str]
#: Calls that make something empty, without arguments.
_MAKERS = frozenset(["dict", "list", "set", "tuple"])
#: Methods that give a part of a container.
_GIVING = frozenset(["get", "pop", "popleft", "popitem", "setdefault"])
#: The most rounds in which names take over from others: `p = self.params`, then `q = p`.
_ROUNDS = 5


@dataclass
class _Found:
    """The assignments of a text: the names that begin hollow, that get content, that hold None among other things,
    and those that take over the value of another."""

    hollow: set[Name] = field(default_factory=set)
    filled: set[Name] = field(default_factory=set)
    mixed: set[Name] = field(default_factory=set)
    taken: list[tuple[Name, str, Function | None]] = field(default_factory=list)


def begun(tree: ast.Module) -> set[Name]:
    """The names that get nothing at first (None, 0, an empty list) and something elsewhere, lists of which a part is
    None, `[x, None]`, and names made of them."""
    found = _Found()
    _walk(tree.body, None, False, frozenset(), found)
    names = (found.hollow & found.filled) | found.mixed
    for _round in range(_ROUNDS if names else 0):
        more = {
            name for name, source, function in found.taken if (function, source) in names or (None, source) in names
        } - names
        if not more:
            break
        names |= more
    return names


def _walk(
    body: Iterable[ast.AST], function: Function | None, in_class: bool, outer: frozenset[str], found: _Found
) -> None:
    """Statements of a function, a class or the module; `outer` are the names that a function declares as global."""
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Function):
            declared = {name for part in ast.walk(node) if isinstance(part, ast.Global) for name in part.names}
            _walk(node.body, node, False, frozenset(declared), found)
        elif isinstance(node, ast.ClassDef):
            _walk(node.body, function, True, frozenset(), found)
        else:
            for target, value in _pairs(node):
                _note(target, value, function, in_class, outer, found)
            waiting += ast.iter_child_nodes(node)


def _note(
    target: ast.expr,
    value: ast.expr | None,
    function: Function | None,
    in_class: bool,
    outer: frozenset[str],
    found: _Found,
) -> None:
    item = isinstance(target, ast.Subscript)
    named = mention(base(target))
    if not named:
        return
    if named[0] == ".":
        name: Name = (None, named)
    elif in_class:
        name = (None, f".{named}")
    else:
        name = (None if named in outer else function, named)
    if value is not None and _is_hollow(value):
        found.hollow |= set() if item else {name}
    else:
        found.filled.add(name)
        if value is not None and not item and _is_mixed(value):
            found.mixed.add(name)
        if value is not None and not item and (source := mention(_container(value))):
            found.taken.append((name, source, function))


def _pairs(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    """Each target of an assignment without an annotation, and its value; None for a part of one."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _matched(target, node.value)
    elif isinstance(node, ast.NamedExpr):
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
        for target, _none in _matched(node.target, None):
            yield target, node.iter


def _matched(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[ast.expr, ast.expr | None]]:
    if not isinstance(target, ast.Tuple | ast.List):
        yield (target.value if isinstance(target, ast.Starred) else target), value
        return
    display = isinstance(value, ast.Tuple | ast.List) and len(value.elts) == len(target.elts)
    for number, item in enumerate(target.elts):
        yield from _matched(item, value.elts[number] if display and isinstance(value, ast.Tuple | ast.List) else None)


def _is_hollow(value: ast.expr) -> bool:
    """Whether a value has no content: None, a number or text, an empty container, a container of such values."""
    if isinstance(value, ast.Constant):
        return value.value is not Ellipsis
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        return all(map(_is_hollow, value.elts))
    if isinstance(value, ast.Dict):
        return all(map(_is_hollow, value.values))
    if isinstance(value, ast.ListComp | ast.SetComp):
        return _is_hollow(value.elt)
    if isinstance(value, ast.DictComp):
        return _is_hollow(value.value)
    if isinstance(value, ast.BinOp):  # [None] * 4
        return isinstance(value.op, ast.Mult) and any(isinstance(s, ast.List) and _is_hollow(s) for s in _sides(value))
    if isinstance(value, ast.Call):
        keys = last(value.func) == "fromkeys" and all(map(_is_hollow, value.args[1:]))
        return keys or (last(value.func) in _MAKERS and not value.args and not value.keywords)
    return False


def _is_mixed(value: ast.expr) -> bool:
    """Whether a list or dict has None beside other things."""
    parts = value.elts if isinstance(value, ast.List) else value.values if isinstance(value, ast.Dict) else []
    return any(isinstance(part, ast.Constant) and part.value is None for part in parts)


def _container(value: ast.expr) -> ast.expr:
    """The container of which a value is a part: an item, or the result of `pop` and the like."""
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr in _GIVING:
        return base(value.func.value)
    return base(value)


def _sides(value: ast.BinOp) -> tuple[ast.expr, ast.expr]:
    return value.left, value.right


def base(target: ast.expr) -> ast.expr:
    """The container of an item, of an item's item, and so on; anything else itself."""
    while isinstance(target, ast.Subscript):
        target = target.value
    return target


def mention(node: ast.AST) -> str:
    """The name of a variable, or that of an attribute behind a dot; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f".{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
