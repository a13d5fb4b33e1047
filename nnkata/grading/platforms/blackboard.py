"""Blackboard's "Assignment File Download": files side by side, each attempt with a text of its own.

Source: Blackboard Help, "Download assignments" (help.blackboard.com), and a download's own text files:
ASSIGNMENT_USER_attempt_YYYY-MM-DD-HH-MM-SS_FILE, and the same without _FILE as .txt, which says "Name: NAME (USER)".
Assignment and user may have underscores: the text decides, else what all names begin with.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.handed import Handed, Listing, common_start
from nnkata.grading.kinds import head_of

NAME = re.compile(r"(?P<front>.+)_attempt_(?P<date>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))$", re.S)
SAID = re.compile(r"^Name:\s*(?P<name>.+?)\s*\((?P<user>[^()\n]+)\)\s*$", re.MULTILINE)
#: The bytes read of Blackboard's text: the name is in its first line.
HEAD = 4096


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by user name and attempt; None if no name is Blackboard's."""
    found = [(entry, match) for entry in entries if (match := NAME.match(entry.name))]
    if not found:
        return None
    told = {match["front"]: said for entry, match in found if match["about"] and (said := _said(entry))}
    fronts = sorted({match["front"] for _entry, match in found})
    shared = common_start(fronts) if len(fronts) > 1 else fronts[0].rpartition("_")[0] + "_"
    shared = shared[: shared.rfind("_") + 1]
    handed = []
    for entry, match in found:
        front = match["front"]
        name, user = told.get(front, ("", front[len(shared) :] or front))
        ids = {"username": user, "front": f"{front}_attempt_{match['date']}"} | ({"name": name} if name else {})
        handed.append(Handed(entry, front, name or user, ids, match["file"] or "about.txt", (match["date"],)))
    return Listing(handed)


def _said(path: Path) -> tuple[str, str] | None:
    try:
        match = SAID.search(head_of(path, HEAD).decode("utf-8-sig", errors="replace"))
    except OSError:
        return None
    return (match["name"], match["user"]) if match else None
