"""Files and folders, one per student, with names from no platform.

Files that differ only in their ending, `ada.py` and `ada.pdf`, are one student's.
"""

from collections.abc import Sequence
from pathlib import Path

from nnkata.grading.handed import Handed, Reading
from nnkata.grading.kinds import stem


def read(entries: Sequence[Path], sure: bool) -> Reading:
    """Each folder, and each name of files, is a student."""
    handed = []
    for entry in entries:
        folder = entry.is_dir() and not entry.is_symlink()
        who = entry.name if folder else stem(entry.name)
        handed.append(Handed(entry, f"{'folder' if folder else 'file'} {who}", who, {}, "" if folder else entry.name))
    return Reading(handed)
