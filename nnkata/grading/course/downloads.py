"""Several downloads of one assignment, such as `submissions (1).zip` or that of late work: one submission per student.

A platform's key proves a student, but not always the assignment: on Canvas, a user has one number in all of them. So
two downloads are of one assignment only if an entry with a number of the platform is in both, or if their folders
differ in a count, a day or words for late work alone.

Without a platform's key, a full name, a mail or a student's number is one in a folder of late work: `late/Bob Roe.py`
beside `on time/Bob Roe.py` is a later attempt, as two files of that name in one folder are one student's too. A single
word may be two students'.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nnkata.grading.course.name_pattern import OTHERS
from nnkata.grading.names.attempt import number_or_time, says_a_number
from nnkata.grading.names.named import (
    are_numbers,
    is_attempt_alone,
    is_period,
    is_sure,
    names_nobody,
    says_late,
    tasks_in,
)
from nnkata.grading.names.places import place
from nnkata.grading.names.versions import anybody, version
from nnkata.grading.names.words import AFTER, ATTEMPTS, EARLY, IN_TIME, LAST, LATE, LATEST, ON_TIME, words_of
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.language import _
from nnkata.texts import listed, natural, printable, text

#: What no other assignment has, from an entry: the number of an upload or of a participant, or the assignment's name.
PROOFS: Mapping[str, Callable[[Handed], str]] = {
    "canvas": lambda one: str(one.version or one.entry.name),
    "moodle": lambda one: one.key,
    "blackboard": lambda one: one.key,
    "brightspace": lambda one: one.entry.name.partition(" ")[0],
    "gradescope": lambda one: one.entry.name,
    "prairielearn": lambda one: one.entry.name,
    "marmoset": lambda one: one.entry.name,
}
#: Platforms without a key of the student in their names.
UNSURE = frozenset(("files", "forms"))
#: Words of a folder for the drafts of a whole class, and for the later ones; `first` and `second` may be tasks.
DRAFT = EARLY - {"first", "before"}
REVISED = (AFTER | LAST | LATEST) - {"after", "second"}
#: Students of a class that prove it.
SEVERAL = 2
#: Students in the message.
SHOWN = 3


@dataclass(frozen=True)
class Download:
    """A listing with its folder, the folder in which that or its archive lies, and its platform."""

    folder: Path
    around: Path | None
    platform: str
    listing: Listing

    @property
    def name(self) -> str:
        """The folder's name."""
        return text(self.folder.name)

    @property
    def late(self) -> bool:
        """Whether the folder is for late work by its name, or for work in time beside such a one."""
        return says_late(self.name)

    @property
    def in_time(self) -> bool:
        """Whether its name says nothing about time, or that the work is in time."""
        return not self.late or bool(IN_TIME & {*words_of(ON_TIME.sub("ontime", self.name))[0]})


def joined(downloads: Sequence[Download]) -> tuple[list[Listing], tuple[str, ...]]:
    """Their listings; a student's work is in the first of several downloads.

    The attempt begins as the platform has it; of equal ones, the later download counts. Beside them the note.
    """
    found = [one.listing for one in downloads]
    told: dict[str, None] = {}
    for first, others in _of_one_assignment(downloads).items():
        these = sorted((first, *others), key=lambda at: _later(downloads[at].name))
        places: dict[tuple[str, str], set[int]] = defaultdict(set)
        numbers = are_numbers([one.who for at in these for one in found[at].handed])
        twins = all(_are_twins(downloads[first], downloads[at]) for at in others)
        rounds = all(_are_rounds(downloads[first], downloads[at]) for at in others)
        for at in these:
            for one in found[at].handed:
                if (
                    _has_key(one, downloads[at].platform)
                    or numbers
                    or (twins and not names_nobody(one.who))
                    or (rounds and _is_word(one.who))
                ):
                    places[_student(one)].add(at)
        several = {student for student, where in places.items() if len(where) > 1}
        told |= dict.fromkeys(who for _key, who in several)
        moved = [one for order, at in enumerate(these) for one in _ordered(found[at].handed, several, order)]
        shown = {_student(one): one.who for one in sorted(moved, key=lambda one: len(one.who))}
        moved = [replace(one, who=shown[_student(one)]) for one in moved]
        if downloads[first].platform in UNSURE:  # no number of an upload, so the folder's place decides
            moved = [replace(one, attempt=(one.attempt[-1], *one.attempt)) for one in moved]
        known = {key for key, _who in places}
        for at in these:
            rest = [one for one in found[at].handed if _student(one) not in several]
            found[at] = replace(
                found[at],
                handed=[*rest, *moved] if at == first else rest,
                absent={key: who for key, who in found[at].absent.items() if key not in known},
                missing=[one for one in found[at].missing if one.key not in known],
            )
    return found, (_note(sorted(told, key=natural)),) if told else ()


def _has_key(one: Handed, platform: str) -> bool:
    """Whether an entry has what is the same in all downloads: the platform's key, or else what `is_sure` of a name."""
    return is_sure(one.who) if platform in UNSURE else not one.key.startswith(OTHERS)


def _student(one: Handed) -> tuple[str, str]:
    """The platform's key, and the name: without the key that namesakes have behind it in one of the downloads."""
    return one.key, unicodedata.normalize("NFC", one.ids.get("name", one.who))


def _of_one_assignment(downloads: Sequence[Download]) -> Mapping[int, list[int]]:
    """The first download of each assignment that has several, and the others."""
    groups: dict[int, list[int]] = {}
    taken: set[int] = set()
    in_time = Counter(one.platform for one in downloads if one.listing.handed and one.in_time)
    for at, one in enumerate(downloads):
        if at in taken or not one.listing.handed:
            continue
        others = [n for n in range(at + 1, len(downloads)) if n not in taken and _same(one, downloads[n], in_time)]
        taken |= {*others}
        if others:
            groups[at] = others
    return groups


def _same(one: Download, other: Download, in_time: Mapping[str, int]) -> bool:
    """Whether two are of one assignment; `in_time` counts those of each platform that are in time."""
    tasks = [tasks_in(one.name), tasks_in(other.name)]
    if one.platform != other.platform or (all(tasks) and tasks[0] != tasks[1]):
        return False
    inside = other.around == one.folder and other.late and not one.late
    late = inside or (in_time[one.platform] == 1 and (one.late or other.late))
    if one.platform in UNSURE:
        pair = _late_of(one, other) or _are_attempts(one, other) or _are_twins(one, other)
        return late or (one.around == other.around and pair)
    return late or bool(_proofs(one) & _proofs(other)) or _called_alike(one, other)


def _proofs(one: Download) -> set[tuple[str, str, str]]:
    proof = PROOFS.get(one.platform)
    return {(*_student(each), proof(each)) for each in one.listing.handed} if proof else set()


def _late_of(one: Download, other: Download) -> bool:
    """Whether one of two folders is for the late work of the other: `HW4` and `HW4 late`, `on time` and `late`."""
    (words, numbers), (others, other_numbers) = (words_of(ON_TIME.sub("ontime", each.name)) for each in (one, other))
    rest = [word for word in words if word not in LATE]
    alike = rest == [word for word in others if word not in LATE] and numbers == other_numbers
    return alike and one.in_time != other.in_time and (bool(rest) or (one.late and other.late))


def _are_attempts(one: Download, other: Download) -> bool:
    """Whether two folders are attempts of a whole class: `First attempt`, `Second attempt`, or `Draft`, `HW3 final`."""
    if all(is_attempt_alone(each.name) and not _is_of_a_day(each.name) for each in (one, other)):
        return True
    (words, numbers), (others, other_numbers) = (words_of(each.name) for each in (one, other))
    kinds = [(bool(DRAFT & {*said}), bool(REVISED & {*said})) for said in (words, others)]
    rest = [[word for word in said if word not in DRAFT | REVISED | ATTEMPTS] for said in (words, others)]
    return sorted(kinds) == [(False, True), (True, False)] and rest[0] == rest[1] and numbers == other_numbers


def _is_of_a_day(name: str) -> bool:
    """Whether a name says a month, or a day without a clock and without a task: `2026-11-05 Lab`, of another week."""
    return is_period(name) or (not says_a_number(name) and not tasks_in(name) and _is_midnight(number_or_time(name)))


def _is_midnight(time: tuple[int, ...]) -> bool:
    return time[:1] == (0,) and all(digits % 1_000_000 == 0 for digits in time[1:])


def _are_twins(one: Download, other: Download) -> bool:
    """Whether two are a folder and an archive of one name: the same names in them are the same students."""
    return one.around == other.around and one.folder != other.folder and one.name.casefold() == other.name.casefold()


def _are_rounds(one: Download, other: Download) -> bool:
    """Whether two are attempts of one class: all students of the smaller one, two or more, are in the other one too.

    Then also those with a name of one word are the same, which a class has once: `Draft/ada.py` and `Final/ada.py`.
    """
    if one.platform not in UNSURE or not _are_attempts(one, other):
        return False
    fewer, more = sorted(({_student(each) for each in part.listing.handed} for part in (one, other)), key=len)
    return len(fewer) >= SEVERAL and fewer <= more


def _is_word(name: str) -> bool:
    """Whether a name is a word for somebody, and no noun with a number: `ada`, not `student01`."""
    return not words_of(name)[1] and not names_nobody(name) and not anybody(name)


def _called_alike(one: Download, other: Download) -> bool:
    """Whether the names of two in one folder differ in a count, a day or words for late work alone."""
    if one.around != other.around or one.name == other.name:
        return False
    late = one.late and other.late and words_of(one.name)[1] == words_of(other.name)[1]
    return late or version(one.name).who.casefold() == version(other.name).who.casefold()


def _later(name: str) -> tuple[int, ...]:
    """The rank of a download by its name."""
    return place(name) or (version(name).rank,)


def _ordered(handed: Sequence[Handed], several: Collection[tuple[str, str]], order: int) -> list[Handed]:
    """The entries of students with several downloads: by the attempt, the greatest number of a file, the download."""
    newest: dict[tuple[str, str], int] = {}
    for one in handed:
        newest[_student(one)] = max(one.version, newest.get(_student(one), 0))
    return [
        replace(one, attempt=(*one.attempt, newest[_student(one)], order)) for one in handed if _student(one) in several
    ]


def _note(students: Sequence[str]) -> str:
    said = _("{names}: in several downloads of the assignment, of which the latest counts")
    return said.format(names=listed([*map(printable, students)], SHOWN))
