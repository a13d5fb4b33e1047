"""Microsoft Teams' library "Student Work": a folder of submitted files, and one of files before they are submitted.

Source: kubohiroya/-summarize-teams-submissions, README (提出済みのファイル/NAME/ASSIGNMENT/バージョン1/FILE).
"""

from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.course.attempts import has_attempts
from nnkata.grading.kinds import entries_of, is_code, leaving
from nnkata.grading.names.named import names_a_part
from nnkata.texts import text

SUBMITTED = frozenset(
    (
        "submitted files",
        "提出済みのファイル",
        "提出されたファイル",
        "已提交的文件",
        "übermittelte dateien",
        "eingereichte dateien",
        "arquivos enviados",
        "archivos enviados",
        "fichiers envoyés",
    )
)
#: Students of a library whose folders have names in an unknown language.
SEVERAL = 2
WORKING = frozenset(
    (
        "working files",
        "作業ファイル",
        "工作文件",
        "arbeitsdateien",
        "fichiers de travail",
        "archivos de trabajo",
        "arquivos de trabalho",
        "file di lavoro",
        "werkbestanden",
    )
)


def working_files(entries: Sequence[Path]) -> list[Path]:
    """The folder of files before they are submitted, in any language; none if it is no such library.

    Both folders have the same students, two or more whose names are not those of tasks; only what is submitted is in
    folders of attempts.
    """
    folders = [entry for entry in entries if entry.is_dir() and not entry.is_symlink()]
    if told := [entry for entry in folders if entry.name.casefold() in SUBMITTED]:
        others = [entry for entry in folders if entry not in told]
        same = [entry for entry in others if _names(entry) & _names(told[0])]
        return [entry for entry in others if entry.name.casefold() in WORKING] or (same if len(same) == 1 else [])
    if len(folders) != 2 or any(is_code(entry.name) for entry in entries if entry not in folders):
        return []
    versions = {entry: [has_attempts(one) for one in _students(entry)] for entry in folders}
    submitted = [entry for entry in folders if versions[entry] and all(versions[entry])]
    others = [entry for entry in folders if not any(versions[entry])]
    if len(submitted) != 1 or len(others) != 1 or not _names(submitted[0]) <= _names(others[0]):
        return []
    if len(_names(others[0])) < SEVERAL or any(map(names_a_part, _names(submitted[0]))):
        return []  # two students with a folder for the same task
    return others


def is_submitted(folder: Path) -> bool:
    """Whether a folder is that of submitted files by its name: each folder in it is a student's."""
    return folder.name.casefold() in SUBMITTED and bool(_students(folder))


def not_submitted(entries: Sequence[Path], working: Sequence[Path]) -> list[str]:
    """The students with working files alone."""
    handed = set[str]().union(*(_names(folder) for folder in entries if folder.is_dir()))
    return [name for folder in working for name in sorted(_names(folder) - handed)]


def _students(folder: Path) -> list[Path]:
    folders = [one for one in sorted(entries_of(folder)) if one.is_dir() and not one.is_symlink()]
    return [one for one in folders if not leaving(one.name)]


def _names(folder: Path) -> set[str]:
    return {text(one.name) for one in _students(folder)}
