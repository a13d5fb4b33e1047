"""Exports of learning platforms, one module each: students and their files, from the platform's names.

Here: a function `read` per platform, from the entries of a folder to a `Listing`, or None if the folder is no export of
that platform. It examines the whole folder, not one name; `sure` tells it that the folder is one. Not here: the content
of submitted files.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from nnkata.grading.platforms import (
    blackboard,
    brightspace,
    canvas,
    classroom,
    edx,
    files,
    forms,
    gradescope,
    mail,
    moodle,
    prairielearn,
    sakai,
)
from nnkata.grading.platforms.handed import Listing

Reader = Callable[[Sequence[Path], bool], Listing | None]

#: In the order of asking: platforms with unique marks before those recognised by the whole folder.
READERS: dict[str, Reader] = {
    "gradescope": gradescope.read,
    "moodle": moodle.read,
    "blackboard": blackboard.read,
    "sakai": sakai.read,
    "brightspace": brightspace.read,
    "edx": edx.read,
    "github": classroom.read,
    "canvas": canvas.read,
    "prairielearn": prairielearn.read,
    "autolab": forms.autolab,
    "marmoset": forms.marmoset,
    "nbgrader": forms.nbgrader,
    "mail": mail.read,
    "forms": forms.collected,
    "files": files.read,
}
#: Their titles.
TITLES = {
    "gradescope": "Gradescope",
    "moodle": "Moodle",
    "blackboard": "Blackboard",
    "sakai": "Sakai",
    "brightspace": "Brightspace",
    "edx": "Open edX",
    "github": "GitHub Classroom, GitLab",
    "canvas": "Canvas",
    "prairielearn": "PrairieLearn",
    "autolab": "Autolab",
    "marmoset": "Marmoset",
    "nbgrader": "nbgrader",
    "mail": "Mail",
    "forms": "Google Forms, OneDrive",
    "files": "files",
}


def is_exported(name: str) -> bool:
    """Whether a name is one that only a platform gives: one is enough to know an export."""
    brightspaces = brightspace.NAME.match(name)
    return (
        moodle.NAME.match(name) is not None
        or edx.NAME.match(name) is not None
        or ((found := blackboard.NAME.match(name)) is not None and found["attempt"] == blackboard.ATTEMPT)
        or (brightspaces is not None and brightspace.is_dated(brightspaces["rest"]))
    )


def _are_of_platform(own: Sequence[Path]) -> bool:
    """Whether all files of the export itself have a platform's names: Moodle's feedback without submissions."""
    return bool(own) and all(is_exported(entry.name) for entry in own)


def recognise(entries: Sequence[Path]) -> tuple[str, Listing]:
    """The platform of the export, and its entries; the platform `files` if there is none."""
    name, listing = exported(entries)
    if name != "files":
        return name, listing
    read = files.read(entries, False)
    return name, replace(read, doubt=listing.doubt or read.doubt)


def exported(entries: Sequence[Path]) -> tuple[str, Listing]:
    """The platform of the export, and its entries; the platform `files` without any if there is none."""
    doubt = ""
    for name, read in READERS.items():
        listing = read(entries, False) if name != "files" else None
        if listing is not None and (listing.handed or listing.missing or _are_of_platform(listing.own)):
            return name, replace(listing, doubt=doubt or listing.doubt)
        doubt = doubt or (listing.doubt if listing else "")
    return "files", Listing([], doubt=doubt)
