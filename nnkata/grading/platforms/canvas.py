"""Canvas' download of all submissions: files side by side.

Source: instructure/canvas-lms, lib/content_zipper.rb: NAME[_LATE]_USER_ATTACHMENT_FILE, where NAME is the sortable name
in small letters, word characters only, and USER and ATTACHMENT are numbers; for anonymous students
[LATE_]anon_CODE_ATTACHMENT_FILE (older versions: LATE after the code); a text entry ends in _text.html, a link in
_link.html. A resubmitted file is called FILE-1, FILE-2 (app/models/attachment.rb). An attachment's number is unique,
and greater for a later one. The files of a quiz are called NAMEUSER_question_QUESTION_ATTACHMENT_FILE
(app/models/quizzes/quiz_submission_zipper.rb), where NAME has only the Latin letters without marks, perhaps none.

Names like lab_3_2023_smith.py look the same, so a folder is Canvas' only if the numbers are as Canvas makes them.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from nnkata.grading.kinds import head_of, is_archive, is_python, stem
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.grading.submission.contents import notebook_with_network
from nnkata.language import _
from nnkata.subject.source.network_class import names_network

UPLOAD = re.compile(r"(?P<who>\w+?)(?:_(?i:late))?_(?P<user>\d+)_(?P<attachment>\d+)_(?P<file>.+)$")
ENTRY = re.compile(r"(?P<who>\w+?)(?:_(?i:late))?_(?P<user>\d+)_(?P<file>text|link)\.html$")
OF_QUIZ = re.compile(
    r"(?P<who>[-\w]*?)_?(?P<user>\d+)_question_(?P<question>\d{2,})_(?P<attachment>\d{2,})_(?P<file>.+)$"
)
BLIND = re.compile(r"(?:(?i:late)_)?anon_(?P<user>[A-Za-z0-9]+)(?:_(?i:late))?_(?:(?P<attachment>\d+)_)?(?P<file>.+)$")
#: The bytes of a file searched for a class: the whole size of a submission.
LARGEST = 10 << 20
AGAIN = re.compile(r"-\d+$")
#: Names of folders, which stand for no student.
WORK = re.compile(
    r"(?:hw|homework|lab|labs|ex|exercise|assignment|project|task|week|ps|pset|quiz|exam|unit|p|a|ue|tp|td)\d*$"
)


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by the user's number or code; None if the names are not Canvas'."""
    found = {entry: match for entry in entries if (match := matched(entry.name)) and not entry.is_dir()}
    if not found:
        return None
    if not sure and (why := _not_canvas(found, entries)):
        text = _("{why}; give --from canvas if they are Canvas', --name-pattern if they have another form")
        return Listing([], doubt=text.format(why=why)) if len(found) > 1 else None
    names = defaultdict(set)
    for match in found.values():
        names[match["user"]].add(match.groupdict().get("who", ""))
    handed = []
    for entry, match in found.items():
        who, user = match.groupdict().get("who", "anon"), match["user"]
        number = match.groupdict().get("attachment")
        ids = {
            "anonymous" if who == "anon" and "who" not in match.groupdict() else "canvas": user,
            "prefix": _prefix(match),
        }
        ids |= {"sortable": who} if match.groupdict().get("who") else {}
        handed.append(
            Handed(entry, user, f"{who}_{user}".lstrip("_"), ids, original(match["file"]), (), int(number or 0))
        )
    return Listing(handed)


def matched(name: str) -> "re.Match[str] | None":
    """The parts of Canvas' name, also where macOS has parted letters from their marks."""
    plain = unicodedata.normalize("NFC", name)
    return BLIND.match(plain) or OF_QUIZ.match(plain) or UPLOAD.match(plain) or ENTRY.match(plain)


def original(file: str) -> str:
    """The student's name of a file, without the count of submissions."""
    path = PurePosixPath(file)
    return AGAIN.sub("", stem(file)) + file[len(stem(file)) :].lower() if path.suffix else file


def _prefix(match: "re.Match[str]") -> str:
    """Canvas' keys of the student and the file, for feedback files."""
    attachment = match.groupdict().get("attachment")
    return match.string[: match.end("attachment")] if attachment else match.string[: match.end("user")]


def _not_canvas(found: dict[Path, "re.Match[str]"], entries: Sequence[Path]) -> str:
    """The reason why names that look like Canvas' are not; empty if they are."""
    if 2 * len(found) < len(entries):
        return _("few of the names look like Canvas'")
    uploads = [m for m in found.values() if m.groupdict().get("attachment")]
    numbers = [m["attachment"] for m in uploads]
    if any(number.startswith("0") for number in (*numbers, *(m["user"] for m in uploads if "who" in m.groupdict()))):
        return _("the names look like Canvas', but a number begins with 0")
    if len(set(map(int, numbers))) < len(numbers):
        return _("the names look like Canvas', but two files have the same number")
    people = defaultdict(set)
    for match in found.values():
        if "who" in match.groupdict():
            people[match["user"]].add(match["who"])
            if match["who"] != match["who"].lower():
                return _("the names look like Canvas', but have capital letters")
    if any(len(names) > 1 for names in people.values()):
        return _("the names look like Canvas', but one number has several names")
    if len({who for names in people.values() for who in names}) == 1 and _too_many(found):
        return _("the names look like Canvas', but several networks would be one student's")
    return ""


def _too_many(found: Mapping[Path, "re.Match[str]"]) -> bool:
    """Whether names that have one word for all, `ml_3_1_ada.py`, give a user several networks.

    One word with one number may be the only student, who may have two of a kind, unless the word is one for a task.
    """
    networks = {(m["user"], kind, original(m["file"])) for path, m in found.items() if (kind := _kind(path))}
    alone = len({m["user"] for m in found.values()}) == 1
    if alone and not any(WORK.match(m.groupdict().get("who") or "") for m in found.values()):
        return any(count > 2 for count in Counter(kind for _user, kind, _file in networks).values())
    return any(count > 1 for count in Counter(user for user, _kind, _file in networks).values())


def _kind(path: Path) -> str:
    """The kind of a file that may be a network by itself; empty for another one."""
    if is_archive(path.name):
        return "archive"
    try:
        return "notebook" if notebook_with_network(path) else "file" if _has_class(path) else ""
    except OSError:
        return ""


def _has_class(path: Path) -> bool:
    return is_python(path.name) and names_network(head_of(path, LARGEST))
