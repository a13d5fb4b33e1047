"""Jupyter notebooks as source text: the code cells without magics, and the cell of each line.

This module runs nothing. A notebook is untrusted JSON: its size, depth and types are checked.
"""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import dedent

import msgspec

from nnkata.language import _
from nnkata.subject.source.newer_syntax import told
from nnkata.subject.source.slips import of_text
from nnkata.subject.source.syntax import translated
from nnkata.worker.tree import newlines

SUFFIX = ".ipynb"
#: The most bytes of a notebook, mainly pictures in its outputs: 20 figures of 1 MB make a large one.
MAX_NOTEBOOK = 20 << 20
#: The most bytes of its code, as for a source file (`text.MAX_SOURCE`).
MAX_CODE = 1 << 18
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
#: The beginning of a cell's line that defines a class.
CLASS = re.compile(r"^class \w+", re.MULTILINE)
#: In a string of three quotes: an escape, or three quotes. In code: comments, strings, three quotes, brackets.
IN_A_STRING = re.compile(r"\\.|'''|\"\"\"")
IN_CODE = re.compile(r"""#.*|'''|\"\"\"|'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|[()\[\]{}]""")
MERGE = re.compile(rb"^<{7} ", re.MULTILINE)
FUTURE = re.compile(r"from\s+__future__\s+import\b[^\\(]*$")


class NotANotebook(Exception):
    """It cannot be read as a notebook in Python; the text is the reason."""


class _Language(msgspec.Struct):
    name: str | None = None
    language: str | None = None


class _Metadata(msgspec.Struct):
    kernelspec: _Language | None = None
    language_info: _Language | None = None


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] | None = None
    input: str | list[str] | None = None  # format 3


class _Sheet(msgspec.Struct):
    cells: list[_Cell] = []


class _File(msgspec.Struct):
    metadata: _Metadata | None = None
    cells: list[_Cell] | None = None
    worksheets: list[_Sheet] | None = None  # format 3


@dataclass(frozen=True)
class Notebook:
    """The code of a notebook as one text.

    `places` has the cell (from 1, over all cells, as Jupyter's outline counts) and the line in it, from 1, of each line
    of `text`. `files` are those that cells write by `%%writefile`; `left_out` names the missing cells, `broken` those
    that are not Python, and `lost` those of these that define a class, with advice.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    files: dict[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    def place(self, line: int) -> tuple[int, int] | None:
        """The cell, and the line in it, of a line of the text, all from 1."""
        return self.places[line - 1] if 1 <= line <= len(self.places) else None


def read_notebook(content: bytes) -> Notebook:
    """The code cells of a notebook, in their order, formats 3 and 4.

    Raises:
        NotANotebook: it is too large, is no notebook, or is one in another language.
    """
    if len(content) > MAX_NOTEBOOK:
        raise NotANotebook(_("a notebook of more than {size} MiB; clear its outputs").format(size=MAX_NOTEBOOK >> 20))
    if not content.strip():
        raise NotANotebook(_("it is not a notebook: it is empty"))
    try:
        file = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotANotebook(_("it is not a notebook: {error}").format(error=_why_not(content, error))) from None
    _in_python(file.metadata)
    if file.cells is None and file.worksheets is None:
        raise NotANotebook(_("it is not a notebook: it has no cells"))
    cells = file.cells if file.cells is not None else [c for sheet in file.worksheets or [] for c in sheet.cells]
    return _joined(list(_code(cells)))


def _why_not(content: bytes, error: Exception) -> str:
    if merge := MERGE.search(content):
        line = content.count(b"\n", 0, merge.start()) + 1
        return _("line {line} is a merge that git left unfinished").format(line=line)
    if "truncated" in str(error):
        return _("it ends in the middle, so save it or download it again")
    return str(error)[:200]


def _in_python(metadata: _Metadata | None) -> None:
    for said in (metadata and metadata.language_info, metadata and metadata.kernelspec):
        name = (said.language or (said.name if said is metadata.language_info else None)) if said and metadata else None
        if name and not name.lower().startswith(("python", "ipython")):
            raise NotANotebook(_("a notebook in {language}, not in Python").format(language=name[:40]))


def _code(cells: list[_Cell]) -> Iterator[tuple[int, str]]:
    total = 0
    for number, cell in enumerate(cells, 1):
        if cell.cell_type != "code":
            continue
        source = cell.source if cell.source is not None else cell.input or ""
        text = source if isinstance(source, str) else "".join(source)
        total += len(text.encode(errors="replace"))
        if total > MAX_CODE:
            raise NotANotebook(_("a notebook with more than {size} KiB of code").format(size=MAX_CODE >> 10))
        yield number, newlines(text)


def _joined(cells: list[tuple[int, str]]) -> Notebook:
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    first: list[tuple[str, tuple[int, int]]] = []
    files: dict[str, str] = {}
    left_out: list[str] = []
    broken: list[str] = []
    lost: list[str] = []
    for number, cell in cells:
        magic = CELL_MAGIC.match(cell.lstrip())
        if magic and magic[1] not in RUN:
            name = magic[2].split()[-1:] if magic[1] in ("writefile", "file") else []
            if name and re.fullmatch(r"[\w-]+\.py", name[0]):
                files[name[0]] = cell.lstrip().partition("\n")[2]
            left_out.append(_("cell {number}: %%{magic}").format(number=number, magic=magic[1]))
            continue
        text = without_magics(cell)
        if why := _broken(text):
            broken.append(_("cell {number}: {why}").format(number=number, why=why))
            left_out.append(broken[-1])
            if CLASS.search(text):
                error = _error(text)
                more = of_text(text.encode(errors="replace"), error) if isinstance(error, SyntaxError) else ""
                lost.append(f"{broken[-1]}\n{more}" if more else broken[-1])
            continue
        for count, line in enumerate(text.split("\n"), 1):
            place = (number, count)
            if FUTURE.match(line):  # a file may have these only at its beginning
                first.append((line, place))
                line = ""
            lines.append(line)
            places.append(place)
    text = "\n".join([*(line for line, _place in first), *lines]) + "\n"
    where = (*(place for _line, place in first), *places)
    return Notebook(text, where, files, tuple(left_out), tuple(broken), tuple(lost))


def without_magics(cell: str) -> str:
    """A cell with its magics, shell commands and questions replaced by comments, line for line.

    A line of a text, of brackets, or after a backslash is none, though it begins with a %: IPython sees it so too.
    """
    lines = cell.split("\n")
    if lines[0][:1].isspace():
        lines = dedent(cell).split("\n")
    if CELL_MAGIC.match(lines[0]):
        lines[0] = f"# {lines[0]}"
    if not _broken("\n".join(lines)):
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


def _broken(text: str) -> str:
    """The reason why a text is not valid Python for a file; empty if it is."""
    error = _error(text)
    if isinstance(error, SyntaxError):
        msg = translated(error.msg)
        return told(text) or _("not Python: {msg} (line {lineno})").format(msg=msg, lineno=error.lineno)
    return _("not Python source: {error}").format(error=str(error)[:200]) if error else ""


def _error(text: str) -> Exception | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "cell", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError) as error:
        return error
    return None
