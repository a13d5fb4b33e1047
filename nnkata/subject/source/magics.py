"""Cells of notebooks without the parts that only IPython understands: magics, shell commands, questions."""

import re
import warnings
from textwrap import dedent

from nnkata.language import _
from nnkata.subject.source.newer_syntax import told
from nnkata.subject.source.syntax import translated

#: Cell magics whose body runs as Python; the body of any other is another language, or a file.
RUN = frozenset({"time", "timeit", "capture", "prun", "python", "python3"})
CELL_MAGIC = re.compile(r"%%(\w+)[ \t]*(.*)")
MAGIC = re.compile(r"(?P<indent>\s*)(?:(?P<target>[\w., \[\]]+?)\s*=\s*)?(?:[%!]|\?\S)|\s*[\w.]+\?{1,2}\s*(?:#.*)?$")
#: A magic that IPython understands without its %, if that is no Python: `pip install numpy`.
AUTOMAGIC = re.compile(
    r"(?:pip3?|conda|mamba|uv|cd|ls|ll|cat|cp|mv|rm|mkdir|matplotlib|load_ext|reload_ext|autoreload|time|timeit|run|who)"
    r"\s+(?!(?:in|is|if|and|or|not|for|else)\b)(?:[\w./~\"']|--?\w)"
)
#: A line that waits, as IPython allows outside of functions.
AWAIT = re.compile(r"(?:(?P<target>[\w., ]+?)\s*=\s*)?await\s")
#: In a string of three quotes: an escape, or three quotes. In code: comments, strings, three quotes, brackets.
IN_A_STRING = re.compile(r"\\.|'''|\"\"\"")
IN_CODE = re.compile(r"""#.*|'''|\"\"\"|'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|[()\[\]{}]""")


def without_magics(cell: str) -> str:
    """A cell with its magics, shell commands and questions replaced by comments, line for line.

    A line of a text, of brackets, or after a backslash is none, though it begins with a %: IPython sees it so too.
    """
    lines = cell.split("\n")
    if lines[0][:1].isspace():
        lines = dedent(cell).split("\n")
    if CELL_MAGIC.match(lines[0]):
        lines[0] = f"# {lines[0]}"
    if not fault_of("\n".join(lines)):
        return "\n".join(lines)
    going_on = False
    statement = Statement()
    for number, line in enumerate(lines):
        found = None if statement.open else MAGIC.match(line) or AUTOMAGIC.match(line) or AWAIT.match(line)
        if going_on:
            lines[number] = f"# {line}"
        elif not found:
            statement.read(line)
        else:
            indent = line[: len(line) - len(line.lstrip())]
            target = found.groupdict().get("target")
            instead = f"{target} = None" if target else "pass"
            lines[number] = f"{indent}{instead}  # {line.strip()}".rstrip("\\")
        going_on = (going_on or bool(found)) and line.endswith("\\")
    return "\n".join(lines)


class Statement:
    """Whether a statement goes on in the next line: by three quotes, an open bracket, or a backslash."""

    def __init__(self) -> None:
        self.open = False
        self._quotes = ""
        self._brackets = 0

    def read(self, line: str) -> None:
        """Its next line."""
        place, last = 0, ""
        while found := (IN_A_STRING if self._quotes else IN_CODE).search(line, place):
            place, last = found.end(), found[0]
            if self._quotes:
                self._quotes = "" if last == self._quotes else self._quotes
            elif last in ("'''", '"""'):
                self._quotes = last
            elif last in "([{":
                self._brackets += 1
            elif last in ")]}":
                self._brackets = max(0, self._brackets - 1)
        goes_on = line.endswith("\\") and not last.startswith("#")
        self.open = bool(self._quotes or self._brackets or goes_on)


def fault_of(text: str) -> str:
    """The reason why a text is not valid Python for a file; empty if it is."""
    error = error_of(text)
    if isinstance(error, SyntaxError):
        msg = translated(error.msg)
        return told(text) or _("not Python: {msg} (line {lineno})").format(msg=msg, lineno=error.lineno)
    return _("not Python source: {error}").format(error=str(error)[:200]) if error else ""


def error_of(text: str) -> Exception | None:
    """The exception of the compiler for a cell; None if it is valid."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "cell", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        return error
    return None
