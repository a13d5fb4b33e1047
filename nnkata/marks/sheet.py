"""A platform's table, read and written with its own encoding, headings and ids."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.matching import NAMES, Matcher, members
from nnkata.grading.roster import read_table
from nnkata.language import _
from nnkata.marks.points import Mark

#: A number in a cell of a table with decimal commas: 100,00.
COMMA = re.compile(r"\d+,\d+$")


@dataclass
class Sheet:
    """The rows of a table and its form; `read` has the original rows with their texts."""

    rows: list[list[str]]
    encoding: str = "utf-8"
    delimiter: str = ","
    end: str = "\r\n"
    quoted: bool = False
    name: str = ""
    read: Sequence[tuple[list[str], str]] = ()

    def encoded(self) -> bytes:
        """The table's bytes; an unchanged row is its original text, to the last quote."""
        same = {id(row): text for row, (old, text) in zip(self.rows, self.read, strict=False) if row == old}
        return "".join(same.get(id(row)) or self._line(row) for row in self.rows).encode(self.encoding)

    def _line(self, row: list[str]) -> str:
        text = io.StringIO(newline="")
        table = csv.writer(
            text,
            quoting=csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL,
            delimiter=self.delimiter,
            lineterminator=self.end,
        )
        table.writerow(row)
        return text.getvalue()


@dataclass(frozen=True)
class Filled:
    """A table with marks. `unmatched` are submissions without a row, `blank` rows without a mark."""

    sheet: Sheet
    unmatched: Sequence[str] = ()
    blank: Sequence[str] = ()
    most: float | None = None
    #: The file name that the platform expects.
    filename: str = ""
    notes: Sequence[str] = field(default_factory=tuple)


def read_sheet(path: Path) -> Sheet:
    """Read a template.

    Raises:
        UsageError: it is no table.
    """
    rows, encoding, delimiter = read_table(path)
    raw = path.read_bytes()
    if encoding == "utf-8-sig" and not raw.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    text = raw.decode(encoding)
    end = "\r\n" if "\r\n" in text else "\n"
    first = text.lstrip("\ufeff").split(end, 1)[0]
    quoted = bool(rows and rows[0]) and first.count('"') >= 2 * len([cell for cell in rows[0] if cell])
    if not any(any(row) for row in rows):
        raise UsageError(_("{path} is empty").format(path=path.name))
    lines = io.StringIO(text, newline="").readlines()
    reader, read, before = csv.reader(lines, delimiter=delimiter), [], 0
    for row in reader:
        read.append((row, "".join(lines[before : reader.line_num])))
        before = reader.line_num
    return Sheet([[*row] for row, _text in read], encoding, delimiter, end, quoted, path.name, read)


def column(sheet: Sheet, head: int, wanted: Callable[[str], bool], title: str, what: str) -> int:
    """The column with the heading `title`, else the only one that is `wanted`.

    Raises:
        UsageError: there is none, or there are several and none is named.
    """
    headings = sheet.rows[head]
    fits = [
        n for n, heading in enumerate(headings) if title and heading.strip().casefold().startswith(title.casefold())
    ]
    fits = fits if title else [n for n, heading in enumerate(headings) if wanted(heading)]
    if len(fits) == 1:
        return fits[0]
    exact = [n for n in fits if headings[n].strip().casefold() == title.casefold()]
    if len(exact) == 1:
        return exact[0]
    there = ", ".join(repr(headings[n]) for n in fits) if fits else ", ".join(map(repr, headings))
    text = _("{file}: which column is for {what}? Give --column with the beginning of its heading; there are {there}")
    raise UsageError(text.format(file=sheet.name, what=what, there=there))


def columns(sheet: Sheet, head: int, *names: str) -> list[int]:
    """The columns of these headings, regardless of case, blanks and underscores."""
    plain = [re.sub(r"[\W_]+", "", heading).casefold() for heading in sheet.rows[head]]
    wanted = [re.sub(r"[\W_]+", "", name).casefold() for name in names]
    return [n for name in wanted for n, heading in enumerate(plain) if heading == name]


def number(text: str) -> float | None:
    """The number in a cell, with a decimal point or comma."""
    match = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*", text)
    return float(match[1].replace(",", ".")) if match else None


def written(value: float, like: str = "") -> str:
    """A cell for a number, with a comma if another cell of the table has one."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if COMMA.match(like.strip()) else text


def fill(
    sheet: Sheet,
    rows: Sequence[int],
    known_by: Callable[[list[str]], Sequence[str]],
    called: Callable[[list[str]], str],
    found: Sequence[Mark],
    put: Callable[[list[str], Mark], bool],
    keys: Sequence[str] = (),
) -> tuple[list[str], list[str]]:
    """Put each mark into its student's row; return the submissions without a row, and the rows without a mark.

    `known_by` gives the ids and mails of a row, `called` its name; `keys` are the ids of a record by which the platform
    knows a student, before roster and names. `put` writes into a row and returns whether it could.
    """
    cells = [sheet.rows[at] for at in rows]
    finder = Matcher(
        [[form for value in known_by(row) for form in _forms(value)] for row in cells], [*map(called, cells)]
    )
    unmatched, given = [], set()
    for mark in found:
        own, person = mark.record.ids, mark.record.person
        sure = [value for key in keys if key in own for value in own[key].split(", ")]
        sure += [
            *person.get("ids", "").split("\n"),
            person.get("mail", ""),
            own.get("email", ""),
            mark.record.submission,
        ]
        names = [person.get("name", ""), *(own[key] for key in NAMES if key in own), mark.record.submission]
        places = _places(finder, own, keys) or [finder.find(filter(None, sure), filter(None, names))]
        free = [at for at in places if at is not None and at not in given]
        if len(free) < len(places):
            unmatched.append(mark.record.submission)
        if mark.points is None:
            continue
        done = [at for at in free if put(cells[at], mark)]
        given.update(done)
        if len(done) < len(free) and len(free) == len(places):
            unmatched.append(mark.record.submission)
    return unmatched, [called(row) or row[0] for at, row in enumerate(cells) if at not in given]


def _places(finder: Matcher, own: Mapping[str, str], keys: Sequence[str]) -> list[int | None]:
    """The rows of a group's members; empty for a submission of one student."""
    group = members(own)
    if len(group) == 1:
        return []
    known = [key for key in (*keys, "email", "sid") if key in group[0]]
    return [finder.find([one[key] for key in known], [one["name"]] if "name" in one else []) for one in group]


def _forms(value: str) -> list[str]:
    cell = value.strip().lstrip("#")
    return [cell, cell.partition("@")[0]] if "@" in cell else [cell]


def cell(row: Sequence[str], at: int | None) -> str:
    """A cell of a row; empty beyond the end of a short row."""
    return row[at].strip() if at is not None and at < len(row) else ""


def setter(at: int, most: float | None, like: str = "") -> Callable[[list[str], Mark], bool]:
    """A function that writes a mark into a column of a row."""

    def put(row: list[str], mark: Mark) -> bool:
        value = mark.scaled(most)
        if value is None:
            return False
        row += [""] * (at + 1 - len(row))
        row[at] = written(value, like)
        return True

    return put
