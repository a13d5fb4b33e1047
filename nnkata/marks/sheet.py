"""A platform's table, read and written with its own encoding, headings and ids."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.rosters.groups import members
from nnkata.grading.rosters.matching import NAMES, Matcher
from nnkata.grading.rosters.roster import read_table
from nnkata.language import _
from nnkata.marks.points import Mark

#: A number in a cell of a table with decimal commas, 100,00; three digits behind a comma may be those of a thousand.
COMMA = re.compile(r"\d+,\d{1,2}$")


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
    """A table with marks.

    `unmatched` are submissions without a row, `blank` rows without a mark, `several` submissions of one row.
    """

    sheet: Sheet
    unmatched: Sequence[str] = ()
    blank: Sequence[str] = ()
    most: float | None = None
    #: The file name that the platform expects.
    filename: str = ""
    notes: Sequence[str] = field(default_factory=tuple)
    several: Sequence[str] = ()


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


def like(sheet: Sheet) -> str:
    """A cell of a table that has decimal commas; empty if there is none."""
    return next((cell for row in sheet.rows for cell in row if COMMA.match(cell.strip())), "")


@dataclass(frozen=True)
class Keys:
    """The ids of a table's rows.

    `names` are the keys of a record by which the platform knows a student, `own` gives their values of a row; `others`
    gives the ids and mails of a row that a roster may have, `called` its name.
    """

    names: Sequence[str]
    own: Callable[[list[str]], Sequence[str]]
    others: Callable[[list[str]], Sequence[str]]
    called: Callable[[list[str]], str]


def fill_rows(
    sheet: Sheet, rows: Sequence[int], keys: Keys, found: Sequence[Mark], put: Callable[[list[str], Mark], bool]
) -> tuple[list[str], list[str], list[str]]:
    """Put each mark into its student's row.

    `put` writes into a row and returns whether it could. The results are the submissions without a row, the rows
    without a mark, and the submissions of one row whose marks differ, of which none is written.
    """
    cells = [sheet.rows[at] for at in rows]
    names = [*map(keys.called, cells)]
    own = Matcher([[*_all_forms(keys.own(row))] for row in cells], [""] * len(cells))
    others = Matcher([[*_all_forms(keys.others(row))] for row in cells], names)
    known = {at for at, row in enumerate(cells) if any(_all_forms(keys.own(row)))}
    unmatched: list[str] = []
    of_row: dict[int, list[Mark]] = defaultdict(list)
    for mark in found:
        places = _places(_Rows(own, others, known), mark, keys.names)
        if None in places:
            unmatched.append(mark.record.submission)
        for at in places:
            if at is not None and mark.points is not None:
                of_row[at].append(mark)
    several = [
        mark.record.submission for marks in of_row.values() if len({one.points for one in marks}) > 1 for mark in marks
    ]
    given = set()
    for at, marks in of_row.items():
        if marks[0].record.submission in several:
            continue
        if put(cells[at], marks[0]):
            given.add(at)
        elif marks[0].record.submission not in unmatched:
            unmatched.append(marks[0].record.submission)
    return unmatched, [name or cells[at][0] for at, name in enumerate(names) if at not in given], several


@dataclass(frozen=True)
class _Rows:
    """The rows by the platform's key and by the ids and names of a roster; `known` have a key of the platform."""

    own: Matcher
    others: Matcher
    known: Container[int]


def _places(rows: _Rows, mark: Mark, keys: Sequence[str]) -> list[int | None]:
    """The row of a submission's student, or those of a group's members."""
    ids, person = mark.record.ids, mark.record.person
    if len(group := members(ids)) > 1:
        return [_row(rows, [one[key] for key in keys if key in one], _known(one), _called(one)) for one in group]
    known = [*person.get("ids", "").split("\n"), *_known(ids), mark.record.submission]
    sure = [value for key in keys if key in ids for value in ids[key].split(", ")]
    names = [person.get("name", ""), *_called(ids), mark.record.submission]
    return [_row(rows, sure, [person.get("mail", ""), *known], names)]


def _known(ids: Mapping[str, str]) -> list[str]:
    return [ids[key] for key in ("email", "sid") if key in ids]


def _called(ids: Mapping[str, str]) -> list[str]:
    return [ids[key] for key in NAMES if key in ids]


def _row(rows: _Rows, sure: Sequence[str], known: Sequence[str], names: Sequence[str]) -> int | None:
    """The row by the platform's key, else by the ids and names of a roster, unless these say different rows.

    A row of the same name with another key of the platform is another student's.
    """
    if (at := rows.own.find(filter(None, sure), [])) is not None:
        return at
    by_id = rows.others.find(filter(None, [*sure, *known]), [])
    by_name = rows.others.find([], filter(None, names))
    if by_id is None and by_name in rows.known and any(sure):
        return None
    return None if None not in (by_id, by_name) and by_id != by_name else by_name if by_id is None else by_id


def _all_forms(values: Sequence[str]) -> Iterator[str]:
    return (form for value in values for form in _forms(value))


def _forms(value: str) -> list[str]:
    cell = value.strip().lstrip("#")
    return [cell, cell.partition("@")[0]] if "@" in cell else [cell]


def cell(row: Sequence[str], at: int | None) -> str:
    """A cell of a row; empty beyond the end of a short row."""
    return row[at].strip() if at is not None and at < len(row) else ""


def cells(at: Sequence[int]) -> Callable[[list[str]], list[str]]:
    """A function that gives the cells of a row in these columns."""
    return lambda row: [cell(row, n) for n in at]


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
