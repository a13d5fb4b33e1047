"""Names in the form of collectors: one rule each, by which the whole folder has to be named.

Sources: Autolab, docs/lab.md and app/models/submission.rb of autolab/Autolab: MAIL_VERSION_FILE. nbgrader,
nbgrader/exchange/default/submit.py of jupyter/nbgrader: USER+ASSIGNMENT+TIME[+RANDOM] in the exchange's `inbound`.
Marmoset's download of a project: USER__NUMBER__KEY, a folder or an archive per attempt.
OneDrive's file request: "Given Family_FILE", with " 1" before the ending of a second one; Microsoft Forms: "FILE_Given
Family". Google Forms: "FILE - NAME";
Dropbox' file request: "NAME - FILE". For these, one side says a part (`network`), the other one a person.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.grading.kinds import is_code, stem
from nnkata.grading.names.named import names_a_part
from nnkata.grading.names.versions import AGAIN, FAMILY, OF_NUMBER, Version, doubt, version
from nnkata.grading.names.words import words_of
from nnkata.grading.platforms.handed import Handed, Listing

AUTOLAB = re.compile(r"(?P<who>[^/]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})_(?P<attempt>\d+)_(?P<file>.+)$")
INBOUND = re.compile(
    r"(?P<who>[^+]+)\+(?P<task>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d[ T]\d\d[:_.-]\d\d[:_.-]\d\d[^+]*)(?:\+(?P<random>.+))?$"
)
MARMOSET = re.compile(r"(?P<who>.+?)__(?P<attempt>\d{1,5})__(?P<id>\d+)$")
DASH = re.compile(r"(?P<left>.+?)\s+-\s+(?P<right>.+)$")
TURNED = re.compile(r"(?P<right>.+)\s+-\s+(?P<left>.+)$")
ONEDRIVE = re.compile(r"(?P<left>[^_]+[ 　][^_]+)_(?P<right>.+)$")
MICROSOFT = re.compile(r"(?P<right>.+)_(?P<left>[^_]+[ 　][^_]+)$")
#: The name of an account whose family is called like a version, perhaps with a browser's count.
ACCOUNT = re.compile(r"(?P<who>[^\W\d_]+ (?:New|Old|Late|Neu|Copy|Draft|Final))(?: \((?P<number>\d{1,2})\))?")
#: A second file of one name on OneDrive: "network 1.py".
SECOND = re.compile(r"(?P<file>.+) (?P<number>\d{1,3})$")


def autolab(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students by mail address, attempts by their number."""
    found = _all(AUTOLAB, entries, sure)
    if not found:
        return None
    return Listing(
        [
            Handed(entry, m["who"].casefold(), m["who"], {"email": m["who"]}, m["file"], (int(m["attempt"]),))
            for entry, m in found
        ]
    )


def marmoset(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students by account, attempts by their number."""
    found = _all(MARMOSET, entries, sure, stems=True)
    return Listing(
        [
            Handed(e, m["who"], m["who"], {"username": m["who"]}, "" if e.is_dir() else e.name, (int(m["attempt"]),))
            for e, m in found
        ]
    )


def nbgrader(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students by user name, and by assignment if there are several; attempts by time."""
    found = [(entry, match) for entry, match in _all(INBOUND, entries, sure) if entry.is_dir()]
    if not found:
        return None
    several = len({match["task"] for _entry, match in found}) > 1
    handed = []
    for entry, match in found:
        who = f"{match['who']} {match['task']}" if several else match["who"]
        handed.append(Handed(entry, who, who, {"username": match["who"]}, "", (match["time"],)))
    return Listing(handed)


@dataclass(frozen=True)
class _Sides:
    """A name of two sides: the person's, and the file's without its ending."""

    entry: Path
    who: str
    file: str


def collected(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students by the side of the name that says a person: all files of one of them are one submission."""
    if not sure and any(entry.is_dir() for entry in entries):
        return None
    files = [entry for entry in entries if not entry.is_dir()]
    for form in (DASH, TURNED, ONEDRIVE, MICROSOFT):
        found = _all(form, files, sure, stems=True)
        sides = [_sides(form, entry, match) for entry, match in found]
        if sides and _says_people(sides):
            there = {one.who.casefold() for one in sides} | {(one.who.casefold(), one.file) for one in sides}
            worded = {one.who for one in sides if not (AGAIN.match(one.who) or OF_NUMBER.match(one.who))}
            marked = Counter(_person(who).who.casefold() for who in worded)
            there |= {who for who, count in marked.items() if count > 1}  # `Ada_v1` and `Ada_final`
            handed = [_handed(one, there) for one in sides]
            return Listing(handed, doubt=doubt([one.entry.name for one in handed if one.version]))
    return None


def _sides(form: "re.Pattern[str]", entry: Path, match: "re.Match[str]") -> _Sides:
    """The sides of a name; with several dashes before a person, all but the last are the file's if that says a part."""
    first = DASH.match(match.string)
    if form is TURNED and first is not None and not names_a_part(version(match["right"]).who):
        return _Sides(entry, first["right"], first["left"])  # `HW3 - Smith - Anna`
    return _Sides(entry, match["left"], match["right"])


def _says_people(sides: Sequence[_Sides]) -> bool:
    """Whether the files' side says parts, mostly, and the other side persons, always; and there are two of them."""
    code = [one for one in sides if is_code(one.entry.name)]
    files = [version(one.file).who for one in code]
    parts = sum(names_a_part(file) and _says_a_word(file) for file in files)
    people = {_person(one.who).who for one in code}
    return 2 * parts > len(code) and len(people) > 1 and not any(map(names_a_part, people))


def _says_a_word(file: str) -> bool:
    """Whether it has a word, or the number of a question: another number, and a seat such as `A1`, is a student's."""
    return any(len(word) > 1 or word == "q" or not word.isascii() for word in words_of(file)[0])


def _person(who: str) -> Version:
    """The person's side without a mark of a version: `Ida Late` is a name of a family, `Ida_late` is late."""
    if found := ACCOUNT.fullmatch(who):
        return Version(found["who"], int(found["number"] or 0))
    return Version(who) if FAMILY.match(who) else version(who)


def _handed(one: _Sides, there: Container[object]) -> Handed:
    """The file of a person, without the marks of a version: as a count only if the file without it is `there`.

    Copy is a family too, so a person without that word has to be there.
    """
    person, file = _person(one.who), version(one.file)
    if person.who.casefold() not in there and " " not in person.who:
        person = Version(one.who)
    name, rank = file.who, max(person.rank, file.rank, key=abs)
    if (second := SECOND.match(name)) and (person.who.casefold(), second["file"]) in there:
        name, rank = second["file"], rank or int(second["number"])
    ending = one.entry.name[len(stem(one.entry.name)) :]
    key = person.who.casefold()
    return Handed(one.entry, key, person.who, {"name": person.who}, name + ending, (), rank)


def _all(
    form: "re.Pattern[str]", entries: Sequence[Path], sure: bool, stems: bool = False
) -> "list[tuple[Path, re.Match[str]]]":
    """The entries with names of that form: none unless all with code have it, or the user says so."""
    found = [(e, match) for e in entries if (match := form.match(stem(e.name) if stems and not e.is_dir() else e.name))]
    if not found:
        return []
    known = {entry for entry, _match in found}
    others = [entry for entry in entries if entry not in known and (entry.is_dir() or is_code(entry.name))]
    return [] if others and not sure else found
