"""Blackboard's "Assignment File Download": files side by side, each attempt with a text of its own.

Source: Blackboard Help, "Download assignments" (help.blackboard.com), and a download's own text files:
ASSIGNMENT_USER_attempt_YYYY-MM-DD-HH-MM-SS_FILE, and the same without _FILE as .txt, which says "Name: NAME (USER)".
A course in another language has its words for both (`intento`, `尝试`).
Assignment and user may have underscores: the text decides, else what all names begin with.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.kinds import head_of
from nnkata.grading.platforms.handed import Handed, Listing, common_start

ATTEMPT = "attempt"
NAME = re.compile(
    r"(?P<front>.+)_(?P<attempt>[^\W\d_]+)_(?P<date>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<about>\.txt))$", re.S
)
SAID = re.compile(r"^Name:\s*(?P<name>.+?)\s*\((?P<user>[^()\n]+)\)\s*$", re.MULTILINE)
#: The first line in another language.
FOREIGN = re.compile(r"\s*\w[^:：\n]*[:：]\s*(?P<name>.+?)\s*[(（](?P<user>[^()（）\n]+)[)）]\s*$", re.MULTILINE)
#: The bytes read of Blackboard's text: the name is in its first line.
HEAD = 4096


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by user name and attempt; None if no name is Blackboard's."""
    found = [(entry, match) for entry in entries if (match := NAME.match(entry.name))]
    if not found:
        return None
    if not _in_one_language([match for _entry, match in found]):
        found = [(entry, match) for entry, match in found if match["attempt"] == ATTEMPT]
    if not found:
        return None
    told = {match["front"]: said for entry, match in found if match["about"] and (said := _said(entry, match["front"]))}
    fronts = sorted({match["front"] for _entry, match in found})
    shared = common_start(fronts) if len(fronts) > 1 else fronts[0].rpartition("_")[0] + "_"
    shared = shared[: shared.rfind("_") + 1]
    handed = []
    for entry, match in found:
        front = match["front"]
        name, user = told.get(front, ("", front[len(shared) :] or front))
        start = f"{front}_{match['attempt']}_{match['date']}"
        ids = {"username": user, "front": start} | ({"name": name} if name else {})
        handed.append(Handed(entry, front, name or user, ids, match["file"] or "about.txt", (match["date"],)))
    return Listing(handed)


def _in_one_language(found: Sequence[re.Match[str]]) -> bool:
    """Whether all names have one word for an attempt, and each attempt its text."""
    about = {(match["front"], match["date"]) for match in found if match["about"]}
    return len({match["attempt"] for match in found}) == 1 and about == {(m["front"], m["date"]) for m in found}


def _said(path: Path, front: str) -> tuple[str, str] | None:
    try:
        content = head_of(path, HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    match = SAID.search(content)
    if not match and (foreign := FOREIGN.match(content)) and front.endswith(f"_{foreign['user']}"):
        match = foreign
    return (match["name"], match["user"]) if match else None
