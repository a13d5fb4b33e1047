"""The course's own beside the submissions: a roster, a gradebook, a list of files, documents, earlier results."""

import re
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.course.handouts import is_blank, is_given, is_task_sheet
from nnkata.grading.kinds import entries_of, has, head_of, is_code, is_data, is_python
from nnkata.grading.names.versions import UNNAMED
from nnkata.grading.names.words import COURSES, EXAMS, LATE, PARTS, words_of
from nnkata.grading.rosters.headings import means
from nnkata.grading.rosters.roster import read_table
from nnkata.grading.submission.contents import holds_code, holds_network, is_imported

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
        "instances",
        "responses",
        "filelist",
        "klassenliste",
        "kursliste",
        "namensliste",
        "学生名单",
        "班级名单",
        "花名册",
        "点名册",
        "成绩表",
        "reportlist",
        "status",
        "info",
        "uebersicht",
        "übersicht",
        "teilnehmerliste",
        "liste",
        "lista",
        "noten",
        "名单",
        "成绩",
        "成绩单",
        "课程成绩",
        "作业成绩",
        "实验成绩",
        "平时成绩",
        "期末成绩",
        "统计",
        "作业统计",
        "收集结果",
        "名簿",
        "명단",
        "출석부",
    )
)
#: A Chinese word for a list of people, behind that of a class: `计科2301班学生名单`; also as a text, of a chat's group.
CHINESE_LIST = re.compile(r"名单$")
#: The list of Stud.IP in each of its archives.
STUD_IP = "archive_filelist.csv"
#: Endings of tables.
TABLES = (".csv", ".tsv", ".xlsx", ".xls", ".ods")
#: The greatest table whose headings are read.
LARGEST = 16 << 20


#: Words of a course's documents beside the submissions.
DOCUMENTS = frozenset(
    """
    readme rubric rubrics license licence syllabus changelog instruction instructions announcement announcements handout
    handouts lecture lectures slides 评分标准 评分细则 作业要求 实验要求 作业说明 作业题目 题目 任务书 实验指导书
    spec specs specification specifications policy rules scheme extensions todo bewertungsbogen bewertungskriterien
    bewertungsschema notenspiegel punkteliste aufgabenstellung aufgabenblatt angabe enunciado enunciados consigna
    consignas sujet énoncé barème consegna traccia rúbrica opdracht oppgavetekst задание условие 課題説明 採点基準
    과제안내 채점기준
    """.split()  # noqa: SIM905  # a list of 50 literals is harder to read
)
#: Words beside those: `marking scheme`, `Late policy`, `exam rules`.
BESIDE_DOCUMENTS = EXAMS | LATE | frozenset(("marking", "grading", "assessment", "extension", "score"))
#: What Telegram puts beside the folder `files` of a chat, with the page of the chat.
PAGE = "messages.html"
OF_CHAT = frozenset(
    """
    css js images messages.html messages2.html messages3.html result.json photos stickers video_files voice_messages
    """.split()  # noqa: SIM905  # a list of 10 literals is harder to read
)
#: Files of tools, and endings of scripts and settings, which are the course's if their names say nobody.
TOOLS = frozenset(
    """
    makefile gnumakefile dockerfile containerfile jenkinsfile docker-compose.yml docker-compose.yaml compose.yml
    compose.yaml requirements.txt environment.yml environment.yaml pyproject.toml setup.cfg tox.ini pytest.ini
    """.split()  # noqa: SIM905  # a list of 20 literals is harder to read
)
#: What an export has beside its folders: Google Takeout's page, a chat's text.
EXPORTS = frozenset(("archive_browser.html", "_chat.txt"))
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
    ".ok",
)
WORK = frozenset(
    """
    grade grades grading grader autograde autograder autograding mark marks marking collect collector fetch clone unzip
    unpack extract rename sort check checks checker build setup install clean compare plagiarism moss config settings
    make execute batch job jobs manifest metadata
    """.split()  # noqa: SIM905  # a list of 30 literals is harder to read
)
#: Platforms in the names of such files and of tables.
PLATFORMS = frozenset(
    "moodle canvas blackboard brightspace gradescope sakai autolab submitty codegrade classroom".split()  # noqa: SIM905
)
#: Folders of what a course gives to all or keeps for itself.
FOLDERS = frozenset(
    """
    autograder autograding grader handout handouts dataset datasets slides lectures tests tools scripts
    """.split()  # noqa: SIM905  # a list of 10 literals is harder to read
)
#: Folders that are the course's without any code.
WITHOUT_CODE = frozenset(("data", "mnist", "docs", "feedback", "images", "results", "grades", "scores"))
#: Words of a course's data, beside those of a part: `mnist_train.csv`.
DATA = frozenset(("data", "dataset", "images", "labels"))
#: Words of a script for all submissions, and those beside them: `grade_all.py`, `rename_files.py`.
OF_GRADERS = frozenset(("grade", "grader", "grading", "autograder", "plagiarism", "moss", "jplag", "rename", "unzip"))
#: Those of them that people are called.
NAMES_TOO = frozenset(("grade", "grader", "moss"))
BESIDE_GRADERS = frozenset(("all", "check", "checker", "file", "files", "run", "submissions", "students", "zips"))
#: The count of a folder that Explorer made: `New folder (2)`.
AGAIN = re.compile(r"\s*\(\d{1,3}\)$")
#: A line of a test of Python.
TEST = re.compile(rb"^\s*(?:def test|class Test|(?:import|from) (?:pytest|unittest)\b|@pytest)", re.MULTILINE)
#: Files of a folder of results, as `nnkata grade` writes it.
RESULTS = ("gradebook.csv", "verdicts")


def is_own(path: Path) -> bool:
    """Whether an entry is the course's own: a table of people, a document such as README, a tool, earlier results."""
    if is_given(path) or is_task_sheet(path):
        return True
    if path.name in OF_CHAT and has(path.parent, PAGE) and not holds_code(path):
        return True
    if path.is_dir() and not path.is_symlink():
        return all(has(path, name) for name in RESULTS) or _is_for_all(path)
    if path.is_file() and not path.is_symlink() and (_is_tool(path) or path.suffix.lower() == ".ics"):
        return True
    words = words_of(path.name)[0]
    if words and is_data(path.name) and not is_code(path.name) and all(word in DATA | PARTS for word in words):
        return path.is_file() and not path.is_symlink()
    document = bool(DOCUMENTS & set(words)) and all(
        word in DOCUMENTS | BESIDE_DOCUMENTS | COURSES | PARTS for word in words
    )
    return is_list(path) or (document and path.is_file() and not path.is_symlink() and not is_code(path.name))


def is_of_chat(folder: Path) -> bool:
    """Whether a folder has the files of a chat of Telegram, which has many people."""
    return folder.name == "files" and has(folder.parent, PAGE)


def _is_for_all(folder: Path) -> bool:
    """Whether a folder is what the course gives to all or keeps for itself, by its name, or is empty and has no name.

    One with a network may be a student's, but for one with nothing filled in.
    """
    name = AGAIN.sub("", folder.name)
    if UNNAMED.fullmatch(name) and not entries_of(folder):
        return True
    inside = entries_of(folder)
    if inside and (name.casefold() in WITHOUT_CODE or all(one.name in EXPORTS for one in inside)):
        return not holds_code(folder)
    return name.casefold() in FOLDERS and (not holds_network(folder) or is_blank(folder))


def _is_tool(path: Path) -> bool:
    """Whether a file is for the course's grading: `Makefile`, `grade.sh`, `test_network.py`; not `ada.sh`."""
    if path.name.lower() in TOOLS | EXPORTS:
        return True
    if is_python(path.name):
        return _is_test(path) or _is_graders(path)
    words = set(words_of(path.name)[0])
    nobodys = bool(words) and words <= WORK | PLATFORMS | COURSES | PARTS
    return path.suffix.lower() in SCRIPTS and not is_code(path.name) and nobodys


def _is_test(path: Path) -> bool:
    """Whether Python has a test's name without anybody's, `conftest.py`, `test_network.py`, and a test's content."""
    words = set(words_of(path.name)[0])
    if not words & {"test", "tests", "conftest"} or not words <= {"conftest"} | WORK | COURSES | PARTS:
        return False
    try:
        content = head_of(path, LARGEST)
    except OSError:
        return False
    return TEST.search(content) is not None and not holds_network(path)


def _is_graders(path: Path) -> bool:
    """Whether Python without a network has the name of a script for all submissions, and no file beside imports it."""
    words = {*words_of(path.name)[0]}
    told = bool(words & OF_GRADERS) and words <= OF_GRADERS | BESIDE_GRADERS
    if not told or words <= NAMES_TOO or holds_network(path):
        return False
    return not is_imported(path, entries_of(path.parent))


def is_list(path: Path) -> bool:
    """Whether a file is a course's own table of students or of marks: by its name, and by its headings if in doubt."""
    if path.is_symlink() or not path.is_file():
        return False
    if path.name == STUD_IP:
        return True
    words = words_of(path.name)[0]
    if path.suffix.lower() in (*TABLES, ".txt", ".docx") and any(map(CHINESE_LIST.search, words)):
        return True
    nobodys = all(word in LISTS | PLATFORMS | COURSES | PARTS for word in words)
    if path.suffix.lower() not in TABLES or not (LISTS & set(words) or nobodys):
        return False
    return (nobodys and bool(LISTS & set(words))) or _has_headings(path)


def _has_headings(path: Path) -> bool:
    """Whether the first line of a text table has headings of two columns of a roster."""
    try:
        rows = read_table(path)[0] if path.stat().st_size <= LARGEST else []
    except (UsageError, OSError):
        return False
    return bool(rows) and sum(bool(means(heading)) for heading in rows[0]) > 1
