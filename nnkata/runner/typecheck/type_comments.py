"""Comments that look like type comments and are not: mypy would stop at them, Python ignores them."""

import ast
import io
import re
import tokenize
from collections.abc import Callable

_TYPE = re.compile(r"#\s*type:\s*(?!ignore\b)(?P<type>[^#]*)")


def without_false_types(text: str) -> str:
    """The text without comments such as `# type: relu layer`; type comments stay if Python's parser accepts them.

    It blanks invalid ones first, then those on a line of their own except a signature's, then all.
    """
    if not _TYPE.search(text):  # finding the comments takes a hundred times as long
        return text
    steps: tuple[Callable[[str, str], bool], ...] = (
        lambda told, line: not _is_type(told),
        lambda told, line: line.lstrip().startswith("#") and "->" not in told,
        lambda told, line: True,
    )
    for blank in steps:
        text = _blanked(text, blank)
        if _reads(text, "exec", type_comments=True):
            break
    return text


def _blanked(text: str, blank: Callable[[str, str], bool]) -> str:
    lines = text.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        found = _TYPE.match(token.string) if token.type == tokenize.COMMENT else None
        if found and blank(found["type"].strip(), token.line):
            row, column = token.start[0] - 1, token.start[1]
            lines[row] = f"{lines[row][:column]}#{' ' * (len(found[0]) - 1)}{lines[row][column + len(found[0]) :]}"
    return "\n".join(lines)


def _is_type(text: str) -> bool:
    return _reads(text, "eval") or _reads(text, "func_type")


def _reads(text: str, mode: str, type_comments: bool = False) -> bool:
    try:
        ast.parse(text, mode=mode, type_comments=type_comments)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
