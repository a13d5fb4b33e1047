"""Whether a folder is a level of a course, with several students, or one student's work."""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.course.handouts import is_given
from nnkata.grading.course.level import level
from nnkata.grading.course.numbered import are_unnamed
from nnkata.grading.course.packed import holds_networks, is_packed_course
from nnkata.grading.course.people import is_of_chat, is_own
from nnkata.grading.course.rounds import are_rounds, holds_late_ones
from nnkata.grading.course.runs import runs_of
from nnkata.grading.course.students import are_of_people, are_students, have_full_names, hold_networks
from nnkata.grading.course.teams import is_submitted
from nnkata.grading.kinds import is_code
from nnkata.grading.names.named import (
    ALONE,
    TASK,
    is_attempt_alone,
    is_for_late_ones,
    is_full_name,
    is_of_course,
    is_of_section,
    is_period,
    is_range,
    names_a_part,
    names_nobody,
)
from nnkata.grading.names.words import BESIDE_STATES, COURSES, LATE, SECTIONS, STATES, words_of
from nnkata.grading.platforms import READERS, exported
from nnkata.grading.platforms.handed import Listing
from nnkata.grading.submission.contents import holds_code, holds_network
from nnkata.texts import text

#: The most folders in each other above the files of a course; systems allow paths of some thousand characters.
DEEP = 50
#: Students with full names beside a folder.
SEVERAL = 2
#: The number or the letter of a Chinese, Japanese or Korean group or class.
EASTERN = re.compile(r"(?:第?[一二三四五六七八九十]+|^[A-Za-z])(?=[组組班조반]$)")
#: Words for those who mark a part of a course.
GRADERS = (["ta"], ["tutor"], ["grader"], ["marker"], ["assistant"], ["korrektor"])


def is_course(folder: Path, alone: bool, deep: int = DEEP) -> bool:
    """Whether a folder holds the files of several students, or only one more such folder, at most `deep` times."""
    try:
        here = level(folder)
    except OSError:
        return False
    if not here.entries or not deep:
        return False
    if runs_of(folder):
        return False
    here.entries = [entry for entry in here.entries if not is_given(entry)] or here.entries
    platform, listing = exported(here.entries)
    if (platform not in ("files", "canvas", "github") and not _is_organised(platform, listing, here.entries)) or (
        is_submitted(folder) or is_of_chat(folder)
    ):
        return True
    attempts = platform == "github" and any(_says_an_attempt(one.entry.name) for one in listing.handed)
    if platform != "files" and len({one.key for one in listing.handed}) > 1 and not attempts:
        return True
    if not alone and holds_late_ones(folder, here.entries):
        return True
    others = [entry for entry in here.entries if not is_own(entry) and (entry.is_dir() or is_code(entry.name))]
    if len(others) == 1 < len(here.entries) and others[0].is_dir() and not others[0].is_symlink():
        return is_course(others[0], alone=False, deep=deep - 1)  # a README or a script beside the submissions
    only = [entry for entry in others if holds_code(entry)]
    if len(only) == 1 < len(here.entries) and only[0].is_dir() and is_course(only[0], alone=False, deep=deep - 1):
        return True  # a chat's page, with folders for its styles and pictures
    if len(here.entries) == 1 and here.entries[0].is_dir() and not here.entries[0].is_symlink():
        (inner,) = here.entries
        # of a student: then the folder around it is the student's
        of_a_student = is_attempt_alone(inner.name) or names_a_part(inner.name)
        return (alone and not of_a_student) or is_course(inner, alone and of_a_student, deep - 1)
    named = is_of_section(folder.name) or (is_of_course(folder.name) and (alone or _names_a_course(folder)))
    if only and named and all(map(is_packed_course, only)):
        return True
    if alone and _is_download(folder, here.entries):
        return True  # the only archive in a course, wherever it lies
    if alone and (are_students(folder, here.entries) or _are_sections(here.entries, deep - 1)):
        return True
    if ((alone and is_of_course(folder.name)) or is_of_section(folder.name)) and are_rounds(only):
        return True
    holding = [entry for entry in here.entries if holds_code(entry)]
    if holding and all(entry.is_dir() and is_of_section(entry.name) and words_of(entry.name)[1] for entry in holding):
        unnamed = is_of_course(folder.name) and any(map(holds_unnamed, holding))
        return unnamed or any(is_course(entry, alone=False, deep=deep - 1) or _has_students(entry) for entry in holding)
    if holding and all(entry.is_dir() for entry in holding) and _are_tasks_of_several(folder, holding, deep - 1):
        return True
    return hold_networks(folder, here.entries) or are_of_people(folder, holding)


def _is_download(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether an archive of several students is all that there is, in a folder that is nobody's."""
    return len(entries) == 1 and not is_full_name(folder.name) and holds_networks(entries[0])


def _is_organised(platform: str, listing: Listing, entries: Sequence[Path]) -> bool:
    """Whether a tool has put a student's files in a folder, with Blackboard's text beside them."""
    told = {one.entry for one in listing.handed}
    return platform == "blackboard" and not any(map(holds_code, told)) and any(map(holds_code, {*entries} - told))


def _are_tasks_of_several(folder: Path, tasks: Sequence[Path], deep: int) -> bool:
    """Whether folders in a section, `section 1/HW3`, hold several students: by names, in any folder by full names."""
    section = is_of_section(folder.name) or words_of(folder.name)[0][:1] in GRADERS
    if section and any(is_course(task, alone=False, deep=deep) for task in tasks):
        return True
    return any(have_full_names([*filter(holds_network, level(task).entries)]) for task in tasks)


def _names_a_course(folder: Path) -> bool:
    """Whether a folder, all of whose words are those of a course or a part, says a task or a course: `HW3`."""
    return TASK.fullmatch(text(folder.name)) is not None or bool(COURSES & {*words_of(folder.name)[0]})


def _says_an_attempt(name: str) -> bool:
    """Whether a clone is one of a student's attempts: `2026-11-01`, `hw3-v2`."""
    return is_attempt_alone(name) or (names_a_part(name) and bool(words_of(name)[0]))


def may_be_several(folder: Path) -> bool:
    """Whether a folder that counts as one submission has a task's name and several networks."""
    return is_of_course(text(folder.name)) and sum(map(holds_network, level(folder).entries)) > 1


def _are_sections(entries: Sequence[Path], deep: int) -> bool:
    """Whether two folders or archives are courses themselves, and no Python lies beside them: tasks, or sections.

    Beside one, the others may hold a student each. One of two may be the archive of the other.
    """
    folders = [entry for entry in entries if entry.is_dir() and not entry.is_symlink()]
    packed = [entry for entry in entries if entry not in folders and is_code(entry.name)]
    courses = [inner for inner in folders if is_course(inner, alone=False, deep=deep)]
    if packed and not (courses and all(map(is_packed_course, packed))):
        return False
    courses += packed
    rest = [inner for inner in folders if inner not in courses and holds_code(inner)]
    of_one = [inner for inner in rest if is_like(inner, courses) or holds_named_students(inner, courses, entries)]
    return len(courses) > 1 or (bool(courses and rest) and of_one == rest)


def is_like(folder: Path, sections: Sequence[Path]) -> bool:
    """Whether a folder is one of the sections beside it, `TA Kim` and `TA Lee`, although it has few students.

    A student may be called Lab Week.
    """
    told = is_range(folder.name) or _has_students(folder) or bool(_full_names(folder))
    return called_alike(folder, sections) and told


def is_export_like(folder: Path, sections: Sequence[Path]) -> bool:
    """Whether all code of a folder has names in the form of a platform whose exports the sections beside it are.

    One student's file alone does not prove a platform.
    """
    entries = level(folder).entries
    code = {entry for entry in entries if holds_code(entry)}
    for name in {exported(level(bottom(section)).entries)[0] for section in sections} - {"files", "forms", "github"}:
        listing = READERS[name](entries, True)
        if code and listing and code <= {one.entry for one in listing.handed}:
            return True
    return False


def holds_named_students(folder: Path, sections: Sequence[Path], entries: Sequence[Path]) -> bool:
    """Whether a network in a folder has a full name, and the folder's name is nobody's: `graded`, `G-Z`, `re-exam`.

    Then other files there are others', `graded/Final project.py`. Beside it is a section, or there are two students
    with full names. In `emma` may be a network called Great Wizard. Beside `graded`, `ungraded` holds any names.
    """
    words, numbers = words_of(folder.name)
    told = bool({*words} & (STATES | LATE | SECTIONS | COURSES)) or all(len(word) == 1 for word in words)
    if not told or any(len(one) >= ALONE for one in numbers):
        return False
    if _says_state(folder) and any(map(_says_state, sections)) and _has_students(folder):
        return True
    beside = [one for one in entries if one != folder and is_full_name(one.name) and not names_a_part(one.name)]
    if not sections and sum(map(holds_code, beside)) < SEVERAL:
        return False
    holding = [text(entry.name) for entry in level(folder).entries if holds_network(entry)]
    late = is_for_late_ones(folder.name)
    names = [name for name in holding if is_full_name(name) and (late or not names_a_part(name))]
    return bool(names) and not any({*words} & {*words_of(name)[0]} for name in names)


def _full_names(folder: Path) -> list[str]:
    """The names of a folder's entries with code, if all have a network and names like `Ada Lee`."""
    holding = [entry for entry in level(folder).entries if holds_code(entry)]
    names = [text(entry.name) for entry in holding]
    return names if all(map(is_full_name, names)) and all(map(holds_network, holding)) else []


def holds_unnamed(section: Path) -> bool:
    """Whether a section has several networks, and nothing else, that say nobody: `network (1).py`, `submission_2`.

    In any other folder, these are one student's.
    """
    code = [entry for entry in level(section).entries if is_of_section(section.name) and holds_code(entry)]
    return are_unnamed([entry.name for entry in code]) and all(map(holds_network, code))


def of_one_kind(folders: Sequence[Path]) -> list[Path]:
    """The folders of several graders, sections, days or states, `TA Kim` and `TA Lee`, if each has a student."""
    kind = [
        one
        for one in folders
        if is_of_section(one.name) or words_of(one.name)[0][:1] in GRADERS or is_period(one.name) or is_range(one.name)
    ] or [one for one in folders if _says_state(one)]
    alike = len(kind) > 1 and all(called_alike(folder, kind) or _says_state(folder) for folder in kind)
    return kind if alike and all(map(_has_students, kind)) else []


def _says_state(folder: Path) -> bool:
    """Whether all words of a name say a state of marking: `graded`, `offen`, `to grade`."""
    words, numbers = words_of(folder.name)
    return not numbers and bool(STATES & {*words}) and all(word in STATES | BESIDE_STATES for word in words)


def _has_students(folder: Path) -> bool:
    """Whether half of the entries with code, or more, have a network and the name of somebody else than the folder."""
    words = {*words_of(folder.name)[0]}
    holding = [entry for entry in level(folder).entries if holds_code(entry)]
    if any(is_attempt_alone(entry.name) for entry in holding):
        return False
    named = [entry for entry in holding if not names_nobody(entry.name) and not words & {*words_of(entry.name)[0]}]
    return bool(named) and 2 * len(named) >= len(holding) and all(map(holds_network, named))


def called_alike(entry: Path, sections: Sequence[Path]) -> bool:
    """Whether a name of several words, or with a number, begins with the same word as those of all sections.

    Days and months are alike too, and so are ranges of letters.
    """
    words, numbers = _counted(entry)
    for is_kind in (is_period, is_range):
        if is_kind(entry.name):
            return bool(sections) and all(is_kind(other.name) for other in sections)
    alike = bool(sections) and all(_counted(other)[0][:1] == words[:1] for other in sections)
    return alike and (len(words) > 1 or bool(words and numbers))


def _counted(entry: Path) -> tuple[list[str], list[str]]:
    """The words and numbers of a section's name, also of `第一组`."""
    return words_of(EASTERN.sub("1", text(entry.name)))


def bottom(folder: Path) -> Path:
    """The folder below folders that hold nothing but another one."""
    while len(inner := level(folder).entries) == 1 and inner[0].is_dir() and not inner[0].is_symlink():
        (folder,) = inner
    return folder
