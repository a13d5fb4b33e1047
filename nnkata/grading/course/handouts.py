"""What a course gives its students or keeps from them, under the name of a task: `HW3_template.ipynb`, `hw3-solution`.

A student may have named nobody either, so a name alone proves nothing: a template is one if nothing is filled in, a
solution if its name says the instructor, or if it lies where no student's work does.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from nnkata.grading.archives.archive import Refused
from nnkata.grading.kinds import TEXTS, entries_of, has, is_code, stem
from nnkata.grading.names.named import TASK, names_a_part
from nnkata.grading.names.words import COURSES, MANY_PEOPLE, PARTS, SUBMISSIONS, words_of
from nnkata.grading.platforms.handed import Handed
from nnkata.grading.submission.contents import holds_code
from nnkata.grading.submission.gather import gather
from nnkata.language import _
from nnkata.subject.source.network_class import surface
from nnkata.texts import listed, natural, text

TEMPLATES = frozenset(
    """
    template templates skeleton starter startercode boilerplate stub vorlage gerüst plantilla modelo gabarit шаблон
    模板 框架 骨架 テンプレート
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
SOLUTIONS = frozenset(
    """
    solution solutions lösung lösungen loesung solución solucion soluciones solução solucao soluzione soluzioni corrigé
    corrige oplossing rozwiązanie řešení решение розв'язок 答案 解答 정답
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
#: Words for the instructor, one of which beside that of a solution makes it the course's.
TEACHERS = frozenset(
    """
    teacher teachers instructor instructors lecturer professor prof staff lehrer dozent profesor profesora professora
    docente docent enseignant nauczyciel преподаватель преподавателя 教师 老师 教授 선생님
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
#: Names of a solution, a skeleton or a comparison that say the instructor, also with a network; `solution` alone may be
#: a student's.
INSTRUCTORS = frozenset(
    """
    _solution _solutions _template _skeleton _starter _reference reference_solution reference_solutions
    instructor_solution instructor_solutions teacher_solution sample_solution sample_solutions model_solution
    model_solutions official_solution official_solutions staff_solution staff_solutions solution_key answer_key
    starter_code musterlösung musterloesung example_submission example_submissions sample_submissions jplag_result
    jplag_results moss_result moss_results plagiarism_report plagiarism_reports 参考答案 标准答案 解答例 模範解答
    """.split()  # noqa: SIM905  # a list of 40 literals is harder to read
)
#: A word of each of them.
SIGNS = TEMPLATES | SOLUTIONS | {word for name in INSTRUCTORS for word in words_of(name)[0]}
#: Others with code beside it, without which it may be somebody's.
SEVERAL = 2
#: Names in one message.
SHOWN = 3


def is_given(path: Path) -> bool:
    """Whether an entry is the course's template or solution."""
    if SIGNS.isdisjoint(words_of(path.name)[0]):
        return False
    name = (text(path.name) if path.is_dir() else stem(text(path.name))).casefold()
    if {_plain(name), _plain(TASK.sub(" ", name).strip(" _.-"))} & INSTRUCTORS:
        return True
    words = _words(name)
    if words & SOLUTIONS and words & TEACHERS and words <= SOLUTIONS | TEACHERS | PARTS | COURSES:
        return True
    if not _says_given(name) or path.is_symlink():
        return False
    if _is_beside_submissions(path) or (path.is_dir() and _is_clone_among_clones(path)):
        return True
    return bool(words & TEMPLATES) and _beside(path) >= SEVERAL and is_blank(path)


def is_task_sheet(path: Path) -> bool:
    """Whether a text has the name of a task alone, and lies beside the folder of the submissions: `HW3.pdf`."""
    if path.suffix.lower() not in TEXTS or path.is_symlink() or not TASK.search(text(path.name)):
        return False
    return names_a_part(path.name) and path.is_file() and _is_beside_submissions(path)


def is_blank(path: Path) -> bool:
    """Whether code has a network's class, and none of its methods is filled in."""
    try:
        found = [surface(content) for content in gather({"": path}).python.values()]
    except (Refused, OSError):
        return False
    return any(one.has_network for one in found) and not any(one.filled for one in found)


def doubtful(handed: Iterable[Handed]) -> str:
    """The message about submissions with the name of a template or a solution of the course; empty without one."""
    names = {one.who for one in handed}
    told = sorted((name for name in names if _says_given(name)), key=natural)
    if not told or len(names) - len(told) < SEVERAL or any(_words(name) & SOLUTIONS for name in names - {*told}):
        return ""
    said = _("{names}: judged like students' work, although the names say the course's own; keep that elsewhere")
    return said.format(names=listed(told, SHOWN))


def _plain(name: str) -> str:
    return re.sub(r"[\s.-]+", "_", name)


def _words(name: str) -> set[str]:
    return {*words_of(name)[0]}


def _says_given(name: str) -> bool:
    """Whether a name says a template or a solution, perhaps with a task, and nobody."""
    words, given = _words(name), TEMPLATES | SOLUTIONS
    return bool(words & given) and words <= given | PARTS | COURSES and names_a_part(" ".join(words - given))


def _beside(path: Path) -> int:
    """How many other entries have code, and another name than a template's or a solution's."""
    others = [one for one in entries_of(path.parent) if one != path and not _says_given(text(one.name))]
    return sum(1 for one in others if (one.is_dir() or is_code(one.name)) and holds_code(one))


def _is_clone_among_clones(path: Path) -> bool:
    clones = [one for one in entries_of(path.parent) if one != path and one.is_dir() and has(one, ".git")]
    return has(path, ".git") and len(clones) >= SEVERAL


def _is_beside_submissions(path: Path) -> bool:
    """Whether a folder beside it is called `submissions` or `students`, and holds several."""
    people = [one for one in entries_of(path.parent) if _words(text(one.name)) & (MANY_PEOPLE | SUBMISSIONS)]
    people = [one for one in people if _words(text(one.name)) <= MANY_PEOPLE | COURSES | PARTS and one.is_dir()]
    return any(sum(map(holds_code, entries_of(one))) >= SEVERAL for one in people)
