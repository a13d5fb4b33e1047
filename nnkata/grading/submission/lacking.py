"""The message about a submission without Python: its other files, and advice."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from nnkata.grading.kinds import below, head_of, is_python, leaving, looks_like_python, skipped
from nnkata.language import _
from nnkata.texts import listed, text

#: The most bytes of a text searched for such a line.
HEAD = 1 << 16
SHOWN = 3
#: The most files of a folder examined: leavings of tools may be thousands.
MAX_LISTED = 200
#: Archives that are not read, as students of some countries write them.
PACKED = tuple(".zst .tzst .lz4 .lz .lzma .z .zipx .ace .arj .cab .iso .dmg .sit .sitx .alz .egg".split())  # noqa: SIM905
TEXTS = (".txt", ".md", ".rtf", ".html", ".htm", "")


def lacking(others: Sequence[str], paths: Sequence[Path]) -> str:
    """The reason why these files and folders have nothing to judge; `others` are names from inside archives."""
    inside = [path for path in paths if not path.is_dir()]
    for path in paths:
        if path.is_dir():
            inside += sorted(islice(_handed_in(path), MAX_LISTED))
    for path in inside:
        if path.suffix.lower() in TEXTS and _looks_like_python(path):
            name = text(path.name)
            if path.suffix.lower() in (".html", ".htm"):
                return _("{name} is an online text with Python in it; it is needed as a .py file").format(name=name)
            return _("{name} is a text file with Python in it; rename it to .py if it is the submission").format(
                name=name
            )
    names = [text(path.name) for path in inside]
    names += [name for name in others if name and name.rpartition("/")[2] not in names]
    if not names:
        return _("there is no Python file in it, nor anything else; a .py or .ipynb file is needed")
    if packed := next((name for name in names if name.lower().endswith(PACKED)), None):
        return _("{name} is packed in a form that is not read; a .zip archive is needed").format(name=packed)
    shown = listed(names, SHOWN)
    return _("there is no Python file in it, only {listed}; a .py or .ipynb file is needed").format(listed=shown)


def _handed_in(folder: Path) -> Iterator[Path]:
    """The files of a folder, without leavings of tools."""
    for path in below(folder, skipped):
        if not path.is_dir() and not leaving(path.name) and not is_python(path.name):
            yield path


def _looks_like_python(path: Path) -> bool:
    try:
        return looks_like_python(re.sub(rb"<[^>]*>", b"\n", head_of(path, HEAD)))
    except OSError:
        return False
