"""The places where a source text switches mypy off: comments, decorators, code for the checker alone, false casts.

They are read from the text, not asked of mypy: its versions honour different ones, and each of them counts under every
version.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping

from nnkata.steps.type_checking_blocks import last, twins
from nnkata.worker.tree import nodes, parsed

#: `# type: ignore`, also behind a type comment; pyright's and other tools' comments are not mypy's business.
_IGNORE = re.compile(r"#\s*type:\s*ignore\b|#\s*type:.*#\s*type:\s*ignore\b")
_DIRECTIVE = re.compile(r"#\s*mypy:")
#: mypy 2.0 and older obey a line that begins like this wherever it stands, in a docstring too.
_LINE = re.compile(r"# ?mypy:\s")
_NO_CHECK = frozenset(["no_type_check", "no_type_check_decorator"])
#: The most characters shown of a line.
_SHOWN = 100
#: The types of literals, by the names of types to which they may be cast.
_LITERALS = {str: "str", bytes: "bytes", bool: "bool", int: "int", float: "float", complex: "complex"}
_WIDER = {"bool": ("int", "float", "complex"), "int": ("float", "complex"), "float": ("complex",)}


def switches(sources: Mapping[str, str]) -> list[str]:
    """`file:line: message` for each, in a mapping of names to source texts."""
    own = {name.removesuffix(".py").split("/")[-1] for name in sources}
    found = []
    for name, text in sources.items():
        tree = parsed(text)
        places = {*_comments(text), *_lines(text), *_uses(tree), *twins(tree, own)}
        found += [f"{name}:{line}: {what[:_SHOWN]}" for line, what in sorted(places)]
    return found


def _comments(text: str) -> Iterator[tuple[int, str]]:
    if not (_IGNORE.search(text) or _DIRECTIVE.search(text)):  # finding the comments takes a hundred times as long
        return
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and (_IGNORE.match(token.string) or _DIRECTIVE.match(token.string)):
            yield token.start[0], token.string


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if _LINE.match(line):
            yield number, line.strip()


def _uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in nodes(tree):
        if isinstance(node, ast.alias) and node.name in _NO_CHECK:
            yield node.lineno, node.name
        elif isinstance(node, ast.Name | ast.Attribute) and last(node) in _NO_CHECK:
            yield node.lineno, last(node)
        elif isinstance(node, ast.Call) and _lies(node):
            yield node.lineno, ast.unparse(node)
        elif isinstance(node, ast.ClassDef):
            yield from ((base.lineno, f"class {node.name}(Any)") for base in node.bases if last(base) == "Any")


def _lies(node: ast.Call) -> bool:
    """Whether it is a cast of a literal to another type, of a value through object or Any, or to Never.

    mypy checks nothing after a call that never returns, so no value may be declared as such.
    """
    if last(node.func) != "cast" or len(node.args) != 2:
        return False
    kind, value = last(node.args[0]), node.args[1]
    if any(last(part) in ("NoReturn", "Never") for part in ast.walk(node.args[0])):
        return True
    if isinstance(value, ast.Constant | ast.JoinedStr) and kind in (*_LITERALS.values(), "Any"):
        given = _LITERALS.get(type(value.value), "None") if isinstance(value, ast.Constant) else "str"
        return given != kind and kind not in _WIDER.get(given, ())
    between = last(value.args[0]) if isinstance(value, ast.Call) and last(value.func) == "cast" and value.args else ""
    return between in ("object", "Any")
