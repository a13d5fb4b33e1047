"""Open edX' download of the files of open response assessments: a folder per unit, and `submissions.csv`.

Source: openedx/edx-ora2, openassessment/data.py (`OraDownloadData`): `[1]SECTION, [1]SUBSECTION, [1]UNIT` has files
`[TASK] - USER - FILE`, where TASK counts the assessments of the unit and USER is a name or an anonymous number without
blanks; texts are `prompt_0.txt`. The list has a line per file, with "file_found" False for one that the download lacks.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nnkata.grading.kinds import has, head_of
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.language import _

NAME = re.compile(r"\[(?P<task>\d+|x)\] - (?P<who>\S+?) - (?P<file>.+)$")
LIST = "submissions.csv"
COLUMNS = frozenset(("block_id", "student_id", "file_path", "file_found"))
#: The most bytes of the list: 100,000 files have 30 MB.
MAX_LIST = 64 << 20


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students by user and, if there are several, by assessment; None if a file has another form of name."""
    found = [(entry, match) for entry in entries if (match := NAME.match(entry.name)) and not entry.is_dir()]
    if not found or (not sure and len(found) < len(entries)):
        return None
    several = len({match["task"] for _entry, match in found}) > 1
    handed = []
    for entry, match in found:
        who = f"{match['who']} [{match['task']}]" if several else match["who"]
        handed.append(Handed(entry, who, who, {"username": match["who"]}, match["file"]))
    return Listing(handed)


def list_of(entries: Sequence[Path]) -> Path | None:
    """The list of such a download among the entries of its folder."""
    found = next((entry for entry in entries if entry.name == LIST and not entry.is_symlink()), None)
    return found if found and next(_lines(found), None) is not None else None


def missing(listed: Path) -> list[Handed]:
    """The students whose files the download lacks, all of them, each with the reason."""
    lost: dict[str, str] = {}
    there: set[str] = set()
    for line in _lines(listed):
        path = line["file_path"] or ""
        folder, _slash, name = path.rpartition("/")
        match = NAME.match(name)
        if match is None:
            continue
        if (line["file_found"] or "").lower() != "false" or has(listed.parent / folder, name):
            there.add(match["who"])
        else:
            lost.setdefault(match["who"], _lacks(path))
    return [Handed(listed, who, who, {"username": who}, why=why) for who, why in lost.items() if who not in there]


def _lacks(path: str) -> str:
    text = _("{file} lists {path}, which the download lacks; ask for it again")
    return text.format(file=LIST, path=path)


def _lines(listed: Path) -> Iterator[Mapping[str, str | None]]:
    """The lines of the list; none if the file is another table."""
    try:
        text = head_of(listed, MAX_LIST).decode("utf-8-sig", errors="replace")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        if set(rows.fieldnames or ()) >= COLUMNS:
            yield from rows
    except (OSError, csv.Error):
        return
