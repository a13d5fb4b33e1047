"""Sakai's "Download All" of an assignment: `grades.csv` beside a folder for each student.

Source: sakaiproject/sakai, assignment/impl, AssignmentServiceImpl.java (`zipAttachments`, `zipSubmissions`): folders
`LAST, FIRST(EID)` with `Submission attachment(s)/`, `Feedback Attachment(s)/`, `LAST, FIRST(EID)_submissionText.html`,
`timestamp.txt`, `feedbackText.html` and `comments.txt`; grades.csv has "NAME,Points", an empty line, "Display
ID,ID,Last Name,First Name,grade" and one line per student, without a submission if there is no folder with files.
"""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.kinds import entries_of, has, head_of
from nnkata.grading.platforms.handed import Handed, Listing

#: The id is in the last brackets: a name may have some too, "Roe, Robert (Bob)(rr7)".
STUDENT = re.compile(r"(?P<name>.+?)\((?P<id>[^()]+)\)$")
FLAT = re.compile(r"(?P<name>.+?)\((?P<id>[^()]+)\)_(?:Submission attachment\(s\)_(?P<file>.+)|(?P<text>.+))$")
FILES = "Submission attachment(s)"
#: The most bytes of the table: 100,000 students have 8 MB.
MAX_GRADES = 16 << 20
OWN = ("grades.csv", "grades.xls", "grades.xlsx")


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by the user's id; None if there are no such folders."""
    folders = [(e, m) for e in entries if (m := STUDENT.match(e.name)) and e.is_dir() and not e.is_symlink()]
    flat = [(e, m) for e in entries if (m := FLAT.match(e.name)) and not e.is_dir()]
    marked = any(has(entry, FILES) or has(entry, "timestamp.txt") for entry, _m in folders)
    if not sure and not marked and not any(match["file"] for _e, match in flat):
        return None
    handed = []
    for entry, match in [*folders, *flat]:
        inside = entry / FILES if has(entry, FILES) and any(entries_of(entry / FILES)) else None
        last, _comma, first = match["name"].partition(", ")
        ids = {"eid": match["id"], "name": f"{first} {last}".strip(), "folder": f"{match['name']}({match['id']})"}
        file = "" if entry.is_dir() else match["file"] or match["text"]
        handed.append(Handed(entry, match["id"], ids["name"], ids, file, path=inside))
    own = [entry for entry in entries if entry.name in OWN]
    grades = next((entry for entry in own if entry.suffix == ".csv"), None)
    known = {one.key for one in handed}
    absent = {eid: name for eid, name in (_listed(grades) if grades else []) if eid not in known}
    return Listing(handed, own, absent)


def _listed(path: Path) -> list[tuple[str, str]]:
    """The students of grades.csv: id and name."""
    try:
        rows = list(csv.reader(io.StringIO(head_of(path, MAX_GRADES).decode("utf-8-sig", errors="replace"))))
    except (OSError, csv.Error):
        return []
    return [(row[1], f"{row[3]} {row[2]}".strip()) for row in rows[2:] if len(row) > 3 and row[1] != "ID" and row[1]]
