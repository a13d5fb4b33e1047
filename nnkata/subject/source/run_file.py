"""The file that a notebook without a class runs by `%run`, where the class may be: one line of advice."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from nnkata.language import _
from nnkata.subject.source.notebook import CLASS

#: A line that was such a magic, as the text of a notebook has it (nnkata/subject/source/magics.py).
RAN = re.compile(r"^\s*pass  # (%run[ \t]+(?:-\w+[ \t]+)*[\"']?([\w./-]{1,80}\.(?:py|ipynb))\b[\"']?)", re.MULTILINE)


def of_run_file(text: str) -> str:
    """The advice to check the file that a notebook with this text runs by `%run`, as a line; empty if it has a class.

    In Jupyter (IPython 9) the names of the file that is run are then the notebook's, and an exception in it ends
    neither the cell nor the run: its author sees a notebook that works.
    """
    advice = _("{line} is left out here; if the network is in {file}, check that file")
    return _told(text, advice)


def of_absent_file(text: str, handed_in: Iterable[str]) -> str:
    """The reason that the network may be in a file that the notebook runs, as a line; empty if that was handed in."""
    advice = _("{line} is left out here; if the network is in {file}, that file was not handed in")
    return _told(text, advice, {PurePosixPath(name).name for name in handed_in})


def _told(text: str, advice: str, handed_in: Iterable[str] = ()) -> str:
    found = None if CLASS.search(text) else RAN.search(text)
    if not found or PurePosixPath(found[2]).name in handed_in:
        return ""
    return "\n" + advice.format(line=found[1], file=found[2])
