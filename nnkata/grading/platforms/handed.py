"""A platform's data about an entry of its export: the student, the attempt, the name of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Handed:
    """An entry of an export: a submitted file or folder of files.

    `key` is the same for all entries of a student, `ids` are the platform's keys of the student. The greatest `attempt`
    of a student is the latest; of two files with one `filename` in an attempt, the one with the greater `version`
    counts. `path` is the part of the entry to read, if not all; `older` are earlier attempts within it. `filename` is
    "" for a folder, whose files have names. `why` is the reason if nothing in it was submitted.
    """

    entry: Path
    key: str
    who: str
    ids: Mapping[str, str] = field(default_factory=dict)
    filename: str = ""
    attempt: tuple[int | str, ...] = ()
    version: int = 0
    path: Path | None = None
    older: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Listing:
    """The entries of an export, read by the rules of its platform.

    `own` are files of the export itself, from no student; `absent` are students without a submission, name by key;
    `missing` have submitted what the folder lacks, each with the list that says so as the entry, and with the reason.
    `doubt` is the reason why the folder may be something else.
    """

    handed: Sequence[Handed]
    own: Sequence[Path] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""
    missing: Sequence[Handed] = ()


def common_start(names: Sequence[str]) -> str:
    """The common beginning of all names, letter by letter."""
    least, greatest = min(names, default=""), max(names, default="")
    same = 0
    while same < min(len(least), len(greatest)) and least[same] == greatest[same]:
        same += 1
    return least[:same]
