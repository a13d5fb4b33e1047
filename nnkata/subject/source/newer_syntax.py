"""Recognises syntax of a later Python: rewritten in the older form, the text compiles.

Nothing else proves it: a text with further mistakes is not Python in any version, and gets no word about versions.
Known are: `type` statements, type parameters and nested quotes in f-strings (3.12, PEPs 695 and 701), defaults of type
parameters (3.13, PEP 696), t-strings and `except A, B:` (3.14, PEPs 750 and 758), `lazy import` (3.15, PEP 810).
"""

import re
import sys
import warnings
from collections.abc import Callable

from nnkata.language import _
from nnkata.subject.source.brackets import Reader

_TYPE = re.compile(r"^(\s*)type\s+(\w+)\s*(?=[=\[])")
_GENERIC = re.compile(r"^(\s*(?:async\s+)?(?:def|class)\s+\w+)\s*(?=\[)")
_EXCEPT = re.compile(r"^(\s*except\*?\s+)([\w.]+(?:\s*,\s*[\w.]+)+)\s*(?=:)")
_LAZY = re.compile(r"^(\s*)lazy\s+(?=import\s|from\s)")
_TEMPLATE = re.compile(r"(?<!\w)(?:[tT]([rR]?)|([rR])[tT])(?=['\"])")
_F_STRING = re.compile(r"(?<!\w)(?:[fF][rR]?|[rR][fF])('''|\"\"\"|'|\")")
#: The most characters compiled in all, once per place: 30 times a text of 128 KiB, about a second.
_LETTERS = 1 << 22


def newer(text: str) -> tuple[tuple[int, int], int] | None:
    """The version of Python for which the text is written, and the line that shows it; None for another fault."""
    version, line = (0, 0), 0
    for _try in range(_LETTERS // max(len(text), 1 << 13)):
        error = _error(text)
        if error is None:
            return (version, line) if version > sys.version_info[:2] else None
        older = _older(text, error.lineno or 0)
        if older is None:
            return None
        text, found = older
        if found > version:
            version, line = found, error.lineno or 0
    return None


def told(text: str) -> str:
    """The message for the user of this Python; empty if the text is not written for a later one."""
    try:
        found = newer(text)
    except RecursionError:  # the parser's, for nested brackets
        found = None
    if found is None:
        return ""
    (major, minor), line = found
    sentence = _("it has syntax of Python {version} (line {line}), and is judged with Python {running}")
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    return sentence.format(version=f"{major}.{minor}", line=line, running=running)


def _error(text: str) -> SyntaxError | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "submission", "exec", dont_inherit=True)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return SyntaxError(str(error))
    return None


def _older(text: str, number: int) -> tuple[str, tuple[int, int]] | None:
    """The text with a line's new syntax in the older form, and the version of that syntax."""
    lines = text.split("\n")
    if not 0 < number <= len(lines):
        return None
    start = sum(len(line) + 1 for line in lines[: number - 1])
    before, rest = text[:start], text[start:]
    ways: tuple[Callable[[str], tuple[str, tuple[int, int]] | None], ...] = (_plain, _bracketed, _exceptions, _strings)
    for way in ways:
        if (found := way(rest)) is not None:
            return before + found[0], found[1]
    # the error of an f-string may name a line inside it
    above = [n for n in range(max(1, number - 20), number) if _F_STRING.search(lines[n - 1])]
    if sys.version_info < (3, 12) and above:
        start = sum(len(line) + 1 for line in lines[: above[-1] - 1])
        if (found := _strings(text[start:])) is not None:
            return text[:start] + found[0], found[1]
    return None


def _plain(rest: str) -> tuple[str, tuple[int, int]] | None:
    line = rest.split("\n", 1)[0]
    if lazy := _LAZY.match(line):
        return lazy[1] + rest[lazy.end() :], (3, 15)
    template = _TEMPLATE.search(line)
    if template and sys.version_info < (3, 14):
        return rest[: template.start()] + "f" + (template[1] or template[2] or "") + rest[template.end() :], (3, 14)
    return None


def _bracketed(rest: str) -> tuple[str, tuple[int, int]] | None:
    line = rest.split("\n", 1)[0]
    statement, generic = _TYPE.match(line), _GENERIC.match(line)
    if statement:
        head, after = statement[1] + statement[2] + " ", rest[statement.end() :]
    elif generic:
        head, after = generic[1], rest[generic.end() :]
    else:
        return None
    reader = Reader()
    end = reader.closing(after) if after.startswith("[") else 0
    if end is None:
        return None
    inside = after[1 : end - 1] if end else ""
    version = (3, 13) if reader.has_default(inside) else (3, 12)
    return head + after[end:], version


def _exceptions(rest: str) -> tuple[str, tuple[int, int]] | None:
    found = _EXCEPT.match(rest.split("\n", 1)[0])
    if found is None:
        return None
    names = [name.strip() for name in found[2].split(",")]
    if len(names) == 2 and names[1].islower() and "." not in names[1]:
        return None  # `except ValueError, error:` is Python 2
    return f"{found[1]}({found[2]}){rest[found.end() :]}", (3, 14)


def _strings(rest: str) -> tuple[str, tuple[int, int]] | None:
    line, reader = rest.split("\n", 1)[0], Reader()
    if sys.version_info >= (3, 12):
        return None
    for found in _F_STRING.finditer(line):
        string = reader.f_string(rest, found.end(), found[1])
        if string is None:
            continue
        end, parts = string
        whole = rest[found.start() : end]
        if _error(f"({whole}\n)") is not None and all(_fine(part) for part in parts):
            return f'{rest[: found.start()]}"""{chr(10) * whole.count(chr(10))}"""{rest[end:]}', (3, 12)
    return None


def _fine(expression: str) -> bool:
    text = f"({expression.strip()}\n)"
    return _error(text) is None or newer(text) is not None
