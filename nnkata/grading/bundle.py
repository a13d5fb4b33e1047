"""From a found submission to the bytes of its files, and to the implementation among them."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from nnkata.files import disk_is_full
from nnkata.grading.archives.archive import Refused
from nnkata.grading.course.find import Found
from nnkata.grading.submission.entry import entry
from nnkata.grading.submission.gather import gather
from nnkata.grading.submission.gathered import Gathered
from nnkata.grading.submission.lacking import lacking
from nnkata.language import _, reason
from nnkata.subject.source.network_class import surface
from nnkata.subject.source.notebook import Notebook

#: The time of an upload before the name of a file.
UPLOADED = re.compile(r"(?:19|20)\d{12}_(?=[^\d/])")


@dataclass(frozen=True)
class Bundle:
    """A submission's files, relative path to content, and the implementation among them.

    `notebook` is set if that was made from one; `notes` name omitted parts and choices.
    """

    files: dict[str, bytes]
    entry: str
    notebook: Notebook | None = None
    notes: tuple[str, ...] = ()


def bundle(found: Found) -> Bundle:
    """Read a submission.

    Raises:
        Refused: it cannot be judged; the text is the reason.
        OSError: the disk is full, on which archives inside archives are unpacked.
    """
    if found.why:
        raise Refused(found.why)
    try:
        parts = found.parts or {"": found.path}
        gathered = gather(parts)
        if not gathered.python:
            told = lacking(gathered.others, list(parts.values()))
            raise Refused(_("; ").join([told, *_passed_over(gathered), *gathered.notes[:3]]))
    except OSError as error:
        if disk_is_full(error):
            raise
        raise Refused(_("it cannot be read: {strerror}").format(strerror=reason(error))) from None
    _cut_times(gathered)
    name, others = _entry(gathered)
    notes = [*gathered.notes, *_passed_over(gathered)]
    if others:
        notes.append(_("{name} is judged; it could also be {others}").format(name=name, others=", ".join(others[:3])))
    files = {**gathered.data, **gathered.python, **_loaded(gathered)}
    return Bundle(files, name, gathered.notebooks.get(name), tuple(notes))


def _entry(gathered: Gathered) -> tuple[str, tuple[str, ...]]:
    """The implementation, and the other candidates.

    Raises:
        Refused: there is none; of a notebook, the cells with a class that are not Python are the reason.
    """
    read = [(PurePosixPath(name).stem, notebook) for name, notebook in gathered.notebooks.items()]
    lost = [f"{stem}.ipynb, {told}" for stem, notebook in read for told in notebook.lost]
    try:
        name, others = entry(gathered.python, gathered.notebooks)
    except Refused as error:
        raise Refused("\n".join(lost[:1]) or str(error)) from None
    there = surface(gathered.python[name])
    if lost and not (there.has_network or there.fitting):
        raise Refused(lost[0])
    return name, others


def _cut_times(gathered: Gathered) -> None:
    """Cut off the time that ILIAS writes before each file's name, as files import each other without it.

    Of several files with one name, only the latest loses it.
    """
    if not all(UPLOADED.match(name) for name in gathered.python):
        return
    for name in sorted(gathered.python, reverse=True):
        plain = UPLOADED.sub("", name)
        if plain not in gathered.python:
            gathered.python[plain] = gathered.python.pop(name)
            if name in gathered.notebooks:
                gathered.notebooks[plain] = gathered.notebooks.pop(name)


def _passed_over(gathered: Gathered) -> list[str]:
    """The note on the leavings of tools, if there are any."""
    kinds = ", ".join(f"{kind} {count}" for kind, count in gathered.passed.items())
    return [_("passed over: {kinds}").format(kinds=kinds)] if kinds else []


def _loaded(gathered: Gathered) -> dict[str, bytes]:
    """The notebooks that a Python file names, such as an adapter that loads definitions from one."""
    texts = [text for name, text in gathered.python.items() if name not in gathered.notebooks]
    return {
        name: content
        for name, content in gathered.raw.items()
        if any(PurePosixPath(name).name.encode() in text for text in texts)
    }
