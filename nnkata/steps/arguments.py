"""Annotations of arguments that no array fits: the contract hands in an array, and the file states a text."""

import ast
from collections.abc import Collection, Iterator, Mapping

from nnkata.steps.type_checking_blocks import last
from nnkata.worker.tree import nodes, parsed

#: Types of single things. `float` is none of them: people write it for an array of floats.
SINGLE = frozenset(["str", "bytes", "bytearray", "int", "bool", "complex", "None", "Path"])
#: Types of collections that no array is.
COLLECTIONS = frozenset(["dict", "Dict", "Mapping", "MutableMapping", "set", "Set", "frozenset", "FrozenSet"])
#: Types that stand for their alternatives.
_EITHER = frozenset(["Union", "Optional"])

#: The number of a function's first arguments to look at, apart from `self`, and the types that do not fit.
Arguments = tuple[int, Collection[str]]


def unfitting(
    sources: Mapping[str, str], methods: Mapping[str, Arguments], functions: Mapping[str, Arguments]
) -> list[str]:
    """`file:line: function(argument: type)` of each function with arguments of such types.

    A method counts in a class with three of those methods at least, and a function at the top level only if each of its
    name has such a type: a helper may have the same name. Names for types are not followed.
    """
    found: dict[str, list[str]] = {}
    fine: set[str] = set()
    for file, text in sources.items():
        for function, skipped, (count, types) in _functions(parsed(text), methods, functions):
            given = [*function.args.posonlyargs, *function.args.args][skipped:][:count]
            wrong = [ast.unparse(arg) for arg in given if arg.annotation and _fits_none(arg.annotation, types)]
            if wrong:
                told = f"{file}:{function.lineno}: {function.name}({', '.join(wrong)})"
                found.setdefault(function.name, []).append(told)
            elif not skipped:
                fine.add(function.name)
    return [told for name, lines in found.items() if name not in fine for told in lines]


def _functions(
    tree: ast.Module, methods: Mapping[str, Arguments], functions: Mapping[str, Arguments]
) -> Iterator[tuple[ast.FunctionDef, int, Arguments]]:
    """The functions of these names, with the number of arguments before those that are passed."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            yield node, 0, functions[node.name]
    for kind in nodes(tree):
        if isinstance(kind, ast.ClassDef):
            own = [node for node in kind.body if isinstance(node, ast.FunctionDef) and node.name in methods]
            if len({method.name for method in own}) > 2:
                for method in own:
                    decorators = {last(decorator) for decorator in method.decorator_list}
                    if "overload" not in decorators:
                        yield method, int("staticmethod" not in decorators), methods[method.name]


def _fits_none(node: ast.expr, types: Collection[str]) -> bool:
    """Whether each alternative of an annotation is one of the types."""
    if isinstance(node, ast.Constant):
        if node.value is None:
            return "None" in types
        try:
            return isinstance(node.value, str) and _fits_none(ast.parse(node.value, mode="eval").body, types)
        except SyntaxError:
            return False
    if isinstance(node, ast.BinOp):
        return _fits_none(node.left, types) and _fits_none(node.right, types)
    if isinstance(node, ast.Subscript):
        if last(node.value) not in _EITHER:
            return last(node.value) in types
        held = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return all(_fits_none(part, types) for part in held)
    return last(node) in types
