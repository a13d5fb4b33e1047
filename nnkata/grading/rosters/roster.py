"""A course's list of students, or any text table: its encoding, its headings, its rows.

Headings identify the columns, in the forms of platforms' exports.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.files import from_pipe
from nnkata.grading.archives.oldnames import is_misread
from nnkata.grading.names.words import LETTERS_OR_DIGITS
from nnkata.grading.rosters.headings import counts, means
from nnkata.grading.rosters.sheets import SPREADSHEETS, sheet
from nnkata.language import _, reason

#: Lines among which the headings are looked for: a title and notes may stand before them.
FIRST = 30
#: Roles of people in a list who hand in nothing, and the headings of roles.
STAFF = frozenset(
    ("instructor", "ta", "teachingassistant", "teacher", "noneditingteacher", "editingteacher", "owner", "reader")
)
ROLES = frozenset(("role", "roles"))
#: Canvas' line of the greatest points, and its student for trials.
NOBODY = ("points possible", "student, test")
#: A part of a Chinese or Korean name, whose family comes first.
EASTERN = re.compile("[\u3400-\u9fff\uac00-\ud7af]{1,3}")
#: The beginning of a line below the students, with the number of them.
TOTAL = re.compile(r"(?:total|sum|summe|gesamt|count|anzahl|average|mean|合计|总计|总数|共计|平均)\b\W*[\d.,]*$", re.I)
#: Encodings in the order of trying; the sure ones refuse texts in another.
SURE = ("utf-8-sig", "utf-16")
ENCODINGS = (
    *SURE,
    "gb18030",
    "cp1252",
    "cp1251",
    "big5",
    "shift_jis",
    "euc_kr",
    "cp1250",
    "cp1254",
    "cp1258",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp874",
    "latin-1",
)
DELIMITERS = ",;\t|"
#: An id or a mail: no blanks, and a digit or an at sign.
KEY = re.compile(r"\s*(?=\S*[\d@])\S+\s*")


def roster(path: Path) -> list[dict[str, str]]:
    """The students of a text table or a spreadsheet: name, mail, id, all ids as "ids", "called" if it differs.

    Raises:
        UsageError: it cannot be read, no column identifies students, there are none, or a cell has several lines of it.
    """
    content = _content(path)
    if content.startswith(SPREADSHEETS):
        rows, delimiter = sheet(path.name, content), ""
    else:
        rows, _encoding, delimiter = _table(path.name, content)
    head = next((n for n, row in enumerate(rows) if sum(bool(means(cell)) for cell in row) > 0), None)
    if head is None:
        text = _("{path} has no column for a name, a mail or an id in its first line; write headings: Name, Email, ID")
        raise UsageError(text.format(path=path.name))
    kinds = [means(cell) for cell in rows[head]]
    if "id" not in kinds:
        counting = [at for at, cell in enumerate(rows[head]) if not kinds[at] and counts(cell)]
        numbers = [at for at in counting if len(counting) == 1 or not _are_lines(at, rows[head + 1 :])]
        kinds = ["id" if at in (numbers or counting[:1]) else kind for at, kind in enumerate(kinds)]
    people = []
    for row in rows[head + 1 :]:
        if any(_role(cell) in STAFF for cell, heading in zip(row, rows[head], strict=False) if _role(heading) in ROLES):
            continue
        if row and (row[0].strip().lower() in NOBODY or _is_total(row)):
            continue
        if delimiter and (first := _swallowed(kinds, row, delimiter)) is not None:
            text = _("{path}: a quotation mark is not closed, so that a cell swallows lines; it begins with {first!r}")
            raise UsageError(text.format(path=path.name, first=first))
        cells = [(kind, plain) for kind, cell in zip(kinds, row, strict=False) if kind and (plain := _cell(cell))]
        found = {kind: cell for kind, cell in reversed(cells) if kind != "id"}
        ids = [cell.lstrip("#") for kind, cell in cells if kind == "id"]
        found["last"] = f"{found.get('infix', '')} {found.get('last', '')}".strip()
        name = _full(found)
        if name or ids or found.get("mail"):
            one = {"name": name, "mail": found.get("mail", ""), "id": ids[0] if ids else "", "ids": "\n".join(ids)}
            called = _called(found)
            people.append(one | ({"called": called} if called else {}))
    if not people:
        raise UsageError(_("{path} has headings, and no student below them").format(path=path.name))
    return _once(people)


def _are_lines(at: int, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column counts the lines: 1, 2, 3, …; beside another number, it is nobody's."""
    cells = [cell for row in rows if len(row) > at and (cell := _cell(row[at]))]
    return cells == [str(number) for number in range(1, len(cells) + 1)]


def _is_total(row: Sequence[str]) -> bool:
    """Whether a line is a sum below the students: a word for one, and numbers."""
    said = [cell.strip() for cell in row if cell.strip()]
    counted = any(character.isdigit() for cell in said for character in cell)
    return bool(said) and counted and TOTAL.match(said[0]) is not None and not any(map(str.isalpha, "".join(said[1:])))


def _once(people: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Each student once, who may have a line per section or group: the lines with one name and one id or mail.

    Two of one name without an id or a mail may be two students.
    """
    known: dict[object, dict[str, str]] = {}
    for line, one in enumerate(people):
        sure = one["ids"] or one["mail"]
        first = known.setdefault((one["name"].casefold(), sure.casefold()) if sure else line, one)
        if first is not one and one["mail"] not in ("", first["mail"], *first["ids"].split("\n")):
            first["ids"] = "\n".join(filter(None, (first["ids"], one["mail"])))
    return [*known.values()]


def _full(found: Mapping[str, str]) -> str:
    """The whole name: beside a first name, "Name" or "Nom" is the family's, and beside that "Nombre" the first one."""
    name, first, last = (found.get(kind, "") for kind in ("name", "first", "last"))
    if not name and EASTERN.fullmatch(first) and EASTERN.fullmatch(last):
        return last + first
    if not name:
        return f"{first} {last}".strip()
    known, firsts, lasts = (set(LETTERS_OR_DIGITS.findall(one.casefold())) for one in (name, first, last))
    before = "" if known & firsts else first
    after = "" if known & lasts else last
    return " ".join(filter(None, (before, name, after)))


def _called(found: Mapping[str, str]) -> str:
    """The name that a student goes by, whole; a first name has the family's behind it."""
    called, name = found.get("called", ""), found.get("name", "")
    if not called or " " in called or "," in called:
        return called
    last = found.get("last", "") or (name.partition(",")[0] if "," in name else "")
    return f"{called} {last}" if last else ""


def read_table(path: Path) -> tuple[list[list[str]], str, str]:
    """The rows of a text table, with its encoding and its delimiter.

    Raises:
        UsageError: it cannot be read.
    """
    return _table(path.name, _content(path))


def _table(name: str, content: bytes) -> tuple[list[list[str]], str, str]:
    if content.startswith(SPREADSHEETS):
        text = _("{path} is a spreadsheet: open it, save it as CSV (in Excel: CSV UTF-8), and give that file")
        raise UsageError(text.format(path=name))
    text, encoding = _decoded(content)
    if "\0" in text:
        raise UsageError(_("{path} is not a text file; save it as CSV").format(path=name))
    lines = text.splitlines()[:FIRST]
    delimiter = max(DELIMITERS, key=lambda one: (_headings(lines, one), one != "|" and "".join(lines[:1]).count(one)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), encoding, delimiter
    except csv.Error as error:
        raise UsageError(_("{path} cannot be read: {strerror}").format(path=name, strerror=error)) from None


def _swallowed(kinds: Sequence[str], row: Sequence[str], delimiter: str) -> str | None:
    """The first line of a cell in which a whole line of the table stands; None if there is none.

    Such a line has an id or a mail in its place, which a line of a comment has not.
    """
    keyed = {"id", "mail"} & set(kinds)
    for kind, cell in zip(kinds, row, strict=False):
        first, *behind = cell.splitlines() or [""]
        for line in behind:
            parts = line.split(delimiter)
            told = [part for what, part in zip(kinds, parts, strict=False) if what in keyed and KEY.fullmatch(part)]
            if len(parts) == len(kinds) > 1 and (told or (kind and not keyed)):
                return first
    return None


def _decoded(content: bytes) -> tuple[str, str]:
    """The text of a table, and its encoding: that in which most headings are words for a column; else a likely one."""
    readings = {}
    for encoding in ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            readings[encoding] = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding in SURE:
            return readings[encoding], encoding
    lines = {encoding: text.splitlines()[:FIRST] for encoding, text in readings.items()}
    found = {encoding: max(_headings(lines[encoding], one) for one in DELIMITERS) for encoding in readings}
    eastern = readings.get("gb18030", "")
    if is_misread(eastern):
        readings.pop("gb18030")
    best = max(readings, key=lambda encoding: found[encoding])
    return readings[best], best


def _headings(lines: Sequence[str], delimiter: str) -> int:
    """The most headings of a roster in one of the lines."""
    try:
        return max((sum(map(bool, map(means, row))) for row in csv.reader(lines, delimiter=delimiter)), default=0)
    except csv.Error:
        return 0


def _cell(cell: str) -> str:
    """A cell without the marks by which a spreadsheet keeps a number as text, `="0123"` or `'0123`, or as a float."""
    plain = cell.strip()
    marked = re.fullmatch(r"=\"(.*)\"|'(?=\d)(.*)|(\d+)\.0", plain)
    return next(filter(None, marked.groups()), "") if marked else plain


def _role(cell: str) -> str:
    return re.sub(r"[\W_]+", "", cell).lower()


def _content(path: Path) -> bytes:
    try:
        return from_pipe(path) if path.is_fifo() else path.read_bytes()
    except TimeoutError:
        raise UsageError(_("{path} is a pipe, and nothing writes into it").format(path=path)) from None
    except OSError as error:
        raise UsageError(_("{path} cannot be read: {strerror}").format(path=path, strerror=reason(error))) from None
