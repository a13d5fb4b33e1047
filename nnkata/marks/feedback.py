"""A page of feedback per student, in the folders from which each platform reads feedback files.

Sources: Moodle, mod/assign/feedback/file/importziplib.php: NAME_ID_assignsubmission_file_/FILE in a zip archive.
Canvas, `infer_comment_context_from_filename` in app/models/abstract_assignment.rb: a file name with the user's and then
an attachment's number, as in the download. Brightspace, "Upload feedback in bulk": the folders of the download. Sakai,
AssignmentAction.java: LAST, FIRST(ID)/Feedback Attachment(s)/FILE beside grades.csv. Blackboard, Gradescope and GitHub
take none in bulk: there, one folder per student, named by the platform's name of the student.
"""

import shutil
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.features.clause import Clause
from nnkata.files import write
from nnkata.language import _
from nnkata.marks.points import Mark
from nnkata.reports.formats import html, markdown
from nnkata.reports.report import Report
from nnkata.texts import text

#: The ends of the names of pages.
PAGES = ("feedback.html", "feedback.md")
#: The characters of a name that a path keeps.
BAD = {ord(character): "_" for character in "/\\\0"}


def feedback(
    found: Sequence[Mark], to: str, folder: Path, known: Sequence[Clause], points: Mapping[str, float]
) -> list[str]:
    """Write the pages, and a zip archive of them beside the folder; return the submissions that have no place there.

    Raises:
        OSError: the folder cannot be written.
        UsageError: the folder, or the archive, has other files: the pages of another origin, or submissions.
    """
    _check(folder)
    page = find_spec("jinja2") is not None and to != "github"
    left = []
    for mark in found:
        if mark.verdict is None:
            continue
        place = _place(mark, to)
        if place is None:
            left.append(mark.record.submission)
            continue
        report = Report(mark.verdict, known, points)
        target = folder / (place + (".html" if page else ".md"))
        target.parent.mkdir(parents=True, exist_ok=True)
        write(target, (html.write(report) if page else markdown.write(report)).encode())
    if any(folder.iterdir()) if folder.is_dir() else False:
        shutil.make_archive(str(folder), "zip", folder)
    return left


def _check(folder: Path) -> None:
    """Refuse a folder or an archive with anything but pages of feedback, which a new archive would pack or replace."""
    archive = Path(f"{folder}.zip")
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not _ours(path.name):
            text = _("{folder} holds {file}, which is no page of feedback; name a new folder")
            raise UsageError(text.format(folder=folder, file=path.relative_to(folder)))
    if archive.is_file():
        try:
            with zipfile.ZipFile(archive) as opened:
                names = [one.filename for one in opened.infolist() if not one.is_dir()]
        except (OSError, zipfile.BadZipFile):
            names = [""]
        if not all(_ours(name) for name in names):
            text = _("{archive} is no archive of feedback, and would be overwritten; name another folder")
            raise UsageError(text.format(archive=archive))


def _ours(name: str) -> bool:
    """Whether a file is a page of feedback, or one that a system adds to each folder."""
    last = name.rpartition("/")[2]
    return last.endswith(PAGES) or last.startswith(".") or last in ("Thumbs.db", "desktop.ini")


def _place(mark: Mark, to: str) -> str | None:
    """The path of a student's page without its suffix; None if the platform could not assign it."""
    ids = mark.record.ids
    if to == "canvas":
        prefix = ids.get("prefix")
        return f"{_safe(prefix)}_feedback" if prefix and ("canvas" in ids or "anonymous" in ids) else None
    if to in ("moodle", "brightspace", "sakai"):
        there = {"moodle": "participant", "brightspace": "user", "sakai": "eid"}[to]
        if there not in ids or "folder" not in ids:
            return None
        inside = "Feedback Attachment(s)/" if to == "sakai" else ""
        return f"{_safe(ids['folder'])}/{inside}feedback"
    keys = {"blackboard": "username", "github": "repository"}
    name = (
        f"submission_{ids['submission']}"
        if to == "gradescope" and "submission" in ids
        else ids.get(keys.get(to, ""), "")
    )
    return f"{_safe(name or mark.record.submission)}/feedback"


def _safe(name: str) -> str:
    plain = text(name).translate(BAD)
    return plain if plain.strip(".") else "_"
