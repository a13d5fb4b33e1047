"""PrairieLearn's archives of submitted files: `all_files.zip`, `final_files.zip`, `files_for_manual_grading.zip`.

Source: PrairieLearn/PrairieLearn, pages/instructorAssessmentDownloads (names of files):
UID_INSTANCE_QUESTION_VARIANT_NUMBER_SUBMISSION_FILE, and for manual grading UID_UIN_QUESTION_SUBMISSION_FILE. The UID
is a mail address; SUBMISSION is unique, and greater for a later one.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.platforms.handed import Handed, Listing

MAIL = r"(?P<who>[^/]+?@[A-Za-z0-9.-]+\.[A-Za-z]{2,})"
FORMS = (
    re.compile(rf"{MAIL}_\d+_(?P<question>.+?)_\d+_\d+_(?P<submission>\d+)_(?P<file>.+)$"),
    re.compile(rf"{MAIL}_[^_]*_(?P<question>.+?)_(?P<submission>\d+)_(?P<file>.+)$"),
)


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students by mail address, attempts by the number of the submission; None if the names are not PrairieLearn's."""
    for form in FORMS:
        found = [(entry, match) for entry in entries if (match := form.match(entry.name)) and not entry.is_dir()]
        if found and (sure or (len(found) == len(entries) and _numbered(found))):
            return Listing([_handed(entry, match) for entry, match in found])
    return None


def _numbered(found: "Sequence[tuple[Path, re.Match[str]]]") -> bool:
    """Whether each number is of one student, and all files answer one question; Autolab's names may look alike."""
    people = {(match["submission"], match["who"]) for _entry, match in found}
    of_one = len({number for number, _who in people}) == len(people)
    return of_one and len({who for _number, who in people}) > 1 and len({match["question"] for _e, match in found}) == 1


def _handed(entry: Path, match: "re.Match[str]") -> Handed:
    ids, attempt = {"email": match["who"]}, (int(match["submission"]),)
    return Handed(entry, match["who"].casefold(), match["who"], ids, match["file"], attempt)
