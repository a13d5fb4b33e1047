"""The entries of a folder that may be submissions, without the leavings of tools."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from nnkata.grading.kinds import entries_of, is_code, is_compiled, leaving, skipped
from nnkata.grading.path_cache import once
from nnkata.grading.platforms.handed import Handed
from nnkata.grading.submission.contents import holds_network
from nnkata.texts import natural

#: The most entries of a hidden folder that are searched for a network.
NEAR = 1000


@dataclass
class Top:
    """A folder whose entries are all students' or the platform's: its entries, and the skipped ones.

    `own` is the archive with the course, if that is the only entry. `owner` is the student whose folder of several
    tasks it is, `around` the folder in which it, or its archive, lies. `absent` are students with a folder who have not
    submitted; `missing` have submitted what the download lacks.
    """

    folder: Path
    entries: list[Path] = field(default_factory=list)
    own: list[Path] = field(default_factory=list)
    hidden_python: list[Path] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    owner: str = ""
    around: Path | None = None
    absent: list[str] = field(default_factory=list)
    missing: list[Handed] = field(default_factory=list)


def level(folder: Path) -> Top:
    """A folder's entries in their order, those of tools counted."""
    found = _level(folder)
    return Top(folder, [*found.entries], hidden_python=[*found.hidden_python], passed=found.passed.copy())


@once
def _level(folder: Path) -> Top:
    found = Top(folder)
    for path in sorted(entries_of(folder), key=lambda path: natural(path.name)):
        is_folder = path.is_dir() and not path.is_symlink()
        kind = skipped(path) if is_folder else leaving(path.name)
        if kind == "hidden" and _holds_network_near(path):
            found.hidden_python.append(path)
        elif kind and (is_folder or not is_compiled(path.name)):  # which may be all that a student handed in
            found.passed[kind] += 1
        elif path.name.startswith("."):
            if is_code(path.name):
                found.hidden_python.append(path)
            else:
                found.passed["hidden"] += 1
        else:
            found.entries.append(path)
    return found


def _holds_network_near(folder: Path) -> bool:
    """Whether a hidden folder, but for one of deleted files, has a network at its top or in a folder there."""
    if folder.name.lower().startswith(".trash"):
        return False
    near = [inner for path in entries_of(folder) for inner in (path, *_files_in(path))]
    return any(is_code(path.name) and path.is_file() and holds_network(path) for path in near[:NEAR])


def _files_in(path: Path) -> list[Path]:
    return entries_of(path) if path.is_dir() and not path.is_symlink() else []
