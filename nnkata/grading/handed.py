"""A platform's data about an entry of its export: the student, the attempt, the name of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Handed:
    """An entry of an export: a file, or a folder of files, that a student handed in.

    `key` is the same for all that is one student's, `ids` what the platform knows the student by. Of the attempts of a
    student the greatest is the latest; of two files with one `filename` in an attempt, that of the greater `version`.
    `path` is what to read, where that is a part of the entry. `filename` is "" for a folder, whose files have names.
    """

    entry: Path
    key: str
    who: str
    ids: Mapping[str, str] = field(default_factory=dict)
    filename: str = ""
    attempt: tuple[int | str, ...] = ()
    version: int = 0
    path: Path | None = None


@dataclass(frozen=True)
class Reading:
    """An export as a platform's reader understands it.

    `own` are files of the export itself, which nobody handed in; `absent` are students who handed in nothing, name by
    key. `doubt` says why the folder may be something else.
    """

    handed: Sequence[Handed]
    own: Sequence[Path] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    doubt: str = ""


def common_start(names: Sequence[str]) -> str:
    """The common beginning of all names, letter by letter."""
    least, greatest = min(names, default=""), max(names, default="")
    same = 0
    while same < min(len(least), len(greatest)) and least[same] == greatest[same]:
        same += 1
    return least[:same]
