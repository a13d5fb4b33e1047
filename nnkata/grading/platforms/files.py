"""Files and folders, one per student, with names from no platform.

Names that differ only in their endings, `ada.py` and `ada.pdf`, or the folder `ada` and the `ada.zip` that it came
from, are one student's; so are versions, `ada.py` and a browser's `ada (1).py`, of which the latest counts; and
`ada_helper.py` and `ada_report.pdf` beside `ada_network.py`.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from nnkata.grading.course.files_by_student import joined
from nnkata.grading.kinds import is_code, stem
from nnkata.grading.names.named import names_a_part, names_nobody
from nnkata.grading.names.serials import answers
from nnkata.grading.names.versions import OF_NUMBER, Version, alike, doubt, numbered, versions
from nnkata.grading.names.words import PEOPLE
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.grading.submission.contents import holds_code, holds_network
from nnkata.language import _


def read(entries: Sequence[Path], sure: bool) -> Listing:
    """Each name, without its ending and without the mark of a version, is a student."""
    names = [_own(entry) for entry in entries if not _is_beside(entry)]
    people = PEOPLE if any(map(_names_somebody, entries)) else frozenset[str]()
    said = versions(names, names_nobody if people else names_a_part)
    said |= answers([_own(entry) for entry in entries if holds_code(entry)])
    handed = []
    for entry in entries:
        found = said.get(_own(entry), Version(_own(entry)))
        key = unicodedata.normalize("NFC", found.who)
        handed.append(Handed(entry, key, found.who, {}, "" if _is_folder(entry) else entry.name, (found.rank,)))
    listing = joined(Listing(handed), people)
    owners = [one.who for one in listing.handed]
    told = doubt([one.entry.name for one in handed if one.attempt != (0,)]), alike(owners), numbered(owners)
    return replace(listing, doubt=_("; ").join(filter(None, told)))


def _is_folder(entry: Path) -> bool:
    return entry.is_dir() and not entry.is_symlink()


def _names_somebody(entry: Path) -> bool:
    return not names_a_part(_own(entry)) and holds_code(entry)


def _is_beside(entry: Path) -> bool:
    """Whether it has a student's number and another digit, and no network: the plots of `20231234_2.py`."""
    return OF_NUMBER.match(_own(entry)) is not None and not holds_network(entry)


def _own(entry: Path) -> str:
    """The name without the ending of its kind, and without one of code before that: `ada` for `ada.py.bak`."""
    name = entry.name if _is_folder(entry) else stem(entry.name)
    return stem(name) if name != entry.name and is_code(name) else name
