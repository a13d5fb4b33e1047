"""Folders of attempts in a student's folder: the one to read.

Source: Submitty, site/app/models/gradeable (a folder per number, `user_assignment_settings.json` with the active one).
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.grading.course.runs import runs_of
from nnkata.grading.kinds import code_below, entries_of, head_of, is_code, skipped
from nnkata.grading.names.attempt import number_or_time, says_a_number, step
from nnkata.grading.names.days import in_one_term
from nnkata.grading.names.places import last_by_place, place
from nnkata.grading.submission.contents import holds_network

#: Submitty's file with the number of the attempt that counts.
SETTINGS = "user_assignment_settings.json"
#: The number of the first attempt that another precedes.
SECOND = 2
#: Its most bytes: a history of 10,000 attempts.
MAX_SETTINGS = 1 << 20


@dataclass(frozen=True)
class Attempt:
    """The folder to read, or the file of a run, None if the student has not submitted, and the names of the others."""

    folder: Path | None
    older: tuple[str, ...] = ()


def latest_attempt(folder: Path) -> Attempt:
    """The part of a student's folder to read: the latest attempt if all code is in folders of attempts, else all."""
    here = folder
    while True:
        there = [path for path in sorted(entries_of(here)) if not path.is_symlink() and not skipped(path)]
        if (runs := runs_of(here)) and len(runs) > 1:
            return Attempt(runs[0], tuple(str(path.relative_to(folder.parent)) for path in runs[1:]))
        inside = [*filter(_has_content, there)] or [*filter(_has_code, there)]
        folders = [path for path in inside if path.is_dir()]
        loose = [path for path in inside if path not in folders]
        if not folders or (loose and not _repeated(loose, folders)):
            return Attempt(folder)
        steps = all(step(path.name) for path in folders)
        if len(folders) > 1 or steps or loose:
            break
        (here,) = folders
    folders.sort(key=lambda path: [int(number) for number in re.findall(r"\d+", path.name)])
    if steps:
        own = [path for path in folders if _is_own(path)]
        last = own[-1] if own else None
    else:
        last = _active(here, folders) or _last(folders)
        if last is None:
            return Attempt(folder)
    return Attempt(last, tuple(str(path.relative_to(folder.parent)) for path in [*loose, *folders] if path != last))


def _repeated(loose: Sequence[Path], folders: Sequence[Path]) -> bool:
    """Whether files beside folders of attempts are the first attempt: the last folder, of a later one, has them too."""
    last = _last(folders)
    if last is None or (number_or_time(last.name) or place(last.name) or (0,))[0] < SECOND:
        return False
    return {path.name for path in loose} <= {path.name for path in entries_of(last)}


def _is_own(folder: Path) -> bool:
    found = step(folder.name)
    return found is not None and bool(found["own"])


def _active(folder: Path, attempts: Sequence[Path]) -> Path | None:
    """The attempt that the student chose on Submitty."""
    try:
        told = json.loads(head_of(folder / SETTINGS, MAX_SETTINGS))
    except (OSError, ValueError, RecursionError):
        return None
    number = told.get("active_version") if isinstance(told, dict) else None
    return next((path for path in attempts if path.name == str(number)), None)


def _last(folders: Sequence[Path]) -> Path | None:
    """The greatest of attempts with numbers or times; None if they are none, or mixed."""
    times = {path: number_or_time(path.name) for path in folders}
    if not all(times.values()) and (last := last_by_place(folders)):
        return last
    if not any(times.values()) and all(re.fullmatch(r"\d{1,3}", path.name) for path in folders):
        names = Counter(name for path in folders for name in {inner.name for inner in entries_of(path)})
        same = all(any(names[inner.name] > 1 for inner in entries_of(path)) for path in folders)
        if same or all(map(holds_network, folders)):  # then they are of one task
            times = {path: (int(path.name),) for path in folders}
    kinds = Counter(map(len, times.values()))
    if not all(times.values()) or len(kinds) > 1 or len(set(times.values())) < len(times):
        return None
    times = in_one_term(times)
    return max(folders, key=lambda path: times[path])


def has_attempts(folder: Path) -> bool:
    """Whether all code of a folder is in folders of attempts, also of one."""
    code = [path for path in code_below(folder) if not path.is_dir()]
    return bool(code) and all(any(map(says_a_number, path.relative_to(folder).parts[:-1])) for path in code)


def _has_content(path: Path) -> bool:
    """Whether there is code in it, and not only an upload of no bytes."""
    files = code_below(path) if path.is_dir() else [path] if is_code(path.name) else []
    return any(file.stat().st_size > 0 for file in files if file.is_file())


def _has_code(path: Path) -> bool:
    if path.is_dir():
        return any(True for _code in code_below(path))
    return is_code(path.name)
