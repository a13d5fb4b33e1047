"""Folders for a round of the class, its drafts or its final work, and for late work: several students', or one's."""

from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.course.level import level
from nnkata.grading.kinds import entries_of, is_code, stem
from nnkata.grading.names.named import (
    is_attempt_alone,
    is_for_late_ones,
    is_full_name,
    is_period,
    is_sure,
    names_a_part,
    names_nobody,
)
from nnkata.grading.names.words import AFTER, ATTEMPTS, EARLY, LAST, LATE, LATEST, PARTS, words_of
from nnkata.grading.submission.contents import holds_code, holds_network
from nnkata.texts import text


def holds_late_ones(folder: Path, entries: Sequence[Path]) -> bool:
    """Whether the folder is for late work, or a section's, and all its entries with code are named after somebody.

    A network with a full name is enough: `late/Bob Roe.py`, whatever lies beside it.
    """
    if not is_for_late_ones(folder.name):
        return False
    code = [entry for entry in entries if holds_code(entry)]
    inner = [one for entry in code if entry.is_dir() and is_period(entry.name) for one in entries_of(entry)]
    code = [one for one in [*code, *filter(holds_code, inner)] if one.parent != folder or not is_period(one.name)]
    if any(is_full_name(one.name) and not names_a_part(one.name) and holds_network(one) for one in code):
        return True
    return bool(code) and not any(names_nobody(one.name, days=False) or is_attempt_alone(one.name) for one in code)


def says_when(folder: Path) -> bool:
    """Whether a folder has a name for drafts, final or late work, and no other words but those of a part."""
    words = words_of(folder.name)[0]
    said = LATE | EARLY | AFTER | LAST | LATEST
    return bool(said & {*words}) and all(word in said | ATTEMPTS | PARTS | {"feedback"} for word in words)


def are_rounds(code: Sequence[Path]) -> bool:
    """Whether folders called `Draft` and `Final` hold files and folders of several people."""
    if not all(entry.is_dir() and says_when(entry) and not is_of_late_work(entry) for entry in code):
        return False
    return len({stem(text(inner.name)) for entry in code for inner in entries_of(entry) if holds_code(inner)}) > 1


def is_of_late_work(folder: Path) -> bool:
    """Whether a student's folder is that of an attempt in words, `late` or `Initial submission`, and not of others."""
    code = [entry for entry in entries_of(folder) if says_when(folder) and holds_code(entry)]
    return any(names_nobody(entry.name, days=False) or is_attempt_alone(entry.name) for entry in code)


def has_the_same(folder: Path, sections: Sequence[Path]) -> bool:
    """Whether all code of a folder has names of students of sections beside it: late ones, of one or two students."""
    known = {stem(text(entry.name)).casefold() for inner in sections for entry in level(inner).entries}
    inside = level(folder).entries
    # of the whole class: `Second attempt/ada` beside `First attempt/ada`, `Final/Ada Lee` beside `Draft/Ada Lee`
    people = is_attempt_alone(folder.name) or any(is_full_name(entry.name) for entry in inside)
    code = [entry for entry in inside if is_code(entry.name) or (people and holds_code(entry))]
    own = [stem(text(entry.name)).casefold() for entry in code]
    if says_when(folder) and any(
        stem(text(entry.name)).casefold() in known and is_sure(text(entry.name)) for entry in code
    ):
        return True  # a round of the class, with others whose names may be words of a part: `Ann_Week`
    return bool(own) and all(name in known and not names_nobody(name) for name in own)
