"""Students who have a folder for each of several tasks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from nnkata.grading.course.level import Top, level
from nnkata.grading.names.named import names_a_task
from nnkata.grading.submission.contents import holds_code, holds_network
from nnkata.texts import text


def tasks_of(students: Sequence[Path]) -> dict[Path, Top]:
    """The students' folders with folders of several tasks, each with a network, if two students have such folders;
    the second one may have a folder for one task alone.

    The folders have the names of tasks, or hold the time of submission as nbgrader's.
    """
    of_student: dict[Path, tuple[Top, list[Path]]] = {}
    for student in students:
        here = level(student)
        code = [entry for entry in here.entries if entry.is_symlink() or holds_code(entry)]
        if code and all(names_a_task(entry) for entry in code):
            of_student[student] = here, code
    networks = {student: [task for task in code if holds_network(task)] for student, (_top, code) in of_student.items()}
    if not any(networks.values()):
        networks = {student: code for student, (_top, code) in of_student.items()}
    several = [student for student, tasks in networks.items() if len(tasks) > 1]
    if len(several) < min(2, len(students)) and not _has_one_of_them(networks, several):
        return {}
    found = {}
    for student in several:
        here, _code = of_student[student]
        here.own = [entry for entry in here.entries if entry not in networks[student]]
        here.entries, here.owner = networks[student], text(student.name)
        found[student] = here
    return found


def _has_one_of_them(networks: Mapping[Path, Sequence[Path]], several: Sequence[Path]) -> bool:
    """Whether a student with a folder for one task alone has one that a student with several tasks has too."""
    known = {text(task.name).casefold() for student in several for task in networks[student]}
    alone = [tasks[0] for tasks in networks.values() if len(tasks) == 1]
    return any(text(task.name).casefold() in known for task in alone)
