"""The course's own beside the submissions: a roster, a gradebook, a list of files, documents, earlier results."""

from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.headings import means
from nnkata.grading.kinds import has, is_code
from nnkata.grading.roster import read_table
from nnkata.grading.words import COURSES, PARTS, words_of

#: Words of a course's tables.
LISTS = frozenset(
    (
        "roster",
        "classlist",
        "class",
        "list",
        "participants",
        "candidates",
        "members",
        "attendance",
        "grades",
        "gradebook",
        "marks",
        "scores",
        "students",
        "export",
        "overview",
        "uebersicht",
        "übersicht",
        "teilnehmerliste",
        "liste",
        "lista",
        "noten",
        "名单",
        "成绩",
        "成绩单",
        "统计",
        "作业统计",
        "收集结果",
        "名簿",
        "명단",
        "출석부",
    )
)
#: The list of Stud.IP in each of its archives.
STUD_IP = "archive_filelist.csv"
#: The greatest table whose headings are read.
LARGEST = 16 << 20


#: Words of a course's documents beside the submissions.
DOCUMENTS = frozenset(
    ("readme", "rubric", "rubrics", "license", "licence", "syllabus", "changelog", "评分标准", "评分细则")
)
#: Files of tools, and endings of scripts and settings, which are the course's if their names say nobody.
TOOLS = frozenset(
    """
    makefile gnumakefile dockerfile containerfile jenkinsfile docker-compose.yml docker-compose.yaml compose.yml
    compose.yaml requirements.txt environment.yml environment.yaml pyproject.toml setup.cfg tox.ini pytest.ini
    archive_browser.html
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
SCRIPTS = (
    ".sh",
    ".bash",
    ".zsh",
    ".bat",
    ".cmd",
    ".ps1",
    ".mk",
    ".yml",
    ".yaml",
    ".toml",
    ".ini",
    ".cfg",
    ".log",
    ".json",
    ".xml",
)
WORK = frozenset(
    """
    grade grades grading grader autograde autograder autograding mark marks marking collect collector fetch clone unzip
    unpack extract rename sort check checks checker build setup install clean compare plagiarism moss config settings
    make execute batch job jobs manifest metadata
    """.split()  # noqa: SIM905  # a list of 30 literals is harder to read
)
#: Files of a folder of results, as `nnkata grade` writes it.
RESULTS = ("gradebook.csv", "verdicts")


def is_own(path: Path) -> bool:
    """Whether an entry is the course's own: a table of people, a document such as README, a tool, earlier results."""
    if path.is_dir() and not path.is_symlink():
        return all(has(path, name) for name in RESULTS)
    if path.is_file() and not path.is_symlink() and _is_tool(path):
        return True
    words = words_of(path.name)[0]
    document = bool(DOCUMENTS & set(words)) and all(word in DOCUMENTS | COURSES | PARTS for word in words)
    return is_list(path) or (document and path.is_file() and not path.is_symlink() and not is_code(path.name))


def _is_tool(path: Path) -> bool:
    """Whether a file is for the course's grading: `Makefile`, `grade.sh`; not `ada.sh`."""
    if path.name.lower() in TOOLS:
        return True
    words = set(words_of(path.name)[0])
    return path.suffix.lower() in SCRIPTS and bool(words) and words <= WORK | COURSES | PARTS


def is_list(path: Path) -> bool:
    """Whether a file is a course's own table of students or of marks: by its name, and by its headings if in doubt."""
    if path.is_symlink() or not path.is_file():
        return False
    words = words_of(path.name)[0]
    if path.suffix.lower() not in (".csv", ".tsv", ".xlsx", ".xls", ".ods") or not LISTS & set(words):
        return path.name == STUD_IP
    return all(word in LISTS | COURSES | PARTS for word in words) or _has_headings(path)


def _has_headings(path: Path) -> bool:
    """Whether the first line of a text table has headings of two columns of a roster."""
    try:
        rows = read_table(path)[0] if path.stat().st_size <= LARGEST else []
    except (UsageError, OSError):
        return False
    return bool(rows) and sum(bool(means(heading)) for heading in rows[0]) > 1
