"""Whether the entries of a folder are several students', or parts of one's work: by name and content."""

import re
from collections.abc import Collection, Sequence
from pathlib import Path

from nnkata.grading.attempts import STEP, is_attempt
from nnkata.grading.contents import holds_code, holds_network, import_each_other
from nnkata.grading.days import day
from nnkata.grading.gather import text
from nnkata.grading.kinds import entries_of, has, stem
from nnkata.grading.moments import is_moment
from nnkata.grading.ordinals import ORDINAL
from nnkata.grading.versions import version
from nnkata.grading.words import (
    AFTER,
    ATTEMPTS,
    COURSES,
    EARLY,
    LAST,
    LATE,
    LATEST,
    MANY_PEOPLE,
    ON_TIME,
    PARTS,
    PEOPLE,
    SECTIONS,
    WORKS,
    words_of,
)

#: This many folders with Python are students', even beside folders with the names of parts, such as a solution of the
#: course's own; in a folder with the name of a task, fewer suffice.
SEVERAL, FEW = 3, 2
#: Words with blanks between.
FULL_NAME = re.compile(r"(?P<first>[^\W\d_])[^\W\d_]+(?:[ ,.'’-]+[^\W\d_]+)*,? (?P<last>[^\W\d_])[^\W\d_]+")
#: Words of a file that the course gives its students, or keeps from them.
GIVEN = frozenset(("solution", "skeleton", "starter", "startercode", "template"))
#: Networks with the name of a student for each one that has the name of a part: there are people called Best, and
#: files whose students have not named them.
MANY = 4
#: Digits of the number of a student that stands alone, and of one that stands beside words: a number of images or of
#: epochs has fewer, or ends in noughts.
ALONE, BESIDE = 4, 5
#: A year, a day, or a second: the number of a version.
DATE = re.compile(
    r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?)?$"
)
#: A task of a course, by its number; "task 1" and "part 1" may be parts of one.
TASK = re.compile(
    r"(?:hw|homework|ps|pset|problem[\s_-]?set|assignment|lab|project|week|tp|td|devoir|tarea|übung|aufgabe|blatt|作业|实验)"
    r"[\s_.-]*\d+",
    re.I,
)
#: A program's number for a file of a name that is there already.
NUMBER = re.compile(r"\s*\(\d{1,3}\)$|-\d{1,2}$")
#: A class of a Chinese course: `三班`, `计科2101班`.
CLASS = re.compile(r"[一二三四五六七八九十\d]班$")
#: A month or a day of a collector.
PERIOD = re.compile(r"20\d\d[-_.](?:0[1-9]|1[0-2])(?:[-_.](?:0[1-9]|[12]\d|3[01]))?")
#: A submission without a name, by its number.
NUMBERED = re.compile(r"(?:submission|student)[\s_-]?\d+", re.I)


def names_a_part(name: str, days: bool = True) -> bool:
    """Whether a name states a version or a part of a work, and no student.

    `days`: whether a number that may be a day is one; numbers of students may begin with a year too.
    """
    words, numbers = words_of(name)
    if any(_of_a_student(number, bool(words), days) for number in numbers):
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


def are_students(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether the entries of the only folder that there is are students', and not files of one student's work.

    They are not if a file of them imports another, or one with Python has the name of a part. Bare numbers are
    students where the folder's own name is that of a task.
    """
    words, numbers = words_of(folder.name)
    of_task = all(word in PARTS | COURSES for word in words) and bool(words or numbers)
    code = [entry for entry in entries if holds_code(entry)]
    if not code or import_each_other(code):
        return False
    if are_of_people(folder, code, of_task):
        return True
    if of_task and not any(words_of(entry.name)[0] for entry in code):
        return True
    if words and len(code) > 1 and all(NUMBERED.fullmatch(text(entry.name)) for entry in code):
        return of_task or words[-1] == "export"  # nobody's name: Gradescope's folders without their list
    named = [entry for entry in code if not _part_of(folder, entry, days=False)]
    if _owner_among(folder, code):
        return False
    if _networks_of_several(folder, code) or _may_all_be_names(code):
        return True
    rest = [entry for entry in code if entry not in named]
    if rest and named and all(may_be_person(entry.name) for entry in rest) and all(map(holds_network, code)):
        return of_task or len(named) > 1
    if rest:
        return len(named) >= (FEW if of_task else SEVERAL) and all(entry.is_dir() for entry in code)
    return _are_several(named) or of_task


def are_of_people(folder: Path, code: Sequence[Path], of_course: bool = False) -> bool:
    """Whether folders with a network each are people's by the name of the folder around them: `teams/Softmax`.

    `of_course`: whether that folder is the only one of a course. A part of a work has another name: `old`, `src`.
    """
    words = words_of(folder.name)[0]
    told = bool(MANY_PEOPLE & {*words}) and all(word in MANY_PEOPLE | PARTS | COURSES for word in words)
    no_group = WORKS | EARLY | AFTER | LAST | LATEST | LATE | ATTEMPTS
    names = [({*words}, numbers) for words, numbers in (words_of(entry.name) for entry in code)]
    parts = [said for said, numbers in names if said and said <= (PARTS | no_group if numbers else no_group)]
    return (
        (told or of_course)
        and len(code) > 1
        and not parts
        and all(entry.is_dir() and holds_network(entry) for entry in code)
    )


def _are_several(named: Sequence[Path]) -> bool:
    """Whether names say several people: the files `mynet.py`, `mynet_old.py`, `mynet (1).py` are versions of one."""
    owners = set()
    for one in named:
        who = version(stem(text(one.name))).who
        owners.add((own_words(who), *words_of(who)[1]) if one.is_file() else (one.name,))
    return len(owners) > 1


def _networks_of_several(folder: Path, code: Sequence[Path]) -> bool:
    """Whether files in a folder for a task or a course are of several, though some have names of parts.

    A browser or a mail program has numbered `network (1).py` beside `network.py`; or most names are those of students,
    or all but that of the course's own solution, or they are full names.
    """
    name = text(folder.name)
    holding = [entry for entry in code if entry.is_file() and holds_network(entry)]
    if _have_full_names(holding):
        return True
    if not TASK.fullmatch(name) and not COURSES & set(words_of(name)[0]):
        return False
    of_course = [entry for entry in holding if set(words_of(entry.name)[0]) & GIVEN and names_a_part(entry.name)]
    rest = [entry for entry in holding if entry not in of_course]
    if of_course and len(rest) >= FEW and not any(_part_of(folder, entry, days=False) for entry in rest):
        return True
    if len(holding) > 1 and len({NUMBER.sub("", stem(text(entry.name))) for entry in holding}) == 1:
        return True
    named = [entry for entry in holding if not _part_of(folder, entry, days=False)]
    return len(named) >= SEVERAL and FEW * (len(holding) - len(named)) <= len(named)


def is_full_name(name: str) -> bool:
    """Whether a name has capital letters and blanks between, as no module has that is imported: `Ada Lee.py`."""
    found = FULL_NAME.fullmatch(stem(text(name)))
    return found is not None and found["first"].isupper() and found["last"].isupper()


def is_sure(name: str) -> bool:
    """Whether a name is one student's wherever it stands: a full name, perhaps with a number, a mail, a long number."""
    words, numbers = words_of(name)
    full = is_full_name(re.sub(r"[\s_-]*\d+[\s_-]*", " ", name).strip())
    return full or "@" in name or any(_of_a_student(number, bool(words), days=True) for number in numbers)


def _have_full_names(holding: Sequence[Path]) -> bool:
    """Whether half of the files, or more, have names like `Ada Lee`, and two of these share no word."""
    words = [set(words_of(entry.name)[0]) for entry in holding if is_full_name(entry.name)]
    words = [said for said in words if not said & PARTS]
    apart = any(not one & other for at, one in enumerate(words) for other in words[:at])
    return apart and 2 * len(words) >= len(holding)


def _may_all_be_names(code: Sequence[Path]) -> bool:
    """Whether all entries have a network and names like `Lab Week` and `Data Test`, without a common word."""
    words = [words_of(entry.name)[0] for entry in code if is_full_name(entry.name) and holds_network(entry)]
    said = [word for of_one in words for word in of_one]
    return len(code) == len(words) > 1 and len(said) == len(set(said)) and not WORKS & set(said)


def hold_networks(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether two entries hold a network and have the names of students, and none that holds one has that of a part."""
    holding = [entry for entry in entries if holds_network(entry)]
    named = [entry for entry in holding if not _part_of(folder, entry)]
    if _owner_among(folder, holding):
        return False
    rest = [entry for entry in holding if entry not in named]
    if named and rest and all(may_be_person(entry.name) for entry in rest):
        told = is_of_section(folder.name) or is_of_course(folder.name)
        return told or len(named) > 1 or all(entry.is_dir() for entry in holding)
    if rest and is_of_section(folder.name):
        return len(named) > max(1, len(rest))
    return _are_several(named) and MANY * len(rest) <= len(named)


def holds_late_ones(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether the folder is for late work, or a section's, and all its entries with code are named after somebody."""
    if not is_for_late_ones(folder.name):
        return False
    code = [entry for entry in entries if holds_code(entry)]
    inner = [one for entry in code if entry.is_dir() and is_period(entry.name) for one in entries_of(entry)]
    code = [one for one in [*code, *filter(holds_code, inner)] if one.parent != folder or not is_period(one.name)]
    return bool(code) and not any(names_nobody(one.name, days=False) or is_attempt_alone(one.name) for one in code)


def is_period(name: str) -> bool:
    """Whether a name is a day or a month: `2026-11-05`, `2026-11`."""
    return bool(day(name)) or PERIOD.fullmatch(name) is not None


def is_for_late_ones(name: str) -> bool:
    """Whether a folder or an archive has a name for late work, or for a section."""
    return says_late(name) or is_of_section(name)


def says_late(name: str) -> bool:
    """Whether a name is one for late work, or for work in time, beside words of a task or a course."""
    words = {*words_of(ON_TIME.sub("ontime", name))[0]}
    return bool(words & LATE) and words <= LATE | PARTS | COURSES


def names_a_task(folder: Path) -> bool:
    """Whether a folder is for one task among several of a student: `hw2`, or one of nbgrader's."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    return TASK.fullmatch(text(folder.name)) is not None or has(folder, "timestamp.txt")


def is_of_section(name: str) -> bool:
    """Whether a folder has the name of a section: a word for one, and no other but those of a course or a task."""
    words = words_of(name)[0]
    return CLASS.search(stem(text(name))) is not None or (
        bool(SECTIONS & set(words)) and all(word in SECTIONS | PARTS | COURSES for word in words)
    )


def _part_of(folder: Path, entry: Path, days: bool = True) -> bool:
    """Whether an entry's name says a part of the folder's owner's work: `ada_v2` in `ada`, `network_v2` anywhere.

    A letter and a number, `A1` in `A`, is the code of a student of a section.
    """
    if entry.is_dir() and (is_attempt_alone(entry.name) or names_a_task(entry) or _is_of_late_work(entry)):
        return True
    (own, numbers_of_owner), (words, numbers) = words_of(folder.name), words_of(entry.name)
    numbers = [number for number in numbers if number not in numbers_of_owner]
    if words == own and len(own) == 1 and len(own[0]) == 1 and own[0] != "v" and numbers:
        return False
    beside = [word for word in words if word not in own]
    if not beside or any(_of_a_student(number, bool(words), days) for number in numbers):
        return names_a_part(entry.name, days)
    return all(word in PARTS for word in beside)


def _is_of_late_work(folder: Path) -> bool:
    """Whether a student's folder is that of an attempt in words, `late` or `Initial submission`, and not of others."""
    code = [entry for entry in entries_of(folder) if _says_when(folder) and holds_code(entry)]
    return any(names_nobody(entry.name, days=False) or is_attempt_alone(entry.name) for entry in code)


def _says_when(folder: Path) -> bool:
    words = words_of(folder.name)[0]
    said = LATE | EARLY | AFTER | LAST | LATEST
    return bool(said & {*words}) and all(word in said | ATTEMPTS | PARTS | {"feedback"} for word in words)


def are_rounds(code: Sequence[Path]) -> bool:
    """Whether folders called `Draft` and `Final` hold files and folders of several people."""
    if not all(entry.is_dir() and _says_when(entry) and not _is_of_late_work(entry) for entry in code):
        return False
    return len({stem(text(inner.name)) for entry in code for inner in entries_of(entry) if holds_code(inner)}) > 1


def is_attempt_alone(name: str) -> bool:
    """Whether a folder's name says an attempt and nobody; a time may stand behind a student's name."""
    if day(name) or STEP.fullmatch(name) or is_moment(name):
        return True
    return is_attempt(name) and all(word in PARTS | LATE | ATTEMPTS for word in words_of(ORDINAL.sub(" ", name))[0])


def _owner_among(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether an entry has the folder's own name, and the others that name or parts: `ada.py`, `ada2.py` in `ada`."""
    own = words_of(folder.name)[0]
    same = any(stem(entry.name).casefold() == folder.name.casefold() for entry in entries if not entry.is_dir())
    return same and all(word in own or word in PARTS for entry in entries for word in words_of(entry.name)[0])


def _of_a_student(number: str, beside: bool, days: bool) -> bool:
    long = len(number) >= (BESIDE if beside else ALONE) and not number.endswith("000")
    return long and not ((days or len(number) == len("2026")) and DATE.match(number))
