"""Options that are chosen by a string.

They are the constants with which the files compare a name or the items of a list, and the keys of a dict of theirs.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from nnkata.worker import foreign

#: The most options of one name.
MAX_OPTIONS = 6
#: Names of a last layer's function, the likeliest first.
LAST = ("soft_?max", "sigmoid|logistic", "linear|identity")


def options(theirs: ModuleType, name: str) -> list[str]:
    """Texts of the strings with which the files compare a value of that name; `method` is one for `loss_method`."""
    wanted = plain(name)
    known = _compared(theirs)
    if own := known.get(f"{wanted}[]"):
        return _lists(own)
    longer = known.get(f"{wanted}_function") or known.get(f"{wanted}_name")
    own = known.get(wanted) or longer or next((texts for n, texts in known.items() if wanted.endswith(f"_{n}")), ())
    return [repr(text) for text in own[:MAX_OPTIONS]]


def layers_of(theirs: ModuleType, names: re.Pattern[str]) -> list[str]:
    """Texts of the lists of the options of two layers and of three, where the files know an option of a layer."""
    own = [text for name, texts in _compared(theirs).items() if names.match(name) for text in texts]
    return _lists(list(dict.fromkeys(own)), own[-1:]) if own else []


def _lists(texts: Sequence[str], unknown: Sequence[str] = ()) -> list[str]:
    """Lists of the options of two layers and of three, which are those of two where the input counts as a layer.

    If no option is a usual last one, the last is one of `unknown`: "softmax" or the last option if none are given.
    """
    ends = [text for pattern in LAST for text in texts if re.fullmatch(pattern, text, re.I)]
    lasts = ends[:1] or list(unknown) or ["softmax", texts[-1]]  # one that no branch knows takes the last
    first = next((text for text in texts if text not in ends[:1]), lasts[0])
    return [repr([*[first] * hidden, last]) for last in lasts for hidden in (1, 2)]


def plain(name: str) -> str:
    """A name without underscores before it, and without the class of a private one: `_Net__x` is x."""
    return re.sub(r"^_[A-Za-z0-9]+__(?=[a-z])|^_+", "", name)


@cache
def _compared(theirs: ModuleType) -> dict[str, tuple[str, ...]]:
    modules = [theirs, *(value for value in vars(theirs).values() if isinstance(value, ModuleType))]
    found: dict[str, dict[str, None]] = {}
    for module in modules:
        if "__left_out__" in vars(module) and getattr(module, "__file__", None):
            tree = ast.parse(foreign.code_of(Path(str(module.__file__))))
            for name, text in [*_comparisons(tree), *_keys(tree, modules)]:
                found.setdefault(plain(name), {})[text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _comparisons(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each name and a text with which it is compared; `name[]` where the items of a list are."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In):
            right = node.comparators[0]
            left, values = node.left, right.elts if isinstance(right, ast.List | ast.Tuple | ast.Set) else [right]
        elif isinstance(node, ast.Match):
            left, values = node.subject, [value for case in node.cases for value in _values(case.pattern)]
        else:
            continue
        item = isinstance(left, ast.Subscript) and not isinstance(left.slice, ast.Constant)
        left = left.value if isinstance(left, ast.Subscript) and item else left
        name = left.attr if isinstance(left, ast.Attribute) else left.id if isinstance(left, ast.Name) else ""
        for value in values:
            if name and isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield f"{name}[]" if item else name, value.value


def _keys(tree: ast.Module, modules: Sequence[ModuleType]) -> Iterator[tuple[str, str]]:
    """Each name that is looked up in a dict of the top level, and a key of it: `FUNCTIONS[self.activation]`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Name | ast.Attribute):
            continue
        looked_in, name = ast.unparse(node.value).rpartition(".")[2], ast.unparse(node.slice).rpartition(".")[2]
        held = next((value for module in modules if isinstance(value := vars(module).get(looked_in), dict)), {})
        if held and all(isinstance(key, str) and callable(value) for key, value in held.items()):
            yield from ((name, key) for key in held)


def _values(pattern: ast.pattern) -> Iterator[ast.expr]:
    """The values of a pattern of `case`."""
    if isinstance(pattern, ast.MatchValue):
        yield pattern.value
    elif isinstance(pattern, ast.MatchOr):
        for one in pattern.patterns:
            yield from _values(one)
