"""Jupyter notebooks as source text: the code cells without magics, and the cell of each line.

This module runs nothing. A notebook is untrusted JSON: its size, depth and types are checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from nnkata.language import _
from nnkata.subject.source.magics import CELL_MAGIC, RUN, error_of, fault_of, without_magics
from nnkata.worker.tree import newlines

SUFFIX = ".ipynb"
#: The most bytes of a notebook, mainly pictures in its outputs: 20 figures of 1 MB make a large one.
MAX_NOTEBOOK = 20 << 20
#: The most bytes of its code, as for a source file (`text.MAX_SOURCE`).
MAX_CODE = 1 << 18
#: The beginning of a cell's line that defines a class.
CLASS = re.compile(r"^class \w+", re.MULTILINE)
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
        if why := fault_of(text):
            broken.append(_("cell {number}: {why}").format(number=number, why=why))
            left_out.append(broken[-1])
            if CLASS.search(text):
                from nnkata.subject.source.not_python import of_text  # 2 to 7 ms, for such a cell alone

                error = error_of(text)
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
