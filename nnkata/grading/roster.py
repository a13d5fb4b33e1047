"""A course's list of students: names, mails and ids for submissions, and the students without one.

Headings identify the columns, in the forms of platforms' exports; a submission is a student's if an id or a mail
agrees, else if a name agrees, in any order of its parts; a match with two students is none.
"""

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.files import from_pipe
from nnkata.grading.headings import means
from nnkata.grading.named import names_a_part, own_words
from nnkata.grading.sheets import SPREADSHEETS, sheet
from nnkata.grading.versions import version
from nnkata.language import _, reason

#: Letters without a mark that Unicode takes off, and the spelling of those for which two letters are common.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e", "’": "'"}
)
SPELT = PLAIN | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
#: Lines among which the headings are looked for: a title and notes may stand before them.
FIRST = 30
#: Roles of people in a list who hand in nothing, and the headings of roles.
STAFF = frozenset(
    ("instructor", "ta", "teachingassistant", "teacher", "noneditingteacher", "editingteacher", "owner", "reader")
)
ROLES = frozenset(("role", "roles"))
#: Canvas' line of the greatest points, and its student for trials.
NOBODY = ("points possible", "student, test")
#: A letter of a script without blanks between words, and a name of a student in it.
LETTER = "[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]"
EASTERN = re.compile(rf"{LETTER}{{2,8}}")
#: What stands between a name and other words, or between two names.
PARTICLES = frozenset("的之班组号和与及跟同の")
AND = frozenset(("and", "und", "et", "y", "e", "with", "mit", "og", "och", "en", "team", "group", "pair", "gruppe"))
#: The most words of one student's name, and of the names of a group.
LONGEST, MOST_WORDS = 5, 16
#: Encodings in the order of trying; the sure ones refuse texts in another.
SURE = ("utf-8-sig", "utf-16")
ENCODINGS = (*SURE, "gb18030", "cp1252", "cp1251", "big5", "shift_jis", "euc_kr", "cp1250", "latin-1")
DELIMITERS = ",;\t|"
#: A character beside Latin letters, as when another encoding is read as Chinese, and a Chinese word.
ALONE = re.compile(r"[A-Za-z][^\x00-\x7f](?![^\x00-\x7f])|(?<![^\x00-\x7f])[^\x00-\x7f][A-Za-z]")
TOGETHER = re.compile(r"[^\x00-\x7f]{2,}")


def roster(path: Path) -> list[dict[str, str]]:
    """The students of a text table or a spreadsheet: name, mail, id, and all ids as "ids".

    Raises:
        UsageError: it cannot be read, or no column identifies students.
    """
    content = _content(path)
    rows = sheet(path.name, content) if content.startswith(SPREADSHEETS) else _table(path.name, content)[0]
    head = next((n for n, row in enumerate(rows) if sum(bool(means(cell)) for cell in row) > 0), None)
    if head is None:
        raise UsageError(_("{path} has no column for a name, a mail or an id in its first line").format(path=path.name))
    kinds = [means(cell) for cell in rows[head]]
    people = []
    for row in rows[head + 1 :]:
        if any(_role(cell) in STAFF for cell, heading in zip(row, rows[head], strict=False) if _role(heading) in ROLES):
            continue
        if row and row[0].strip().lower() in NOBODY:
            continue
        cells = [(kind, plain) for kind, cell in zip(kinds, row, strict=False) if kind and (plain := _cell(cell))]
        found = {kind: cell for kind, cell in reversed(cells) if kind != "id"}
        ids = [cell.lstrip("#") for kind, cell in cells if kind == "id"]
        name = _full(found)
        if name or ids or found.get("mail"):
            people.append(
                {"name": name, "mail": found.get("mail", ""), "id": ids[0] if ids else "", "ids": "\n".join(ids)}
            )
    return _once(people)


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
    if not name:
        return f"{first} {last}".strip()
    known = set(re.findall(r"\w+", name.casefold()))
    before = "" if known & set(re.findall(r"\w+", first.casefold())) else first
    after = "" if known & set(re.findall(r"\w+", last.casefold())) else last
    return " ".join(filter(None, (before, name, after)))


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
        raise UsageError(_("{path} is no text; save it as CSV").format(path=name))
    lines = text.splitlines()[:FIRST]
    delimiter = max(DELIMITERS, key=lambda one: (_headings(lines, one), one != "|" and "".join(lines[:1]).count(one)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), encoding, delimiter
    except csv.Error as error:
        raise UsageError(_("{path} cannot be read: {strerror}").format(path=name, strerror=error)) from None


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
    if len(ALONE.findall(eastern)) > len(TOGETHER.findall(eastern)):
        readings.pop("gb18030")  # Müller would be M黮ler
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


def forms(name: str) -> set[str]:
    """The equivalent forms of a name: its words in order, sorted, and each of these without blanks.

    Letters lose their marks, and those that are also spelt with two are (`mueller` for Müller).
    """
    whole = unicodedata.normalize("NFC", name.casefold())
    return {form for table in (PLAIN, SPELT) for form in _orders(whole.translate(table)) if len(form) > 1}


def _orders(name: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    last, comma, first = plain.partition(",")
    words = re.findall(r"\w+", f"{first} {last}" if comma else plain)
    return {"".join(words), "".join(words[-1:] + words[:-1]), "".join(sorted(words))}


class Matcher:
    """Finds the one person with some ids or a name."""

    def __init__(self, ids: Sequence[Iterable[str]], names: Sequence[str]) -> None:
        """The ids and the name of each person, by position."""
        self._ids: dict[str, set[int]] = defaultdict(set)
        #: The ids without the noughts in front, which a spreadsheet takes off.
        self._short: dict[str, set[int]] = defaultdict(set)
        #: The names without blanks between words.
        self._eastern: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        for number, values in enumerate(ids):
            for value in values:
                if value:
                    self._ids[_same(value)].add(number)
                    self._short[_same(value).lstrip("0")].add(number)
        self._words = [_words(name) for name in names]
        for number, name in enumerate(names):
            for form in forms(name):
                self._names[form].add(number)
            if EASTERN.fullmatch(plain := _same(name)):
                self._eastern[plain].add(number)

    def find(self, ids: Iterable[str], names: Iterable[str]) -> int | None:
        """The position; None if no person fits, or more than one."""
        values = [_same(value) for value in ids]
        shortened = [self._short.get(value.lstrip("0"), set()) for value in values if value.isdecimal()]
        for found in [*(self._ids.get(value, set()) for value in values), *shortened]:
            if len(found) == 1:
                return next(iter(found))
        for name in names:
            sets = [self._names[form] for form in forms(name) if form in self._names]
            found = set.intersection(*sets) if sets else set()
            if len(found) == 1:
                return next(iter(found))
        return None

    def within(self, name: str) -> list[int]:
        """The people whose Chinese, Japanese or Korean names are parts of a name, longer ones first: `赵雷的作业`.

        One character more beside them makes another name, so that nobody is found.
        """
        rest, found = _same(name), set[int]()
        for part in sorted((part for part in self._eastern if part in rest), key=len, reverse=True):
            if part in rest and len(self._eastern[part]) == 1:
                found |= self._eastern[part]
                rest = rest.replace(part, "|")
        beside = re.findall(rf"(?<=\|){LETTER}(?!{LETTER})|(?<!{LETTER}){LETTER}(?=\|)", rest)
        return [] if any(one not in PARTICLES for one in beside) else sorted(found)

    def shortened(self, name: str) -> list[int]:
        """The people with all words of a name in theirs, or all of theirs in it: `Ada Lovelace` for Ada K. Lovelace."""
        words = _words(name)
        return [
            at
            for at, other in enumerate(self._words)
            if min(len(words), len(other)) > 1 and (words <= other or other <= words)
        ]

    def segments(self, words: Sequence[str]) -> set[frozenset[int]]:
        """The sets of people as whose ids and names all words can be read, one after the other."""
        if not words:
            return {frozenset()}
        found = set[frozenset[int]]()
        for count in range(1, min(LONGEST, len(words)) + 1):
            at = self.find(words[:1] if count == 1 else [], [" ".join(words[:count])])
            if at is not None:
                found |= {rest | {at} for rest in self.segments(words[count:])}
        return found


def _words(name: str) -> set[str]:
    """The words of a name without the marks of letters."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(PLAIN))
    return set(re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c))))


def _same(value: str) -> str:
    """An id or a name without regard to case and to the width of its characters."""
    return unicodedata.normalize("NFKC", value).casefold()


def matcher(people: Sequence[Mapping[str, str]]) -> Matcher:
    """The index of a roster's students."""
    ids = [[*one["ids"].split("\n"), one["mail"], one["mail"].partition("@")[0]] for one in people]
    return Matcher(ids, [one["name"] for one in people])


def whose(find: Matcher, name: str, ids: Mapping[str, str]) -> int | None:
    """The student of a submission, by the platform's keys and by its own name, else by a part of that."""
    sure = [value for key, values in ids.items() if key not in (*NAMES, *INTERNAL) for value in values.split(", ")]
    names = [ids[key] for key in NAMES if key in ids] or [name]
    found = find.find([*sure, name], [*names, *(ids[key] for key in ("username",) if key in ids)])
    if found is not None or any(key in ids for key in NAMES):
        return found
    plain = version(name).who
    numbers = re.findall(r"\d{5,}", plain)  # a student's: a year, a task or a version has fewer digits
    mails = re.findall(r"[\w.+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", plain)
    found = find.find([plain, *mails, *numbers, own_words(plain)], [plain, own_words(plain)])
    if found is not None:
        return found
    inside = find.within(plain) or find.shortened(own_words(plain))
    return inside[0] if len(inside) == 1 else None


def pair(find: Matcher, name: str) -> list[int]:
    """The students of a pair or a group by the name of its submission, `ada_bob` or `张伟和李娜`; else none.

    All words are the ids and names of students, but for those of tasks and parts and those between people.
    """
    plain = version(name).who
    if len(found := find.within(plain)) > 1:
        return found
    for between in (r"[\s_+&,;]+", r"[\s_+&,;-]+"):
        said = [word for word in re.split(between, plain) if word and word.casefold() not in AND]
        words = [word for word in said if not names_a_part(word)]
        sets = find.segments(words) if len(words) <= MOST_WORDS else set()
        if len(sets) == 1 and len(only := next(iter(sets))) > 1:
            return sorted(only)
    return []


def of_group(people: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The keys of a group as a platform gives them, from the lines of its members: those that each has."""
    keys = (("sid", "id"), ("email", "mail"), ("name", "name"))
    return {key: ", ".join(one[of] for one in people) for key, of in keys if all(one[of] for one in people)}


def members(ids: Mapping[str, str]) -> list[dict[str, str]]:
    """The keys of each person of a group, from those of the group: mails or numbers with commas between."""
    split = {key: value.split(", ") for key, value in ids.items()}
    count = max((len(split[key]) for key in ("email", "sid") if key in split), default=1)
    if count == 1:
        return [dict(ids)]
    own = {key: values for key, values in split.items() if len(values) == count}
    return [{key: values[at] for key, values in own.items()} for at in range(count)]


def together(persons: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The line of a roster for a submission of these; empty without one."""
    if not persons:
        return {}
    joined = {key: ", ".join(one[key] for one in persons if one[key]) for key in ("name", "mail", "id")}
    return {**joined, "ids": "\n".join(one["ids"] for one in persons)}


#: The platform's ids that are names, and the internal ones that no roster has.
NAMES = ("name", "sortable")
INTERNAL = ("participant", "submission", "folder", "prefix", "front", "user")
