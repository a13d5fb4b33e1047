"""The place of a folder among the attempts of a student by words or a count: `old`, `hw3 (1)`, `Revised submission`."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.kinds import code_below
from nnkata.grading.names.versions import AGAIN, ASIDE, FINAL, LATE, LATER
from nnkata.grading.names.words import AFTER, ATTEMPTS, EARLY, LAST, LATEST

#: The ranks of the words, the later ones last.
RANKS = ((EARLY, ASIDE), (AFTER, LATER), (LAST, FINAL), (LATEST, LATE))
#: Words beside these that say nothing about the place.
BESIDE = ATTEMPTS | {"feedback"}


def last_by_place(folders: Sequence[Path]) -> Path | None:
    """The latest of the folders, if their names differ in words or counts of attempts alone; at most one has none.

    Another folder has a file of code of the same name, or it may be the plots beside the network of `v1`.
    """
    places = {folder: place(folder.name) for folder in folders}
    if len({_rest(folder.name) for folder in folders}) > 1 or sum(not found for found in places.values()) > 1:
        return None
    ranks = {folder: found or ((0,) if (1,) in places.values() else (1,)) for folder, found in places.items()}
    last = max(folders, key=lambda folder: ranks[folder])
    if Counter(ranks.values())[ranks[last]] > 1:
        return None
    names = {folder: {path.name for path in code_below(folder)} for folder in folders}
    others = [folder for folder in folders if folder is not last]
    return last if not others or any(names[last] & names[other] for other in others) else None


def place(name: str) -> tuple[int, ...]:
    """The rank that a name says; empty if it says none."""
    if found := AGAIN.match(name):
        return (int(found["number"]) + 1,)
    said = [rank for words, rank in RANKS if words & {*_words(name)}]
    if said:
        return (said[0] if said[0] == ASIDE else said[-1],)
    numbers = re.findall(r"\d+", name)
    counted = bool(numbers) and bool(ATTEMPTS & {*_words(name)})
    return (int(numbers[-1]),) if counted else ()


def _rest(name: str) -> tuple[str, ...]:
    """The words and numbers of a name that say no place."""
    found = AGAIN.match(name)
    plain = found["who"] if found else name
    words = [word for word in _words(plain) if word not in BESIDE and all(word not in said for said, _rank in RANKS)]
    counted = bool(ATTEMPTS & {*_words(plain)})
    return (*words, *([] if counted else re.findall(r"\d+", plain)))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name.casefold())
