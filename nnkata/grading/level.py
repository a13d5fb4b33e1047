"""The entries of a folder that may be submissions, without the leavings of tools."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nnkata.grading.kinds import entries_of, is_code, is_compiled, is_environment, leaving
from nnkata.texts import natural


@dataclass
class Top:
    """A folder whose entries are all students' or the platform's: its entries, and the skipped ones.

    `own` is the archive with the course, if that is the only entry. `owner` is the student whose folder of several
    tasks it is. `absent` are students with a folder who have not submitted; `missing` have submitted what the download
    lacks, each with its list and the reason.
    """

    folder: Path
    entries: list[Path] = field(default_factory=list)
    own: list[Path] = field(default_factory=list)
    hidden_python: list[Path] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    owner: str = ""
    absent: list[str] = field(default_factory=list)
    missing: dict[str, tuple[Path, str]] = field(default_factory=dict)


def level(folder: Path) -> Top:
    """A folder's entries in their order, those of tools counted."""
    found = Top(folder)
    for path in sorted(entries_of(folder), key=lambda path: natural(path.name)):
        is_folder = path.is_dir() and not path.is_symlink()
        kind = leaving(path.name, is_folder) or ("venv" if is_folder and is_environment(path) else "")
        if kind and (is_folder or not is_compiled(path.name)):  # which may be all that a student handed in
            found.passed[kind] += 1
        elif path.name.startswith("."):
            if is_code(path.name):
                found.hidden_python.append(path)
            else:
                found.passed["hidden"] += 1
        else:
            found.entries.append(path)
    return found
