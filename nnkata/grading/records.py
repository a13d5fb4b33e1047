"""The people of a batch: `submissions.json`, from which `nnkata marks` fills the platform's table."""

from pathlib import Path

import msgspec

from nnkata.errors import UsageError
from nnkata.files import write
from nnkata.grading.course.find import Course, Found
from nnkata.language import _
from nnkata.verdict import indented

FILE = "submissions.json"


class Record(msgspec.Struct, frozen=True):
    """A submission: the student's keys on the platform, and its entries of the folder.

    `person` is the line of the roster, if there is one: name, mail, id. `notes` name omissions and choices.
    """

    submission: str
    ids: dict[str, str] = {}
    entries: list[str] = []
    older: list[str] = []
    person: dict[str, str] = {}
    notes: list[str] = []
    why: str | None = None


class Records(msgspec.Struct, frozen=True):
    """All records. `absent` have no submission; `own` are files of the export, `passed_over` leavings of tools."""

    platform: str
    submissions: list[Record]
    absent: list[dict[str, str]] = []
    own: list[str] = []
    passed_over: dict[str, int] = {}
    doubts: list[str] = []
    schema: int = 1

    @property
    def accounted(self) -> dict[str, int]:
        """The number of the folder's entries, and the kind of each."""
        judged = sum(len(one.entries) for one in self.submissions if one.why is None)
        refused = sum(len(one.entries) for one in self.submissions if one.why is not None)
        passed = sum(self.passed_over.values())
        total = judged + refused + len(self.own) + passed
        return {
            "entries": total,
            "in_submissions": judged,
            "not_judged": refused,
            "of_the_export": len(self.own),
            "passed_over": passed,
        }


def record(found: Found, person: dict[str, str] | None = None) -> Record:
    """The data of a submission before it is read."""
    return Record(
        found.name, dict(found.ids), list(found.entries), list(found.older), person or {}, [], found.why or None
    )


def records(course: Course, submissions: list[Record], absent: list[dict[str, str]]) -> Records:
    """The data of a batch."""
    passed = dict(sorted(course.passed.items()))
    return Records(course.platform, submissions, absent, list(course.own), passed, list(course.notes))


def save(found: Records, folder: Path) -> None:
    """Write the file.

    Raises:
        OSError: the folder cannot be written.
    """
    write(folder / FILE, indented(found))


def load(folder: Path) -> Records:
    """Read the file.

    Raises:
        UsageError: it does not exist, or has another form.
    """
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Records)
    except (OSError, msgspec.MsgspecError):
        text = _("{folder} has no {file}; name the --output of a `nnkata grade` that has ended")
        raise UsageError(text.format(folder=folder, file=FILE)) from None
