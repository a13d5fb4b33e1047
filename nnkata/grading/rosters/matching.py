"""The student of a submission: by an id or a mail, else by a name, whole or as a part of the submission's name.

A name agrees in any order of its words and in another spelling; a match with two students is none, but the names of a
pair are those of both.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from nnkata.grading.names.named import TASK, numbers_beside, own_words
from nnkata.grading.names.versions import version
from nnkata.grading.names.words import LETTERS_OR_DIGITS, PEOPLE
from nnkata.texts import text

#: Letters without a mark that Unicode takes off, and the spelling of those for which two letters are common.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe", "ə": "e", "’": "'"}
)
SPELT = PLAIN | str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
#: A letter of a script without blanks between words, and a name of a student in it.
LETTER = "[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]"
EASTERN = re.compile(rf"{LETTER}{{2,8}}")
#: Unicode's classes of combining marks: those of Hebrew and Arabic, and accents above and below a letter.
POINTS, ACCENTS = range(10, 36), 200
#: A user name: letters and digits, `ab123`, `ge12abc`, `jdoe2`; its letters are no word of a task.
USER = re.compile(r"[a-z]+\d[a-z\d]*$", re.I)
#: A student's number of four digits, and no year.
SHORT = re.compile(r"(?<!\d)(?!19|20)\d{4}(?!\d)")
#: The text between a name and other words, or between two names.
PARTICLES = frozenset("的之班组号和与及跟同の")
#: The most words of one student's name, and of the names of a group.
LONGEST, MOST_WORDS = 5, 16
#: The platform's ids that are names, and the internal ones that no roster has.
NAMES = ("name", "sortable")
INTERNAL = ("participant", "submission", "folder", "prefix", "front", "user")


def forms(name: str) -> set[str]:
    """The equivalent forms of a name without blanks: its words in order, from any of them on, and sorted.

    Letters lose their marks, and those that are also spelt with two are (`mueller` for Müller). An apostrophe parts two
    words or none: `oneil` for O'Neil.
    """
    whole = unicodedata.normalize("NFC", name.casefold())
    spelt = [whole.translate(table) for table in (PLAIN, SPELT)]
    return {form for one in spelt for plain in (one, one.replace("'", "")) for form in _orders(plain) if len(form) > 1}


def _orders(name: str) -> set[str]:
    plain = _unaccented(name)
    last, comma, first = plain.partition(",")
    words = LETTERS_OR_DIGITS.findall(f"{first} {last}" if comma else plain)
    return {"".join(words[at:] + words[:at]) for at in range(max(1, len(words)))} | {"".join(sorted(words))}


class Matcher:
    """Finds the one person with some ids or a name."""

    def __init__(self, ids: Sequence[Iterable[str]], names: Sequence[str]) -> None:
        """The ids and the name of each person, by position; another name stands in a line of its own."""
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
        self._words = [[_words(name) for name in lines.split("\n")] for lines in names]
        for number, lines in enumerate(names):
            for name in lines.split("\n"):
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
            for at, own in enumerate(self._words)
            if any(min(len(words), len(other)) > 1 and (words <= other or other <= words) for other in own)
        ]

    def agrees(self, at: int, name: str) -> bool:
        """Whether all words of a name are a person's, or all of the person's are in it: two, or the only one."""
        words = _words(name)
        return any(words and own and (words <= own or own <= words) for own in self._words[at])

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
    return set(LETTERS_OR_DIGITS.findall(_unaccented(name.casefold().translate(PLAIN))))


def _unaccented(name: str) -> str:
    """A name without accents and the points of Arabic and Hebrew; the signs of vowels of other scripts are letters."""
    letters = ((c, unicodedata.combining(c)) for c in unicodedata.normalize("NFKD", name))
    return "".join(c for c, kind in letters if kind not in POINTS and kind < ACCENTS)


def _same(value: str) -> str:
    """An id or a name without regard to case and to the width of its characters."""
    return unicodedata.normalize("NFKC", value).casefold()


def matcher(people: Sequence[Mapping[str, str]]) -> Matcher:
    """The index of a roster's students."""
    ids = [[*one["ids"].split("\n"), one["mail"], one["mail"].partition("@")[0]] for one in people]
    return Matcher(ids, ["\n".join(filter(None, (one["name"], one.get("called")))) for one in people])


def whose(find: Matcher, name: str, ids: Mapping[str, str]) -> int | None:
    """The student of a submission, by the platform's keys and by its own name, else by a part of that."""
    sure = [value for key, values in ids.items() if key not in (*NAMES, *INTERNAL) for value in values.split(", ")]
    names = [ids[key] for key in NAMES if key in ids] or [name]
    by_id = find.find([*sure, name], [])
    by_name = find.find([], [*names, *(ids[key] for key in ("username",) if key in ids)])
    if by_id is not None or by_name is not None:
        return None if None not in (by_id, by_name) and by_id != by_name else by_name if by_id is None else by_id
    if any(key in ids for key in NAMES):  # Moodle writes a group's name before its members': `Lab 1-Ada Lovelace`
        behind = [part for whole in names for part in _behind_hyphens(whole) if " " in part]
        found, name = find.find([], behind), names[0]
        if found is not None or not _is_of_file(name):
            return found
    plain = version(name).who
    numbers = numbers_beside(name)
    mails = re.findall(r"[\w.+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", plain)
    users = [word for word in re.findall(r"[^\W_]+", plain) if USER.match(word) and own_words(word)]
    if len({find.find([one], []) for one in (*mails, *numbers, *users)} - {None}) > 1:
        return None  # a group's
    by_id = find.find([plain, *mails, *numbers, *users, own_words(plain)], [])
    by_name = find.find([], [plain, own_words(plain), TASK.sub(" ", name)])  # `HW3_Neil_New` is no new version
    called = {by_name} if by_name is not None else {*find.within(plain)}
    if by_id is not None and called - {by_id}:
        return None  # a number with a typing error is another student's
    if (found := by_id if by_id is not None else by_name) is not None:
        return found
    if not own_words(plain, PEOPLE):  # `1001_network`: nobody else is named
        short = {find.find([number], []) for number in SHORT.findall(name)} - {None}
        if len(short) == 1:
            return next(iter(short))
    for number in re.findall(r"\d{1,4}", name):
        at = find.find([number], [])
        if at is not None and find.agrees(at, own_words(plain, PEOPLE)):
            return at
    inside = find.within(plain) or find.shortened(own_words(plain, PEOPLE))
    return inside[0] if len(inside) == 1 else None


def of_folders(find: Matcher, places: Mapping[Path, Sequence[int | None]]) -> dict[Path, int]:
    """The student of submissions that are nobody's, in a folder or an archive with that student's name.

    `ada.zip` with `cats/` and `dogs/` is Ada's if nothing in it is another student's, and Ada has no other submission.
    `places` has the students of each submission, by its path.
    """
    taken = {at for of_one in places.values() for at in of_one if at is not None}
    inside: dict[Path, list[Path]] = defaultdict(list)
    for path in places:
        inside[path.parent].append(path)
    found: dict[Path, int] = {}
    for folder, paths in inside.items():
        if len(paths) > 1 and all(at is None for path in paths for at in places[path]):
            at = whose(find, text(folder.name), {})
            found |= dict.fromkeys(paths, at) if at is not None and at not in taken else {}
    return found


def _is_of_file(name: str) -> bool:
    """Whether a name has a number, a mail or a user beside it, as files have: `2023110102 张三`, `Ada_Lee_al`."""
    return any(sign in name for sign in "@_") or bool(numbers_beside(name))


def _behind_hyphens(name: str) -> list[str]:
    parts = name.split("-")
    return ["-".join(parts[at:]).strip() for at in range(1, len(parts))]
