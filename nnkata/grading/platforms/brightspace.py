"""Brightspace's download of an assignment's submissions: a folder per attempt, or files side by side; `index.html`.

Source: D2L's community pages ("Download assignment submissions", "Upload feedback in bulk"): USER-FOLDER - NAME - DATE,
where USER and FOLDER are numbers and DATE is in the site's form, "Sep 5, 2026 1045 PM", without the colon that a file
name cannot have; files side by side have " - FILE" after it. Some sites write "NAME- DATE". Feedback is uploaded in
folders of the same names.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from nnkata.grading.names.timestamps import moment
from nnkata.grading.platforms.handed import Handed, Listing

NAME = re.compile(r"(?P<user>\d+)-(?P<folder>\d+)\s*-\s+(?P<rest>.+)$")
HYPHEN = re.compile(r" ?- ")


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by the user's number and the date; None if no name is Brightspace's."""
    found = [(entry, match, _parts(match["rest"])) for entry in entries if (match := NAME.match(entry.name))]
    if not found or not (sure or any(when for _e, _m, (_who, when, _file) in found)):
        return None
    names, folders = defaultdict(set), {match["folder"] for _entry, match, _parts_ in found}
    for _entry, match, (who, _when, _file) in found:
        names[match["user"]].add(who)
    swapped = any(len(people) > 1 for people in names.values())  # the folder's number precedes the user's
    swapped |= len(names) == 1 < len(folders)  # also if all have one name: a download is of one folder
    handed = []
    for entry, match, (who, when, file) in found:
        user = match["folder"] if swapped else match["user"]
        ids = {
            "user": user,
            "name": _first_last(who),
            "folder": entry.name if entry.is_dir() else _front(entry.name, file),
        }
        attempt = when or (0,)
        handed.append(Handed(entry, f"{user} {who}", ids["name"], ids, "" if entry.is_dir() else file, attempt))
    return Listing(handed, [entry for entry in entries if entry.name.lower() == "index.html"])


def _parts(rest: str) -> tuple[str, tuple[int, ...], str]:
    """The name, the date as comparable numbers, and the file's name, from the text after the numbers."""
    hyphens = [*HYPHEN.finditer(rest)]
    for before, behind in zip_longest(hyphens, hyphens[1:]):
        date, file = (
            (rest[before.end() : behind.start()], rest[behind.end() :]) if behind else (rest[before.end() :], "")
        )
        if when := moment(date):
            return rest[: before.start()], when, file
    who, _hyphen, file = rest.partition(" - ")
    return who, (), file


def is_dated(rest: str) -> bool:
    """Whether a date stands in the text after the numbers."""
    return bool(_parts(rest)[1])


def _first_last(who: str) -> str:
    last, comma, first = who.partition(", ")
    return f"{first} {last}" if comma else who


def _front(name: str, file: str) -> str:
    return name[: len(name) - len(file)].rstrip(" -") if file else name
