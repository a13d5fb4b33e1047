"""Moodle's download of all submissions, in folders or flat.

Source: moodle/moodle, mod/assign/locallib.php and mod/assign/classes/downloader.php (names), and
mod/assign/feedback/file/importziplib.php (reading them back): FULLNAME_ID_assignsubmission_PLUGIN, followed by an
underscore before Moodle 4.1; flat, the file's own name follows. FULLNAME has no underscore; under blind marking it is
"Participant" in the site's language. ID is the participant's number in this assignment, the "Participant ID" of the
grading worksheet. A group's name precedes a dash.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.platforms.handed import Handed, Listing

NAME = re.compile(
    r"(?P<who>.+?)_(?P<id>\d+)_(?P<type>assignsubmission|assignfeedback)_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?$"
)
#: `get_string('participant', 'assign')` in the languages that have most sites.
BLIND = (
    "participant",
    "teilnehmer",
    "participante",
    "partecipante",
    "deelnemer",
    "участник",
    "参与者",
    "参加者",
    "參與者",
)


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by the participant's number; None if no name is Moodle's."""
    found = [(entry, match) for entry in entries if (match := NAME.match(entry.name))]
    if not found:
        return None
    of_name = Counter(who for who, _id in {(match["who"], match["id"]) for _entry, match in found})
    handed, own = [], []
    for entry, match in found:
        who, number = match["who"], match["id"]
        if match["type"] == "assignfeedback":
            own.append(entry)
            continue
        blind = who.casefold().startswith(BLIND)
        shown = f"{who} {number}" if blind or of_name[who] > 1 else who
        ids = {"participant": number, **({} if blind else {"name": who}), "folder": _folder(match)}
        handed.append(Handed(entry, number, shown, ids, "" if entry.is_dir() else match["file"] or entry.name))
    return Listing(handed, own)


def _folder(match: re.Match[str]) -> str:
    """The folder from which Moodle reads feedback files."""
    return f"{match['who']}_{match['id']}_assignsubmission_file_"
