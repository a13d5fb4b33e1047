"""The parts of a name: a person, a part of a work, a task, a section, late work, an attempt."""

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from nnkata.grading.kinds import has, is_code, stem
from nnkata.grading.names.attempt import STEP, is_attempt, without_time
from nnkata.grading.names.days import day
from nnkata.grading.names.ordinals import ORDINAL
from nnkata.grading.names.timestamps import is_moment
from nnkata.grading.names.versions import anybody, version
from nnkata.grading.names.words import (
    ATTEMPTS,
    BESIDE_LATE,
    COURSES,
    LATE,
    ON_TIME,
    PARTS,
    PEOPLE,
    SECTIONS,
    SIGNS,
    words_of,
)
from nnkata.texts import text

#: Words with blanks between, perhaps behind a particle: `Ada Lee`, `van der Berg, Jan`, `O'Brien, Seán`.
FULL_NAME = re.compile(
    r"(?:(?:van|von|vom|zu|zur|de|del|della|di|da|do|dos|das|du|den|der|des|ten|ter|el|al|la|le|bin|ibn|af|av|in) )"
    r"{0,3}(?:['’]t )?(?:[OD]['’])?"
    r"(?P<first>[^\W\d_])[^\W\d_]+(?:[ ,.'’-]+[^\W\d_]+)*[,.]? (?:[ODod]['’])?"
    r"(?P<last>[^\W\d_])[^\W\d_]+(?:-(?P<double>[^\W\d_])[^\W\d_]+)?(?:,? [JS]r\.?)?"
)
#: A family with initials: `K. R. Srinivasan`, `Srinivasan, K. R.`
BY_INITIALS = re.compile(r"(?:[A-Z]\. ?){1,3}[^\W\d_]{2,}|[^\W\d_]{2,}, (?:[A-Z]\. ?){1,3}")
#: Digits of the number of a student that stands alone, and of one that stands beside words: a number of images or of
#: epochs has fewer, or ends in noughts.
ALONE, BESIDE = 4, 5
#: The number of a student.
LONG = re.compile(r"(?<!\d)\d{6,12}(?!\d)")
#: A year, a day, or a second: the number of a version.
DATE = re.compile(
    r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?)?$"
)
#: A task of a course, by its number, which is shorter than a student's; "task 1" and "part 1" may be parts of one.
TASK = re.compile(
    r"(?:hw|homework|ps|pset|problem[\s_-]?set|assignment|lab|project|week|tp|td|devoir|tarea|übung|aufgabe|blatt|作业|实验)"
    r"[\s_.-]*\d{1,3}(?!\d)",
    re.I,
)
#: A task before a name or behind it, with the separator.
TASK_BESIDE = re.compile(rf"^{TASK.pattern}[\s_–-]+|[\s_–-]+{TASK.pattern}$", re.I)
#: A letter of a script without capital letters, in which a name has blanks: Hebrew, Arabic, those of India, Thai,
#: Georgian, Ethiopic, Khmer.
WITHOUT_CAPITALS = re.compile(
    "[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3\u0900-\u0e7f\u10d0-\u10ff\u1200-\u137f\u1780-\u17ff]"
)
#: A Chinese, Japanese or Korean name without a blank.
EASTERN = re.compile("[\u3400-\u9fff]{2,4}|[\uac00-\ud7af]{2,4}")
#: The name of a user of a university's computers, which nobody else has.
USER = re.compile(r"[a-z]{1,10}\d{2,}[a-z]{0,3}|[a-z]{2,}\d*(?:\.[a-z]{2,}\d*){1,2}")
#: Nouns for a submission.
UPLOADS = frozenset("upload scan doc document attachment item entry form seat pc room img image page".split())  # noqa: SIM905
#: A class of a Chinese course: `三班`, `计科2101班`.
CLASS = re.compile(r"[一二三四五六七八九十\d]班$")
#: A user's name whose letters are a word of a section.
INITIALS = re.compile(r"(?:[ap]m|mon|tue|wed|thu|fri)\d{3,}")
#: A range of families' first letters, perhaps with a noun or a grader's name: `A-F`, `G bis M`, `Group N-Z (Kim)`.
LETTERS = re.compile(
    r"(?:[^\W\d_]{2,}[\s_.-]+)?(?P<first>[A-Z])(?:\s*[-–—_]\s*|\s+(?:to|bis|a|à|until|through|tot|til|till|do|до)\s+)"
    r"(?P<last>[A-Z])(?:[\s_-]*\(?[^\W\d_]{2,}\)?)?",
    re.I,
)
#: A month or a day of a collector.
PERIOD = re.compile(r"20\d\d[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?")


def names_a_part(name: str, days: bool = True) -> bool:
    """Whether a name states a version or a part of a work, and no student.

    `days`: whether a number that may be a day is one; numbers of students may begin with a year too.
    """
    words, numbers = words_of(name)
    if any(is_number_of_student(number, bool(words), days) for number in numbers):
        return False
    return all(word in PARTS for word in words)


def may_be_person(name: str) -> bool:
    """Whether a name is a word of a part that is a first name too, perhaps with a task: `ann.py`, `ann_hw3.py`.

    Any other word beside it makes a part: `my_network.py`, `best_model.py`.
    """
    words, numbers = words_of(version(TASK.sub(" ", stem(text(name))).strip(" _-.")).who)
    return len(words) == 1 and words[0] in PEOPLE and not numbers


def names_nobody(name: str, days: bool = True) -> bool:
    """Whether a name beside names of students states a part or a version: there, `ann` is a person."""
    return names_a_part(name, days) and not may_be_person(name)


def is_of_course(name: str) -> bool:
    """Whether all words of a name are those of a course, a task or a part."""
    return all(word in PARTS | COURSES for word in words_of(name)[0])


def own_words(name: str, people: Collection[str] = ()) -> str:
    """The words of a name that say no part, version or task, or are those of `people`: those of its owner."""
    return " ".join(word for word in words_of(name)[0] if word in people or word not in PARTS)


def is_full_name(name: str) -> bool:
    """Whether a name has capital letters and blanks between, as no module has that is imported: `Ada Lee.py`.

    Some scripts have no capital letters. A task may stand before it or behind it: `Ada Lee-hw3.zip`.
    """
    plain = re.sub(f"[{SIGNS}]", "", unicodedata.normalize("NFC", stem(text(name))))
    found = FULL_NAME.fullmatch(TASK_BESIDE.sub("", plain))
    firsts = found.groupdict().values() if found else ()
    return found is not None and all(one.isupper() or WITHOUT_CAPITALS.match(one) for one in firsts if one)


def is_sure(name: str) -> bool:
    """Whether a name is one student's wherever it stands: a full name, as `Ada_Lee` and 张三 too, a mail, a number.

    Letters with two digits or more, and letters with a dot, are a user's name: `dm35`, `ada.lee`.
    """
    words, numbers = words_of(name)
    if names_a_part(name):
        return False
    apart = re.sub(r"[\s_-]*\d+[\s_-]*|_+|(?<=[a-z])(?=[A-Z])", " ", name).strip()
    return bool(
        is_full_name(apart)
        or BY_INITIALS.fullmatch(apart) is not None
        or EASTERN.fullmatch(unicodedata.normalize("NFC", apart).replace(", ", "")) is not None
        or "@" in name
        or _is_user(stem(name) if is_code(name) else name)
        or any(is_number_of_student(number, bool(words), days=True) for number in numbers)
    )


def _is_user(name: str) -> bool:
    """Whether a name is a user's, and no noun with a number, as `file01` and `student12` are."""
    nouns = PARTS | COURSES | UPLOADS
    return USER.fullmatch(name) is not None and not anybody(name) and nouns.isdisjoint(words_of(name)[0])


def is_period(name: str) -> bool:
    """Whether a name is a day or a month: `2026-11-05`, `2026-11`."""
    return bool(day(name)) or PERIOD.fullmatch(name) is not None


def is_range(name: str) -> bool:
    """Whether a name is a range of letters, for the families that begin with them: `A-F`."""
    found = LETTERS.fullmatch(unicodedata.normalize("NFC", name))
    return found is not None and found["first"].casefold() < found["last"].casefold()


def is_for_late_ones(name: str) -> bool:
    """Whether a folder or an archive has a name for late work, or for a section."""
    return says_late(name) or is_of_section(name)


def says_late(name: str) -> bool:
    """Whether a name is one for late work, or for work in time, beside words of a task or a course."""
    words = {*words_of(ON_TIME.sub("ontime", name))[0]}
    return bool(words & LATE) and words <= LATE | BESIDE_LATE | PARTS | COURSES


def tasks_in(name: str) -> list[str]:
    """The tasks that a name says: `hw3` in `CS1-HW3 late`."""
    return [found[0].casefold() for found in TASK.finditer(name)]


def names_a_task(folder: Path) -> bool:
    """Whether a folder is for one task among several of a student: `hw2`, or one of nbgrader's."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    return TASK.fullmatch(text(folder.name)) is not None or has(folder, "timestamp.txt")


def is_of_section(name: str) -> bool:
    """Whether a folder has the name of a section: a word for one, and no other but those of a course or a task."""
    words = words_of(name)[0]
    return CLASS.search(stem(text(name))) is not None or (
        not INITIALS.fullmatch(stem(text(name)))
        and bool(SECTIONS & set(words))
        and all(word in SECTIONS | PARTS | COURSES or len(word) == 1 for word in words)
    )


def is_attempt_alone(name: str) -> bool:
    """Whether a folder's name says an attempt and nobody; a time may stand behind a student's name."""
    if day(name) or STEP.fullmatch(name) or is_moment(name):
        return True
    return is_attempt(name) and all(word in PARTS | LATE | ATTEMPTS for word in words_of(ORDINAL.sub(" ", name))[0])


def is_number_of_student(number: str, beside: bool, days: bool) -> bool:
    """Whether a number is long enough for a student's; one `beside` words needs more digits.

    `days`: whether one that may be a day is one.
    """
    long = len(number) >= (BESIDE if beside else ALONE) and not number.endswith("000")
    return long and not ((days or len(number) == len("2026")) and DATE.match(number))


def numbers_beside(name: str) -> list[str]:
    """The numbers in a name that may be students' beside words: a year, a task or a version has fewer digits."""
    return [number for number in re.findall(r"\d+", name) if len(number) >= BESIDE]


def are_numbers(names: Collection[str]) -> bool:
    """Whether each name has one number of a student, all of one length: some may look like days, or be round.

    `20231014`, `20231049` and `20231000` are three students of a year; without the second one, they may be days.
    """
    found = [LONG.findall(without_time(text(name))) for name in names]
    numbers = {one[0] for one in found if one}
    sure = not all(map(DATE.match, numbers)) and not all(number.endswith("000") for number in numbers)
    return all(len(one) == 1 for one in found) and sure and len(numbers) > 1 == len({len(number) for number in numbers})
