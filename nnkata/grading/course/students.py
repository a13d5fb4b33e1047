"""Whether the entries of a folder are several students', or parts of one's work: by name and content."""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.course.numbered import are_numbered, have_numbers, have_numbers_in_front
from nnkata.grading.course.rounds import is_of_late_work
from nnkata.grading.kinds import stem
from nnkata.grading.names.attempt import has_clock, step
from nnkata.grading.names.named import (
    TASK,
    are_numbers,
    is_attempt_alone,
    is_full_name,
    is_number_of_student,
    is_of_course,
    is_of_section,
    is_period,
    may_be_person,
    names_a_part,
    names_a_task,
    own_words,
)
from nnkata.grading.names.versions import version
from nnkata.grading.names.words import (
    AFTER,
    ATTEMPTS,
    COURSES,
    EARLY,
    EXAMS,
    LAST,
    LATE,
    LATEST,
    MANY_PEOPLE,
    PARTS,
    SUBMISSIONS,
    WORKS,
    words_of,
)
from nnkata.grading.submission.contents import holds_code, holds_network, import_each_other
from nnkata.texts import text

#: This many folders with Python are students', even beside folders with the names of parts, such as a solution of the
#: course's own; in a folder with the name of a task, fewer suffice.
SEVERAL, FEW = 3, 2
#: Words of a file that the course gives its students, or keeps from them.
GIVEN = frozenset(("solution", "skeleton", "starter", "startercode", "template"))
#: Networks with the name of a student for each one that has the name of a part: there are people called Best, and
#: files whose students have not named them.
MANY = 4
#: A submission without a name, by its number.
NUMBERED = re.compile(r"(?:submission|student)[\s_-]?\d+", re.I)


def are_students(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether the entries of the only folder that there is are students', and not files of one student's work.

    They are not if a file of them imports another, or one with Python has the name of a part. Bare numbers are
    students where the folder's own name is that of a task.
    """
    words, numbers = words_of(folder.name)
    of_task = all(word in PARTS | COURSES | EXAMS for word in words) and bool(words or numbers)
    code = [entry for entry in entries if holds_code(entry)]
    if not code or import_each_other(code):
        return False
    if have_numbers_in_front(code) or are_numbers([entry.name for entry in code]) or have_numbers(code):
        return True
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
    rest = _without(code, named)
    if rest and named and all(may_be_person(entry.name) for entry in rest) and all(map(holds_network, code)):
        return of_task or len(named) > 1
    if rest:
        several = bool(SUBMISSIONS & {*words}) and len(rest) <= len(named)  # `submissions/01-Deep.py`
        return len(named) >= (FEW if of_task else SEVERAL) and (several or all(entry.is_dir() for entry in code))
    return _are_several(named) or of_task


def _without(entries: Sequence[Path], others: Sequence[Path]) -> list[Path]:
    known = set(others)
    return [entry for entry in entries if entry not in known]


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
    if have_full_names(holding):
        return True
    if not TASK.fullmatch(name) and not COURSES & set(words_of(name)[0]) and not is_period(name):
        return False
    of_course = [entry for entry in holding if set(words_of(entry.name)[0]) & GIVEN and names_a_part(entry.name)]
    rest = [entry for entry in holding if entry not in of_course]
    if of_course and len(rest) >= FEW and not any(_part_of(folder, entry, days=False) for entry in rest):
        return True
    if are_numbered([entry.name for entry in holding]):
        return True
    named = [entry for entry in holding if not _part_of(folder, entry, days=False)]
    return len(named) >= SEVERAL and FEW * (len(holding) - len(named)) <= len(named)


def have_full_names(holding: Sequence[Path]) -> bool:
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
    if are_numbers([entry.name for entry in holding]):
        return True
    named = [entry for entry in holding if not _part_of(folder, entry)]
    if _owner_among(folder, holding):
        return False
    rest = _without(holding, named)
    if named and rest and all(may_be_person(entry.name) for entry in rest):
        told = is_of_section(folder.name) or is_of_course(folder.name)
        return told or len(named) > 1 or all(entry.is_dir() for entry in holding)
    if rest and is_of_section(folder.name):
        return len(named) > max(1, len(rest))
    return _are_several(named) and MANY * len(rest) <= len(named)


def _part_of(folder: Path, entry: Path, days: bool = True) -> bool:
    """Whether an entry's name says a part of the folder's owner's work: `ada_v2` in `ada`, `network_v2` anywhere.

    A letter and a number, `A1` in `A`, is the code of a student of a section.
    """
    if not entry.is_dir() and is_attempt_alone(entry.name) and has_clock(stem(text(entry.name))):
        return True
    if entry.is_dir() and (_says_attempt(entry.name) or names_a_task(entry) or is_of_late_work(entry)):
        return True
    (own, numbers_of_owner), (words, numbers) = words_of(folder.name), words_of(entry.name)
    numbers = [number for number in numbers if number not in numbers_of_owner]
    if words == own and len(own) == 1 and len(own[0]) == 1 and own[0] != "v" and numbers:
        return False
    beside = [word for word in words if word not in own]
    if not beside or any(is_number_of_student(number, bool(words), days) for number in numbers):
        return names_a_part(entry.name, days)
    return all(word in PARTS for word in beside)


def _says_attempt(name: str) -> bool:
    return is_attempt_alone(name) or step(name) is not None


def _owner_among(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether an entry has the folder's own name, and the others that name or parts: `ada.py`, `ada2.py` in `ada`."""
    own = words_of(folder.name)[0]
    same = any(stem(entry.name).casefold() == folder.name.casefold() for entry in entries if not entry.is_dir())
    return same and all(word in own or word in PARTS for entry in entries for word in words_of(entry.name)[0])
